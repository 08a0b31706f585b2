"""Bombs: files that unpack or unfold to far more than they are."""

from __future__ import annotations

import random

from benchmarks.bombs import BOMBS, MOST_MEMORY, MOST_SECONDS, measure
from benchmarks.torture.result import Result, share_of


def run(seed: int, share: float) -> Result:
    """Every bomb, or a sample of them, each read in a process of its own."""
    rng = random.Random(seed)  # noqa: S311 -- a sample of tests
    names = rng.sample(sorted(BOMBS), share_of(len(BOMBS), share))
    done = {name: measure(name) for name in names}
    bad = [name for name, defused in done.items() if not defused.is_good]
    seconds = max(defused.processor_seconds for defused in done.values())
    memory = max(defused.memory for defused in done.values())
    return Result(
        row=12,
        threat="zip, gzip, WARC, PDF and markup bombs",
        target=f"30; at most {MOST_SECONDS:.0f} s and {MOST_MEMORY / 1e9:.0f} GB each",
        measured=f"{len(done) - len(bad)} of {len(done)}; at most {seconds:.1f} s of processor, {memory / 1e6:.0f} MB",
        ok=not bad,
        detail=", ".join(bad),
    )
