"""What goes into the ledger comes out of it, and what goes wrong is one line."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Article, Span
from rag.errors import DamagedIndex, NoIndex, StoreError
from rag.store.entries import Entry, SourceFile
from rag.store.ledger import Ledger
from rag.types import ArticleRef, Party, Scope
from tests.store.examples import MAYOR, WORKS, make_entry, unit_vector

FILE = SourceFile(path="/news/monday.jsonl", digest="d1", size=120, mtime=1_900_000_000.25)


def test_an_entry_comes_back_as_it_went_in(ledger: Ledger) -> None:
    entry = make_entry("a1", seed=3)
    ledger.write([entry], path=FILE.path)
    assert ledger.article("a1") == entry.article
    assert ledger.claims() == list(entry.claims)
    assert ledger.claims(["a1#1"]) == list(entry.claims)
    (passage,) = ledger.units("passage")
    assert ledger.passages([passage.owner_id]) == list(entry.passages)
    first, second = ledger.units("claim")
    assert (first.owner_id, first.article_id) == ("a1#1", "a1")
    assert [first.span, second.span] == [unit.span for unit in entry.units[1:]]
    assert [passage.text, first.text, second.text] == [unit.text for unit in entry.units]
    np.testing.assert_array_equal(
        ledger.vectors([second.id, passage.id]), [entry.units[2].vector, entry.units[0].vector]
    )


def test_an_article_without_anything_but_a_text(ledger: Ledger) -> None:
    bare = Article(id="bare", text="Nothing else is known.")
    ledger.write([Entry(article=bare, digest="x", passages=(), claims=(), units=())], path=FILE.path)
    assert ledger.article("bare") == bare
    (ref,) = ledger.articles()
    assert ref == ArticleRef(id="bare", title="", outlet=None, published=None, url=None, path=None)


def test_text_that_no_database_takes(ledger: Ledger) -> None:
    """NUL, half a surrogate pair (as file names have, too) and the character that stands for them."""
    text = "Dam \x00 holds \ud83d, \x1b0000 said \udcff\x1b the mayor 🌊."
    entry = make_entry("odd \udc80", text)
    ledger.write([entry], path="/news/\udcff.txt")
    assert ledger.article("odd \udc80") == entry.article
    assert ledger.claims(article="odd \udc80") == list(entry.claims)
    assert ledger.paths() == ["/news/\udcff.txt"]
    assert [unit.text for unit in ledger.units("passage")] == [text]


def test_an_article_replaces_the_one_of_its_id(ledger: Ledger) -> None:
    ledger.write([make_entry("a1"), make_entry("a2")], path=FILE.path)
    before = set(ledger.unit_ids("claim"))
    ledger.write([make_entry("a1", "The dam has given way, the mayor said now.")], path=FILE.path)
    article = ledger.article("a1")
    assert article is not None
    assert article.text.startswith("The dam has given way")
    assert [claim.id for claim in ledger.claims()] == ["a2#1", "a1#1"]
    after = set(ledger.unit_ids("claim"))
    assert len(after) == 4
    assert len(before & after) == 2, "the units of the untouched article keep their ids"
    assert min(after - before) > max(before), "the new ones have ids of their own"


def test_ids_of_removed_units_are_not_given_again(ledger: Ledger) -> None:
    """An index that still knows a removed unit must not take another for it."""
    ledger.write([make_entry("a1")], path=FILE.path)
    gone = ledger.unit_ids("passage")
    ledger.remove_source(FILE.path)
    ledger.write([make_entry("a2")], path=FILE.path)
    assert min(ledger.unit_ids("passage")) > max(gone)


def test_of_two_articles_of_one_id_in_one_call_the_last_is_kept(ledger: Ledger) -> None:
    ledger.write(
        [make_entry("a1", "The first version of it."), make_entry("a1", "The second version.")], path=FILE.path
    )
    article = ledger.article("a1")
    assert article is not None
    assert article.text == "The second version."


def test_a_file_is_finished_only_when_said_so(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FILE.path)
    assert ledger.source(FILE.path) is None
    assert ledger.paths() == [FILE.path]
    ledger.finish_source(FILE, keep={"a1"})
    assert ledger.source(FILE.path) == FILE
    assert ledger.sources() == [FILE]


def test_writing_to_a_finished_file_opens_it_again(ledger: Ledger) -> None:
    """Else a file changed, half indexed, and changed back would pass for unchanged."""
    ledger.write([make_entry("a1")], path=FILE.path)
    ledger.finish_source(FILE, keep={"a1"})
    ledger.write([make_entry("a1", seed=9)], path=FILE.path, remade=True)
    assert ledger.source(FILE.path) == FILE, "the same articles, made anew"
    ledger.write([make_entry("a1", "Another text it is.")], path=FILE.path)
    assert ledger.source(FILE.path) is None


def test_finishing_a_file_removes_what_is_no_more_in_it(ledger: Ledger) -> None:
    ledger.write([make_entry("a1"), make_entry("a2"), make_entry("a3")], path=FILE.path)
    ledger.write([make_entry("b1")], path="/news/other.txt")
    assert ledger.finish_source(FILE, keep={"a2"}) == 2
    assert [ref.id for ref in ledger.articles()] == ["a2", "b1"]
    assert ledger.digests(FILE.path) == {"a2": make_entry("a2").digest}


def test_removing_a_file_leaves_nothing_of_it(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FILE.path)
    ledger.finish_source(FILE, keep={"a1"})
    assert ledger.remove_source(FILE.path) == 1
    assert ledger.remove_source(FILE.path) == 0
    assert (ledger.sources(), ledger.paths(), ledger.claims(), ledger.parties()) == ([], [], [], [])
    assert [*ledger.units("passage"), *ledger.units("claim")] == []


def test_owner_of_an_article(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FILE.path)
    assert (ledger.owner_of("a1"), ledger.owner_of("a2")) == (FILE.path, None)


def test_a_failed_write_leaves_nothing_behind(ledger: Ledger) -> None:
    """Two claims of one id cannot be stored: the article that came before in the same call is not, either."""
    good, bad = make_entry("a1"), make_entry("a2")
    with pytest.raises(StoreError):
        ledger.write([good, replace(bad, claims=(*bad.claims, *bad.claims))], path=FILE.path)
    assert list(ledger.articles()) == []
    assert ledger.unit_ids("passage") == []


def test_the_revision_grows_with_every_write(ledger: Ledger) -> None:
    seen = [ledger.revision()]
    ledger.write([make_entry("a1")], path=FILE.path)
    seen.append(ledger.revision())
    ledger.finish_source(FILE, keep=["a1"])
    seen.append(ledger.revision())
    ledger.set_manifest("embedding", "model one")
    seen.append(ledger.revision())
    ledger.remove_source(FILE.path)
    seen.append(ledger.revision())
    assert seen == sorted(set(seen))
    ledger.set_manifest("embedding", "model one")
    assert ledger.revision() == seen[-1], "what is noted already is no write"


def test_the_manifest(folder: Path, ledger: Ledger) -> None:
    ledger.set_manifest("embedding", "model one")
    ledger.set_manifest("embedding", "model two")
    assert Ledger.open(folder, create=False).manifest()["embedding"] == "model two"


class TestParties:
    def test_names_of_all_articles_are_merged(self, ledger: Ledger) -> None:
        early = Party(id="mayor", name="Ilse Marrok", kind="person", role="councillor", aliases=("Ms Marrok",))
        ledger.write([make_entry("a1", party=early), make_entry("a2", party=MAYOR), make_entry("a3")], path=FILE.path)
        ledger.write([make_entry("b1", party=WORKS)], path="/news/b.txt")
        (mayor, number), (works, _) = ledger.parties()
        assert mayor == replace(MAYOR, aliases=("Marrok", "Ms Marrok")), "the role of most claims, all aliases"
        assert number == 3
        assert works == WORKS

    def test_every_article_s_role_is_kept(self, ledger: Ledger) -> None:
        early = replace(MAYOR, role="councillor")
        ledger.write([make_entry("a1", party=early), make_entry("a2", party=MAYOR), make_entry("a3")], path=FILE.path)
        found = ledger.appearances()
        assert {one.party for one in found} == {MAYOR.id}
        assert sorted(one.role or "" for one in found) == sorted(["councillor", MAYOR.role, MAYOR.role])
        assert len({one.article for one in found}) == 3

    def test_a_name_goes_with_the_last_article_that_carries_it(self, ledger: Ledger) -> None:
        ledger.write([make_entry("a1")], path=FILE.path)
        ledger.write([make_entry("b1", party=replace(MAYOR, aliases=("the Iron Mayor",)))], path="/news/b.txt")
        ledger.remove_source("/news/b.txt")
        assert ledger.parties() == [(MAYOR, 1)]

    def test_a_claim_keeps_its_party_as_its_article_names_it(self, ledger: Ledger) -> None:
        early = replace(MAYOR, role="councillor")
        ledger.write([make_entry("a1", party=early), make_entry("a2")], path=FILE.path)
        assert [claim.party.role for claim in ledger.claims(party_ids=["mayor"])] == ["councillor", "mayor"]


class TestFilters:
    @pytest.fixture(autouse=True)
    def articles(self, ledger: Ledger) -> None:
        ledger.write(
            [
                make_entry("may", published="2031-05-04T23:30:00-05:00"),
                make_entry("june", published="2031-06-01", outlet="Harbour Radio", party=WORKS),
                make_entry("undated", published=None, outlet=None),
            ],
            path=FILE.path,
        )

    def test_dates_are_both_included_and_as_the_source_gave_them(self, ledger: Ledger) -> None:
        assert [ref.id for ref in ledger.articles(since="2031-05-04", until="2031-05-04")] == ["may"]
        assert [ref.id for ref in ledger.articles(since="2031-05-05")] == ["june"]

    def test_units_of_an_outlet_a_party_and_a_time(self, ledger: Ledger) -> None:
        def articles(ids: list[int]) -> list[str]:
            return [unit.article_id for unit in ledger.stored_units(ids)]

        assert articles(ledger.unit_ids("passage", outlets=["Harbour Radio"])) == ["june"]
        assert articles(ledger.unit_ids("claim", party_ids=["works"])) == ["june", "june"]
        assert articles(ledger.unit_ids("passage", party_ids=["mayor"])) == ["may", "undated"]
        assert articles(ledger.unit_ids("claim", party_ids=["mayor"], until="2031-12-31")) == ["may", "may"]
        assert ledger.unit_ids("claim", outlets=["Nobody's Gazette"]) == []

    def test_claims(self, ledger: Ledger) -> None:
        assert [claim.article for claim in ledger.claims(party_ids=["works"])] == ["june"]
        assert [claim.article for claim in ledger.claims(article="may")] == ["may"]
        assert ledger.claims(stance="denies") == []
        assert [claim.id for claim in ledger.claims(["undated#1", "nobody", "may#1"])] == ["undated#1", "may#1"]

    def test_the_scope_says_what_was_searched(self, ledger: Ledger) -> None:
        assert ledger.scope() == Scope(
            articles=3, outlets=("Harbour Radio", "Veltport Courier"), since="2031-05-04", until="2031-06-01"
        )
        assert ledger.scope(outlets=["Nobody's Gazette"]) == Scope(articles=0, outlets=(), since=None, until=None)


def test_a_passage_is_a_partys_only_where_it_speaks(ledger: Ledger) -> None:
    entry = make_entry("a1")
    text = entry.article.text
    assert entry.claims[0].extent == Span(0, len(text))
    first, last = Span(0, 5), Span(5, len(text))
    claim = replace(entry.claims[0], source=(), content=(first,))
    passages = tuple(
        replace(entry.passages[0], number=n, span=span, text=span.of(text)) for n, span in enumerate((first, last))
    )
    units = tuple(replace(entry.units[0], owner=n, span=span) for n, span in enumerate((first, last)))
    ledger.write([replace(entry, claims=(claim,), passages=passages, units=units)], path=FILE.path)
    assert [unit.span for unit in ledger.stored_units(ledger.unit_ids("passage", party_ids=["mayor"]))] == [first]


def test_more_ids_than_a_database_takes_at_once(ledger: Ledger) -> None:
    entries = [make_entry(f"a{number}", seed=number) for number in range(1200)]
    ledger.write(entries, path=FILE.path)
    ids = ledger.unit_ids("passage")
    backwards = ids[::-1]
    np.testing.assert_array_equal(ledger.vectors(backwards), [entry.units[0].vector for entry in reversed(entries)])
    assert [unit.id for unit in ledger.units("passage")] == ids
    assert [unit.id for unit in ledger.units("passage", after=ids[10])] == ids[11:]
    assert [unit.id for unit in ledger.units("passage", ids=[ids[5], ids[2], -1])] == [ids[2], ids[5]]
    assert len(ledger.claims([f"a{number}#1" for number in range(1200)])) == 1200
    assert ledger.finish_source(FILE, keep=["a7"]) == 1199


def test_a_unit_that_is_gone_has_a_vector_of_zeros(ledger: Ledger) -> None:
    """Another process may remove it between a search and a look-up."""
    ledger.write([make_entry("a1", seed=1)], path=FILE.path)
    (one,) = ledger.unit_ids("passage")
    np.testing.assert_array_equal(ledger.vectors([999, one]), [np.zeros(8), unit_vector(1)])
    assert [unit.id for unit in ledger.stored_units([999, one])] == [one]


class TestOpening:
    def test_where_nothing_is(self, folder: Path) -> None:
        with pytest.raises(NoIndex, match="python -m rag index"):
            Ledger.open(folder, create=False)
        assert not folder.exists(), "looking makes nothing"

    def test_what_was_written_is_there_again(self, folder: Path, ledger: Ledger) -> None:
        ledger.write([make_entry("a1")], path=FILE.path)
        for again in (Ledger.open(folder, create=True), Ledger.open(folder, create=False, read_only=True)):
            assert again.article("a1") == make_entry("a1").article

    def test_by_url(self, folder: Path, ledger: Ledger) -> None:
        ledger.write([make_entry("a1")], path=FILE.path)
        assert Ledger.open(f"sqlite:///{folder / 'ledger.db'}", create=False).owner_of("a1") == FILE.path

    @pytest.mark.parametrize("url", ["nosuchbase://x/y", "postgresql+nosuchdriver://localhost/news", "://"])
    def test_a_url_of_nothing_known(self, url: str) -> None:
        with pytest.raises(StoreError) as caught:
            Ledger.open(url, create=False)
        assert "\n" not in str(caught.value)

    def test_one_that_may_only_be_read_refuses_to_be_written(self, folder: Path, ledger: Ledger) -> None:
        reader = Ledger.open(folder, create=False, read_only=True)
        with pytest.raises(StoreError, match="can only be read"):
            reader.write([make_entry("a1")], path=FILE.path)
        ledger.write([make_entry("a1")], path=FILE.path)
        assert reader.article("a1") is not None, "and sees what is written elsewhere"

    def test_the_settings_that_make_a_commit_last(self, folder: Path, ledger: Ledger) -> None:
        with ledger._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


class TestDamage:
    @pytest.fixture
    def file(self, folder: Path, ledger: Ledger) -> Path:
        ledger.write([make_entry(f"a{number}", seed=number) for number in range(200)], path=FILE.path)
        ledger.close()
        return folder / "ledger.db"

    @pytest.mark.parametrize("content", [b"", b"no database at all, whatever its name says\n" * 50])
    def test_a_file_that_is_no_database(self, file: Path, content: bytes) -> None:
        """Also an empty one: it is never taken for a new index and filled."""
        file.write_bytes(content)
        for create in (False, True):
            with pytest.raises(DamagedIndex) as caught:
                Ledger.open(file.parent, create=create)
            assert str(file) in str(caught.value)
            assert "\n" not in str(caught.value)
        assert file.read_bytes() == content, "and it is left as it was"

    def test_a_database_of_something_else(self, file: Path) -> None:
        file.unlink()
        connection = sqlite3.connect(file)
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.close()
        with pytest.raises(DamagedIndex):
            Ledger.open(file.parent, create=True)

    def test_a_truncated_file(self, file: Path) -> None:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        with pytest.raises(DamagedIndex):
            Ledger.open(file.parent, create=False).check()

    def test_pages_overwritten(self, file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[8192:-8192] = b"\xa5" * (len(content) - 16384)
        file.write_bytes(content)
        with pytest.raises(DamagedIndex):
            Ledger.open(file.parent, create=False).claims()

    def test_names_of_tables_that_are_no_text(self, file: Path) -> None:
        """SQLite quotes them in its message, which then is no text either."""
        content = file.read_bytes().replace(b"units_by_kind", b"un\xc5ts_by_kind")
        file.write_bytes(content.replace(b"CREATE INDEX un\xc5", b"CREATE INDEX un\xc6"))
        with pytest.raises(DamagedIndex):
            Ledger.open(file.parent, create=False)

    def test_a_whole_one_passes_the_check(self, file: Path) -> None:
        Ledger.open(file.parent, create=False).check()

    def test_tables_of_another_version(self, file: Path) -> None:
        connection = sqlite3.connect(file)
        connection.execute("UPDATE manifest SET value = '999' WHERE key = 'schema'")
        connection.commit()
        connection.close()
        with pytest.raises(DamagedIndex, match="999"):
            Ledger.open(file.parent, create=False)

    def test_the_journal_of_a_deleted_ledger_is_not_replayed(self, folder: Path, ledger: Ledger) -> None:
        ledger.write([make_entry("a1")], path=FILE.path)
        (folder / "ledger.db").unlink()
        assert (folder / "ledger.db-wal").exists()
        fresh = Ledger.open(folder, create=True)
        fresh.check()
        assert list(fresh.articles()) == []


def test_one_view_shows_one_moment(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FILE.path)
    with ledger.one_view():
        assert ledger.article("a1")
        ledger.remove_articles(["a1"])
        assert ledger.article("a1"), "as it was"
        with ledger.anew():
            assert ledger.article("a1") is None
        assert len(ledger.unit_ids("claim")) == 2
    assert ledger.article("a1") is None


def test_what_goes_wrong_within_a_view_is_no_damage(ledger: Ledger) -> None:
    """An error of whoever reads is not one of what is read."""
    with pytest.raises(ValueError, match="mine"), ledger.one_view():
        raise ValueError("mine")
