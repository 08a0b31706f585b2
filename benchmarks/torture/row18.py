"""A file larger than memory should be, with one line of 10 MB in it."""

from __future__ import annotations

from benchmarks.large_files import MOST_MEMORY, measure
from benchmarks.torture.result import Result

GIGABYTES = 2.0


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn
    """Write records, read and clean them, and count them. What is made of an article later is one article at a time."""
    done = measure("jsonl", gigabytes=GIGABYTES * share)
    memory = max(done.reader_bytes, done.child_bytes)
    return Result(
        row=18,
        threat="2 GB of JSON lines, a line of 10 MB",
        target="at most 1 GB resident; every record accounted for",
        measured=f"{done.size / 1e9:.2f} GB, {done.records:,} records: {done.articles:,} articles, {done.problems:,} "
        f"problems; {memory / 1e6:.0f} MB resident; {done.seconds:.0f} s",
        ok=done.is_whole and memory <= MOST_MEMORY,
        detail="" if done.is_whole else f"not all is accounted for; the last problem: {done.last}",
    )
