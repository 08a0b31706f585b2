"""How long each stage takes. A stage that runs inside another counts for both."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

STAGES = ("read", "attribute", "embed", "store", "question", "retrieve", "compose", "word")
"""In indexing: reading with cleaning (in the process that reads), attribution with chunking, embedding, storing.
In answering: understanding the question, retrieval, composing, and wording by a language model where there is one."""


@dataclass(slots=True)
class Timings:
    """Seconds by stage, and how often each ran. Safe to add to from several threads."""

    seconds: dict[str, float] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, stage: str, seconds: float) -> None:
        with self._lock:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
            self.runs[stage] = self.runs.get(stage, 0) + 1

    def rounded(self) -> dict[str, float]:
        """Seconds by stage, to the millisecond, in the order of `STAGES`."""
        return {stage: round(self.seconds[stage], 3) for stage in STAGES if stage in self.seconds}


_collecting: ContextVar[tuple[Timings, ...]] = ContextVar("timings", default=())


@contextmanager
def collect_timings(*more: Timings) -> Iterator[Timings]:
    """Collect what is timed in this block, and add it to `more` as well."""
    timings = Timings()
    token = _collecting.set((*_collecting.get(), timings, *more))
    try:
        yield timings
    finally:
        _collecting.reset(token)


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Time a block as a stage."""
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - started
        for timings in _collecting.get():
            timings.add(stage, seconds)


def timed_items(items: Iterator[T], stage: str) -> Iterator[T]:
    """The items of an iterator; the time to each counts for the stage, what is done with it in between does not."""
    while True:
        with timed(stage):
            try:
                item = next(items)
            except StopIteration:
                return
        yield item
