"""Malformed input: every file ends in articles or in a reason."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fuzz_readers import fuzz
from benchmarks.torture.result import Result, share_of
from corpus.readers import CONTAINERS, KINDS

INPUTS = 10_000  # for each format
MOST_SECONDS = 30.0


def run(seed: int, share: float) -> Result:
    """Damaged files of every format."""
    kinds = sorted({*KINDS, *CONTAINERS})
    count = share_of(INPUTS, share)
    bad: list[str] = []
    slowest = 0.0
    for kind in kinds:
        with TemporaryDirectory() as folder:
            done = fuzz(kind, count=count, seed=seed, folder=Path(folder))
        bad += [f"{kind} input {number}: {reason}" for number, reason in done.bad]
        slowest = max(slowest, done.slowest)
    return Result(
        row=11,
        threat="malformed input",
        target="10,000 a format; 0 uncaught, 0 over 30 s",
        measured=f"{count:,} each for {len(kinds)} formats; {len(bad)} uncaught; slowest {slowest:.1f} s",
        ok=not bad and slowest <= MOST_SECONDS,
        detail="; ".join(bad[:5]),
    )
