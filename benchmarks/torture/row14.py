"""Text that parsers lose in silence: a marker in a place where it happens is found, or its loss is told."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn, and it is quick
    """The marker documents of two tests."""
    done = run_tests(
        "tests/corpus/test_hidden_text.py::test_a_marker_is_found_or_its_loss_is_told",
        "tests/corpus/test_nothing_lost.py",
    )
    return Result(
        row=14,
        threat="text lost in silence",
        target="40 of 40 found or told",
        measured=f"{done.passed} of {done.total}",
        ok=done.ok if done.total >= 40 else False,
        detail=done.detail,
    )
