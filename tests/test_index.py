"""Files in, entries in the ledger: nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import NoSuchPath, NothingToRead
from rag.assistant import Assistant
from rag.index import claim_pieces
from rag.types import IndexReport
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
    monkeypatch.setattr("rag.index.BATCH_UNITS", 1)
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
