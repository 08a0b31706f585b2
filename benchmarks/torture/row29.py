"""Keyboard and screen reader: the page by axe-core and by keys alone, in both themes and at phone width."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- all that there is
    """The tests of access, in Chromium; skipped, and then not met, where there is none."""
    found = run_tests("tests/web/test_everyone.py")
    return Result(
        row=29,
        threat="keyboard and screen reader",
        target="0 serious or critical by axe-core; everything by keyboard",
        measured=f"{found.passed} of {found.total} tests passed",
        ok=found.ok,
        detail=found.detail,
    )
