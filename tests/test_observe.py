"""What the program tells about itself, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.__main__ import main
from rag.assistant import Assistant
from rag.observe import STAGES, collect_timings, configure_logs, timed, timed_items
from rag.observe.metrics import Metrics
from rag.settings import load_settings
from rag.web.monitor import health_of, mount_metrics

QUESTION = "Who said that the quillwort dam holds?"
NOTE = "Dam holds\n\nThe quillwort dam above Orla holds, said Mayor Ana Ruiz on Monday.\n"


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ATTEST_ATTRIBUTION", "rules")
    yield
    configure_logs()


@pytest.fixture
def desk(tmp_path: Path, newsroom: Callable[..., Path]) -> Assistant:
    assistant = Assistant(load_settings(index=tmp_path / "index", metrics=True))
    assistant.add(newsroom(dam=NOTE))
    return assistant


class TestTimings:
    def test_each_stage_of_an_index_run_and_an_answer_is_timed(
        self, tmp_path: Path, newsroom: Callable[..., Path]
    ) -> None:
        assistant = Assistant.open(tmp_path / "index")
        with collect_timings() as run:
            assistant.add(newsroom(dam=NOTE))
        with collect_timings() as answer:
            assistant.ask(QUESTION)
        assert set(run.seconds) == {"read", "attribute", "embed", "store"}
        assert set(answer.seconds) == {"question", "retrieve", "compose"}
        assert set(STAGES) >= {*run.seconds, *answer.seconds}

    def test_what_is_done_between_two_items_is_not_the_iterators(self) -> None:
        with collect_timings() as timings:
            for _ in timed_items(iter("ab"), "read"):
                with timed("store"):
                    pass
        assert timings.runs == {"read": 3, "store": 2}  # the third finds the end

    def test_nobody_collects_outside(self) -> None:
        with timed("read"):
            pass
        with collect_timings() as timings:
            pass
        assert timings.seconds == {}

    def test_a_stage_that_fails_is_timed_all_the_same(self) -> None:
        with collect_timings() as timings, pytest.raises(ValueError, match="no"), timed("embed"):
            raise ValueError("no")
        assert timings.runs == {"embed": 1}


class TestLogs:
    def told(self, capsys: pytest.CaptureFixture[str]) -> str:
        return capsys.readouterr().err

    def ask(self, index: Path, *options: str) -> None:
        assert main(["ask", QUESTION, "--index", str(index), *options]) == 0

    def test_nothing_is_logged_unless_asked(self, desk: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
        self.ask(desk.folder)
        assert self.told(capsys) == ""

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_no_word_of_an_article_or_a_question_is_logged(
        self, desk: Assistant, newsroom: Callable[..., Path], capsys: pytest.CaptureFixture[str], form: str
    ) -> None:
        options = ("--log-level", "info", "--log-format", form)
        more = newsroom(other=NOTE.replace("Monday", "Tuesday"))
        assert main(["index", str(more), "--index", str(desk.folder), *options]) == 0
        self.ask(desk.folder, *options)
        told = self.told(capsys)
        assert "indexed" in told
        assert "answered" in told
        for word in ("quillwort", "Ana", "Ruiz", "Orla", "holds"):
            assert word not in told

    def test_a_question_is_logged_where_that_is_asked(
        self, desk: Assistant, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.ask(desk.folder, "--log-level", "info", "--log-questions")
        assert QUESTION in self.told(capsys)

    def test_a_line_of_json_is_one_event_with_its_seconds(
        self, desk: Assistant, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.ask(desk.folder, "--log-level", "info", "--log-format", "json")
        events = [json.loads(line) for line in self.told(capsys).splitlines()]
        (answered,) = [event for event in events if event["event"] == "answered"]
        assert answered["level"] == "info"
        assert answered["status"] == "answered"
        assert set(answered["seconds"]) == {"question", "retrieve", "compose"}
        assert "question" not in answered

    def test_an_exception_stays_in_its_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logs(form="json")
        try:
            int("one\ntwo")
        except ValueError:
            logging.getLogger("rag.test").warning("broken", exc_info=True)
        (line,) = self.told(capsys).splitlines()
        assert "\nValueError" in json.loads(line)["exception"]

    def test_libraries_are_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logs(level="debug")
        logging.getLogger("httpx").info("GET https://example.org/?q=quillwort")
        assert self.told(capsys) == ""


class TestMonitor:
    def client(self, assistant: Assistant) -> TestClient:
        app = FastAPI()
        assistant.metrics = Metrics()
        mount_metrics(app, lambda: assistant, assistant.metrics)
        return TestClient(app)

    def test_health_is_a_word(self, desk: Assistant) -> None:
        assert (health_of(None), health_of(desk)) == ("empty", "ok")

    def test_a_ledger_that_is_gone_is_told(self, desk: Assistant) -> None:
        desk.ledger.close()
        (desk.folder / "ledger.db").unlink()
        assert health_of(desk) == "failing"

    def test_metrics_count_answers_and_runs_and_hold_no_words(
        self, desk: Assistant, newsroom: Callable[..., Path]
    ) -> None:
        client = self.client(desk)
        desk.ask(QUESTION)
        desk.ask("What did Ilse Marrok say about trams?")
        desk.add(newsroom(other=NOTE.replace("Monday", "Tuesday")))
        lines = client.get("/metrics").text.splitlines()
        assert 'attest_questions_total{status="answered"} 1.0' in lines
        assert 'attest_questions_total{status="no_evidence"} 1.0' in lines
        assert 'attest_articles_total{change="added"} 1.0' in lines
        assert "attest_stored_articles 2.0" in lines
        assert 'attest_stage_seconds_count{stage="retrieve"}' in "".join(lines)
        assert not [line for line in lines if "quillwort" in line or "Marrok" in line]
