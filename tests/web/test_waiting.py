"""A question that is asked while the first articles are being loaded: it is held, said to be, and answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.datastructures import QueryParams

from rag.assistant import Assistant
from rag.errors import StoreError
from rag.settings import load_settings
from rag.web.ask_handlers import AskHandlers
from rag.web.conversation import LOADING, NO_INDEX, Turns
from rag.web.desk import Desk
from tests.stories import DAM

SAFE = "Who says that the dam is safe?"


class Visit:
    """A page that is open: its address and the turns that it keeps."""

    def __init__(self, handlers: AskHandlers, **asked: str) -> None:
        self._handlers = handlers
        self.query_params = QueryParams(asked)
        self.turns: Turns = ()
        self.shown = ""

    def ask(self, question: str) -> None:
        self._take(self._handlers.ask(question, self.turns, None, [], [], "", ""))

    def load(self) -> None:
        self._take(self._handlers.load(self.turns, cast("Any", self)))

    def _take(self, stages: Iterator[tuple[Any, ...]]) -> None:
        for conversation, *_, turns, _replacing in (stage[:7] for stage in stages):
            if isinstance(conversation, str):
                self.shown, self.turns = conversation, turns


@pytest.fixture
def coming() -> threading.Event:
    return threading.Event()


@pytest.fixture
def desk(
    assistant: Assistant,
    newsroom: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    coming: threading.Event,
) -> Iterator[Desk]:
    """A desk without articles, whose sample comes when it is let."""
    assistant.add(newsroom(dam=DAM))

    def open_sample(*_: object, **__: object) -> Assistant:
        coming.wait(60)
        return assistant

    monkeypatch.setattr(Assistant, "open_sample", open_sample)
    yield Desk(load_settings(index=tmp_path / "none"), named=True)
    coming.set()


def wait_for_work(desk: Desk) -> None:
    for _ in range(600):
        if not desk.is_working:
            return
        time.sleep(0.1)
    pytest.fail("the work does not end")


def test_what_is_asked_while_articles_come_is_answered_in_turn_when_they_are_there(
    desk: Desk, coming: threading.Event
) -> None:
    page = Visit(AskHandlers(desk))
    desk.load_sample()
    page.ask(SAFE)
    page.ask("And what did Piet Sommer say?")
    assert page.shown.count(f"<p>{LOADING}</p>") == 2
    page.load()  # something changed, and they are not there yet
    assert [turn.waits for turn in page.turns] == [True, True]
    coming.set()
    wait_for_work(desk)
    page.load()
    assert LOADING not in page.shown
    assert [turn.answer.claims[0].party.name for turn in page.turns if turn.answer] == ["Ana Ruiz", "Piet Sommer"]


def test_the_question_of_a_link_waits_too(desk: Desk, coming: threading.Event) -> None:
    page = Visit(AskHandlers(desk), q=SAFE)
    desk.load_sample()
    page.load()
    assert LOADING in page.shown
    coming.set()
    wait_for_work(desk)
    page.load()
    assert [turn.answer.status for turn in page.turns if turn.answer] == ["answered"]


def test_where_nothing_comes_it_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch, coming: threading.Event) -> None:
    def fail(*_: object, **__: object) -> Assistant:
        coming.wait(60)
        raise StoreError("the disk is full")

    monkeypatch.setattr(Assistant, "open_sample", fail)
    page = Visit(AskHandlers(desk))
    desk.load_sample()
    page.ask(SAFE)
    coming.set()
    wait_for_work(desk)
    page.load()
    assert (page.turns[0].waits, page.turns[0].error) == (False, NO_INDEX)


def test_without_work_nothing_is_waited_for(desk: Desk) -> None:
    page = Visit(AskHandlers(desk))
    page.ask(SAFE)
    assert page.turns[0].error == NO_INDEX
