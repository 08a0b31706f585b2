"""An exception or SIGTERM in the midst of indexing: the same call again goes on, and reads no finished file again."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path
from typing import Any

import rag.index.pipeline
from benchmarks.torture.result import Result, not_run, share_of
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.index.files import Reader

TRIALS = 50
_FILES = 6
_A_FILE = 8  # articles
_THREAT = "exception or SIGTERM in the midst of indexing"
_TARGET = "50 of 50 resume to the same content, no finished file read again"


def run(seed: int, share: float) -> Result:
    """Stopped at an article of a file, by a fault of the model or by a signal, and begun again."""
    if not FORK:
        return not_run(3, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    trials = share_of(TRIALS, share)
    problems: list[str] = []
    with workplace() as place:
        for file in range(_FILES):
            write_feed(place / "news" / f"{file}.jsonl", range(file * _A_FILE, (file + 1) * _A_FILE))
            os.utime(place / "news" / f"{file}.jsonl", (1_900_000_000, 1_700_000_000 + file))
        expected = apart(lambda: _index(place, "whole")).value
        for trial in range(trials):
            chance = random.Random(f"{seed} {trial}")  # noqa: S311
            stop = (chance.choice(["SIGTERM", "fault"]), chance.randrange(_FILES), chance.randrange(_A_FILE))
            wrong = _stop_and_go_on(place, f"{trial}", stop, expected)
            problems += [f"{stop}: {what}" for what in wrong]
    return Result(
        row=3,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{trials - len(problems)} of {trials} resumed, none read a finished file again",
        ok=not problems,
        detail=told(problems),
    )


def _index(place: Path, name: str, *, stop: tuple[str, int, int] | None = None) -> dict[str, Any]:
    """Index the files, from a small batch to the next; returns which were read, and what is stored in the end."""
    rag.index.pipeline.BATCH_UNITS = 6
    index = Index(place / name)
    finished = {Path(source.path).name for source in index.ledger.sources() if source.digest}
    read: list[str] = []
    original = Reader.read

    def reading(self: Reader, path: Path, *, root: Path) -> Any:
        read.append(path.name)
        for number, item in enumerate(original(self, path, root=root)):
            if stop and (int(path.stem), number) == stop[1:]:
                if stop[0] == "SIGTERM":
                    os.kill(os.getpid(), signal.SIGTERM)
                raise RuntimeError("the model fails")
            yield item

    Reader.read = reading  # type: ignore[method-assign]
    index.pipeline.run([place / "news"])
    index.ledger.check()
    ids = sorted(ref.id for ref in index.ledger.articles())
    claims = [index.ledger.claims(article=id_) for id_ in ids]
    units = sorted((unit.article_id, unit.text, unit.vector.tobytes()) for unit in index.ledger.units("passage"))
    again = sorted(finished.intersection(read))
    return {"ids": ids, "claims": claims, "units": units, "again": again, "finished": len(finished)}


def _stop_and_go_on(place: Path, name: str, stop: tuple[str, int, int], expected: dict[str, Any]) -> list[str]:
    stopped = apart(lambda: _index(place, name, stop=stop))
    if stopped.status != -signal.SIGTERM and "the model fails" not in stopped.error:
        return [f"it was not stopped: {stopped.why}"]
    ended = apart(lambda: _index(place, name))
    if ended.value is None:
        return [ended.why]
    if ended.value["again"]:
        return [f"read again: {ended.value['again']}"]
    if ended.value["finished"] != stop[1]:
        return [f"{ended.value['finished']} files were finished before, not {stop[1]}"]
    parts = ("ids", "claims", "units")
    return [] if all(ended.value[part] == expected[part] for part in parts) else ["the content is another"]
