"""Dates that are partial, ambiguous or impossible, wherever and whenever they are read."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests

_TESTS = "tests/corpus/test_dates.py"


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn, and it is quick
    """All strings under each zone and clock; a date that is read is one that was written."""
    from tests.corpus.test_dates import CLOCKS, NO_DAY, SURE, ZONES

    done = run_tests(
        f"{_TESTS}::test_a_date_is_the_same_wherever_and_whenever_it_is_read",
        f"{_TESTS}::test_none_is_invented_anywhere_or_at_any_time",
    )
    strings = len({*SURE, *NO_DAY})
    is_full = strings >= 300 and done.total == 2 * len(ZONES) * len(CLOCKS)
    return Result(
        row=16,
        threat="bad dates, changes of the clock",
        target="300 strings x 3 zones x 2 clocks; 0 exceptions, 0 invented",
        measured=f"{strings} strings x {len(ZONES)} zones x {len(CLOCKS)} clocks; {len(done.failed)} runs with a fault",
        ok=done.ok if is_full else False,
        detail=done.detail,
    )
