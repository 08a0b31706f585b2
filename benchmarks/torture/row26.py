"""Poisoning: near copies of one made-up report take one place of an answer, whatever their number."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- all that there is
    """The tests of poisoning."""
    found = run_tests("tests/test_poisoning.py")
    return Result(
        row=26,
        threat="poisoning",
        target="at most one place of an answer for a cluster of copies, its outlet shown",
        measured=f"{found.passed} of {found.total} tests passed",
        ok=found.ok,
        detail=found.detail,
    )
