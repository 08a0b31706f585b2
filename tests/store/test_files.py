"""Files: what they hold, what could not be read of them, and what goes when they go."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Problem
from rag.store.entries import SourceFile
from rag.store.ledger import Ledger
from tests.store.examples import make_entry


def file(name: str) -> SourceFile:
    return SourceFile(path=f"/news/{name}", digest=name, size=1, mtime=2.5, stamp="s", root="/news", read_at=9.0)


FIRST, SECOND = file("a.jsonl"), file("b.jsonl")


def test_an_article_that_two_files_hold(ledger: Ledger) -> None:
    ledger.write([make_entry("a1"), make_entry("a2")], path=FIRST.path)
    ledger.finish_source(FIRST, keep=["a1", "a2"])
    ledger.finish_source(SECOND, keep=["a1"])
    assert ledger.held(FIRST.path) == {"a1", "a2"}
    assert ledger.numbers_held() == {FIRST.path: 2, SECOND.path: 1}
    assert ledger.sources_of("a1") == [FIRST.path, SECOND.path]


def test_the_other_file_is_to_be_read_again_when_one_goes(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FIRST.path)
    ledger.finish_source(FIRST, keep=["a1"])
    ledger.finish_source(SECOND, keep=["a1"])
    assert ledger.remove_source(FIRST.path) == 1
    assert [(source.path, source.digest) for source in ledger.sources()] == [(SECOND.path, "")]


def test_losing_what_another_file_gave_is_no_loss(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FIRST.path)
    ledger.finish_source(FIRST, keep=["a1"])
    ledger.finish_source(SECOND, keep=["a1"])
    assert ledger.remove_source(SECOND.path) == 0
    assert ledger.article("a1") is not None
    assert ledger.sources() == [FIRST]


def test_an_article_found_at_another_place(ledger: Ledger) -> None:
    entry = make_entry("a1")
    ledger.write([entry], path=FIRST.path)
    units = ledger.unit_ids("claim")
    moved = replace(entry.article, path="b.jsonl", record=4)
    ledger.finish_source(SECOND, keep=["a1"], places=[moved])
    assert ledger.article("a1") == moved
    assert ledger.owner_of("a1") == SECOND.path
    assert ledger.unit_ids("claim") == units, "nothing is made anew for it"


def test_problems_are_kept_until_the_file_is_read_again(ledger: Ledger) -> None:
    broken, empty = (
        Problem(path="a.jsonl", record=3, reason="no JSON"),
        Problem(path="a.jsonl", record=9, reason="empty"),
    )
    ledger.finish_source(FIRST, keep=[], failed=[empty, broken])
    ledger.fail_source(SECOND.path, [Problem(path="b.jsonl", reason="cannot be read")])
    assert ledger.problems(FIRST.path) == [broken, empty]
    assert ledger.counts().problems == 3
    assert {path: len(found) for path, found in ledger.problems_by_source().items()} == {FIRST.path: 2, SECOND.path: 1}
    ledger.finish_source(FIRST, keep=[])
    ledger.remove_source(SECOND.path)
    assert ledger.problems() == []


def test_a_file_that_failed_is_read_again_and_keeps_its_articles(ledger: Ledger) -> None:
    ledger.write([make_entry("a1")], path=FIRST.path)
    ledger.finish_source(FIRST, keep=["a1"])
    ledger.fail_source(FIRST.path, [Problem(path=FIRST.path, reason="cannot be read")])
    assert ledger.source(FIRST.path) is None
    assert ledger.held(FIRST.path) == {"a1"}


def test_a_touched_file_keeps_its_content(ledger: Ledger) -> None:
    ledger.finish_source(FIRST, keep=[])
    ledger.refresh_source(replace(FIRST, digest="ignored", mtime=77.0, read_at=99.0))
    assert ledger.source(FIRST.path) == replace(FIRST, mtime=77.0, read_at=99.0)


def test_removing_articles_leaves_the_file(ledger: Ledger) -> None:
    ledger.write([make_entry("a1"), make_entry("a2")], path=FIRST.path)
    ledger.finish_source(FIRST, keep=["a1", "a2"])
    assert ledger.remove_articles(["a1", "nobody"]) == 1
    assert ledger.sources() == [FIRST]
    assert ledger.held(FIRST.path) == {"a2"}
    assert [unit.article_id for unit in ledger.units("claim")] == ["a2", "a2"]
