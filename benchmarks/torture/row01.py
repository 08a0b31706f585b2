"""kill -9 while articles are indexed: what was acknowledged is there, and is found."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from pathlib import Path
from typing import Any

from benchmarks.torture.result import Result, not_run, share_of
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.store.ledger import Ledger

KILLS = 200
_A_FOLDER = 25  # kills in one index before the next is begun
_LONGEST = 0.8  # seconds that a writer lives after it has opened the index
_OLDER = 20  # of the articles that were acknowledged before the last kill, so many are searched for
_THREAT = "kill -9 while indexing"
_TARGET = "200 kills, 0 acknowledged articles lost to get or query, 0 manual repairs"


def run(seed: int, share: float) -> Result:
    """Kill a writer again and again in the same folders; after each kill, look for all that it had acknowledged."""
    if not FORK:
        return not_run(1, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    chance = random.Random(seed)  # noqa: S311
    kills = acknowledged = 0
    problems: list[str] = []
    while kills < (wanted := share_of(KILLS, share)):
        with workplace() as place:
            stored: list[str] = []
            for _ in range(min(_A_FOLDER, wanted - kills)):
                delay = chance.uniform(0.0, _LONGEST)
                new = _kill_a_writer(place, len(stored), delay=delay, early=kills % 2 == 0)
                kills += 1
                stored += new
                looked_for = {*new, *chance.sample(stored, min(_OLDER, len(stored)))}
                problems += [f"kill {kills}: {what}" for what in _look(place, stored, looked_for)]
            acknowledged += len(stored)
    return Result(
        row=1,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{kills} kills, {acknowledged:,} articles acknowledged, {len(problems)} faults",
        ok=not problems and acknowledged > kills / 2,
        detail=told(problems),
    )


def _kill_a_writer(place: Path, number: int, *, delay: float, early: bool) -> list[str]:
    """Start a writer and kill it; returns the ids that it acknowledged."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            _write_for_ever(place, number, writing)
        finally:
            os._exit(3)
    os.close(writing)
    said = b""
    ends: float | None = None
    while block := _read(reading, None if ends is None else ends - time.monotonic()):
        said += block
        # Half of them die a while after they opened the index, half a while after they first acknowledged something.
        if ends is None and (early or said != b"open\n"):
            ends = time.monotonic() + delay
    os.kill(process, signal.SIGKILL)
    while block := os.read(reading, 1 << 16):
        said += block
    os.close(reading)
    os.waitpid(process, 0)
    whole = said[: said.rfind(b"\n") + 1]  # a line that the kill has cut was not acknowledged
    return [line for line in whole.decode().split("\n") if line not in {"", "open"}]


def _read(pipe: int, seconds: float | None) -> bytes:
    """What comes next; nothing where nothing comes in time."""
    ready, _, _ = select.select([pipe], [], [], seconds if seconds is None else max(0.0, seconds))
    return os.read(pipe, 1 << 16) if ready else b""


def _write_for_ever(place: Path, number: int, pipe: int) -> None:
    """Index file after file, bring the indexes in step after some, and acknowledge each article that is committed."""
    index = Index(place / "index")
    write = Ledger.write

    def acknowledge(self: Ledger, entries: Any, **options: Any) -> None:
        write(self, entries, **options)
        os.write(pipe, "".join(f"{entry.article.id}\n" for entry in entries).encode())

    Ledger.write = acknowledge  # type: ignore[method-assign]
    os.write(pipe, b"open\n")
    for file in range(number, number + 10_000):
        feed = write_feed(place / f"{file}.jsonl", range(file * 10, file * 10 + 4))
        index.pipeline.run([feed])
        if file % 3 == 0:
            index.sync()


def _look(place: Path, stored: list[str], looked_for: set[str]) -> list[str]:
    """What is wrong with the index after a kill, and after it was brought in step by its own means."""

    def look() -> list[str]:
        index = Index(place / "index")
        index.ledger.check()
        wrong = [f"{id_} is not stored" for id_ in index.not_stored(stored)]
        wrong += [f"{id_} is not found" for id_ in index.not_found(looked_for)]
        index.sync()
        wrong += [f"{id_} is not found once it is in step" for id_ in index.not_found(looked_for)]
        return wrong if index.has_bases or not stored else [*wrong, "the indexes could not be built again"]

    ended = apart(look)
    return ended.value if ended.value is not None else [ended.why]
