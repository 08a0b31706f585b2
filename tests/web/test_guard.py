"""Hosts, origins, frames, sizes, routes and headers: what a request must be to reach the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from rag.web.guard import MOST_BODY, Guard, Rules, host_name

HOST = "127.0.0.1:7860"
OURS = {"host": HOST}


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse("<html><script>one()</script><script type=module>two()</script></html>")


async def take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def client_of(rules: Rules) -> TestClient:
    routes = [
        Route("/", page),
        Route("/gradio_api/queue/join", take, methods=["POST"]),
        Route("/gradio_api/upload", take, methods=["POST"]),
    ]
    return TestClient(Guard(Starlette(routes=routes), rules=rules), base_url=f"http://{HOST}")


@pytest.fixture
def client() -> TestClient:
    return client_of(Rules())


@pytest.mark.parametrize("host", [HOST, "localhost:1", "LOCALHOST", "[::1]:7860", "127.0.0.1"])
def test_names_of_this_machine_are_let_in(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "localhost@evil.example", "", "evil localhost",
     "127.0.0.1:80:80", "[::1", "0.0.0.0", "2130706433", "127.1", "localhost.", "127.0.0.1:"],
)  # fmt: skip
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: a hostile site's own name points to this machine."""
    assert client.get("/", headers={"host": host}).status_code == 400


def test_a_name_that_was_allowed_is_let_in() -> None:
    client = client_of(Rules(hosts={"news.example"}))
    assert client.get("/", headers={"host": "news.example"}).status_code == 200
    assert client.get("/", headers={"host": "other.example"}).status_code == 400


def test_a_forwarded_name_is_checked_too(client: TestClient) -> None:
    """Gradio makes its addresses of it."""
    assert client.get("/", headers={**OURS, "x-forwarded-host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost:7860", "x"])
def test_a_request_of_another_origin_is_refused(client: TestClient, origin: str) -> None:
    answer = client.post("/gradio_api/queue/join", headers={**OURS, "origin": origin}, json={})
    assert answer.status_code == 403


def test_the_page_itself_may_ask(client: TestClient) -> None:
    headers = {**OURS, "origin": f"http://{HOST}", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}
    assert client.post("/gradio_api/queue/join", headers=headers, json={}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_sends_for_another_site_is_refused_but_a_link(client: TestClient, site: str) -> None:
    link = {**OURS, "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/", headers=link).status_code == 200
    assert client.post("/gradio_api/queue/join", headers=link, json={}).status_code == 403
    assert client.get("/", headers={**link, "sec-fetch-dest": "iframe"}).status_code == 403
    assert client.get("/", headers={**link, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}).status_code == 403


def test_only_what_the_page_needs_is_there(client: TestClient) -> None:
    for path in ("/gradio_api/proxy=http://x", "/gradio_api/vibe-edit/", "/monitoring", "/docs", "/gradio_api/info"):
        assert client.get(path, headers=OURS).status_code == 404


def test_no_upload_unless_allowed(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", headers=OURS, content=b"x").status_code == 403


def test_an_upload_ends_where_its_limit_is() -> None:
    client = client_of(Rules(upload_bytes=10))
    assert client.post("/gradio_api/upload", headers=OURS, content=b"x" * 10).status_code == 200
    assert client.post("/gradio_api/upload", headers=OURS, content=b"x" * 11).status_code == 413


def test_a_body_without_a_length_is_counted() -> None:
    def flood() -> Iterator[bytes]:
        for _ in range(11):
            yield b"x"

    client = client_of(Rules(upload_bytes=10))
    assert client.post("/gradio_api/upload", headers=OURS, content=flood()).status_code == 413


def test_a_question_has_an_end_too(client: TestClient) -> None:
    assert client.post("/gradio_api/queue/join", headers=OURS, content=b"x" * (MOST_BODY + 1)).status_code == 413


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path, host in (("/", HOST), ("/nothing", HOST), ("/", "evil.example")):
        headers = client.get(path, headers={"host": host}).headers
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"


def test_the_scripts_of_the_page_have_the_nonce_of_its_policy_and_no_two_pages_the_same(client: TestClient) -> None:
    first, second = (client.get("/", headers=OURS) for _ in range(2))
    nonce = first.text.split('nonce="')[1].split('"')[0]
    assert first.text.count(f'<script nonce="{nonce}"') == 2
    assert f"'nonce-{nonce}'" in first.headers["content-security-policy"]
    assert "'unsafe-inline'" not in first.headers["content-security-policy"].split("style-src")[0]
    assert nonce not in second.text


@pytest.mark.parametrize(
    ("host", "name"), [("a.example:80", "a.example"), ("[::1]", "::1"), ("a b", None), ("a:b", None), ("[::1]x", None)]
)
def test_the_name_in_a_host_header(host: str, name: str | None) -> None:
    assert host_name(host) == name
