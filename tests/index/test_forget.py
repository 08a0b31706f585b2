"""What is forgotten is in no byte of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.errors import IndexLocked, StoreError
from rag.index import Pipeline
from rag.index.forget import finish_forgetting, forget_stored
from rag.index.remove import remove_stored
from rag.store.derived import DerivedIndex
from rag.store.feedback import Feedback
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex
from tests.index.articles import note
from tests.index.conftest import Feed

SECRET = "Quillfeather"
EARLIER = "Brassmonkey"
STEMS = (SECRET, EARLIER, "quillfeath", "brassmonkey")


def told(word: str, *, updated: str = "2031-05-04") -> dict[str, object]:
    text = f"The {word} papers were found in a drawer, said Ona Brill. She led the search of the town hall for a week."
    return {"id": "secret", "title": f"The {word} papers", "text": text, "updated": updated}


class Kept:
    """A ledger with both indexes, over one article that is to be forgotten and some that are not."""

    def __init__(self, folder: Path, ledger: Ledger, cache: Path) -> None:
        self.folder, self.ledger, self.cache = folder, ledger, cache
        self.indexes = (VectorIndex(folder, ledger), KeywordIndex(folder, ledger))

    def sync(self) -> None:
        for index in self.indexes:
            index.sync()

    def forget(self, target: str = "secret") -> int:
        removed = forget_stored(self.ledger, target, cache=self.cache)
        finish_forgetting(self.ledger, self.indexes)
        self.sync()
        return removed.articles

    def bytes_of(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())

    def tells(self) -> list[str]:
        content = self.bytes_of()
        return [word for word in STEMS if word.encode() in content]

    def found(self) -> list[str]:
        ids = [one for one, _ in self.indexes[1].search("passage", "papers found in a drawer", 5)]
        return [unit.article_id for unit in self.ledger.stored_units(ids)]


@pytest.fixture
def kept(tmp_path: Path, pipeline: Pipeline, ledger: Ledger, feed: Feed) -> Iterator[Kept]:
    path = feed("1.jsonl", told(EARLIER), note(1), note(2))
    pipeline.run([path])
    feed("1.jsonl", told(SECRET, updated="2031-05-06"), note(1), note(2))
    pipeline.run([path])
    assert len(ledger.versions_of("secret")) == 1
    kept = Kept(tmp_path / "index", ledger, tmp_path / "cache")
    kept.sync()
    yield kept
    for index in kept.indexes:
        index.close()


def test_no_byte_of_it_is_left(kept: Kept) -> None:
    vectors = [unit.vector.tobytes() for unit in kept.ledger.units("passage") if unit.article_id == "secret"]
    assert kept.found() == ["secret"]
    assert {SECRET, EARLIER} <= set(kept.tells()), "all of this is looked for in vain below"
    assert all(vector in kept.bytes_of() for vector in vectors)
    assert kept.forget() == 1
    assert kept.tells() == []
    assert not any(vector in kept.bytes_of() for vector in vectors)
    assert kept.found() == []
    assert sorted(ref.id for ref in kept.ledger.articles()) == ["n1", "n2"]
    assert not kept.ledger.is_forgetting


def test_the_others_are_found_as_before(kept: Kept) -> None:
    vector = np.ones(8, dtype=np.float32)
    gone = {unit.id for unit in kept.ledger.units("passage") if unit.article_id == "secret"}
    before = [hit for hit in kept.indexes[0].search("passage", vector, 9) if hit[0] not in gone]
    kept.forget()
    assert [one for one, _ in kept.indexes[0].search("passage", vector, 9)] == [one for one, _ in before]
    assert len(kept.indexes[1].search("passage", "Quay1", 9)) == 1


def test_feedback_on_answers_that_showed_it_goes_with_it(kept: Kept) -> None:
    (claim, *_) = kept.ledger.claims(article="secret")
    (other, *_) = kept.ledger.claims(article="n1")
    for question, shown in ((f"Who found the {SECRET} papers?", (other.id, claim.id)), ("Is Lane1 open?", (other.id,))):
        kept.ledger.add_feedback(Feedback(question=question, verdict="up", claims=shown, given_at=1.0))
    kept.ledger.add_feedback(Feedback(question="What is known of tides?", verdict="down", given_at=2.0))
    kept.forget()
    assert [given.question for given in kept.ledger.feedback()] == ["Is Lane1 open?", "What is known of tides?"]
    assert kept.tells() == []


def test_what_is_noted_of_a_file_that_is_gone(kept: Kept, pipeline: Pipeline, feed: Feed) -> None:
    """Its name may say as much as its words."""
    path = feed(f"{SECRET}.jsonl", {**told(SECRET), "id": "alone"}, {"id": "empty"})
    pipeline.run([path])
    path.unlink()
    kept.forget("secret")
    assert kept.forget("alone") == 1
    assert kept.ledger.problems() == []
    assert kept.tells() == []


def test_a_whole_file(kept: Kept, tmp_path: Path) -> None:
    assert kept.forget(str(tmp_path / "articles" / "1.jsonl")) == 3
    assert kept.tells() == []
    assert list(kept.ledger.articles()) == []


def test_it_says_which_file_still_holds_it(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "articles" / "1.jsonl"
    assert forget_stored(kept.ledger, "secret", cache=kept.cache).still_in == (str(path),)


def test_a_page_that_was_fetched_for_it_goes_too(kept: Kept, pipeline: Pipeline) -> None:
    page = kept.cache / "pages" / "0a1b.jsonl"
    page.parent.mkdir(parents=True)
    page.write_text('{"id": "page", "text": "The ferry is late again, said Jo Vale, its captain. People wait."}\n')
    pipeline.run([page])
    assert forget_stored(kept.ledger, "page", cache=kept.cache).still_in == ()
    assert not page.exists()


@pytest.mark.parametrize("step", ["renew", "scrub"])
def test_what_was_cut_short_is_finished_by_the_next(kept: Kept, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where: type = DerivedIndex if step == "renew" else Ledger

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(where, step, cut)
        with pytest.raises(KeyboardInterrupt):
            kept.forget()
    assert kept.ledger.is_forgetting
    assert kept.tells() != [], "or nothing was left to be done"
    assert kept.forget() == 0, "the same command again"
    assert kept.tells() == []
    with pytest.raises(StoreError, match="no article and no file"):
        kept.forget()


def test_a_reader_that_keeps_it_from_being_written_anew(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that holds a transaction open needs the old pages."""
    monkeypatch.setattr("rag.store.database._BUSY_SECONDS", 0.1)
    kept.ledger.close()
    reader = sqlite3.connect(kept.folder / "ledger.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    with pytest.raises(IndexLocked, match="run it again"):
        kept.forget()
    assert kept.ledger.is_forgetting
    reader.execute("ROLLBACK")
    reader.close()
    kept.forget()
    assert kept.tells() == []


def test_what_was_removed_before_it_is_forgotten_leaves_no_byte(kept: Kept) -> None:
    """A file goes on holding the pages of what was removed from it."""
    remove_stored(kept.ledger, "secret")
    kept.sync()
    assert kept.tells(), "or there is nothing to test here"
    assert kept.forget() == 0
    assert kept.tells() == []
    with pytest.raises(StoreError, match="no article"):
        kept.forget()


def test_a_file_that_was_removed_before_it_is_forgotten_leaves_no_byte(kept: Kept) -> None:
    (path,) = kept.ledger.sources_of("secret")
    remove_stored(kept.ledger, path)
    kept.sync()
    assert kept.tells()
    assert kept.forget() == 0
    assert kept.tells() == []
