"""Taking out an article, a file, a folder."""

from __future__ import annotations

import pytest

from rag.errors import StoreError
from rag.index import Pipeline
from rag.index.remove import remove_stored
from rag.store.ledger import Ledger
from tests.index.articles import note, record
from tests.index.conftest import Feed


def test_an_article_with_all_that_was_made_of_it(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("1.jsonl", note(1), note(2))
    pipeline.run([path])
    removed = remove_stored(ledger, "n1")
    assert (removed.articles, removed.still_in) == (1, (str(path),))
    assert [ref.id for ref in ledger.articles()] == ["n2"]
    assert {unit.article_id for kind in ("passage", "claim") for unit in ledger.units(kind)} == {"n2"}
    assert {claim.article for claim in ledger.claims()} == {"n2"}


def test_it_stays_out_until_its_file_changes(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("1.jsonl", note(1), note(2))
    pipeline.run([path])
    remove_stored(ledger, "n1")
    assert pipeline.run([path]).added == 0
    feed("1.jsonl", note(1), note(2), note(3))
    assert pipeline.run([path]).added == 2


def test_a_file_and_a_folder(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    first, second = feed("1.jsonl", note(1)), feed("2.jsonl", note(2), note(3))
    pipeline.run([first, second])
    assert remove_stored(ledger, str(second)).articles == 2
    first.unlink()
    removed = remove_stored(ledger, str(first.parent))
    assert (removed.articles, removed.still_in) == (1, ())
    assert (ledger.sources(), list(ledger.articles())) == ([], [])


def test_what_is_not_there(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    pipeline.run([feed("1.jsonl", record("ferry"))])
    for name in ("nobody", "/news/nowhere.txt", ""):
        with pytest.raises(StoreError, match="no article and no file"):
            remove_stored(ledger, name)
    assert ledger.scope().articles == 1
