"""Corrections and updates: the latest is searched, what was before stays readable, and the change is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.index import Pipeline
from rag.store.ledger import Ledger
from rag.types import IndexReport
from tests.index.articles import ALL, DENIAL, LEAD, RESCUE, TIDE, WARNING, note, record
from tests.index.conftest import Feed

CORRECTED = LEAD.replace("212", "121")
URL = "https://orlapost.example/ferry"


def counts(report: IndexReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, len(report.failed)


def text_of(ledger: Ledger, article: str = URL) -> str:
    found = ledger.article(article)
    assert found is not None
    return found.text


def test_a_correction_in_the_same_file(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("page.jsonl", record("ferry", LEAD, DENIAL, TIDE, published="2031-05-04"))
    pipeline.run([path])
    feed("page.jsonl", record("ferry", CORRECTED, TIDE, RESCUE, published="2031-05-04", updated="2031-05-05"))
    assert counts(pipeline.run([path])) == (0, 1, 0, 0, 0)
    assert CORRECTED in text_of(ledger)
    (before,) = ledger.versions_of(URL)
    assert LEAD in before.article.text
    assert before.article.updated is None
    (change,) = ledger.changes_of(URL)
    assert (change.removed, change.added) == ((DENIAL,), (RESCUE,))
    assert change.changed == ((LEAD, CORRECTED),)
    assert (change.published, change.updated) == (("2031-05-04", "2031-05-04"), (None, "2031-05-05"))


def test_claims_and_units_are_of_the_latest_alone(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("page.jsonl", record("ferry", *ALL))
    pipeline.run([path])
    feed("page.jsonl", record("ferry", LEAD, RESCUE, TIDE))
    pipeline.run([path])
    assert not any("fog" in claim.text for claim in ledger.claims())
    assert not any("fog" in unit.text for kind in ("passage", "claim") for unit in ledger.units(kind))
    assert "fog" in ledger.versions_of(URL)[0].article.text


def test_two_files_of_two_days(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    monday = feed("1-monday.jsonl", record("ferry", LEAD, TIDE, updated="2031-05-04T10:00:00+02:00"))
    tuesday = feed("2-tuesday.jsonl", record("ferry", CORRECTED, TIDE, updated="2031-05-05T09:00:00+02:00"))
    assert counts(pipeline.run([monday, tuesday])) == (1, 1, 0, 0, 0)
    assert CORRECTED in text_of(ledger)
    assert ledger.sources_of(URL) == [str(monday), str(tuesday)]
    assert counts(pipeline.run([monday, tuesday])) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize("later", ["2031-05-05", "2031-05-04T12:00:00+02:00"])
def test_the_later_stays_the_latest_whatever_is_read_first(
    pipeline: Pipeline, ledger: Ledger, feed: Feed, later: str
) -> None:
    first = feed("1.jsonl", record("ferry", CORRECTED, TIDE, updated=later))
    second = feed("2.jsonl", record("ferry", LEAD, TIDE, updated="2031-05-04T10:00:00+02:00"))
    assert counts(pipeline.run([first, second])) == (1, 1, 0, 0, 0)
    assert CORRECTED in text_of(ledger)
    assert [LEAD in version.article.text for version in ledger.versions_of(URL)] == [True]


def test_versions_come_in_the_order_of_their_dates(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    days = {"1.jsonl": "2031-05-03", "2.jsonl": "2031-05-01", "3.jsonl": "2031-05-02"}
    for name, day in days.items():
        pipeline.run([feed(name, record("ferry", LEAD, TIDE, f"As of {day} the ship is stuck.", updated=day))])
    assert [version.article.updated for version in ledger.versions_of(URL)] == ["2031-05-01", "2031-05-02"]
    assert [change.updated for change in ledger.changes_of(URL)] == [
        ("2031-05-01", "2031-05-02"),
        ("2031-05-02", "2031-05-03"),
    ]


def test_another_address_of_the_same_page(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    """As a feed and a page give it: an id of the feed's own, and a link with a tracker."""
    page = feed("1.jsonl", record("ferry", *ALL))
    item = record("ferry?utm_source=feed", *ALL, RESCUE.upper(), id="urn:orla:881")
    assert counts(pipeline.run([page, feed("2.jsonl", item)])) == (1, 1, 0, 0, 0)
    assert [ref.id for ref in ledger.articles()] == [URL]


def test_a_summary_never_takes_the_place_of_the_article(pipeline: Pipeline, ledger: Ledger, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"URL: {URL}\n\nFerry aground\n\n" + "\n\n".join(ALL), encoding="utf-8")
    items = tmp_path / "feed.rss"
    items.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Orla Post</title><item><title>Ferry aground</title>'
        f"<link>{URL}</link><pubDate>Tue, 06 May 2031 10:00:00 GMT</pubDate>"
        f"<description>{LEAD}</description></item></channel></rss>",
        encoding="utf-8",
    )
    pipeline.run([items, page])
    assert DENIAL in text_of(ledger)
    items.write_text(items.read_text(encoding="utf-8").replace("212", "213"), encoding="utf-8")
    pipeline.run([items, page])
    assert DENIAL in text_of(ledger)


