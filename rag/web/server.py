"""The server: the page behind its guards, on this machine alone unless it has a log-in."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import os
import re
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rag.errors import RagError, SettingsError
from rag.settings import Settings
from rag.web.access import Access
from rag.web.desk import Desk
from rag.web.guard import LOOPBACK, MEGABYTE, Guard, Rules, host_name
from rag.web.monitor import health_of, mount_metrics

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

_log = logging.getLogger(__name__)

CONCURRENT = 16
"""Questions that are answered at once; more wait their turn."""
FORM_BYTES = MEGABYTE // 10
"""What a form costs around the file in it."""
CACHED_UPLOADS = 10
"""How many uploads of the largest size may lie in the cache before no more are taken."""


def serve(settings: Settings, *, named: bool = False) -> None:
    """Serve the page until interrupted; with `named`, the sample articles are offered and not loaded unasked.

    Raises SettingsError for an address outside this machine without a log-in, StoreError for a damaged index.
    """
    import uvicorn

    check_address(settings)
    access = Access(settings.auth) if settings.auth else None
    listening = _listen(settings)
    desk = Desk(settings, named=named)
    desk.open()
    app = build_app(desk, access=access)
    port = listening.getsockname()[1]
    if not named and desk.is_sample_or_empty:
        desk.load_sample()
    threading.Thread(target=_warm, args=(desk,), daemon=True).start()
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Attest: http://{shown}:{port}/ (Ctrl-C to stop)", flush=True)
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=2)
    logging.getLogger("uvicorn.error").addFilter(_is_fault)
    uvicorn.Server(config).run(sockets=[listening])


def check_address(settings: Settings) -> None:
    """Raise SettingsError where a server would be open to others without a log-in, or goes by a name that is none."""
    if settings.host not in LOOPBACK and settings.auth is None:
        raise SettingsError(
            f"host {settings.host} is open to other machines, which needs a log-in: make one with "
            "python -m rag user NAME --auth users.toml, then serve --auth users.toml; or use 127.0.0.1"
        )
    for name in settings.allowed_hosts:
        if host_name(name) != name.lower():
            raise SettingsError(f"--allowed-host {name!r} is no host name: give it without http:// and without a port")


def build_app(desk: Desk, *, access: Access | None = None) -> ASGIApp:
    """The page and all that stands before it."""
    _stay_private()
    import gradio as gr
    from fastapi import FastAPI

    from rag.web.export import export_claims
    from rag.web.page import build_page
    from rag.web.style import page_head, page_theme

    settings = desk.settings
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    if desk.metrics:
        mount_metrics(app, lambda: desk.assistant, desk.metrics)

    @app.get("/health")
    def health() -> JSONResponse:
        """Whether questions can be answered now; for a supervisor."""
        status = health_of(desk.assistant)
        return JSONResponse({"status": status}, status_code=503 if status == "failing" else 200)

    @app.get("/export/claims.{form}")
    def export(form: str, request: Request) -> Response:
        """All claims of a view; a function and no coroutine, so that a large one holds nobody up."""
        return export_claims(desk.assistant, form, request.query_params)

    page = build_page(desk)
    page.queue(default_concurrency_limit=CONCURRENT, api_open=False)
    mount: Any = gr.mount_gradio_app
    mounted: FastAPI = mount(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        auth_dependency=reader_of if access else None,
        max_file_size=settings.upload_bytes,
        show_error=False,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        blocked_paths=[str(desk.settings.index.parent)],
        head=page_head(),
        theme=page_theme(),
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    inner: ASGIApp = mounted
    if access:
        from rag.web.login import LogIn

        inner = LogIn(inner, access=access)
    rules = Rules(
        hosts=frozenset({*LOOPBACK, settings.host, *(name.lower() for name in settings.allowed_hosts)}),
        upload_bytes=settings.upload_bytes + FORM_BYTES if settings.allow_upload else 0,
        is_full=lambda: _size(cache_folder()) > CACHED_UPLOADS * settings.upload_bytes,
        scripts=re.findall(r"<script>(.*?)</script>", page_head(), re.DOTALL),
    )
    return Guard(inner, rules=rules)


def reader_of(request: Request) -> str | None:
    """Who is logged in, for Gradio's `request.username`."""
    from rag.web.login import USER

    user: str | None = request.scope.get(USER)
    return user


def _stay_private() -> None:
    """Before Gradio is imported: it looks nothing up, and its files lie in a folder of their own that goes with us."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if "GRADIO_TEMP_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="attest-")
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def cache_folder() -> Path:
    """Where uploads and downloads lie while their pages are open."""
    return Path(os.environ.get("GRADIO_TEMP_DIR", tempfile.gettempdir()))


def _size(folder: Path) -> int:
    """Bytes of the files in a folder; one that goes meanwhile counts for none."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen()  # who comes before the server is ready waits
    except OSError as error:
        listening.close()
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror or error}; choose another port"
        ) from error
    return listening


def _is_fault(record: logging.LogRecord) -> bool:
    """Whether a line of the server's log tells of a fault: that open pages were left when it was stopped is none."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, asyncio.CancelledError) and not str(record.msg).startswith("Cancel %s running task")


def _warm(desk: Desk) -> None:
    """Load the models behind the page, so that the first question need not wait for them."""
    try:
        if desk.assistant is not None:
            desk.assistant.search("ready")
    except RagError as error:
        _log.warning("%s", error)
