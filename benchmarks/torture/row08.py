"""Two who want to write and eight who read: the second is refused at once, and nothing is out of reach."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.torture.result import Result, not_run
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.errors import IndexLocked
from rag.store.lock import WriterLock

WRITERS, READERS, SECONDS = 2, 8, 600.0
_AT_ONCE = 1.0  # seconds
_THREAT = "two writers and eight readers"
_TARGET = "10 minutes: the second refused in under 1 s, 0 errors of readers, 0 articles out of reach"


def run(seed: int, share: float) -> Result:
    """Ten processes over one index, for so long."""
    if not FORK:
        return not_run(8, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    seconds = max(4.0, SECONDS * share)
    with workplace() as place:
        apart(lambda: Index(place / "index").close())
        until = time.monotonic() + seconds
        work: list[Callable[[], Any]] = [lambda n=n: _write(place, n, until) for n in range(WRITERS)]
        work += [lambda n=n: _read(place, f"{seed} {n}", until) for n in range(READERS)]
        ended = _together(work, seconds=seconds + 120)
        problems = [one.why for one in ended if one.value is None]
        values = [one.value for one in ended if one.value is not None]
        problems += [what for value in values for what in value["problems"]]
        ids = sorted({id_ for value in values for id_ in value.get("ids", ())})
        looked = apart(lambda: _look(place, ids), seconds=600)
        problems += looked.value if looked.value is not None else [looked.why]
    refused = sum(value.get("refused", 0) for value in values)
    slowest = max((value.get("slowest", 0.0) for value in values), default=0.0)
    searches = sum(value.get("searches", 0) for value in values)
    return Result(
        row=8,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{seconds:.0f} s: {len(ids):,} articles, {refused} refusals, the slowest after "
        f"{slowest * 1000:.0f} ms, {searches:,} searches; {len(problems)} faults",
        ok=not problems and bool(ids) and bool(refused) and slowest < _AT_ONCE and searches > 0,
        detail=told(problems),
    )


def _together(work: list[Callable[[], Any]], *, seconds: float) -> list[Any]:
    """Do all of it at the same time, each in a process of its own."""
    ended: list[Any] = [None] * len(work)

    def start(at: int) -> None:
        ended[at] = apart(work[at], seconds=seconds)

    threads = [threading.Thread(target=start, args=(at,)) for at in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def _write(place: Path, writer: int, until: float) -> dict[str, Any]:
    """Take the lock when it is free, and write; note how long a refusal takes."""
    ids: list[str] = []
    refused, slowest, turn = 0, 0.0, 0
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            with WriterLock(place / "index"):
                index = Index(place / "index")
                numbers = range(writer * 1_000_000 + turn * 5, writer * 1_000_000 + turn * 5 + 5)
                index.pipeline.run([write_feed(place / f"w{writer}-{turn}.jsonl", numbers)])
                ids += [f"n{number}" for number in numbers]
                turn += 1
                if turn % 4 == 0:
                    index.sync()
                index.close()
            time.sleep(0.05)
        except IndexLocked:
            refused += 1
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.1)
    return {"ids": ids, "refused": refused, "slowest": slowest, "problems": []}


def _read(place: Path, seed: str, until: float) -> dict[str, Any]:
    """Search for what is stored, in an index that stays open."""
    chance = random.Random(seed)  # noqa: S311
    index = Index(place / "index")
    searches = 0
    problems: list[str] = []
    while time.monotonic() < until:
        ids = [ref.id for ref in index.ledger.articles()]
        for id_ in chance.sample(ids, min(3, len(ids))):
            problems += [f"a reader does not find {lost}" for lost in index.not_found([id_])]
            searches += 1
        time.sleep(0.1)
    return {"searches": searches, "problems": problems}


def _look(place: Path, ids: list[str]) -> list[str]:
    index = Index(place / "index")
    index.ledger.check()
    index.sync()
    return [f"{id_} is out of reach" for id_ in (*index.not_stored(ids), *index.not_found(ids))]