def test_a_page_with_nothing_in_common_is_another_article(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    """The address of a page that changes every day, of a live blog, of a shop."""
    other = "The weather stays mild on the coast, with light wind from the south and little rain, said Ona Brill."
    first = feed("1.jsonl", record("today", *ALL, title="Today on the coast"))
    second = feed("2.jsonl", record("today", other, title="Weather"))
    assert counts(pipeline.run([first, second])) == (2, 0, 0, 0, 0)
    assert len(list(ledger.articles())) == 2
    assert counts(pipeline.run([first, second])) == (0, 0, 2, 0, 0)


def test_a_file_that_holds_another_article_now_keeps_nothing_of_the_old(
    pipeline: Pipeline, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "latest.txt"
    path.write_text("Ferry aground\n\n" + "\n\n".join(ALL), encoding="utf-8")
    pipeline.run([path])
    path.write_text(
        "Mild days\n\nThe weather stays mild on the coast, with little rain, said Ona Brill of Radio Lume.\n"
    )
    assert counts(pipeline.run([path])) == (0, 1, 0, 0, 0)
    assert ledger.number_of_versions() == 0


def test_a_text_that_comes_back_is_the_latest_again(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    for lead in (LEAD, CORRECTED, LEAD):
        pipeline.run([feed("page.jsonl", record("ferry", lead, TIDE))])
    assert LEAD in text_of(ledger)
    assert [CORRECTED in version.article.text for version in ledger.versions_of(URL)] == [True]


def test_two_versions_in_one_file(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("export.jsonl", record("ferry", LEAD, TIDE), record("ferry", CORRECTED, TIDE))
    assert counts(pipeline.run([path])) == (1, 1, 0, 0, 0)
    assert CORRECTED in text_of(ledger)
    feed("export.jsonl", record("ferry", LEAD, TIDE), record("ferry", CORRECTED, TIDE), note(1))
    pipeline.run([path])
    assert CORRECTED in text_of(ledger)
    assert len(ledger.versions_of(URL)) == 1


def test_what_this_program_reads_differently_is_no_correction(
    pipeline: Pipeline, ledger: Ledger, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed("page.jsonl", record("ferry", *ALL))
    pipeline.run([path])
    monkeypatch.setattr("rag.index.drafts.PIPELINE_VERSION", "next")
    monkeypatch.setattr("rag.index.pipeline.replace", _reading_without_the_tide)
    assert counts(pipeline.run([path])) == (0, 1, 0, 0, 0)
    assert ledger.versions_of(URL) == ()


def _reading_without_the_tide(value: object, **changes: object) -> object:
    from dataclasses import replace

    if hasattr(value, "text"):
        changes["text"] = value.text.replace(f"\n\n{TIDE}", "")
    return replace(value, **changes)  # type: ignore[type-var]


class TestRemoving:
    def test_an_article_goes_with_its_versions(self, pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
        for lead in (LEAD, CORRECTED):
            pipeline.run([feed("page.jsonl", record("ferry", lead, TIDE))])
        assert ledger.remove_articles([URL]) == 1
        assert (ledger.number_of_versions(), ledger.changes_of(URL)) == (0, ())

    def test_with_the_file_of_the_latest_the_one_before_is_the_latest(
        self, pipeline: Pipeline, ledger: Ledger, feed: Feed
    ) -> None:
        monday = feed("1.jsonl", record("ferry", LEAD, TIDE, updated="2031-05-04"), note(1))
        tuesday = feed("2.jsonl", record("ferry", CORRECTED, TIDE, updated="2031-05-05"), note(2))
        pipeline.run([monday, tuesday])
        tuesday.unlink()
        pipeline.run([monday.parent], prune=True)
        assert LEAD in text_of(ledger)
        assert ledger.versions_of(URL) == ()
        assert {ref.id for ref in ledger.articles()} == {URL, "n1"}

    def test_with_the_file_of_an_earlier_one_the_latest_stays(
        self, pipeline: Pipeline, ledger: Ledger, feed: Feed
    ) -> None:
        monday = feed("1.jsonl", record("ferry", LEAD, TIDE, updated="2031-05-04"))
        pipeline.run([monday, feed("2.jsonl", record("ferry", CORRECTED, TIDE, updated="2031-05-05"))])
        monday.unlink()
        pipeline.run([monday.parent], prune=True)
        assert CORRECTED in text_of(ledger)
        assert ledger.versions_of(URL) == ()


def test_the_same_article_in_two_files_is_one_of_two_sources(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    first, second = feed("1.jsonl", record("ferry")), feed("2.jsonl", record("ferry"))
    assert counts(pipeline.run([first, second])) == (1, 0, 1, 0, 0)
    assert ledger.sources_of(URL) == [str(first), str(second)]
    first.unlink()
    pipeline.run([first.parent], prune=True)
    assert ledger.sources_of(URL) == [str(second)]
    assert WARNING in text_of(ledger)
