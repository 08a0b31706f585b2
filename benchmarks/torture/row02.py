"""A kill while a search index is built or switched to: the old one answers."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rag.store.derived
import rag.store.generations
import rag.store.keywords
import rag.store.vectors
from benchmarks.torture.result import Result, not_run, share_of
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.store.derived import DerivedIndex
from rag.store.vectors import VectorIndex

TIMES = 20
_OLD = range(60)
_FEW, _MANY = 25, 90  # articles that are added: with few, a copy of the last base is changed
_THREAT = "kill -9 at a step of building or switching"
_TARGET = "10 steps, 20 times each: the old index answers, nothing is lost"

_POINTS: dict[str, tuple[Any, str, str]] = {
    "before a base is built": (DerivedIndex, "_build", "before"),
    "after the last base was copied": (rag.store.derived.shutil, "copytree", "after"),
    "after Chroma was opened": (rag.store.vectors, "_client", "after"),
    "after vectors were put in": (VectorIndex, "_change", "after"),
    "after Chroma was closed": (VectorIndex, "_write", "after"),
    "after words were put in": (rag.store.keywords, "_change", "after"),
    "after the new base was checked": (DerivedIndex, "_fill", "after"),
    "while its seal is taken": (rag.store.generations, "_seal", "after"),
    "before the switch": (rag.store.generations.os, "replace", "before"),
    "after the switch": (rag.store.generations.os, "replace", "after"),
}
"""Where the process is killed: what is called there, by its place and name, and on which side of the call."""


def run(seed: int, share: float) -> Result:
    """At each step, in so many indexes that change each in another way."""
    if not FORK:
        return not_run(2, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    kills = 0
    problems: list[str] = []
    with workplace() as place:
        built = apart(lambda: _build_old(place / "old"))
        if built.error:
            problems.append(built.error)
        for time in range(share_of(TIMES, share)):
            for name, point in _POINTS.items():
                folder = place / f"{time}"
                shutil.copytree(place / "old", folder)
                chance = random.Random(f"{seed} {time} {name}")  # noqa: S311
                added = chance.randint(1, _FEW if "copied" in name else _MANY)
                killed, wrong = _kill(folder, point, added=added)
                kills += killed
                problems += [f"{name}: {what}" for what in wrong]
                shutil.rmtree(folder)
    return Result(
        row=2,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{kills} kills at {len(_POINTS)} steps, {len(problems)} faults",
        ok=not problems,
        detail=told(problems),
    )


def _build_old(folder: Path) -> None:
    index = Index(folder / "index")
    index.pipeline.run([write_feed(folder / "old.jsonl", _OLD)])
    index.sync()
    index.close()


def _kill(folder: Path, point: tuple[Any, str, str], *, added: int) -> tuple[int, list[str]]:
    """Change an index so that a base is built, killed at a point. Returns the number of kills, and what is wrong."""
    numbers = [*_OLD, *range(1000, 1000 + added)]

    def change() -> None:
        index = Index(folder / "index")
        index.pipeline.run([write_feed(folder / "new.jsonl", numbers[len(_OLD) :])])
        assert index.has_bases  # now, so that it is not killed while it opens them
        _die_at(*point)
        index.sync()

    def look() -> list[str]:
        index = Index(folder / "index")
        ids = [f"n{number}" for number in numbers]
        wrong = [] if index.has_bases else ["the old index is not used"]
        wrong += [f"{id_} is lost" for id_ in (*index.not_stored(ids), *index.not_found(ids))]
        index.sync()
        return wrong + [f"{id_} is lost once it is in step" for id_ in index.not_found(ids)]

    ended = apart(change)
    if not ended.killed:
        return 0, [f"it was not killed: {ended.why}"]
    looked = apart(look)
    return 1, looked.value if looked.value is not None else [looked.why]


def _die_at(where: Any, name: str, side: str) -> None:
    """Kill this process before or after a call."""
    call: Callable[..., Any] = getattr(where, name)

    def dying(*args: Any, **options: Any) -> Any:
        is_switch = name != "replace" or str(args[-1]).endswith("current")
        if side == "before" and is_switch:
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*args, **options)
        if is_switch:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(where, name, dying)
