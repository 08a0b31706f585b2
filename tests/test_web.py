"""The chat page: what one turn gives, and that the real server comes up on this machine alone."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.errors import SettingsError
from rag.question import Filters
from rag.settings import load_settings
from rag.web import serve
from rag.web.conversation import BROKEN, answer_turn, begin_turn, citation_of, conversation_html
from rag.web.evidence import evidence_of_citation
from tests.stories import DAM
from tests.web.conftest import running


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM))
    return assistant


def test_a_turn_gives_the_answer_with_its_citations(desk: Assistant) -> None:
    turns, at = begin_turn((), "Who says that the dam is safe?", Filters())
    shown = conversation_html(answer_turn(desk, turns, at))
    assert '<span class="who">Ana Ruiz</span>' in shown
    assert 'data-turn="0" data-number="1"' in shown
    assert "The dam at Orla is safe, Mayor Ana Ruiz said on Monday." in shown


def test_the_turns_before_are_taken_along(desk: Assistant) -> None:
    desk = Assistant(desk.settings.model_copy(update={"answer_claims": 2}))
    turns = answer_turn(desk, *begin_turn((), "Who says that the dam is safe?", Filters()))
    turns = answer_turn(desk, *begin_turn(turns, "And who else?", Filters()))
    answer = turns[1].answer
    assert answer is not None
    names = {claim.party.name for claim in answer.claims}
    assert "Piet Sommer" in names
    assert "Ana Ruiz" not in names  # told already


def test_an_error_is_told_in_a_line(desk: Assistant) -> None:
    turns = answer_turn(desk, *begin_turn((), "???", Filters()))
    assert turns[0].answer is None
    assert "empty" in (turns[0].error or "")


def test_a_fault_is_no_stack_trace(desk: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault within")

    monkeypatch.setattr(desk, "ask", broken)
    turns = answer_turn(desk, *begin_turn((), "Who says that the dam is safe?", Filters()))
    assert turns[0].error == BROKEN


def test_hostile_articles_stay_text(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    hostile = (
        "Dam holds\n\n“The dam is safe <img src=x onerror=alert(1)> ![p](http://evil.example/x.png),” said Ana Ruiz.\n"
    )
    assistant.add(newsroom(dam=hostile))
    turns = answer_turn(assistant, *begin_turn((), "Who says that the dam is safe?", Filters()))
    citation = citation_of(turns, 0, 1)
    assert citation is not None
    for shown in (conversation_html(turns), evidence_of_citation(assistant, citation)):
        assert "<img" not in shown
        assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_an_address_outside_this_machine_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1"):
        serve(load_settings(host="0.0.0.0"))


def test_the_server_comes_up_on_this_machine(desk: Assistant, model_cache: Path) -> None:
    with running(desk.folder, cache=model_cache) as site, urllib.request.urlopen(site.address, timeout=60) as page:
        body = page.read().decode()
    assert site.address.startswith("http://127.0.0.1:")
    assert "Attest" in body
    assert "fonts.googleapis.com" not in body
