"""backup, restore, forget, doctor, as their users call them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.__main__ import main
from tests.stories import DAM, FERRY, STRIKE

Newsroom = Callable[..., Path]
QUESTIONS = ("Is the dam at Orla safe?", "What does Olga Brandt say?", "Who denied a warning?", "Who won the lottery?")


@pytest.fixture
def index(tmp_path: Path) -> str:
    return str(tmp_path / "index")


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_ATTRIBUTION", "rules")


def answers(index: str, capsys: pytest.CaptureFixture[str]) -> list[Any]:
    """Whole answers: claims, citations, scope and all."""
    found = []
    for question in QUESTIONS:
        capsys.readouterr()
        assert main(["ask", question, "--json", "--index", index]) == 0
        found.append(json.loads(capsys.readouterr().out))
    return found


def test_a_restored_index_answers_identically(
    tmp_path: Path, index: str, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["index", str(newsroom(dam=DAM, strike=STRIKE)), "--index", index])
    expected = answers(index, capsys)
    assert [answer["status"] for answer in expected] == ["answered"] * 3 + ["no_evidence"]
    file = tmp_path / "monday.backup"
    assert main(["backup", str(file), "--index", index]) == 0
    assert capsys.readouterr().out == f"2 articles in {file}\n"
    main(["index", str(newsroom(ferry=FERRY, dam=DAM.replace("is safe", "is not safe"))), "--index", index])
    assert answers(index, capsys) != expected
    elsewhere = str(tmp_path / "elsewhere")
    for place in (index, elsewhere):
        assert main(["restore", str(file), "--index", place]) == 0
        assert capsys.readouterr().out.endswith(f"2 articles restored; index: {place}\n")
        assert answers(place, capsys) == expected


def test_the_report_of_a_backup_in_json(
    tmp_path: Path, index: str, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["index", str(newsroom(dam=DAM)), "--index", index])
    capsys.readouterr()
    file = tmp_path / "b"
    assert main(["backup", str(file), "--json", "--index", index]) == 0
    assert json.loads(capsys.readouterr().out) == {"articles": 1, "bytes": file.stat().st_size, "set_aside": None}


def test_what_cannot_be_backed_up_or_restored_is_one_line(
    tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "b"), "--index", index]) == 2
    assert capsys.readouterr().err.startswith(f"error: nothing is indexed in {index} yet")
    (tmp_path / "b").write_text("no backup")
    assert main(["restore", str(tmp_path / "b"), "--index", index]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {tmp_path / 'b'} is damaged or no backup")


def test_forget_leaves_no_byte(
    tmp_path: Path, index: str, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    def tells() -> bool:
        return any(b"Brightwater" in path.read_bytes() for path in Path(index).rglob("*") if path.is_file())

    main(["index", str(newsroom(dam=DAM, strike=STRIKE)), "--index", index])
    assert tells()
    capsys.readouterr()
    assert main(["forget", "https://orlapost.example/dam", "--index", index]) == 0
    first, *notes = capsys.readouterr().out.splitlines()
    assert first == f"1 forgotten; index: {index}"
    assert [("dam.txt still holds" in note, "backups" in note) for note in notes] == [(True, False), (False, True)]
    assert not tells()
    assert main(["ask", "What does Olga Brandt say?", "--index", index]) == 0
    assert "Harbour Times" in capsys.readouterr().out
    assert main(["forget", "https://orlapost.example/dam", "--index", index]) == 2


def test_doctor(index: str, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    main(["index", str(newsroom(dam=DAM)), "--index", index])
    capsys.readouterr()
    (damaged,) = Path(index).glob("vectors/*/chroma.sqlite3")
    damaged.write_bytes(b"\xa5" * 9999)
    assert main(["doctor", "--index", index]) == 0
    ledger, vectors, keywords, words = capsys.readouterr().out.splitlines()
    assert ledger.startswith("ledger: sound: whole")
    assert vectors.startswith("vectors: mended:")
    assert keywords.startswith("keywords: sound:")
    assert words.startswith("words: sound:")
    Path(index, "ledger.db").write_bytes(b"\xa5" * 9999)
    assert main(["doctor", "--json", "--index", index]) == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["part"], finding["state"]) == ("ledger", "wrong")


def test_a_question_is_answered_while_a_large_index_is_built_again(
    index: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without embedding: the ledger keeps the vectors."""
    from rag import assistant as module

    assistant = module.Assistant.open(index)
    assistant.add(newsroom(dam=DAM, strike=STRIKE))
    question = "What does Olga Brandt say?"
    expected = assistant.ask(question)
    lost = [Path(index, name, "current") for name in ("vectors", "keywords")]
    for path in lost:
        path.unlink()
    monkeypatch.setattr("rag.follower.AT_ONCE", 0)
    again = module.Assistant.open(index)
    embedded: list[int] = []
    monkeypatch.setattr(type(again.embeddings), "embed_documents", lambda _, texts: embedded.append(len(texts)))
    building = threading.Event()
    follow = again._follower.follow

    def slow() -> None:
        building.wait(60)
        follow()

    monkeypatch.setattr(again._follower, "follow", slow)
    assert again.ask(question) == expected
    assert not any(path.exists() for path in lost)
    building.set()
    assert again._follower.thread
    again._follower.thread.join()
    assert all(path.exists() for path in lost)
    assert again.ask(question) == expected
    assert embedded == []
