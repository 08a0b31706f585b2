"""What the benchmarks hand to a scorer."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.data import as_given, read_lines, require, write_lines


def test_a_quote_is_given_with_the_invisible_characters_of_its_source() -> None:
    raw = "He said: “The  dam\u200b is safe.”\nIt rained."
    assert as_given(raw, "“The dam is safe.”") == "“The  dam\u200b is safe.”"


def test_a_quote_is_given_with_the_accents_of_its_source() -> None:
    raw = "Rene\u0301 Moe said it rains."
    assert as_given(raw, "Ren\u00e9 Moe said") == "Rene\u0301 Moe said"


def test_a_quote_that_is_not_there_stays_as_it_is() -> None:
    assert as_given("It rained.", "The dam is safe.") == "The dam is safe."


def test_missing_data_is_one_line_and_exit_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        require(tmp_path / "none.jsonl")
    assert stopped.value.code == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_lines_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "“Ja”"}, {"id": "2"}]
    assert write_lines(tmp_path / "rows.jsonl", rows) == 2
    assert list(read_lines(tmp_path / "rows.jsonl")) == rows
