"""index, remove, rebuild, as their users call them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import corpus.fetch
from rag.__main__ import main
from rag.commands.bar import Bar
from rag.index import Progress
from tests.index.articles import ALL, note, record
from tests.stories import DAM, STRIKE

Newsroom = Callable[..., Path]


@pytest.fixture
def index(tmp_path: Path) -> str:
    return str(tmp_path / "index")


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_ATTRIBUTION", "rules")


def write(path: Path, *records: object) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return str(path)


def test_columns_of_somebodys_export(tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str]) -> None:
    export = write(tmp_path / "export.jsonl", {"nr": "7", "copy": note(1)["text"], "slug": "Lane open"})
    assert main(["index", export, "--index", index]) == 2
    assert "no text in it" in capsys.readouterr().out
    assert main(["index", export, "--map", "text=copy,title=slug", "--map", "id=nr", "--index", index]) == 0
    capsys.readouterr()
    assert main(["article", "7", "--index", index]) == 0
    assert capsys.readouterr().out.startswith("Lane open\n")


def test_a_mapping_that_cannot_be_is_one_line(tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", write(tmp_path / "e.jsonl", note(1)), "--map", "txt=copy", "--index", index]) == 2
    assert capsys.readouterr().err.startswith("error: 'txt' is no field of an article")
    assert not Path(index).exists()


def test_many_problems_are_not_all_printed(tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str]) -> None:
    feed = write(tmp_path / "feed.jsonl", note(1), *({"id": f"bad{number}"} for number in range(30)))
    assert main(["index", feed, "--index", index]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 added, 0 updated, 0 unchanged, 0 removed, 30 failed")
    assert len(lines) == 22
    assert lines[-1].startswith("... and 10 more: python -m rag problems")
    assert main(["problems", "--json", "--index", index]) == 0
    assert [problem["record"] for problem in json.loads(capsys.readouterr().out)] == list(range(2, 32))


def test_remove_an_article_and_a_folder(index: str, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    folder = newsroom(dam=DAM, strike=STRIKE)
    main(["index", str(folder), "--index", index])
    capsys.readouterr()
    assert main(["remove", "https://orlapost.example/dam", "--index", index]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 removed")
    assert "dam.txt still holds" in out
    assert main(["claims", "--party", "Ana Ruiz", "--json", "--index", index]) == 2, "nor is she found any more"
    capsys.readouterr()
    assert main(["remove", str(folder), "--json", "--index", index]) == 0
    assert json.loads(capsys.readouterr().out)["removed"] == 1


def test_what_is_removed_is_found_by_no_search(index: str, newsroom: Newsroom) -> None:
    from rag.assistant import Assistant

    main(["index", str(newsroom(dam=DAM, strike=STRIKE)), "--index", index])
    main(["remove", "https://orlapost.example/dam", "--index", index])
    assistant = Assistant.open(index, create=False)
    found = assistant.search("Is the dam at Orla safe, mayor Ana Ruiz?")
    assert {passage.article for passage in found.passages} == {"strike.txt"}
    assert {item.claim.article for item in found.claims} == {"strike.txt"}


@pytest.mark.parametrize("command", [["remove", "x"], ["rebuild"], ["problems"], ["article", "x"]])
def test_a_command_on_an_index_that_is_not_there(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--index", "no/such/index"]) == 2
    assert capsys.readouterr().err.startswith("error: nothing is indexed in no/such/index yet")


def test_watch_indexes_what_comes_until_it_is_interrupted(tmp_path: Path, index: str, newsroom: Newsroom) -> None:
    folder = newsroom(dam=DAM)
    command = [sys.executable, "-m", "rag", "index", str(folder), "--watch", "--prune", "--json", "--index", index]
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # the child of one that ignores it ignores it too
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert json.loads(process.stdout.readline())["added"] == 1
            (folder / "strike.txt").write_text(STRIKE, encoding="utf-8")
            assert json.loads(process.stdout.readline())["added"] == 1
            (folder / "dam.txt").unlink()
            assert json.loads(process.stdout.readline())["removed"] == 1
            process.send_signal(signal.SIGINT)
            rest, err = process.communicate(timeout=60)
        finally:
            process.kill()
            signal.signal(signal.SIGINT, kept)
    assert (process.returncode, rest) == (0, "")
    assert err.splitlines()[-1] == "stopped"
    assert "Traceback" not in err


def test_an_address_cannot_be_watched(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "https://orlapost.example/feed", "--watch", "--index", index]) == 2
    assert capsys.readouterr().err.startswith("error: --watch needs a file or a folder")


def test_a_page_without_an_article_is_told_by_its_address(
    tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://orlapost.example/empty"
    page = tmp_path / "1d253d3281c99810.html"
    page.write_text("<html><body></body></html>", encoding="utf-8")
    fetched = corpus.fetch.Fetched(path=page, url=address, content_type="text/html")
    monkeypatch.setattr(corpus.fetch, "fetch", lambda *_, **__: fetched)
    assert main(["index", address, "--index", index]) == 2
    assert f"failed: {address}: a page without an article" in capsys.readouterr().out
    assert main(["problems", "--index", index]) == 0
    assert capsys.readouterr().out.startswith(f"{address}: a page without an article")
    assert main(["index", address, "--index", index]) == 2
    assert f"failed: {address}: a page without an article" in capsys.readouterr().out


def test_the_bar_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        bar(Progress(file="a.jsonl", files=0, of_files=2, articles=3, fraction=0.5, seconds=1.0))
    assert capsys.readouterr() == ("", "")


def test_the_bar_shows_what_is_done(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Bar() as bar:
        bar(
            Progress(
                files=1, of_files=3, articles=30, claims=90, failed=2, fraction=0.4, seconds=10.0, seconds_left=75.0
            )
        )
        bar._bar.refresh()
    err = capsys.readouterr().err
    assert "file 2/3  40%" in err
    assert "30 articles, 90 claims, 3.0 articles/s, 1:15 left, 2 problems" in err


def test_the_report_is_the_same_in_json(tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str]) -> None:
    feed = write(tmp_path / "feed.jsonl", note(1), record("ferry", *ALL), {"id": "empty"})
    assert main(["index", feed, "--index", index, "--json"]) == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert (report["added"], report["failed"][0]["record"], report["interrupted"]) == (2, 3, False)
    assert report["claims"] > 0
    assert captured.err == ""


def test_files_of_no_kind_that_is_read_are_told(
    index: str, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = newsroom(dam=DAM)
    for name in ("minutes.doc", "film.mp4", "older.doc"):
        (folder / name).write_bytes(b"\xd0\xcf\x11\xe0")
    assert main(["index", str(folder), "--index", index]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "left out, as of no kind that is read: 2 .doc, 1 .mp4"
    assert main(["index", str(folder), "--json", "--index", index]) == 0
    assert json.loads(capsys.readouterr().out)["left_out"] == {".doc": 2, ".mp4": 1}


GERMAN = """Damm hält

Der Damm in Orla ist sicher, sagte Bürgermeisterin Ana Ruiz am Montag. „Wir haben jede Schleuse geprüft“, erklärte sie
vor dem Rathaus. Nach Angaben der Polizei wurde in der Nacht niemand verletzt.
"""


def test_what_is_not_in_english_is_told_once(tmp_path: Path, index: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No claim is read of it, and nobody should have to find that out."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "damm.txt").write_text(GERMAN, encoding="utf-8")
    write(folder / "notes.jsonl", note(1), note(2))
    assert main(["index", str(folder), "--index", index]) == 0
    assert "note: 1 article is not in English: " in capsys.readouterr().out
    assert main(["index", str(folder), "--index", index]) == 0
    assert "English" not in capsys.readouterr().out, "nothing of it was written now"
    assert main(["status", "--index", index]) == 0
    assert "languages: 1 article is not in English" in capsys.readouterr().out
    assert main(["rebuild", "--index", index, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["other_languages"] == {"und": 1}
    assert main(["ask", "Damm Orla", "--index", index]) == 0
    assert "Der Damm in Orla" in " ".join(capsys.readouterr().out.split()), "its passages are found"
