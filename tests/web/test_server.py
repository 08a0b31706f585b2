"""The server as a whole: who may reach it, what it serves before and after there is an index, and what it exports."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rag.assistant import Assistant
from rag.errors import SettingsError
from rag.settings import load_settings
from rag.web.access import Access, write_user
from rag.web.desk import Desk
from rag.web.first_run import notice_html
from rag.web.server import build_app, check_address
from tests.stories import DAM, STRIKE

HOST = "http://127.0.0.1:7860"
ROOT = Path(__file__).parent.parent.parent


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it never became so")


@pytest.fixture
def desk(tmp_path: Path, newsroom: Callable[..., Path]) -> Desk:
    settings = load_settings(index=tmp_path / "index")
    Assistant.open(settings).add(newsroom(dam=DAM, strike=STRIKE))
    desk = Desk(settings, named=True)
    desk.open()
    return desk


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of one article: its length is no subject here."""
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "strike.txt").write_text(STRIKE, encoding="utf-8")
    monkeypatch.setattr("rag.opened.SAMPLE", folder)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "news.example"])
def test_other_machines_need_a_log_in(host: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="python -m rag user"):
        check_address(load_settings(host=host))
    check_address(load_settings(host=host, auth=tmp_path / "users.toml"))


@pytest.mark.parametrize("name", ["http://news.example", "news.example:80", "a b", ""])
def test_an_allowed_host_is_a_name(name: str) -> None:
    with pytest.raises(SettingsError, match="allowed-host"):
        check_address(load_settings(allowed_hosts=(name,)))


def test_health_says_whether_questions_can_be_answered(desk: Desk, tmp_path: Path) -> None:
    assert TestClient(build_app(desk), base_url=HOST).get("/health").json() == {"status": "ok"}
    empty = Desk(load_settings(index=tmp_path / "other"), named=True)
    empty.open()
    assert TestClient(build_app(empty), base_url=HOST).get("/health").json() == {"status": "empty"}


def test_the_view_is_exported_in_every_form(desk: Desk) -> None:
    client = TestClient(build_app(desk), base_url=HOST)
    answer = client.get("/export/claims.csv", params={"party": "brandt", "stance": ["asserts", "declined"]})
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["party"] for row in rows} == {"Olga Brandt"}
    assert {row["outlet"] for row in rows} == {"Harbour Times"}
    assert len(json.loads(client.get("/export/claims.json", params={"party": "brandt"}).text)) == 2
    graph = json.loads(client.get("/export/claims.jsonld", params={"party": "brandt"}).text)["@graph"]
    assert {node["appearance"]["publisher"]["name"] for node in graph} == {"Harbour Times"}
    assert client.get("/export/claims.csv", params={"since": "soon"}).status_code == 400


def test_nothing_is_exported_without_a_log_in(desk: Desk, tmp_path: Path) -> None:
    write_user(tmp_path / "users.toml", "ana", "correct horse")
    client = TestClient(build_app(desk, access=Access(tmp_path / "users.toml")), base_url=HOST)
    assert client.get("/export/claims.csv").status_code == 401
    assert client.get("/config").status_code == 401
    client.post("/login", data={"name": "ana", "password": "correct horse"})
    assert client.get("/export/claims.csv").status_code == 200
    assert client.get("/config").json()["username"] == "ana"


def test_a_first_run_says_so_and_loads_the_sample_behind_the_page(tmp_path: Path, sample: None) -> None:
    desk = Desk(load_settings(index=tmp_path / "index"), named=True)
    desk.open()
    assert desk.assistant is None
    assert "No articles are indexed yet" in notice_html(desk)
    assert desk.load_sample()
    assert not desk.load_sample()  # one at a time
    wait_until(lambda: not desk.is_working)
    assert desk.assistant is not None
    assert desk.assistant.is_sample
    assert notice_html(desk) == ""


def test_a_sample_that_is_open_is_brought_up_to_date_by_itself(
    tmp_path: Path, sample: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second assistant over the same folder would open its indexes while the first is asked."""
    settings = load_settings(index=tmp_path / "index")
    Assistant.open_sample(settings)
    desk = Desk(settings)
    desk.open()
    monkeypatch.setattr(Assistant, "open_sample", lambda *_, **__: pytest.fail("a second one was opened"))
    assert desk.load_sample()
    wait_until(lambda: not desk.is_working)
    assert desk.work is not None
    assert desk.work.error is None


def test_work_that_fails_is_told_in_a_line(tmp_path: Path) -> None:
    desk = Desk(load_settings(index=tmp_path / "index"), named=True)
    assert desk.add(tmp_path / "nothing here")
    wait_until(lambda: not desk.is_working)
    assert desk.work is not None
    assert "nothing here" in (desk.work.error or "")
    assert 'role="alert"' in notice_html(desk)


def test_an_index_that_another_process_makes_is_seen(tmp_path: Path, newsroom: Callable[..., Path]) -> None:
    settings = load_settings(index=tmp_path / "index")
    desk = Desk(settings, named=True)
    desk.open()
    assert desk.assistant is None
    Assistant.open(settings).add(newsroom(dam=DAM))
    desk.open()
    assert desk.assistant is not None


def test_own_articles_take_the_place_of_the_sample(tmp_path: Path, sample: None, newsroom: Callable[..., Path]) -> None:
    desk = Desk(load_settings(index=tmp_path / "index"))
    desk.load_sample()
    wait_until(lambda: not desk.is_working)
    assert desk.is_sample_or_empty
    desk.add(newsroom(dam=DAM))
    wait_until(lambda: not desk.is_working)
    assert desk.assistant is not None
    assert [ref.outlet for ref in desk.assistant.ledger.articles()] == ["Orla Post"]


@pytest.mark.parametrize(("metrics", "status"), [(True, 200), (False, 404)])
def test_figures_are_given_where_the_settings_say_so(desk: Desk, metrics: bool, status: int) -> None:
    watched = Desk(desk.settings.model_copy(update={"metrics": metrics}), named=True)
    watched.open()
    client = TestClient(build_app(watched), base_url=HOST)
    assert watched.assistant is not None
    watched.assistant.ask("Who says that the dam is safe?")
    told = client.get("/metrics")
    assert told.status_code == status
    assert ('attest_questions_total{status="answered"} 1.0' in told.text) is metrics


def test_without_a_log_in_health_tells_nothing_of_the_index_and_figures_are_refused(desk: Desk, tmp_path: Path) -> None:
    watched = Desk(desk.settings.model_copy(update={"metrics": True}), named=True)
    watched.open()
    users = tmp_path / "users.toml"
    write_user(users, "ana", "a long pass phrase")
    client = TestClient(build_app(watched, access=Access(users)), base_url=HOST, follow_redirects=False)
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/metrics").status_code == 401


def test_stopping_the_server_while_a_page_is_open_is_no_fault(tmp_path: Path) -> None:
    """An open page holds a connection, which ends with the server: whoever stops it is shown no traceback."""
    command = [sys.executable, "app.py", "--index", str(tmp_path / "none"), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = re.findall(r"http://\S+/", (server.stdout or io.StringIO()).readline())[0]
            with urllib.request.urlopen(f"{address}gradio_api/heartbeat/page", timeout=60):
                server.terminate()
                _, told = server.communicate(timeout=60)
        finally:
            server.kill()
    assert not told
