"""Numbered dots on a timeline stand beside each other, so that none hides another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.web.charts import spread


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([], []),
        ([0, 50, 100], [0, 50, 100]),  # room enough: each stands at its day
        ([20, 20, 20], [20, 30, 40]),  # one day: side by side
        ([100, 100], [90, 100]),  # the last day: to the left
        ([50, 55, 96, 100], [50, 60, 90, 100]),
    ],
)
def test_dots_that_would_overlap_are_moved_apart(places: list[float], moved: list[float]) -> None:
    assert spread(places, 10) == moved


@given(st.lists(st.floats(0, 100), max_size=40).map(sorted))
def test_dots_stay_on_their_track_in_their_order(places: list[float]) -> None:
    moved = spread(places, 7.4)
    assert len(moved) == len(places)
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in moved)
    apart = min(7.4, 100 / max(len(places) - 1, 1))
    assert all(after - before >= apart - 1e-6 for before, after in pairwise(moved))
