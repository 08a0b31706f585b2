"""The command line, as its users call it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.__main__ import main
from tests.stories import DAM, STRIKE


@pytest.fixture
def index(tmp_path: Path, newsroom: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "index")
    assert main(["index", str(newsroom(dam=DAM, strike=STRIKE)), "--index", folder]) == 0
    capsys.readouterr()
    return folder


def test_index_reports_what_it_did(
    tmp_path: Path, newsroom: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = newsroom(dam=DAM)
    (folder / "broken.json").write_text("{", encoding="utf-8")
    assert main(["index", str(folder), "--index", str(tmp_path / "index")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 added, 0 updated, 0 unchanged, 0 removed, 1 failed;")
    assert "broken.json" in out.splitlines()[1]


def test_index_report_as_json(index: str, newsroom: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", str(newsroom(dam=DAM)), "--index", index, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 2


def test_ask_json_is_one_document_and_nothing_else_on_stdout(tmp_path: Path, index: str) -> None:
    command = [sys.executable, "-m", "rag", "ask", "Who says that the dam is safe?", "--json", "--index", index]
    done = subprocess.run(command, capture_output=True, check=True)
    answer = json.loads(done.stdout)
    assert answer["claims"][0]["party"]["name"] == "Ana Ruiz"


def test_ask_over_the_sample_keeps_stdout_clean_and_says_that_it_is_the_sample() -> None:
    command = [sys.executable, "-m", "rag", "ask", "Who reported the civilian deaths?", "--json"]
    done = subprocess.run(command, capture_output=True, check=True, env=dict(os.environ))
    assert json.loads(done.stdout)["status"] == "answered"
    assert b"fictional" in done.stderr


def test_ask_shows_label_quote_and_source(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Who says that the dam is safe?", "--index", index]) == 0
    out = capsys.readouterr().out
    assert "Ana Ruiz" in out
    assert "[1]" in out
    assert "Orla Post" in out
    assert "\\" not in out


def test_claims_as_csv_has_a_row_a_claim(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "--party", "Olga Brandt", "--csv", "--index", index]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["party"] for row in rows} == {"Olga Brandt"}
    assert {row["outlet"] for row in rows} == {"Harbour Times"}


def test_claims_as_jsonld(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "--about", "the dam is safe", "--jsonld", "--index", index]) == 0
    graph = json.loads(capsys.readouterr().out)["@graph"]
    assert graph[0]["@type"] == "Claim"
    assert graph[0]["author"]["name"] == "Ana Ruiz"
    assert graph[0]["appearance"]["publisher"]["name"] == "Orla Post"


def test_extract_reads_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"The bridge is shut, said Tom Vale.")))
    assert main(["extract", "-", "--json"]) == 0
    claims = json.loads(capsys.readouterr().out)
    assert claims[0]["party"]["name"] == "Tom Vale"


COPIED = """Ferry aground at Orla

Sign up for our newsletter

Read more: Bridge shut for a week

The captain slept, harbour master Tom Vale said on Monday. Nobody was hurt.

Share on Facebook

