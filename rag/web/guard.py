"""What stands before the page: hosts, origins, sizes, routes and headers are checked on every request.

A page on this machine is open to every other page in the same browser: DNS rebinding makes a hostile site's name point
here, a form or a script on it sends requests here, a frame shows us under its own buttons. So a request names a host
that is ours, comes from no other origin, and no other page may frame the answer.
https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SAFE = frozenset({"GET", "HEAD"})
MEGABYTE = 1_000_000
MOST_BODY = 4 * MEGABYTE
"""Bytes of any request but an upload: a question with its conversation is far below."""

ROUTES = re.compile(
    r"/|/(config|theme\.css|favicon\.ico|robots\.txt|manifest\.json|login|logout|health|metrics)"
    r"|/export/claims\.(csv|json|jsonld)"
    r"|/(assets|static|svelte)/[\w./@-]+"
    r"|/gradio_api/(queue/(join|data)|heartbeat/\w+|upload|upload_progress|cancel|reset|startup-events|app_id|theme\.css"
    r"|file=.+)"
)
"""What the page asks for. Gradio serves more (a proxy, code editing, API listings), which nothing here needs."""

_UPLOAD = "/gradio_api/upload"
_SCRIPT = re.compile(rb"<script(?=[\s>])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a server lets in: its host names without ports, and bytes of an upload (0 lets none in).

    `scripts` are the texts of the page's own scripts that Gradio puts in after the page was loaded, `is_full` says
    whether uploads that were taken leave no room for another.
    """

    hosts: Collection[str] = LOOPBACK
    upload_bytes: int = 0
    scripts: Collection[str] = ()
    is_full: Callable[[], bool] = lambda: False


class Guard:
    """ASGI middleware that refuses what is not ours, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(18)
        reply = _Reply(send, nonce=nonce, path=scope.get("path", ""), policy=policy(nonce, scripts=self.rules.scripts))
        if scope["type"] != "http":  # nothing here speaks over a web socket
            await send({"type": "websocket.close", "code": 1008})
            return
        refused = self._refusal(scope)
        if refused:
            status, why = refused
            await PlainTextResponse(f"{why}\n", status_code=status)(scope, receive, reply)
            return
        most = self.rules.upload_bytes if scope["path"].startswith(_UPLOAD) else MOST_BODY
        body = _Body(receive, most=most)
        reply.body = body
        try:
            await self.app(scope, body, reply)
        except _TooLarge:
            if not reply.has_begun:
                await PlainTextResponse("too large\n", status_code=413)(scope, receive, reply)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is refused, with its status."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        forwarded = [name for name in headers.getlist("x-forwarded-host") if name]
        if len(hosts) != 1 or not all(self._is_ours(name, scope) for name in [*hosts, *forwarded]):
            return 400, "this server does not go by that name; see --allowed-host"
        if (why := _foreign(scope, headers)) is not None:
            return 403, why
        return self._route_refusal(scope, headers)

    def _route_refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        path: str = scope["path"]
        if not ROUTES.fullmatch(path) or ".." in path.split("/") or "\\" in path or "\x00" in path:
            return 404, "there is nothing here"
        is_upload = path.startswith(_UPLOAD)
        most = self.rules.upload_bytes if is_upload else MOST_BODY
        if is_upload and not most:
            return 403, "this server takes no uploads; see --allow-upload"
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 15 or int(length) > most:
            return 413, "too large"
        if is_upload and scope["method"] not in SAFE and self.rules.is_full():
            return 413, "too much was uploaded just now; try again later"
        return None

    def _is_ours(self, host: str, scope: Scope) -> bool:
        """Whether a Host header names this server: by a name it was given, or by the address that was connected to."""
        name = host_name(host)
        if name is None:
            return False
        if name in self.rules.hosts:
            return True
        server = scope.get("server")
        return server is not None and _is_address(name) and name == server[0]


def host_name(host: str) -> str | None:
    """The name in a Host header, in lower case and without port or brackets; None where it is none."""
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9_.-]+))(?::\d{1,5})?", host)
    if not found:
        return None
    return str(found[1] or found[2]).lower()


def _foreign(scope: Scope, headers: Headers) -> str | None:
    """Why a request comes from another page, or None."""
    host = headers["host"]
    for origin in headers.getlist("origin"):
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or _place(parts.netloc) != _place(host):
            return "that came from another site"
    site, dest = headers.get("sec-fetch-site"), headers.get("sec-fetch-dest", "")
    if dest in {"iframe", "frame", "embed", "object", "fencedframe"}:
        return "this page may not be framed"
    if site in {None, "same-origin", "none"}:
        return None
    is_link = scope["method"] in SAFE and headers.get("sec-fetch-mode") == "navigate"
    return None if is_link and scope["path"] in {"/", "/login"} else "that came from another site"


def _place(netloc: str) -> str:
    return re.sub(r":(80|443)$", "", netloc.lower())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class _TooLarge(Exception):
    pass


class _Body:
    """The body of a request, counted as it comes in: a length may be missing or a lie."""

    def __init__(self, receive: Receive, *, most: int) -> None:
        self._receive = receive
        self._left = most
        self.is_over = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.is_over = True
            raise _TooLarge
        return message


class _Reply:
    """The answer on its way out: headers are put on it, and a nonce on the scripts of the page itself."""

    def __init__(self, send: Send, *, nonce: str, path: str, policy: str) -> None:
        self._send = send
        self._policy = policy
        self._nonce = nonce
        self._path = path
        self._start: Message | None = None
        self._page = bytearray()
        self.body: _Body | None = None
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            if self.body is not None and self.body.is_over:  # whatever was made of the exception on its way
                message["status"] = 413
            headers = MutableHeaders(scope=message)
            self._set(headers)
            if headers.get("content-type", "").startswith("text/html") and self._path == "/":
                self._start = message
                return
            await self._send(message)
        elif self._start is not None and message["type"] == "http.response.body":
            self._page += message.get("body", b"")
            if not message.get("more_body"):
                page = _SCRIPT.sub(b'<script nonce="%s"' % self._nonce.encode(), bytes(self._page))
                MutableHeaders(scope=self._start)["content-length"] = str(len(page))
                await self._send(self._start)
                await self._send({"type": "http.response.body", "body": page})
        else:
            await self._send(message)

    def _set(self, headers: MutableHeaders) -> None:
        for name in ("access-control-allow-origin", "access-control-allow-credentials", "server"):
            if name in headers:
                del headers[name]
        if "content-security-policy" not in headers:
            headers["content-security-policy"] = self._policy
        headers["x-frame-options"] = "DENY"
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "no-referrer"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["cross-origin-resource-policy"] = "same-origin"
        headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if not self._path.startswith(("/assets/", "/static/")):
            headers["cache-control"] = "no-store"


def policy(nonce: str, *, forms: str = "'none'", scripts: Collection[str] = ()) -> str:
    """The Content-Security-Policy: only this server's own scripts run, and nothing is fetched from anywhere else.

    A script that stands in text that was not escaped has no nonce, nor has an `onerror`: neither runs. No form of an
    article can be sent (`forms`), no address be made relative to another site, no other page show this one in a frame.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(["script-src 'self'", f"'nonce-{nonce}'", *map(_hash, scripts)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            f"form-action {forms}",
            "frame-ancestors 'none'",
        )
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
