"""One page or feed from the web into a file, for the readers: guarded, because its address may come from anyone.

Only http and https, only public addresses (`addresses`), each redirect checked anew; within limits of size and time; as
robots.txt allows (RFC 9309); under its own name and without cookies, proxies or passwords.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpcore
import httpx

from corpus.addresses import Network, NotFetched, PublicOnly

if TYPE_CHECKING:
    from protego import Protego

USER_AGENT = "attest/0.1 (reads single pages and feeds that its user names)"
ROBOT = "attest"  # as which robots.txt is asked
LARGEST_ROBOTS = 500 * 1024  # bytes, as RFC 9309 asks for
PORTS = frozenset({80, 443, 8080, 8443})
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/ld+json": ".json",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
"""The content types that are fetched, each with the suffix of the file that it goes to."""

_FAULTS = (
    httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpcore.NetworkError, httpcore.TimeoutException,
    httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, UnicodeError, ValueError,
)  # fmt: skip
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """The most that one address may take: `size` in bytes, unpacked; `seconds` for all of it; `redirects` followed."""

    size: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came from an address: the file that holds it, the address after all redirects, and its content type."""

    path: Path
    url: str
    content_type: str


def fetch(
    url: str, *, folder: Path, limits: FetchLimits | None = None, robots: bool = True, network: Network | None = None
) -> Fetched:
    """Fetch a page or a feed into a file in `folder`, which is made where it is not there.

    The same address goes to the same file, which is left untouched where nothing changed. `robots=False` fetches what
    robots.txt does not allow. Raises NotFetched, with the reason in one line.
    """
    limits = limits or FetchLimits()
    deadline = time.monotonic() + limits.seconds
    transport = _Transport(PublicOnly(network or Network(), deadline=deadline))
    with httpx.Client(
        transport=transport, trust_env=False, timeout=limits.seconds, headers={"User-Agent": USER_AGENT}
    ) as client:
        try:
            final, content_type, data = _follow(client, url, limits=limits, robots=robots)
        except _FAULTS as error:
            raise NotFetched(f"{_shown(url)} could not be fetched: {str(error) or type(error).__name__}") from error
    return Fetched(path=_store(data, final, content_type, folder=folder), url=final, content_type=content_type)


class _Transport(httpx.BaseTransport):
    """httpx over a network of ours; what `httpx.HTTPTransport` does, but for the connections."""

    def __init__(self, network: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=network
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _follow(client: httpx.Client, url: str, *, limits: FetchLimits, robots: bool) -> tuple[str, str, bytes]:
    """The last address, its content type and its content."""
    rules: dict[str, Protego | None] = {}
    for _ in range(limits.redirects + 1):
        checked = _check(url)
        if robots and not _is_allowed(client, checked, rules, limits=limits):
            raise NotFetched(
                f"{_shown(url)}: robots.txt of {checked.host} does not allow it to be fetched by a program"
            )
        status, headers, data = _get(client, checked, most=limits.size, kinds=True)
        if status not in _REDIRECTS or "location" not in headers:
            if status != 200:
                raise NotFetched(f"{_shown(url)} answers {status}")
            return str(checked), _content_type(headers, data, url=str(checked)), data
        url = urljoin(str(checked), headers["location"])
    raise NotFetched(f"{_shown(url)}: more than {limits.redirects} redirects")


def _check(url: str) -> httpx.URL:
    """The address, parsed. Raises NotFetched for what no address of a page or feed looks like."""
    parsed = httpx.URL(url.strip())
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise NotFetched(f"{_shown(url)} is no http or https address")
    if parsed.userinfo:
        raise NotFetched("an address with a user or a password in it is not fetched")
    if (parsed.port or 80) not in PORTS:
        raise NotFetched(f"{_shown(url)}: port {parsed.port} is none that pages are served from")
    return parsed.copy_with(fragment=None)


def _is_allowed(client: httpx.Client, url: httpx.URL, rules: dict[str, Protego | None], *, limits: FetchLimits) -> bool:
    """Whether robots.txt lets a program read an address. Raises NotFetched where a fault of the server hides it."""
    from protego import Protego

    origin = str(url.copy_with(raw_path=b"/robots.txt"))
    if origin not in rules:
        at, status, data = origin, 0, b""
        for _ in range(limits.redirects + 1):
            status, headers, data = _get(client, _check(at), most=LARGEST_ROBOTS, kinds=False)
            if status not in _REDIRECTS or "location" not in headers:
                break
            at = urljoin(at, headers["location"])
        if status >= 500 or status == 429:
            raise NotFetched(f"{origin} answers {status}: without its rules the page is not fetched")
        rules[origin] = Protego.parse(data.decode("utf-8", errors="replace")) if status == 200 else None
    found = rules[origin]
    return found is None or bool(found.can_fetch(str(url), ROBOT))


def _get(client: httpx.Client, url: httpx.URL, *, most: int, kinds: bool) -> tuple[int, httpx.Headers, bytes]:
    """Status, headers and content of one address. Of a robots.txt (`kinds` false), content over `most` is left."""
    client.cookies.clear()
    with client.stream("GET", url, headers={"Accept-Encoding": "gzip, deflate"}) as response:
        if response.status_code != 200:
            return response.status_code, response.headers, b""
        if kinds:
            _content_type(response.headers, b"<", url=str(url))
        data = bytearray()
        for chunk in response.iter_bytes(chunk_size=64 * 1024):
            data += chunk
            if len(data) > most:
                if kinds:
                    raise NotFetched(f"{_shown(str(url))} is larger than {most:,} bytes")
                break
        return response.status_code, response.headers, bytes(data[:most])


def _content_type(headers: httpx.Headers, data: bytes, *, url: str) -> str:
    declared = str(headers.get("content-type", "")).partition(";")[0].strip().lower()
    if not declared and data.lstrip()[:1] == b"<":
        return "text/html"
    if declared not in KINDS:
        raise NotFetched(f"{_shown(url)} gives {declared or 'content of no named type'}, which is no page and no feed")
    return declared


def _store(data: bytes, url: str, content_type: str, *, folder: Path) -> Path:
    if KINDS[content_type] == ".html":  # as browsers mark what they save: pages do not always name themselves
        data = f"<!-- saved from url=({len(url):04d}){url} -->\n".encode() + data
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (hashlib.sha256(url.encode()).hexdigest()[:24] + KINDS[content_type])
    if not path.exists() or path.read_bytes() != data:
        part = path.with_suffix(".part")
        part.write_bytes(data)
        os.replace(part, path)
    return path


def _shown(url: str) -> str:
    return url if len(url) <= 200 else url[:200] + "…"
