"""Adding articles on the page: kept beside the index, named safely, and questions answered meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.errors import QuestionError
from rag.settings import load_settings
from rag.types import Failure, IndexReport
from rag.web.adding import MOST_FILES, article_text, file_name, keep, report_html
from rag.web.desk import Desk
from tests.stories import DAM, STRIKE
from tests.web.test_server import wait_until


@pytest.fixture
def desk(tmp_path: Path, newsroom: Callable[..., Path]) -> Desk:
    settings = load_settings(index=tmp_path / "index")
    Assistant.open(settings).add(newsroom(dam=DAM))
    desk = Desk(settings, named=True)
    desk.open()
    return desk


def test_a_pasted_article_keeps_its_facts(desk: Desk) -> None:
    said = "The union will stop work, said Olga Brandt."
    text = article_text("Port workers vote", "Harbour\nTimes", "2026-02-10", said)
    desk.add(keep(desk, files=(), text=text))
    wait_until(lambda: not desk.is_working)
    assert desk.assistant is not None
    assert desk.work is not None
    assert desk.work.report is not None
    assert desk.work.report.failed == ()
    (added,) = [ref for ref in desk.assistant.ledger.articles() if ref.title == "Port workers vote"]
    assert (added.outlet, added.published) == ("Harbour Times", "2026-02-10")


def test_what_was_added_lies_beside_the_index(desk: Desk, tmp_path: Path) -> None:
    upload = tmp_path / "upload" / "strike.txt"
    upload.parent.mkdir()
    upload.write_text(STRIKE, encoding="utf-8")
    folder = keep(desk, files=[str(upload)], text="")
    assert folder.parent == desk.settings.index.parent / "index-added"
    assert (folder / "strike.txt").read_text(encoding="utf-8") == STRIKE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/tmp/x/strike.txt", "strike.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".hidden.txt", "hidden.txt"),
        ("-rf.txt", "rf.txt"),
        ("a\nb<img>.html", "a_b_img_.html"),
        ("..", "file"),
        ("Zürich, März.pdf", "Zürich_ März.pdf"),
    ],
)
def test_a_name_leads_nowhere_else(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert file_name("x" * 300 + ".json") == "x" * 80 + ".json"


def test_nothing_and_too_much_are_refused(desk: Desk) -> None:
    with pytest.raises(QuestionError, match="choose files"):
        keep(desk, files=(), text="")
    with pytest.raises(QuestionError, match="too many"):
        keep(desk, files=["a"] * (MOST_FILES + 1), text="")


def test_questions_are_answered_while_articles_are_added(desk: Desk, newsroom: Callable[..., Path]) -> None:
    """The run stands still in the middle, with the writer's lock held, until the question was answered."""
    asked, begun = threading.Event(), threading.Event()
    real = Assistant.add

    def add(
        self: Assistant, *paths: str | Path, progress: Callable[..., object] | None = None, **rest: object
    ) -> object:
        def tell(now: object) -> None:
            begun.set()
            assert asked.wait(60)
            if progress:
                progress(now)

        return real(self, *paths, progress=tell, **rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Assistant, "add", add)
        desk.add(newsroom(strike=STRIKE))
        assert begun.wait(60)
        assert desk.is_working
        assert desk.assistant is not None
        answer = desk.assistant.ask("Who says that the dam is safe?")
        asked.set()
        wait_until(lambda: not desk.is_working)
    assert {claim.party.name for claim in answer.claims} >= {"Ana Ruiz"}
    assert desk.assistant.ask("What did Olga Brandt say?").status == "answered"


def test_the_report_tells_what_failed_and_why_as_text() -> None:
    failed = (Failure(path="/x/<b>.pdf", reason="<img src=x onerror=alert(1)>", record=3),)
    report = IndexReport(added=2, updated=0, unchanged=0, removed=0, failed=failed, claims=7, seconds=0.5)
    shown = report_html(report)
    assert "<b>2</b> added" in shown
    assert "&lt;b&gt;.pdf, record 3" in shown
    assert "<img" not in shown


def test_the_report_tells_once_what_is_not_in_english() -> None:
    report = IndexReport(
        added=4,
        updated=0,
        unchanged=0,
        removed=0,
        failed=(),
        claims=7,
        seconds=0.5,
        other_languages={"de": 2, "und": 1},
    )
    assert report_html(report).count("3 articles are not in English (2 de, 1 unknown)") == 1
    assert "not in English" not in report_html(replace(report, other_languages={}))
