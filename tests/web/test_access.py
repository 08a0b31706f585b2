"""Who may come in: hashed passwords, a log-in of limited rate, sessions that end."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from rag.__main__ import main
from rag.errors import SettingsError
from rag.web import access as access_module
from rag.web.access import SESSION_SECONDS, TRIES, TRY_SECONDS, Access, read_users, write_user
from rag.web.login import COOKIE, USER, LogIn

WORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a hash is no subject of these tests."""
    monkeypatch.setattr(access_module, "COST", 2**14)
    monkeypatch.setattr(access_module, "_LANES", 1)


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users.toml"
    write_user(file, "ana", WORD)
    return file


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def client_of(access: Access) -> TestClient:
    """A browser without redirects, before a page that says who is logged in."""

    def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"hello {request.scope.get(USER)}")

    app = Starlette(routes=[Route("/", page), Route("/config", page), Route("/health", page)])
    return TestClient(LogIn(app, access=access), follow_redirects=False)


def log_in(client: TestClient, name: str = "ana", password: str = WORD, **more: str) -> int:
    return client.post("/login", data={"name": name, "password": password, **more}).status_code


def test_a_file_of_users_holds_no_password_and_is_its_owners_alone(users: Path) -> None:
    assert WORD not in users.read_text()
    assert stat.S_IMODE(users.stat().st_mode) == 0o600


def test_the_same_password_is_never_stored_alike(users: Path) -> None:
    write_user(users, "piet", WORD)
    stored = read_users(users)
    assert stored["ana"] != stored["piet"]


@pytest.mark.parametrize("name", ["o'hara", 'ana "a" = b', "zoë", "a.b", "[users]"])
def test_a_name_is_read_back_as_it_was_written(users: Path, name: str) -> None:
    write_user(users, name, WORD)
    assert set(read_users(users)) == {"ana", name}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[users]\n", "names no users"),
        ("ana = ", "not TOML"),
        ('[users]\nana = "secret"', "no scrypt hash"),
        ('[users]\nana = "scrypt$1048577$8$1$AA==$AA=="', "no scrypt hash"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "users.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=said):
        Access(file)


def test_the_command_asks_for_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "users.toml"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORD}\n"))
    assert main(["user", "ana", "--auth", str(file)]) == 0
    assert Access(file).log_in("ana", WORD, "127.0.0.1")


def test_a_short_password_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["user", "ana", "--auth", str(tmp_path / "users.toml")]) == 2
    assert not (tmp_path / "users.toml").exists()


def test_nothing_is_shown_before_the_log_in(users: Path) -> None:
    client = client_of(Access(users))
    assert client.get("/").headers["location"] == "/login"
    assert client.get("/config").status_code == 401
    assert client.get("/health").status_code == 200
    assert log_in(client, password="wrong horse") == 401
    assert client.get("/config").status_code == 401


def test_a_log_in_opens_the_page_with_a_cookie_for_this_site_alone(users: Path) -> None:
    client = client_of(Access(users))
    answer = client.post("/login", data={"name": "ana", "password": WORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/").text == "hello ana"


def test_a_link_with_a_question_leads_there_through_the_log_in(users: Path) -> None:
    client = client_of(Access(users))
    assert client.get("/?q=who").headers["location"] == "/login?q=who"
    answer = client.post("/login", data={"name": "ana", "password": WORD, "next": "q=who"})
    assert answer.headers["location"] == "/?q=who"


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "\r\nset-cookie: a=b"])
def test_a_log_in_never_leads_to_another_site(users: Path, to: str) -> None:
    client = client_of(Access(users))
    answer = client.post("/login", data={"name": "ana", "password": WORD, "next": to})
    assert answer.headers["location"].startswith("/?")
    assert "a" not in answer.cookies


def test_a_name_in_the_form_stays_text(users: Path) -> None:
    page = client_of(Access(users)).get('/login?q="><script>alert(1)</script>')
    assert "<script" not in page.text


def test_sessions_are_apart_and_end(users: Path) -> None:
    write_user(users, "piet", WORD)
    access = Access(users, clock=(clock := Clock()))
    one, other = client_of(access), client_of(access)
    log_in(one), log_in(other, name="piet")
    assert (one.get("/").text, other.get("/").text) == ("hello ana", "hello piet")
    one.get("/logout")
    assert one.get("/config").status_code == 401
    assert other.get("/config").status_code == 200
    clock.now += SESSION_SECONDS
    assert other.get("/config").status_code == 401


def test_a_log_out_ends_a_session_that_was_copied(users: Path) -> None:
    client = client_of(Access(users))
    log_in(client)
    kept = client.cookies[COOKIE]
    client.get("/logout")
    client.cookies.set(COOKIE, kept)
    assert client.get("/config").status_code == 401


def test_a_new_password_ends_the_sessions_of_the_old(users: Path) -> None:
    client = client_of(Access(users))
    log_in(client)
    write_user(users, "ana", "another horse")
    assert client.get("/config").status_code == 401


def test_a_file_that_breaks_while_serving_lets_nobody_in(users: Path) -> None:
    client = client_of(Access(users))
    log_in(client)
    users.write_text("[users")
    assert client.get("/config").status_code == 401
    assert log_in(client) == 401


def test_tries_are_limited_and_the_right_password_waits_too(users: Path) -> None:
    access = Access(users, clock=(clock := Clock()))
    client = client_of(access)
    assert [log_in(client, password="wrong") for _ in range(TRIES + 1)] == [401] * TRIES + [429]
    assert log_in(client) == 429
    assert access.log_in("ana", WORD, "testclient") is None
    clock.now += TRY_SECONDS + 1
    assert log_in(client) == 303


def test_tries_from_everywhere_at_one_name_are_limited(users: Path) -> None:
    access = Access(users, clock=Clock())
    for number in range(TRIES * 4):
        access.log_in("ana", "wrong", f"192.0.2.{number}")
    assert access.wait("ana", "192.0.2.200") > 0
    assert access.wait("piet", "192.0.2.200") == 0


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many hashes were computed."""
    calls: list[int] = []
    real = access_module._derive
    monkeypatch.setattr(access_module, "_derive", lambda *args, **kwargs: calls.append(1) or real(*args, **kwargs))
    return lambda: len(calls)


def test_a_name_that_is_not_there_costs_what_a_wrong_password_does(users: Path, counted: Callable[[], int]) -> None:
    """Else the time would tell which names exist."""
    access = Access(users)
    access.log_in("ana", "wrong", "a")
    assert counted() == 1
    access.log_in("nobody", "wrong", "b")
    assert counted() == 2
