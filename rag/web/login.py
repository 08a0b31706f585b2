"""The log-in page, and the middleware that lets nobody past it without a session."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

import anyio.to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from rag.web.access import SESSION_SECONDS, Access
from rag.web.guard import policy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "attest-session"
USER = "attest.user"
"""Where the scope of a request holds who is logged in."""
OPEN = frozenset({"/login", "/health", "/favicon.ico", "/robots.txt"})

_PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Log in – Attest</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><style>'
    ":root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;display:grid;place-items:center;"
    "min-height:90vh;margin:0 1rem}}form{{display:grid;gap:.75rem;width:min(20rem,100%)}}"
    "label{{display:grid;gap:.25rem}}input,button{{font:inherit;padding:.6rem .7rem;border-radius:.4rem;"
    "border:1px solid GrayText}}button{{background:#1d4ed8;color:#fff;border:0;cursor:pointer}}"
    "[role=alert]{{color:light-dark(#b91c1c,#fca5a5);margin:0}}h1{{font-size:1.4rem;margin:0}}"
    ":focus-visible{{outline:3px solid #60a5fa;outline-offset:2px}}</style></head><body><main>"
    '<form method="post" action="/login"><h1>Attest: log in</h1>{said}'
    '<input type="hidden" name="next" value="{next}">'
    '<label>Name<input name="name" autocomplete="username" required autofocus></label>'
    '<label>Password<input name="password" type="password" autocomplete="current-password" required></label>'
    "<button>Log in</button></form></main></body></html>"
)


class LogIn:
    """ASGI middleware: without a session, a reader of the page is sent to log in, and all else is refused."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if scope["path"] == "/login":
            await (await self._log_in(request))(scope, receive, send)
            return
        if scope["path"] == "/logout":
            self.access.log_out(request.cookies.get(COOKIE))
            gone = RedirectResponse("/login", status_code=303)
            gone.delete_cookie(COOKIE, httponly=True, samesite="strict")
            await gone(scope, receive, send)
            return
        user = self.access.user(request.cookies.get(COOKIE))
        if user is None and scope["path"] not in OPEN:
            await _turned_away(request)(scope, receive, send)
            return
        scope[USER] = user
        await self.app(scope, receive, send)

    async def _log_in(self, request: Request) -> Response:
        if request.method in {"GET", "HEAD"}:
            return login_page(query=request.url.query)
        if request.method != "POST":
            return PlainTextResponse("log in with POST\n", status_code=405)
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
        name, password, query = (fields.get(key, [""])[0] for key in ("name", "password", "next"))
        address = request.client.host if request.client else ""
        if wait := self.access.wait(name[:100], address):
            said = f"Too many tries. Try again in {max(1, round(wait / 60))} minutes."
            return login_page(query=query, said=said, status=429, headers={"retry-after": str(int(wait) + 1)})
        token = await anyio.to_thread.run_sync(self.access.log_in, name[:100], password, address)
        if token is None:
            return login_page(query=query, said="Name or password is wrong.", status=401)
        done = RedirectResponse(f"/?{query}" if query else "/", status_code=303)
        done.set_cookie(
            COOKIE,
            token,
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return done


def login_page(
    *, query: str = "", said: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """The form; `query` is that of the page to go on to."""
    page = _PAGE.format(said=Markup('<p role="alert">{}</p>').format(said) if said else Markup(), next=query)
    csp = policy(secrets.token_urlsafe(18), forms="'self'")
    return HTMLResponse(page, status_code=status, headers={"content-security-policy": csp, **(headers or {})})


def _turned_away(request: Request) -> Response:
    """To the log-in page for a reader, 401 for all else.

    A link from another site comes without the cookie, which is SameSite=Strict: the page is asked for again from here,
    and then with it, before anybody has to log in a second time.
    """
    if request.url.path != "/" or request.method not in {"GET", "HEAD"}:
        return PlainTextResponse("log in first\n", status_code=401)
    query = quote(request.url.query, safe="=&%+")
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        again = Markup('<meta http-equiv="refresh" content="0;url=/{}">').format(f"?{query}" if query else "")
        return HTMLResponse(Markup("<!doctype html><title>Attest</title>{}").format(again))
    return RedirectResponse(f"/login?{query}" if query else "/login", status_code=303)
