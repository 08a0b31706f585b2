"""A small share of each storage campaign: see docs/reliability.md. Rows 9 and 10 are tests of their own."""

from __future__ import annotations

import pytest

from benchmarks.torture.__main__ import run_apart


@pytest.mark.parametrize(
    ("row", "share"),
    [(1, 0.02), (2, 0.05), (3, 0.04), (4, 0.05), (5, 0.2), (6, 0.05), (7, 1.0), (8, 0.005)],
    ids=["killed", "killed while built", "stopped", "index damaged", "ledger damaged", "full", "read-only", "crowded"],
)
def test_a_share(row: int, share: float) -> None:
    result = run_apart(row, seed=2, share=share)
    if result.ok is None:
        pytest.skip(result.detail)
    assert result.ok, f"{result.measured}: {result.detail}"
