"""Whatever happens to the derived indexes, they answer as the ledger's content says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelMismatch
from rag.store.ledger import Ledger
from tests.store.derived import Indexes, damage_flip, damage_garbage, damage_truncate, text_of, write
from tests.store.examples import make_entry, unit_vector


def test_finds_what_it_should(indexes: Indexes) -> None:
    found = indexes.found()
    assert indexes.in_step()
    assert [hits[0] for hits in found[:3]] == ["a3", "a17", "a21"]
    assert found[4][0] == "a17"
    assert [hits[0] for hits in found[5:7]] == ["a17", "a21"]
    assert found[7][0] == "a0"


def test_with_and_without_a_base_the_same_is_found(folder: Path, indexes: Indexes) -> None:
    expected = indexes.found()
    indexes.close()
    for name in ("vectors", "keywords"):
        shutil.rmtree(folder / name)
    again = Indexes(folder)
    assert again.found() == expected, "searched in memory"
    assert not again.in_step()
    again.sync()
    assert again.in_step()
    assert again.found() == expected, "and from a base built anew"


@pytest.mark.parametrize("damage", [damage_garbage, damage_flip, damage_truncate, Path.unlink])
@pytest.mark.parametrize(
    "pattern", ["vectors/*/*/*", "vectors/*/chroma.sqlite3", "vectors/*/*.npy", "keywords/*/*/*", "*/current"]
)
def test_damaged_files_change_nothing(
    folder: Path, indexes: Indexes, damage: Callable[[Path], None], pattern: str
) -> None:
    expected = indexes.found()
    indexes.close()
    damaged = [path for path in folder.glob(pattern) if path.is_file() and path.stat().st_size]
    assert damaged
    for path in damaged:
        damage(path)
    again = Indexes(folder)
    assert again.found() == expected
    again.sync()
    assert again.in_step()
    assert again.found() == expected


def test_a_base_that_fails_while_it_is_open(folder: Path, indexes: Indexes) -> None:
    expected = indexes.found()
    for part in indexes.vectors.view().parts.values():
        assert part.base
        part.base.client.close()
    assert indexes.found() == expected
    assert not indexes.in_step()
    indexes.sync()
    assert indexes.in_step()
    assert indexes.found() == expected


def test_in_step_after_every_change(indexes: Indexes, caplog: pytest.LogCaptureFixture) -> None:
    """Added, replaced, removed; small changes, to a copy of the base, and one of nearly everything."""
    write(indexes.ledger, range(40, 45))
    write(indexes.ledger, range(17, 18), path="g")
    for change in (
        lambda: None,
        lambda: indexes.ledger.remove_source("g"),
        lambda: write(indexes.ledger, range(100, 300), path="h"),
        lambda: indexes.ledger.remove_source("f"),
        lambda: indexes.ledger.remove_source("h"),
    ):
        change()
        before = [hits[:1] for hits in indexes.found()]  # in memory, scores of words are near those of a base
        indexes.sync()
        assert indexes.in_step()
        assert [hits[:1] for hits in indexes.found()] == before
        for index in (indexes.vectors, indexes.keywords):
            for kind, part in index.view().parts.items():
                assert part.base_ids.tolist() == indexes.ledger.unit_ids(kind)
    assert indexes.found() == [[]] * 8, "in the end nothing is left"
    assert not caplog.records, "and nothing had to be built afresh because a change failed"


def test_old_generations_do_not_pile_up(folder: Path, indexes: Indexes) -> None:
    for number in range(50, 53):
        write(indexes.ledger, range(number, number + 1))
        indexes.sync()
    for name in ("vectors", "keywords"):
        assert len([path for path in (folder / name).iterdir() if path.is_dir()]) == 1


def test_nothing_is_built_where_nothing_changed(folder: Path, indexes: Indexes) -> None:
    before = [(folder / name / "current").read_bytes() for name in ("vectors", "keywords")]
    indexes.sync()
    indexes.ledger.set_manifest("noted", "something")
    indexes.sync()
    assert [(folder / name / "current").read_bytes() for name in ("vectors", "keywords")] == before


@pytest.mark.parametrize("number", [1, 40, 99, 120, 260])
def test_opened_again_it_is_as_it_was_left(
    folder: Path, ledger: Ledger, caplog: pytest.LogCaptureFixture, number: int
) -> None:
    """Whether Chroma has saved its graphs or not, which it does for every hundred units."""
    for count in (number, number + 3):
        write(ledger, range(count))
        left = Indexes(folder, ledger)
        left.sync()
        before, found = (folder / "vectors" / "current").read_bytes(), left.found()
        left.close()
        for _ in range(2):
            again = Indexes(folder)
            assert again.in_step()
            assert again.found() == found
            again.sync()
            again.close()
        assert (folder / "vectors" / "current").read_bytes() == before
    assert not caplog.records


def test_two_models_in_one_ledger_are_not_mixed_up(folder: Path, indexes: Indexes) -> None:
    with pytest.raises(ModelMismatch, match="rebuild"):
        indexes.vectors.search("passage", np.ones(12, dtype=np.float32), 3)
    indexes.ledger.write([make_entry("x", seed=1, dimension=12)], path="x")
    with pytest.raises(ModelMismatch, match="rebuild"):
        indexes.vectors.search("passage", unit_vector(3), 3, among=indexes.ledger.unit_ids("passage"))


def test_all_vectors_of_another_model(indexes: Indexes) -> None:
    """As after a rebuild with it."""
    indexes.ledger.write([make_entry(f"a{n}", text_of(n), seed=n, dimension=12) for n in range(40)], path="f")
    for _ in range(2):
        ((one, _),) = indexes.vectors.search("passage", unit_vector(9, dimension=12), 1)
        assert indexes.ledger.stored_units([one])[0].article_id == "a9"
        indexes.sync()
    assert indexes.in_step()
