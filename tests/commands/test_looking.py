"""status, problems, article: what is in an index, told to a person and to a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.__main__ import main
from rag.assistant import Assistant
from tests.index.articles import ALL, DENIAL, LEAD, note, record


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_ATTRIBUTION", "rules")


@pytest.fixture
def index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A wire report, corrected once; a copy without the denial; a note; a record without text."""
    place, feed = str(tmp_path / "index"), tmp_path / "feed.jsonl"
    wire = {"outlet": "Tarn Wire", "published": "2031-05-04", "title": "Ferry aground"}
    cut = {
        "outlet": "Harbour Times",
        "published": "2031-05-05",
        "url": "https://harbour.example/c",
        "agency": "Tarn Wire",
    }
    for lead, updated in ((LEAD, None), (LEAD.replace("212", "121"), "2031-05-06")):
        records = [
            record("ferry", lead, *ALL[1:], updated=updated, **wire),
            record("copy", lead, ALL[1], *ALL[3:], **cut),
            note(1),
            {"id": "empty"},
        ]
        feed.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
        assert main(["index", str(feed), "--index", place]) == 0
    capsys.readouterr()
    return place


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_status_counts_what_there_is(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.loads(shown(["status", "--json", "--index", index], capsys))
    counted = {name: facts[name] for name in ("files", "articles", "versions", "groups", "copies", "problems")}
    assert counted == {"files": 1, "articles": 3, "versions": 2, "groups": 1, "copies": 1, "problems": 1}
    lines = shown(["status", "--index", index], capsys).splitlines()
    assert "articles: 3 from 1 files, 2031-05-04 to 2031-05-05" in lines
    assert "reports in several articles: 1, with 1 copies" in lines
    assert "problems: 1, listed by: python -m rag problems" in lines


def test_status_of_an_empty_index_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "empty")
    Assistant.open(place)
    assert shown(["status", "--index", place], capsys).splitlines()[-1].startswith("nothing to ask about yet")
    assert json.loads(shown(["status", "--json", "--index", place], capsys))["articles"] == 0
    assert shown(["problems", "--index", place], capsys) == "0 problems\n"


def test_problems(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, last = shown(["problems", "--index", index], capsys).splitlines()
    assert "feed.jsonl, record 4: no text in it" in first
    assert last == "1 problems"


def test_an_article_with_its_change_and_its_copy(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(["article", "https://orlapost.example/ferry", "--index", index], capsys)
    assert out.startswith("Ferry aground\nTarn Wire, 2031-05-04\n")
    assert "-- changed between the version of 2031-05-04 and that of 2031-05-06:" in out
    assert f"was: {LEAD}\nnow: {LEAD.replace('212', '121')}" in out
    assert "-- the same report, credited to Tarn Wire:\nfirst: Tarn Wire, 2031-05-04: Ferry aground" in out
    assert f"copy: Harbour Times, 2031-05-05: Ferry aground: copy\n  lacks: {DENIAL}" in out


def test_an_article_as_json(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.loads(shown(["article", "https://harbour.example/c", "--json", "--index", index], capsys))
    assert facts["article"]["outlet"] == "Harbour Times"
    assert facts["copies"]["origin"]["id"] == "https://orlapost.example/ferry"
    assert LEAD in facts["versions"][0]["article"]["text"]
    assert facts["changes"][0]["changed"] == [[LEAD, LEAD.replace("212", "121")]]
    assert facts["sources"][0].endswith("feed.jsonl")


def test_an_article_that_is_not_there(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["article", "nobody", "--index", index]) == 2
    assert capsys.readouterr().err == "error: no article of this index has the id 'nobody'\n"
