"""Upgrade and downgrade: ledgers of earlier releases open, those of later ones say so."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests
from tests.store.golden import VERSIONS


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- all that there is
    """The tests of upgrading, over every ledger that is kept."""
    found = run_tests("tests/store/test_upgrade.py")
    return Result(
        row=10,
        threat="upgrade and downgrade",
        target="a ledger of every release opens, whole; one of a later version says what to do",
        measured=f"{len(VERSIONS)} ledger (tables {', '.join(VERSIONS)}), {found.passed} of {found.total} tests passed",
        ok=found.ok,
        detail=found.detail,
    )
