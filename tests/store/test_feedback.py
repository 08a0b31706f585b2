"""Feedback is kept in the ledger, without a word of the articles, and costs no question anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.__main__ import main
from rag.assistant import Assistant
from rag.errors import StoreError
from rag.store.feedback import MOST_NOTE
from rag.store.ledger import Ledger
from tests.stories import DAM


def test_what_was_given_is_read_back_in_its_order(assistant: Assistant) -> None:
    assistant.add_feedback("Who denies it?", verdict="up", claims=["c1", "c2"], filters=["outlet: Orla Post"])
    assistant.add_feedback("And who else?", verdict="down", note="  Sommer is missing\n", reader="ana")
    first, second = Assistant.open(assistant.folder, create=False).feedback()
    assert (first.question, first.verdict, first.claims) == ("Who denies it?", "up", ("c1", "c2"))
    assert (second.note, second.reader) == ("Sommer is missing", "ana")
    assert first.given_at <= second.given_at


def test_a_note_has_an_end(assistant: Assistant) -> None:
    assistant.add_feedback("Who?", verdict="down", note="x" * (MOST_NOTE + 1))
    assert len(assistant.feedback()[0].note) == MOST_NOTE


def test_the_index_counts_as_unchanged(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    """Else every thumb would make the next question compare all of the index with the ledger."""
    assistant.add(newsroom(dam=DAM))
    before = assistant.ledger.stamp()
    assistant.add_feedback("Who says that the dam is safe?", verdict="up")
    assert assistant.ledger.stamp() == before


def test_a_ledger_that_can_only_be_read_says_so(assistant: Assistant) -> None:
    reading = Ledger.open(assistant.folder, create=False, read_only=True)
    assistant.ledger = reading
    with pytest.raises(StoreError, match="can only be read"):
        assistant.add_feedback("Who?", verdict="up")


def test_the_command_lists_it(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assistant.add_feedback("Who denies it?", verdict="down", note="wrong\n\x1b[2Jparty", reader="ana")
    assert main(["feedback", "--index", str(assistant.folder)]) == 0
    said = capsys.readouterr().out
    assert "down, ana: Who denies it?" in said
    assert "note: wrong [2Jparty" in said  # no reader commands the terminal
    assert main(["feedback", "--json", "--index", str(assistant.folder)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["note"] == "wrong\n\x1b[2Jparty"