© 2031 Harbour Times. All rights reserved.
"""


@pytest.mark.parametrize("name", ["copied.txt", "page.html", "note.unknown"])
def test_extract_sees_the_text_that_index_stores(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / name
    blocks = COPIED.strip().split("\n\n")
    page = f"<html><body><h1>{blocks[0]}</h1>" + "".join(f"<p>{block}</p>" for block in blocks[1:]) + "</body></html>"
    file.write_text(page if name.endswith("html") else COPIED, encoding="utf-8")
    assert main(["extract", str(file), "--json"]) == 0
    claims = json.loads(capsys.readouterr().out)
    assert "Tom Vale" in {claim["party"]["name"] for claim in claims}
    said = " ".join(claim["text"] for claim in claims)
    assert "newsletter" not in said
    assert "rights" not in said
    if name.endswith("txt"):
        place = str(tmp_path / "index")
        assert main(["index", str(file), "--index", place]) == 0
        capsys.readouterr()
        assert main(["claims", "--json", "--index", place]) == 0
        stored = json.loads(capsys.readouterr().out)
        parts = ("party", "text", "source", "cue", "content")
        assert sorted(str([one[part] for part in parts]) for one in claims) == sorted(
            str([one[part] for part in parts]) for one in stored
        )


def test_extract_says_what_it_could_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(bytes(range(32)) * 40)
    assert main(["extract", str(noise)]) == 2
    assert capsys.readouterr().err == f"error: cannot read {noise}: it holds binary data, no text\n"
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "empty"}\n' + json.dumps({"title": "Lane", "text": COPIED}) + "\n", encoding="utf-8")
    assert main(["extract", str(feed)]) == 0
    out, err = capsys.readouterr()
    assert "Tom Vale" in out
    assert err.startswith(f"note: {feed}, record 1: ")


def test_status_counts(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--json", "--index", index]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["articles"] == 2
    assert facts["outlets"] == ["Harbour Times", "Orla Post"]
    assert "embedding" in facts["models"]


def test_rebuild_keeps_everything(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", "--index", index]) == 0
    assert capsys.readouterr().out.startswith("0 added, 2 updated")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["index", "no/such/folder"], "no/such/folder"),
        (["ask", "Who?", "--index", "no/such/index"], "python -m rag index"),
        (["ask", "  "], "empty"),
        (["ask", "Who?", "--since", "yesterday"], "2026-01-31"),
        (["extract", "no/such/file.txt"], "no/such/file.txt"),
        (["compare", "Ruiz"], "python -m rag claims"),
        (["ask", "Who?", "--index", "app.py"], "app.py is a file, and an index is a folder"),
        (["index", "corpus/sample", "--index", "app.py"], "app.py is a file, and an index is a folder"),
        (["restore", "app.py", "--index", "build/restored"], "app.py is damaged or no backup"),
        (["serve", "--host", "0.0.0.0"], "127.0.0.1"),
        (["serve", "--port", "99999"], "port"),
    ],
)
def test_bad_input_is_one_line_and_exit_status_2(
    arguments: list[str], said: str, index: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATTEST_INDEX", index)
    capsys.readouterr()
    assert main(arguments) == 2
    err = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("note: ")]
    assert len(err) == 1
    assert err[0].startswith("error: ")
    assert said in err[0]


def test_a_file_that_is_no_article_alone_is_exit_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noise.txt").write_bytes(os.urandom(4000))
    assert main(["index", str(tmp_path / "noise.txt"), "--index", str(tmp_path / "index")]) == 2
    assert "noise.txt" in capsys.readouterr().out


def test_a_failed_index_leaves_no_index_behind(tmp_path: Path) -> None:
    assert main(["index", str(tmp_path / "nowhere"), "--index", str(tmp_path / "index")]) == 2
    assert not (tmp_path / "index").exists()


def test_an_interrupt_while_a_thread_starts_does_not_hang_the_process() -> None:
    code = """
import concurrent.futures, os, signal, threading
import rag.__main__ as commands

pool = concurrent.futures.ThreadPoolExecutor(1)
start = threading.Thread.start

def interrupted_start(thread):
    start(thread)
    os.kill(os.getpid(), signal.SIGINT)

def command():
    threading.Thread.start = interrupted_start
    try:
        pool.submit(len, "")
    except KeyboardInterrupt:
        return commands.INTERRUPTED

signal.signal(signal.SIGINT, signal.default_int_handler)
commands.main = command
commands.run()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_a_process_that_is_interrupted_while_it_says_so_ends_in_one_line() -> None:
    code = """
import os, signal
import rag.__main__ as commands

def command():
    print("half a report")
    os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
commands.main = command
commands.run()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "half a report\n", "")


MOMENTS = ["argparse", "corpus.types", "rag.commands.keeping", "rag.settings", "pydantic", "sqlalchemy"]
"""Modules that `python -m rag status` loads, from the first on."""


@pytest.mark.parametrize("meddling", ["raise KeyboardInterrupt", "raise ImportError('half loaded')"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_is_told_in_a_line_whatever_is_being_loaded(tmp_path: Path, moment: str, meddling: str) -> None:
    code = f"""
import os, runpy, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {moment!r}:
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                {meddling}  # some libraries take it for a fault of their own

sys.meta_path.insert(0, Finder())
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["rag", "status", "--index", {str(tmp_path)!r}]
runpy.run_module("rag", run_name="__main__", alter_sys=True)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


def test_ctrl_c_is_heard_where_python_may_not_raise(tmp_path: Path) -> None:
    code = """
import os, signal, time, weakref
import rag.__main__ as commands

class Held: ...

def command():
    held = Held()
    kept = weakref.ref(held, lambda _: os.kill(os.getpid(), signal.SIGINT) or time.sleep(0))
    del held
    print("went on")

signal.signal(signal.SIGINT, signal.default_int_handler)
commands.main = command
commands.run()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([])
    told = capsys.readouterr().out
    assert all(command in told for command in ("index", "ask", "claims", "serve", "doctor"))
