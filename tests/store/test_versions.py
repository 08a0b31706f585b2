"""Earlier versions: kept beside the latest, gone with it."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Article
from rag.store.entries import Entry, Version
from rag.store.ledger import Ledger
from tests.store.examples import make_entry

FIRST = "Dam holds\n\nThe dam above Veltport holds, the mayor said.\n\nFour gates are open."
SECOND = "Dam leaks\n\nThe dam above Veltport leaks, the mayor said.\n\nFour gates are open."


def entry(text: str, *, updated: str | None = None, keeps_earlier: bool = False, name: str = "a1") -> Entry:
    made = make_entry(name, text)
    article = replace(made.article, updated=updated, provenance=(("title", "og:title"),))
    return replace(made, article=article, pipeline="p1", keeps_earlier=keeps_earlier, read_at=7.5)


def test_a_version_comes_back_as_it_was(ledger: Ledger) -> None:
    first = entry(FIRST, updated="2031-05-04")
    ledger.write([first], path="/news/a.txt")
    ledger.write([entry(SECOND, keeps_earlier=True)], path="/news/b.txt")
    assert ledger.versions_of("a1") == (
        Version(article=first.article, source="/news/a.txt", pipeline="p1", read_at=7.5),
    )


def test_only_what_is_kept_on_purpose_is_kept(ledger: Ledger) -> None:
    ledger.write([entry(FIRST)], path="/news/a.txt")
    ledger.write([entry(SECOND)], path="/news/a.txt")
    assert ledger.versions_of("a1") == ()


def test_a_version_of_text_that_no_database_takes(ledger: Ledger) -> None:
    odd = Article(id="a1", text="Dam \x00 holds \ud83d, \x1b said \udcff the mayor.", authors=("Ona \ud83d",))
    ledger.write([entry(FIRST)], path="/news/a.txt")
    ledger.write_version(Version(article=odd, source="/news/\udcff.txt", pipeline="p1", read_at=1.0), article="a1")
    assert [version.article for version in ledger.versions_of("a1")] == [odd]


def test_a_text_is_kept_once(ledger: Ledger) -> None:
    ledger.write([entry(SECOND)], path="/news/a.txt")
    version = Version(article=entry(FIRST).article, source="/news/b.txt", pipeline="p1", read_at=1.0)
    for source in ("/news/b.txt", "/news/c.txt"):
        ledger.write_version(replace(version, source=source), article="a1")
    assert [found.source for found in ledger.versions_of("a1")] == ["/news/c.txt"]


def test_what_an_older_pipeline_made_of_the_same_page_is_replaced(ledger: Ledger) -> None:
    ledger.write([entry(SECOND, updated="2031-05-05")], path="/news/a.txt")
    old = Version(article=entry(FIRST, updated="2031-05-04").article, source="/news/b.txt", pipeline="p0", read_at=1.0)
    ledger.write_version(old, article="a1")
    new = replace(old, article=replace(old.article, text=FIRST + "\n\nRain."), pipeline="p1")
    ledger.write_version(new, article="a1")
    assert ledger.versions_of("a1") == (new,)


def test_the_change_is_told_in_words(ledger: Ledger) -> None:
    ledger.write([entry(FIRST, updated="2031-05-04")], path="/news/a.txt")
    ledger.write([entry(SECOND, updated="2031-05-05", keeps_earlier=True)], path="/news/a.txt")
    (change,) = ledger.changes_of("a1")
    assert change.title == ("Dam holds", "Dam leaks")
    assert change.changed == (
        ("The dam above Veltport holds, the mayor said.", "The dam above Veltport leaks, the mayor said."),
    )
    assert (change.removed, change.added) == ((), ())
    assert ledger.changes_of("nobody") == ()


def test_how_many(ledger: Ledger) -> None:
    ledger.write([entry(FIRST), entry(FIRST, name="a2")], path="/news/a.txt")
    ledger.write([entry(SECOND, keeps_earlier=True)], path="/news/a.txt")
    assert ledger.numbers_of_versions(["a1", "a2", "a3"]) == {"a1": 1}
    assert ledger.counts().versions == 1


def test_what_is_known_under_an_id_or_an_address(ledger: Ledger) -> None:
    ledger.write([entry(FIRST), entry(FIRST, name="a2")], path="/news/a.txt")
    ledger.write([entry(SECOND, keeps_earlier=True)], path="/news/a.txt")
    by_address = ledger.known(["a2", "nobody"], canonical="courier.example/a1")
    assert [known.article.id for known in by_address] == ["a2", "a1"]
    assert [len(known.earlier) for known in by_address] == [0, 1]
    assert ledger.known(["nobody"], canonical=None) == []
