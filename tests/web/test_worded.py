"""With a language model: the labelled answer stands there at once, and the model's wording above it when it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rag.assistant import Assistant
from rag.question import Filters
from rag.web.conversation import Turn, answer_turn, begin_turn, conversation_html, take_wording, word_turn
from tests.answer.worded.models import reply, scripted
from tests.openai_server import OpenAIServer, serving
from tests.openai_server import Turn as Reply
from tests.stories import DAM
from tests.web.conftest import Site, opening, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Slow = tuple[Site, threading.Event, OpenAIServer]
SAFE = "Who says that the dam is safe?"
SAYING = "Ana Ruiz said the dam at Orla is safe."
FIRST = "Brightwater said that the dam at Orla was safe."  # where the page has several articles, the first claim


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM))
    return assistant


def answered(desk: Assistant) -> tuple[Turn, ...]:
    return answer_turn(desk, *begin_turn((), SAFE, Filters()))


def test_an_answer_does_not_wait_for_the_model(desk: Assistant) -> None:
    asked: list[str] = []
    desk.chat_model = scripted(lambda prompt: asked.append(prompt) or reply((SAYING, [1])))
    turns = answered(desk)
    assert asked == []
    assert turns[0].answer is not None
    assert turns[0].answer.citations

    taken = take_wording(turns, word_turn(desk, turns))

    assert len(asked) == 1
    assert taken is not None
    shown = conversation_html(taken)
    assert shown.index(SAYING) < shown.index("Worded by scripted") < shown.index('class="claims"')


def test_why_an_answer_was_not_worded_is_told(desk: Assistant) -> None:
    desk.chat_model = scripted(lambda prompt: "I would rather not")
    turns = answered(desk)
    taken = take_wording(turns, word_turn(desk, turns))
    assert taken is not None
    assert '<p class="note">Not worded by scripted' in conversation_html(taken)


def test_without_a_model_nothing_changes(desk: Assistant) -> None:
    assert word_turn(desk, answered(desk)) is None


def test_a_wording_changes_no_other_answer_and_none_that_is_on_its_way(desk: Assistant) -> None:
    desk.chat_model = scripted(lambda prompt: reply((SAYING, [1])))
    turns = answered(desk)
    wording = word_turn(desk, turns)
    assert take_wording((), wording) is None  # a new conversation was begun meanwhile
    edited = (replace(turns[0], question="?", answer=None, error="empty"),)
    assert take_wording(edited, wording) is None
    waiting, _ = begin_turn(turns, "And who else?", Filters())
    assert take_wording(waiting, wording) is None


@pytest.fixture
def slow(site: Site, model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """A page whose model answers when the event is set."""
    pytest.importorskip("langchain_openai", reason="pip install -r requirements-dev.txt")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    may_answer = threading.Event()

    def script(_: dict[str, Any]) -> Reply:
        assert may_answer.wait(60)
        return Reply(text=reply((FIRST, [1])))

    with serving(script) as model:
        options = ("--llm", "openai:scripted", "--llm-base-url", model.url)
        with running(site.index, *options, cache=model_cache) as here:
            yield here, may_answer, model
            may_answer.set()


def test_a_slow_model_delays_nothing_on_the_page(browser: Browser, slow: Slow, look: dict[str, Any]) -> None:
    site, may_answer, model = slow
    with opening(browser, site.address, look) as opened:
        opened.ask(SAFE)
        claims = opened.page.locator("#turn-0 .claims").inner_text()
        assert "Ana Ruiz" in claims
        assert opened.page.locator(".worded").count() == 0
        may_answer.set()
        opened.page.locator("#turn-0 .worded").wait_for()
        assert FIRST.removesuffix(".") in opened.page.locator("#turn-0 .worded").inner_text()
        assert opened.page.locator("#turn-0 .claims").inner_text() == claims
    assert len(model.requests) == 1, [r["messages"][-1] for r in model.requests]
