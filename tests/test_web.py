"""The chat page: what one turn gives, and that the real server comes up on this machine alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.errors import SettingsError
from rag.settings import load_settings
from rag.web.page import NO_SOURCES, answer_message, serve
from tests.stories import DAM

ROOT = Path(__file__).parent.parent


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM))
    return assistant


def test_a_turn_gives_the_answer_and_its_sources(desk: Assistant) -> None:
    text, sources = answer_message(desk, "Who says that the dam is safe?", [])
    assert "**Ana Ruiz**" in text
    assert "\\[1\\]" in sources
    assert "The dam at Orla is safe, Mayor Ana Ruiz said on Monday." in sources


def test_the_turns_before_are_taken_along(desk: Assistant) -> None:
    history = [
        {"role": "user", "content": [{"type": "text", "text": "Who says that the dam is safe?"}]},
        {"role": "assistant", "content": "Ana Ruiz"},
    ]
    text, _ = answer_message(desk, "And who else?", history)
    assert "Piet Sommer" in text
    assert "Ana Ruiz" not in text  # told already


def test_an_error_is_told_and_shows_no_sources(desk: Assistant) -> None:
    text, sources = answer_message(desk, "???", [])
    assert "empty" in text
    assert sources == NO_SOURCES


def test_hostile_articles_stay_text(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    hostile = (
        "Dam holds\n\n“The dam is safe <img src=x onerror=alert(1)> ![p](http://evil.example/x.png),” said Ana Ruiz.\n"
    )
    assistant.add(newsroom(dam=hostile))
    text, sources = answer_message(assistant, "Who says that the dam is safe?", [])
    for shown in (text, sources):
        assert "<img" not in shown
        assert "![" not in shown


def test_an_address_outside_this_machine_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1"):
        serve(load_settings(host="0.0.0.0"))


@pytest.fixture
def address(desk: Assistant) -> Iterator[str]:
    """The address of a real server over a small index."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--index", str(desk.folder), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    yield f"127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=20)


def test_the_server_comes_up_on_this_machine(address: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://{address}/", timeout=5) as page:
                body = page.read().decode()
            break
        except OSError:
            time.sleep(0.5)
    else:
        pytest.fail("the page did not come up")
    assert "Attest" in body
    assert "fonts.googleapis.com" not in body
