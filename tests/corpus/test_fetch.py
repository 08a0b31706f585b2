"""A page or a feed from the web: only from public addresses, however they are written, redirected to or looked up."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import pytest

from corpus import read_file
from corpus.addresses import Network, NotFetched, connect_to, is_public, resolve_host
from corpus.fetch import FetchLimits, fetch
from corpus.types import Article

PUBLIC = "93.184.215.14"
PAGE = (
    "<html><head><title>Lowmarsh dam holds</title></head><body><article><h1>Lowmarsh dam holds</h1>"
    + "<p>The dam above Lowmarsh held through the night, the water board said on Tuesday morning.</p>" * 3
    + "</article></body></html>"
).encode()
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A server on this machine that answers for every host; `seen` are the paths it was asked for."""

    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    def page(self, path: str, body: bytes = PAGE, *, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html", **named}, body)

    def redirect(self, path: str, to: str) -> None:
        self.answers[path] = (302, {"Location": to}, b"")


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.seen.append(self.path)
            found.headers.append(dict(self.headers))
            answer = found.answers.get(self.path, (404, {}, b""))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


@dataclass
class Wires:
    """A network on which every public address is the site; whatever else is connected to is noted."""

    site: Site
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    connected: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        if host in self.names:  # a list of answers: the next at each lookup, the last for good
            answers = self.names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        if host.endswith(".example"):
            return [PUBLIC]
        return resolve_host(host, port)

    def connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        self.connected.append(address)
        return connect_to("127.0.0.1", self.site.port, timeout)

    @property
    def network(self) -> Network:
        return Network(resolve=self.resolve, connect=self.connect)


@pytest.fixture
def wires(site: Site) -> Wires:
    return Wires(site)


def get(wires: Wires, url: str, folder: Path, **limits: float) -> Path:
    return fetch(url, folder=folder, limits=FetchLimits(**limits), network=wires.network).path  # type: ignore[arg-type]


def test_a_page_becomes_a_file_that_the_readers_read(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.page("/dam")
    fetched = fetch("http://gazette.example/dam#top", folder=tmp_path, network=wires.network)
    (article,) = read_file(fetched.path)
    assert isinstance(article, Article)
    assert article.text.startswith("Lowmarsh dam holds\n\nThe dam above Lowmarsh held")
    assert fetched.url == article.url == "http://gazette.example/dam"
    assert ("url", "saved from") in article.provenance


def test_what_did_not_change_leaves_its_file_untouched(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.page("/dam")
    first = get(wires, "http://gazette.example/dam", tmp_path)
    before = first.stat().st_mtime_ns
    assert get(wires, "http://gazette.example/dam", tmp_path) == first
    assert first.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("content_type", "suffix"),
    [("application/rss+xml; charset=utf-8", ".xml"), ("text/xml", ".xml"), ("application/feed+json", ".json")],
)
def test_a_feed_keeps_its_kind(site: Site, wires: Wires, tmp_path: Path, content_type: str, suffix: str) -> None:
    site.page("/feed", b"<rss/>", Content_Type=content_type)
    path = get(wires, "http://gazette.example/feed", tmp_path)
    assert (path.suffix, path.read_bytes()) == (suffix, b"<rss/>")


def test_redirects_are_followed_and_the_last_address_counts(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.redirect("/old", "/newer")
    site.redirect("/newer", "//www.gazette.example/newest")
    site.page("/newest")
    fetched = fetch("http://gazette.example/old", folder=tmp_path, network=wires.network)
    assert fetched.url == "http://www.gazette.example/newest"


def test_the_sixth_redirect_is_one_too_many(site: Site, wires: Wires, tmp_path: Path) -> None:
    for n in range(6):
        site.redirect(f"/{n}", f"/{n + 1}")
    site.page("/6")
    with pytest.raises(NotFetched, match="more than 5 redirects"):
        get(wires, "http://gazette.example/0", tmp_path)
    assert get(wires, "http://gazette.example/1", tmp_path)


# How a machine inside can be written. What a resolver makes of numbers is the system's: it is the real one here.
INTERNAL_HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0",
    "0.0.0.0", "localhost", "localhost.", "10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.0.1",
    "192.168.257", "169.254.169.254", "2852039166", "0xa9fea9fe", "100.64.0.1", "192.0.0.1", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[fe80::1]",
    "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[2001:db8::1]", "[2001:0:7f00:1::]", "[100::1]",
]  # fmt: skip


@pytest.mark.parametrize("host", INTERNAL_HOSTS)
def test_an_address_inside_is_not_connected_to(wires: Wires, tmp_path: Path, host: str) -> None:
    with pytest.raises(NotFetched):
        get(wires, f"http://{host}/", tmp_path)
    assert wires.connected == []


@pytest.mark.parametrize("host", ["①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1.", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"])
def test_nor_one_in_letters_that_fold_to_it(wires: Wires, tmp_path: Path, host: str) -> None:
    with pytest.raises(NotFetched):
        get(wires, f"http://{host}/", tmp_path)
    assert wires.connected == []


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.example@127.0.0.1/", "http://gazette.example:80@127.0.0.1/", "http://user:word@gazette.example/",
        "http://127.0.0.1\\@gazette.example/", "http://gazette.example:22/", "http://gazette.example:6379/",
        "file:///etc/passwd", "ftp://gazette.example/a", "gopher://gazette.example/", "javascript:alert(1)",
        "data:text/html,hello", "//gazette.example/", "gazette.example", "http://", "http:///path", "http://[::1", "",
        "http://exa mple/", "http://gazette.example:99999/", "unix:///run/x.sock",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(wires: Wires, tmp_path: Path, url: str) -> None:
    with pytest.raises(NotFetched):
        get(wires, url, tmp_path)
    assert wires.connected == []


@pytest.mark.parametrize("to", ["http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "//10.0.0.1/", "file:///x"])
def test_a_redirect_to_the_inside_is_not_followed(site: Site, wires: Wires, tmp_path: Path, to: str) -> None:
    site.redirect("/out", to)
    with pytest.raises(NotFetched):
        get(wires, "http://gazette.example/out", tmp_path)
    assert set(wires.connected) == {PUBLIC}


@pytest.mark.parametrize("to", ["http://127.0.0.1/", "http://192.168.0.1/robots.txt"])
def test_nor_one_of_robots_txt(site: Site, wires: Wires, tmp_path: Path, to: str) -> None:
    site.redirect("/robots.txt", to)
    site.page("/dam")
    with pytest.raises(NotFetched):
        get(wires, "http://gazette.example/dam", tmp_path)
    assert set(wires.connected) == {PUBLIC}


@pytest.mark.parametrize(
    "answers",
    [
        [["10.0.0.1"]], [["::1"]], [["::ffff:192.168.1.1"]], [["169.254.169.254"]], [["fe80::1%eth0"]], [[]],
        [[PUBLIC, "127.0.0.1"]],  # one of several: which is connected to would be chance
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_connected_to(
    site: Site, wires: Wires, tmp_path: Path, answers: list[list[str]]
) -> None:
    site.page("/dam")
    wires.names["gazette.example"] = answers
    with pytest.raises(NotFetched):
        get(wires, "http://gazette.example/dam", tmp_path)
    assert "/dam" not in site.seen
    assert set(wires.connected) <= {PUBLIC}


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.redirect("/dam", "http://gazette.example/new")
    site.page("/new")
    wires.names["gazette.example"] = [[PUBLIC], ["127.0.0.1"]]  # rebinding: another answer for whoever asks again
    assert get(wires, "http://gazette.example/dam", tmp_path)
    assert set(wires.connected) == {PUBLIC}


def test_where_one_address_does_not_answer_the_next_is_asked(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.page("/dam")
    wires.names["gazette.example"] = [["2606:2800:21f:cb07:6820:80da:af6b:8b2c", PUBLIC]]

    def connect(address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        if ":" in address:
            raise httpcore.ConnectError("no route")
        return wires.connect(address, port, timeout)

    network = Network(resolve=wires.resolve, connect=connect)
    assert fetch("http://gazette.example/dam", folder=tmp_path, network=network)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "gazette.example", "127.0.0.1.5", "::ffff:8.8.8.8", "1e100.net"])
def test_what_is_no_plain_address_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_page_over_the_limit_is_refused(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.page("/dam", PAGE * 100)
    with pytest.raises(NotFetched, match="larger than 1,000 bytes"):
        get(wires, "http://gazette.example/dam", tmp_path, size=1000)
    assert list(tmp_path.iterdir()) == []


def test_what_is_packed_counts_unpacked(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.page("/dam", gzip.compress(b" " * 5_000_000), Content_Encoding="gzip")
    with pytest.raises(NotFetched, match="larger than 1,000,000 bytes"):
        get(wires, "http://gazette.example/dam", tmp_path, size=1_000_000)


def test_a_server_that_trickles_is_left_at_the_deadline(site: Site, wires: Wires, tmp_path: Path) -> None:
    over = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        while not over.wait(0.05):
            try:
                handler.wfile.write(b"X-More: 1\r\n")
            except OSError:
                return

    site.answers["/dam"] = trickle
    timer = threading.Timer(20, over.set)
    timer.start()
    started = time.monotonic()
    with pytest.raises(NotFetched, match=r"too long|timed out"):
        get(wires, "http://gazette.example/dam", tmp_path, seconds=0.5)
    assert not over.is_set(), time.monotonic() - started
    over.set()
    timer.cancel()


@pytest.mark.parametrize("content_type", ["image/png", "application/octet-stream", "video/mp4", "application/zip"])
def test_what_is_no_page_and_no_feed_is_refused(site: Site, wires: Wires, tmp_path: Path, content_type: str) -> None:
    site.page("/dam", b"\x89PNG", Content_Type=content_type)
    with pytest.raises(NotFetched, match="no page and no feed"):
        get(wires, "http://gazette.example/dam", tmp_path)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_an_error_of_the_server_is_said(site: Site, wires: Wires, tmp_path: Path, status: int) -> None:
    site.page("/dam", status=status)
    with pytest.raises(NotFetched, match=f"answers {status}"):
        get(wires, "http://gazette.example/dam", tmp_path)


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ("User-agent: *\nDisallow: /", "/dam"),
        ("User-agent: attest\nDisallow: /dam", "/dam"),
        ("User-agent: *\nDisallow: /*.html$", "/dam.html"),
    ],
)
def test_robots_txt_is_respected(site: Site, wires: Wires, tmp_path: Path, rules: str, path: str) -> None:
    site.page("/robots.txt", rules.encode(), Content_Type="text/plain")
    site.page(path)
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        get(wires, f"http://gazette.example{path}", tmp_path)
    assert site.seen == ["/robots.txt"]
    assert fetch(f"http://gazette.example{path}", folder=tmp_path, robots=False, network=wires.network)


@pytest.mark.parametrize(("status", "allowed"), [(200, True), (404, True), (403, True), (500, False), (503, False)])
def test_without_robots_txt_a_page_may_be_read_unless_the_server_is_at_fault(
    site: Site, wires: Wires, tmp_path: Path, status: int, allowed: bool
) -> None:
    site.page("/robots.txt", b"", status=status)
    site.page("/dam")
    if allowed:
        assert get(wires, "http://gazette.example/dam", tmp_path)
    else:
        with pytest.raises(NotFetched, match=f"answers {status}"):
            get(wires, "http://gazette.example/dam", tmp_path)


def test_robots_txt_is_asked_of_the_host_that_is_redirected_to(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.redirect("/dam", "http://other.example/dam2")
    site.page("/dam2")
    get(wires, "http://gazette.example/dam", tmp_path)
    assert site.seen == ["/robots.txt", "/dam", "/robots.txt", "/dam2"]


def test_the_request_says_who_asks_and_carries_no_cookie(site: Site, wires: Wires, tmp_path: Path) -> None:
    site.page("/robots.txt", b"", Set_Cookie="id=1; Path=/")
    site.page("/dam")
    get(wires, "http://gazette.example/dam", tmp_path)
    assert all(headers["User-Agent"].startswith("attest/") for headers in site.headers)
    assert not any("Cookie" in headers or "Authorization" in headers for headers in site.headers)


def test_a_proxy_of_the_environment_is_not_used(
    site: Site, wires: Wires, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.page("/dam")
    assert get(wires, "http://gazette.example/dam", tmp_path)
