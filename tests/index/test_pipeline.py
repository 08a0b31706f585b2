"""Files in, entries in the ledger: nothing twice, nothing lost."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import NoSuchPath, NothingToRead
from corpus.types import Article
from rag.assistant import Assistant
from rag.attribution import load_extractor
from rag.index import Pipeline, claim_pieces
from rag.store.entries import SourceFile
from rag.store.ledger import Ledger
from rag.types import Attribution, IndexReport
from tests.index.articles import ALL, note, record
from tests.index.conftest import Feed, long_ago
from tests.stories import DAM, STRIKE


def counts(report: IndexReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, len(report.failed)


def test_a_folder_is_indexed_once(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    folder = newsroom(dam=DAM, strike=STRIKE)
    assert counts(assistant.add(folder)) == (2, 0, 0, 0, 0)
    before = assistant.ledger.revision()
    assert counts(assistant.add(folder)) == (0, 0, 2, 0, 0)
    assert assistant.ledger.scope().articles == 2
    assert [c.id for c in assistant.claims()] == [c.id for c in assistant.claims()]
    assert assistant.ledger.unit_ids("claim")
    assert before > 0


def test_a_changed_file_replaces_its_article(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    folder = newsroom(dam=DAM, strike=STRIKE)
    assistant.add(folder)
    newsroom(dam=DAM.replace("is safe", "is not safe"))
    assert counts(assistant.add(folder)) == (0, 1, 1, 0, 0)
    assert any("not safe" in claim.text for claim in assistant.claims())
    assert not any(claim.text.endswith("is safe") for claim in assistant.claims())


def test_what_vanished_goes_only_on_request(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    folder = newsroom(dam=DAM, strike=STRIKE)
    assistant.add(folder)
    (folder / "dam.txt").unlink()
    assert counts(assistant.add(folder)) == (0, 0, 1, 0, 0)
    assert assistant.ledger.scope().articles == 2
    assert counts(assistant.add(folder, prune=True)) == (0, 0, 1, 1, 0)
    assert assistant.ledger.scope().articles == 1
    assert not assistant.claims(about="the dam at Orla")


def test_pruning_one_folder_leaves_the_others(
    assistant: Assistant, newsroom: Callable[..., Path], tmp_path: Path
) -> None:
    assistant.add(newsroom(dam=DAM))
    other = tmp_path / "other"
    other.mkdir()
    (other / "strike.txt").write_text(STRIKE, encoding="utf-8")
    assert counts(assistant.add(other, prune=True)) == (1, 0, 0, 0, 0)
    assert assistant.ledger.scope().articles == 2


def test_bad_files_are_rows_in_the_report_and_the_rest_is_indexed(
    assistant: Assistant, newsroom: Callable[..., Path]
) -> None:
    folder = newsroom(dam=DAM)
    (folder / "broken.json").write_text('{"title": "no end', encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    report = assistant.add(folder)
    assert report.added == 1
    assert {Path(failure.path).name for failure in report.failed} == {"broken.json", "empty.txt", "picture.txt"}
    assert all(failure.reason and "\n" not in failure.reason for failure in report.failed)


def test_a_failure_is_told_again_until_it_is_mended(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    folder = newsroom(dam=DAM)
    lines = folder / "feed.jsonl"
    good = '{"id": "f1", "title": "Bridge shut", "text": "The bridge is shut, said Tom Vale, who runs it. Cars queue."}'
    lines.write_text(f"{good}\n{{broken\n", encoding="utf-8")
    assert counts(assistant.add(folder)) == (2, 0, 0, 0, 1)
    assert counts(assistant.add(folder)) == (0, 0, 2, 0, 1)
    lines.write_text(f"{good}\n", encoding="utf-8")
    assert counts(assistant.add(folder)) == (0, 0, 2, 0, 0)
    assert counts(assistant.add(folder)) == (0, 0, 2, 0, 0)


def test_a_record_that_leaves_its_file_leaves_the_index(assistant: Assistant, tmp_path: Path) -> None:
    lines = tmp_path / "feed.jsonl"
    first = (
        '{"id": "f1", "title": "Bridge shut", "text": "The bridge is shut, said Tom Vale, who runs it. Cars queue."}'
    )
    second = '{"id": "f2", "title": "Ferry late", "text": "The ferry is late, said Jo Vale, its captain. People wait."}'
    lines.write_text(f"{first}\n{second}\n", encoding="utf-8")
    assistant.add(lines)
    lines.write_text(f"{second}\n", encoding="utf-8")
    assert counts(assistant.add(lines)) == (0, 0, 1, 1, 0)


def test_two_files_may_use_the_same_ids_and_both_are_kept(assistant: Assistant, tmp_path: Path) -> None:
    for name, who in (("a", "Tom Vale"), ("b", "Ana Ruiz")):
        (tmp_path / f"{name}.jsonl").write_text(
            f'{{"id": "1", "title": "Note {name}", "text": "The road is open, said {who} on Monday. It was shut."}}\n',
            encoding="utf-8",
        )
    assert counts(assistant.add(tmp_path / "a.jsonl", tmp_path / "b.jsonl")) == (2, 0, 0, 0, 0)
    assert {claim.party.name for claim in assistant.claims()} == {"Tom Vale", "Ana Ruiz"}
    assert counts(assistant.add(tmp_path / "a.jsonl", tmp_path / "b.jsonl")) == (0, 0, 2, 0, 0)


def test_a_moved_file_is_not_indexed_twice(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    folder = newsroom(dam=DAM)
    assistant.add(folder)
    (folder / "dam.txt").rename(folder / "renamed.txt")
    assistant.add(folder)
    assert assistant.ledger.scope().articles == 1


def test_an_interrupted_run_goes_on_where_it_stopped(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.pipeline.BATCH_UNITS", 1)
    lines = tmp_path / "feed.jsonl"
    lines.write_text(
        "".join(
            f'{{"id": "n{i}", "title": "Note {i}", "text": "Road {i} is open, said Tom Vale. It was shut all week."}}\n'
            for i in range(6)
        ),
        encoding="utf-8",
    )

    def stop_at_three(progress: object) -> None:
        if assistant.ledger.scope().articles == 3:
            raise KeyboardInterrupt

    report = assistant.add(lines, progress=stop_at_three)
    assert report.interrupted
    assert report.added == 3
    assert counts(assistant.add(lines)) == (3, 0, 3, 0, 0)
    assert assistant.ledger.scope().articles == 6
    assert counts(assistant.add(lines)) == (0, 0, 6, 0, 0)


def test_a_path_that_is_not_there_and_a_folder_with_nothing_to_read(assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match="nowhere"):
        assistant.add(tmp_path / "nowhere")
    (tmp_path / "bare").mkdir()
    with pytest.raises(NothingToRead, match="bare"):
        assistant.add(tmp_path / "bare")


def test_a_long_quotation_is_found_by_each_of_its_sentences(
    assistant: Assistant, newsroom: Callable[..., Path]
) -> None:
    text = "Note on gates\n\n“The first gate is open. The second gate is shut,” said Piet Sommer.\n"
    assistant.add(newsroom(note=text))
    claim = assistant.claims()[0]
    article = assistant.ledger.article(claim.article)
    assert article
    pieces = [span.of(article.text) for span in claim_pieces(article, claim)]
    assert len(pieces) == 2
    assert "first gate" in pieces[0]
    assert "second gate" in pieces[1]


def test_only_size_and_date_of_an_untouched_file_are_looked_at(
    pipeline: Pipeline, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed("feed.jsonl", note(1), note(2))
    pipeline.run([path])

    def fail(source: SourceFile) -> SourceFile:
        raise AssertionError(f"{source.path} was read")

    monkeypatch.setattr("rag.index.pipeline.digest_file", fail)
    assert counts(pipeline.run([path])) == (0, 0, 2, 0, 0)


def test_a_file_written_to_within_its_date_is_looked_into(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    """A file system may give two writes of one second the same date."""
    path = feed("feed.jsonl", note(1))
    now = time.time_ns()
    os.utime(path, ns=(now, now))
    pipeline.run([path])
    path.write_bytes(path.read_bytes().replace(b"council", b"kouncil"))
    os.utime(path, ns=(now, now))
    assert counts(pipeline.run([path])) == (0, 1, 0, 0, 0)


def test_a_touched_file_is_read_by_nobody(pipeline: Pipeline, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    path = feed("feed.jsonl", note(1))
    pipeline.run([path])
    long_ago(path)
    monkeypatch.setattr("rag.index.files.Reader.read", None)
    assert counts(pipeline.run([path])) == (0, 0, 1, 0, 0)


def test_other_columns_are_another_reading(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("export.jsonl", {"key": "k1", "teaser": "Short.", "copy": note(1)["text"]})
    assert len(pipeline.run([path]).failed) == 1
    assert counts(pipeline.run([path], mapping={"text": "copy", "id": "key"})) == (1, 0, 0, 0, 0)
    assert ledger.problems() == []
    assert counts(pipeline.run([path], mapping={"text": "copy", "id": "key"})) == (0, 0, 1, 0, 0)


def test_problems_are_kept_and_told_again_without_reading(
    pipeline: Pipeline, ledger: Ledger, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed("feed.jsonl", note(1), {"id": "empty", "text": ""})
    first = pipeline.run([path])
    monkeypatch.setattr("rag.index.files.Reader.read", None)
    again = pipeline.run([path])
    assert [(failure.record, failure.reason) for failure in again.failed] == [
        (problem.record, problem.reason) for problem in ledger.problems()
    ]
    assert again.failed == first.failed


def test_a_record_that_can_no_more_be_read_keeps_its_article(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    """Half a file, because it is being written, is no reason to forget the other half."""
    path = feed("feed.jsonl", note(1), note(2))
    pipeline.run([path])
    path.write_bytes(path.read_bytes()[:-40])
    assert counts(pipeline.run([path])) == (0, 0, 1, 0, 1)
    assert {ref.id for ref in ledger.articles()} == {"n1", "n2"}
    feed("feed.jsonl", note(1))
    assert counts(pipeline.run([path])) == (0, 0, 1, 1, 0)


class _Stumbling:
    """An extractor that fails at one article."""

    name = "stumbling"

    def __init__(self, word: str) -> None:
        self.word = word

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        if self.word in article.text:
            raise ZeroDivisionError("of\nthis program")
        return tuple(load_extractor("rules").extract(article))


class _Meeting:
    """An extractor that ends with an article only when it has begun with another."""

    name = "meeting"

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2, timeout=20)

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        self.barrier.wait()
        return tuple(load_extractor("rules").extract(article))


def test_an_article_is_read_while_the_one_before_it_is(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("feed.jsonl", *(note(n) for n in range(1, 5)))
    assert counts(replace(pipeline, extractor=_Meeting()).run([path])) == (4, 0, 0, 0, 0)
    assert [ref.id for ref in ledger.articles()] == ["n1", "n2", "n3", "n4"]


def test_an_article_that_this_program_stumbles_over_costs_no_other(
    pipeline: Pipeline, ledger: Ledger, feed: Feed
) -> None:
    path = feed("feed.jsonl", note(1), note(2), note(3))
    stumbling = replace(pipeline, extractor=_Stumbling("Lane2 "))
    report = stumbling.run([path])
    assert [ref.id for ref in ledger.articles()] == ["n1", "n3"]
    ((failure),) = report.failed
    assert failure.record == 2
    assert failure.reason == "could not be taken apart, by a fault of this program: ZeroDivisionError: of this program"
    assert counts(pipeline.run([path])) == (1, 2, 0, 0, 0), "another extractor: all are made anew"
    feed("feed.jsonl", note(1), note(2, who="Ana Ruiz"), note(3))
    assert len(stumbling.run([path]).failed) == 1
    assert {ref.id for ref in ledger.articles()} == {"n1", "n2", "n3"}, "what was stored before stays"


def test_a_moved_file_is_taken_where_it_is_now(
    pipeline: Pipeline, ledger: Ledger, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed("feed.jsonl", note(1), note(2))
    pipeline.run([path])
    units = ledger.unit_ids("passage")
    moved = path.rename(path.with_name("moved.jsonl"))
    monkeypatch.setattr("rag.index.pipeline.embed_drafts", None)
    assert counts(pipeline.run([moved])) == (0, 0, 2, 0, 0)
    article = ledger.article("n1")
    assert article is not None
    assert (article.path, ledger.owner_of("n1")) == (str(moved), str(moved))
    assert pipeline.run([moved.parent], prune=True).removed == 0
    assert ledger.unit_ids("passage") == units


def test_pruning_a_folder_that_is_empty_now(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("feed.jsonl", note(1))
    pipeline.run([path.parent])
    path.unlink()
    with pytest.raises(NothingToRead):
        pipeline.run([path.parent])
    assert counts(pipeline.run([path.parent], prune=True)) == (0, 0, 0, 1, 0)
    assert ledger.scope().articles == 0


def test_a_line_before_others_moves_them_and_changes_nothing(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("feed.jsonl", note(1))
    pipeline.run([path])
    feed("feed.jsonl", note(2), note(1))
    assert counts(pipeline.run([path])) == (1, 0, 1, 0, 0)
    article = ledger.article("n1")
    assert article is not None
    assert article.record == 2, "where a citation sends its reader"


def test_copies_are_found_among_what_was_indexed_before(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    pipeline.run([feed("1.jsonl", record("ferry", outlet="Tarn Wire", published="2031-05-04"))])
    cut = record("stuck", *ALL[:2], *ALL[3:], outlet="Harbour Times", published="2031-05-05")
    pipeline.run([feed("2.jsonl", {**cut, "url": "https://harbour.example/stuck", "title": "Stuck off Veltport"})])
    assert ledger.groups() == {"https://orlapost.example/ferry": ("https://harbour.example/stuck",)}
    denial = next(claim for claim in ledger.claims() if "fog" in claim.text)
    carriage = ledger.carried_by(denial.id)
    assert carriage is not None
    assert [ref.outlet for ref in carriage.lacking] == ["Harbour Times"]


def test_a_rebuild_makes_the_same_again(pipeline: Pipeline, ledger: Ledger, feed: Feed) -> None:
    path = feed("1.jsonl", record("ferry"), record("other", *ALL, id="other", url="https://harbour.example/x"), note(1))
    pipeline.run([path])
    before, groups = ledger.claims(), ledger.groups()
    report = pipeline.rebuild()
    assert (report.updated, report.claims) == (3, len(before))
    assert sorted(ledger.claims(), key=lambda c: c.id) == sorted(before, key=lambda c: c.id)
    assert ledger.groups() == groups
    assert len(groups) == 1
    assert counts(pipeline.run([path])) == (0, 0, 3, 0, 0)
