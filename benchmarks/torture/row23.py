"""Addresses that lead inside: private ones, names that resolve to them, redirects, robots.txt."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests

_TESTS = (
    "test_an_address_inside_is_not_connected_to test_nor_one_in_letters_that_fold_to_it "
    "test_what_is_no_plain_web_address_is_refused test_a_redirect_to_the_inside_is_not_followed "
    "test_nor_one_of_robots_txt test_a_name_that_leads_inside_is_not_connected_to "
    "test_the_address_that_was_checked_is_the_one_connected_to"
).split()


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn, and it is quick
    """Each address is asked for with a resolver and servers of the test's own, which count connections."""
    done = run_tests(*(f"tests/corpus/test_fetch.py::{name}" for name in _TESTS))
    return Result(
        row=23,
        threat="addresses and redirects to the inside (SSRF)",
        target="60; 0 internal fetches",
        measured=f"{done.passed} of {done.total} refused, 0 internal connections"
        if done.ok
        else f"{done.passed} of {done.total} refused",
        ok=done.ok if done.total >= 60 else False,
        detail=done.detail,
    )
