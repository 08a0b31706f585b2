"""One number for each thing from those of its members: as a plain loop over them has it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Span
from rag.retrieval.gathering import gather, of_same_article, overlapping
from rag.store.entries import StoredUnit

VALUES = np.array([0.5, -0.25, 2.0, 1.0, -3.0], dtype=np.float32)


@given(st.lists(st.lists(st.integers(0, len(VALUES) - 1), max_size=6), max_size=6))
def test_each_thing_has_the_greatest_and_the_sums_of_its_own_members(members: list[list[int]]) -> None:
    gathering = gather(members)
    own = [[float(VALUES[at]) for at in some] for some in members]
    assert gathering.greatest(VALUES).tolist() == [max(some, default=0.0) for some in own]
    assert gathering.total(VALUES).tolist() == pytest.approx([sum(some) for some in own])
    best = [sum(sorted(some, reverse=True)[:3]) for some in own]
    assert gathering.total_of_best(VALUES, most=3).tolist() == pytest.approx(best)


def unit(article: str, start: int, end: int) -> StoredUnit:
    return StoredUnit(
        id=start,
        kind="passage",
        owner_id="1",
        article_id=article,
        span=Span(start, end),
        text="",
        vector=np.zeros(1, dtype=np.float32),
    )


def test_a_piece_belongs_to_the_passages_that_it_stands_in() -> None:
    passages = [unit("dam", 0, 10), unit("dam", 10, 20), unit("ferry", 0, 10)]
    pieces = [unit("dam", 8, 12), unit("ferry", 2, 4), unit("ferry", 30, 40), unit("strike", 0, 5)]
    scores = np.array([1.0, 2.0, 4.0], dtype=np.float32)
    assert overlapping(pieces, passages).total(scores).tolist() == [3.0, 4.0, 0.0, 0.0]
    assert of_same_article(pieces, passages).greatest(scores).tolist() == [2.0, 4.0, 4.0, 0.0]
