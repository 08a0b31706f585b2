"""Two hundred turns with a real client and a server on loopback that is good, lying, slow, dead or malformed."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator
from typing import Any

import pytest

from rag.answer.worded import ChatModel, Worded, load_chat_model, word_answer
from rag.errors import ModelError
from tests.answer.worded.examples import DAM, HONEST, LIES, STRIKE, answer_over, number_of
from tests.answer.worded.models import reply
from tests.openai_server import OpenAIServer, Turn, closed_url, serving

pytest.importorskip("langchain_openai", reason="pip install -r requirements-dev.txt")

ANSWER = answer_over(DAM, STRIKE, question="Is the dam safe, and who says so?")
TRUE = {(text, number_of(ANSWER, beginning)) for text, beginning in HONEST}
FALSE = {(text, number_of(ANSWER, beginning)) for text, beginning in LIES}


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no proxy of whoever runs the tests."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


class Script:
    """Does with each request what `turn` says at that moment."""

    def __init__(self) -> None:
        self.turn = Turn()

    def __call__(self, request: dict[str, Any]) -> Turn:
        return self.turn


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def server(script: Script) -> Iterator[OpenAIServer]:
    with serving(script) as running:
        yield running


@pytest.fixture
def model(server: OpenAIServer) -> ChatModel:
    return load_chat_model("openai:scripted", base_url=server.url, timeout=20)


def word(model: ChatModel, *, timeout: float = 20) -> Worded:
    worded = word_answer(ANSWER, model=model, timeout=timeout)
    assert worded is not None
    return worded


def test_a_good_model_words_the_answer(server: OpenAIServer, script: Script, model: ChatModel) -> None:
    text = "Mayor Ana Ruiz said that the dam at Orla is safe."
    script.turn = Turn(text=reply((text, [1])))
    worded = word(model)
    assert worded.text.startswith(f"- {text} [1] — **Ana Ruiz**, Mayor: *asserts*, Orla Post, 2026-02-03")
    assert worded.note == "Worded by openai:scripted (on this machine)."
    sent = server.requests[0]
    assert sent["model"] == "scripted"
    assert "tools" not in sent
    assert "functions" not in sent


def test_two_hundred_turns(script: Script, model: ChatModel) -> None:
    """Whatever the server does, what is shown is true, and what is true and well put is shown."""
    rng = random.Random(11)
    manners = ["good", "lying", "mixed", "rubbish", "malformed", "cut", "refusing", "tool", "status", "reset"] * 20
    seen: list[str] = []
    for manner in manners:
        script.turn, offered = a_turn(manner, rng)
        worded = word(model)
        shown = [(s.text, s.numbers[0]) for s in worded.sentences]
        assert set(shown) <= TRUE, manner
        if manner in {"good", "mixed"}:
            assert set(shown) == offered & TRUE
            assert worded.struck == len(offered - TRUE)
        else:
            assert shown == []
            assert worded.text == ""
            assert worded.note.endswith("This is the plain answer.")
        seen.append(worded.note)
    assert len(seen) == 200


def a_turn(manner: str, rng: random.Random) -> tuple[Turn, set[tuple[str, int]]]:
    true, false = set(rng.sample(sorted(TRUE), 5)), set(rng.sample(sorted(FALSE), 5))
    text = reply(*((words, [number]) for words, number in sorted(true)))
    lies = reply(*((words, [number]) for words, number in sorted(false)))
    both = reply(*((words, [number]) for words, number in sorted(true | false)))
    return {
        "good": (Turn(text=f"```json\n{text}\n```"), true),
        "lying": (Turn(text=lies), false),
        "mixed": (Turn(text=f"<think>[1] is {{odd}}</think>Here you are:\n{both}"), true | false),
        "rubbish": (
            Turn(text=rng.choice(["\x00\ufffd{{{{[[[", "42", '{"sentences": "none"}', "[1, 2]", "{" * 5000])),
            true,
        ),
        "malformed": (
            Turn(
                manner="raw",
                text=rng.choice(["<html>Hello</html>", '{"choices": 7}', "data: {", "", '{"choices": []}']),
            ),
            true,
        ),
        "cut": (Turn(manner="cut", text=text), true),
        "refusing": (Turn(text="I'm sorry, but I can't help with that [1]."), true),
        "tool": (Turn(manner="call a tool", text='{"command": "rm -rf /"}'), true),
        "status": (
            Turn(manner="raw", text='{"error": {"message": "CANARY"}}', status=rng.choice([401, 429, 500])),
            true,
        ),
        "reset": (Turn(manner="reset"), true),
    }[manner]


@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_a_slow_model_is_left(script: Script, model: ChatModel, manner: Any) -> None:
    script.turn = Turn(manner=manner, text=" ")
    note = word(model, timeout=0.3).note
    assert note.startswith("Not worded by openai:scripted (on this machine): it did not answer within 0.3 seconds.")


def test_a_dead_server_is_said_to_be_out_of_reach() -> None:
    model = load_chat_model("openai:scripted", base_url=closed_url(), timeout=20)
    assert "it cannot be reached" in word(model).note


def test_a_servers_error_is_not_repeated(script: Script, model: ChatModel, caplog: pytest.LogCaptureFixture) -> None:
    """Its text could be anything; the answer names the status, the log has the rest."""
    script.turn = Turn(manner="raw", text=json.dumps({"error": {"message": "CANARY"}}), status=500)
    with caplog.at_level(logging.WARNING):
        note = word(model).note
    assert "its server answered with status 500" in note
    assert "CANARY" not in note
    assert "CANARY" in caplog.text


def test_a_service_is_labelled_as_remote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    assert load_chat_model("openai:gpt-4o").label == "openai:gpt-4o (remote)"
    assert load_chat_model("openai:x", base_url="http://192.0.2.7/v1").is_remote


def test_a_missing_key_is_one_line() -> None:
    with pytest.raises(ModelError, match=r"^openai:gpt-4o cannot be used \(.*\): check its name and.*key$"):
        load_chat_model("openai:gpt-4o")


def test_a_missing_provider_says_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"pip install langchain-mistralai$"):
        load_chat_model("mistralai:small")


def test_an_unknown_provider_is_one_line() -> None:
    with pytest.raises(ModelError, match="nobody:x cannot be used"):
        load_chat_model("nobody:x")
