"""Nearest units by cosine: exactly what numpy says, filters and odd requests included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex
from tests.store.examples import make_entry, unit_vector


@pytest.fixture
def index(folder: Path, ledger: Ledger) -> VectorIndex:
    ledger.write([make_entry(f"a{n}", seed=n) for n in range(60)], path="f")
    made = VectorIndex(folder, ledger)
    made.sync()
    return made


def by_hand(ledger: Ledger, vector: np.ndarray, k: int) -> list[tuple[int, float]]:
    scored = [(unit.id, float(unit.vector @ vector)) for unit in ledger.units("passage")]
    return sorted(scored, key=lambda hit: -hit[1])[:k]


def test_the_nearest_and_their_cosines(index: VectorIndex, ledger: Ledger) -> None:
    vector = unit_vector(12345)
    expected = by_hand(ledger, vector, 7)
    for found in (
        index.search("passage", vector, 7),
        index.search("passage", vector, 7, among=ledger.unit_ids("passage")),
        index.search("passage", 3.5 * vector, 7),
    ):
        assert [one for one, _ in found] == [one for one, _ in expected]
        np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-5)


def test_the_kinds_are_kept_apart(index: VectorIndex, ledger: Ledger) -> None:
    found = index.search("claim", unit_vector(1004), 200)
    assert sorted(one for one, _ in found) == ledger.unit_ids("claim")
    assert ledger.stored_units([found[0][0]])[0].owner_id == "a4#1"


def test_more_asked_for_than_there_is(index: VectorIndex) -> None:
    assert len(index.search("passage", unit_vector(1), 1000)) == 60
    assert index.search("passage", unit_vector(1), 0) == []


def test_only_among_the_given(index: VectorIndex, ledger: Ledger) -> None:
    some = ledger.unit_ids("passage")[10:20]
    found = index.search("passage", unit_vector(0), 50, among=[*some, some[0], 10**6])
    assert sorted(one for one, _ in found) == some, "each once, and none that is not there"
    assert index.search("passage", unit_vector(0), 5, among=[]) == []


def test_an_empty_index(folder: Path, ledger: Ledger) -> None:
    index = VectorIndex(folder, ledger)
    assert index.search("claim", unit_vector(1), 5) == []
    index.sync()
    assert index.search("claim", unit_vector(1), 5) == []


def test_a_collection_without_units_beside_one_with(folder: Path, ledger: Ledger) -> None:
    entry = make_entry("a1")
    ledger.write([replace(entry, claims=(), units=entry.units[:1])], path="f")
    index = VectorIndex(folder, ledger)
    index.sync()
    assert index.search("claim", unit_vector(1), 5) == []
    assert len(index.search("passage", unit_vector(1), 5)) == 1


def test_vectors_of_no_direction(folder: Path, ledger: Ledger) -> None:
    """An empty text may be embedded as zeros: it is near nothing, and does no harm."""
    entry = make_entry("zero")
    zero = tuple(replace(unit, vector=np.zeros(8, dtype=np.float32)) for unit in entry.units)
    ledger.write([replace(entry, units=zero), make_entry("a1", seed=1)], path="f")
    index = VectorIndex(folder, ledger)
    for _ in range(2):
        assert ledger.stored_units([index.search("passage", unit_vector(1), 2)[0][0]])[0].article_id == "a1"
        assert index.search("passage", np.zeros(8, dtype=np.float32), 2) == []
        index.sync()


def test_many_copies_of_one_vector(folder: Path, ledger: Ledger) -> None:
    """A report in many outlets: more copies than a probe looks at do not make the base look damaged."""
    ledger.write([make_entry(f"a{n}", seed=1) for n in range(50)], path="f")
    index = VectorIndex(folder, ledger)
    index.sync()
    assert all(part.base is not None for part in index.view().parts.values())
    assert len(index.search("passage", unit_vector(1), 50)) == 50
