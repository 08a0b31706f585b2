"""The model by name or as an object, asked once, with a deadline, without a trace elsewhere."""

from __future__ import annotations

import builtins
import threading
from typing import Any

import langsmith.utils
import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import HumanMessage

from rag.answer.worded.chat_model import MOST_CHARACTERS, ask_model, load_chat_model
from rag.errors import ModelError
from tests.answer.worded.models import ScriptedModel, saying, scripted

ASKED = [HumanMessage("Well?")]


@pytest.mark.parametrize("name", ["gpt-4o", "", ":", "openai:", ":gpt"])
def test_a_name_without_provider_or_model_is_one_line(name: str) -> None:
    with pytest.raises(ModelError, match="name it as provider:name"):
        load_chat_model(name)


def test_without_langchain_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an option: the default installation has no client of any service."""
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == "langchain":
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ModelError, match=r"pip install langchain langchain-ollama$"):
        load_chat_model("ollama:llama3.1")


def test_a_model_of_langchains_is_taken_as_it_is() -> None:
    model = load_chat_model(FakeListChatModel(responses=["yes"]))
    assert model.label == "FakeListChatModel (on this machine)"
    assert ask_model(model, ASKED).text == "yes"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        ("http://127.0.0.1:8080/v1", False),
        ("http://localhost:8080", False),
        ("http://[::1]:8080", False),
        ("127.0.0.1:11434", False),
        ("https://api.example.org/v1", True),
        ("http://192.168.1.4:8080", True),
        ("http://127.0.0.1.example.org", True),
        ("http://localhost@example.org/", True),
        (None, True),  # where it cannot be seen, words may leave this machine
    ],
)
def test_only_a_loopback_address_is_this_machine(address: str | None, remote: bool) -> None:
    class Served(ScriptedModel):
        base_url: str | None = None

    assert load_chat_model(Served(script=str, base_url=address)).is_remote is remote


def test_a_proxy_takes_even_loopback_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    class Served(ScriptedModel):
        base_url: str = "http://127.0.0.1:8080"

    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert load_chat_model(Served(script=str)).is_remote
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert not load_chat_model(Served(script=str)).is_remote


def test_an_error_is_a_reason_and_no_exception() -> None:
    def fail(prompt: str) -> str:
        raise ValueError(prompt)

    assert ask_model(scripted(fail), ASKED).failure == "its reply could not be read (ValueError)"


def test_a_silent_model_is_a_reason() -> None:
    assert ask_model(saying(" "), ASKED).failure == "its reply was empty"


def test_a_model_that_hangs_is_left_when_its_time_is_up() -> None:
    released = threading.Event()

    def hang(prompt: str) -> str:
        released.wait()
        return "late"

    assert ask_model(scripted(hang), ASKED, timeout=0.1).failure == "it did not answer within 0.1 seconds"
    released.set()


def test_a_reply_without_end_is_read_no_further_than_needed() -> None:
    said = ask_model(scripted(lambda prompt: "x" * (10 * MOST_CHARACTERS)), ASKED)
    assert MOST_CHARACTERS < len(said.text) < 2 * MOST_CHARACTERS


def test_nothing_is_traced_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """LangChain sends what is asked and answered to a service where LANGSMITH_TRACING is set."""
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    langsmith.utils.get_env_var.cache_clear()
    assert langsmith.utils.tracing_is_enabled()
    seen: list[Any] = []

    def look(prompt: str) -> str:
        seen.append(langsmith.utils.tracing_is_enabled())
        return "yes"

    ask_model(scripted(look), ASKED)
    monkeypatch.undo()
    langsmith.utils.get_env_var.cache_clear()
    assert seen == [False]
