"""A real server of the page over made-up articles, and a real browser to look at it; both on this machine alone."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.assistant import Assistant
from rag.settings import load_settings

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_UP_SECONDS = 120
AUDIT = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hook(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        target = args[1] if event in ("socket.connect", "socket.sendto") else args[0]
        os.write(log, (event + "\\t" + repr(target) + "\\n").encode())
sys.addaudithook(hook)
import socket
with socket.create_server(("127.0.0.1", 0)) as here:  # proves that the hook hears
    socket.create_connection(here.getsockname()).close()
from rag.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""Runs a command and notes each address and name that is looked up or connected to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running server: its port, its process, the folder of its index and that of its files."""

    port: int
    process: subprocess.Popen[bytes]
    index: Path
    cache: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, bytes]:
        """Status and body of one request, with exactly this path: nothing is tidied on the way."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            given = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            if body is not None and "Content-Length" not in given:
                given["Content-Length"] = str(len(body))
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders()
            with contextlib.suppress(OSError):  # a server may answer and close before it has read all
                if body is not None:
                    connection.send(body)
            answer = connection.getresponse()
            return answer.status, answer.read(1_000_000)
        finally:
            connection.close()


@contextlib.contextmanager
def serving(
    folder: Path,
    *,
    articles: Mapping[str, str],
    options: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    audit: Path | None = None,
) -> Iterator[Site]:
    """A server over these articles (texts by name), stopped at the end. None of them: a first run."""
    index, cache, files = folder / "index", folder / "gradio", folder / "articles"
    files.mkdir(parents=True)
    cache.mkdir()
    for name, text in articles.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    if articles:
        Assistant.open(load_settings(index=index)).add(files)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = ["-c", AUDIT.format(log=str(audit))] if audit else ["-m", "rag"]
    command = [sys.executable, *start, "serve", "--index", str(index), "--port", str(port), *options]
    environment = {**os.environ, "GRADIO_TEMP_DIR": str(cache), "HF_HUB_OFFLINE": "1", **(settings or {})}
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603
    site = Site(port=port, process=process, index=index, cache=cache)
    try:
        _wait_for(site)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


@contextlib.contextmanager
def browsing() -> Iterator[BrowserContext]:
    """A fresh browser. Raises ImportError or FileNotFoundError where there is none."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise FileNotFoundError("no chromium here: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(30_000)
        yield context
        browser.close()


def ask(site: Site, question: str, *, session: str, events: Mapping[str, int], awaited: str = "") -> tuple[str, float]:
    """Ask as a page does, over its queue: all that came back, and the seconds until `awaited` stood in it.

    Raises OSError for anything but an answer.
    """
    body = {
        "data": [question, None, None, [], [], "", ""],
        "fn_index": events["ask"],
        "trigger_id": events["send"],
        "session_hash": session,
    }
    headers = {"Content-Type": "application/json", "Origin": site.address.rstrip("/")}
    started = time.monotonic()
    status, said = site.request("POST", "/gradio_api/queue/join", headers=headers, body=json.dumps(body).encode())
    if status != 200:
        raise OSError(f"joining gave {status}: {said[:100]!r}")
    lines, seconds = [], 0.0
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    with contextlib.closing(connection):
        connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
        for line in connection.getresponse():
            lines.append(line.decode())
            if awaited in lines[-1] and not seconds:
                seconds = time.monotonic() - started
    messages = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    done = [one for one in messages if one.get("msg") == "process_completed"]
    if not done or not done[-1].get("success"):
        raise OSError(f"the answer ended with {messages[-1:]}")
    return json.dumps(messages, ensure_ascii=False), seconds


def events_of(site: Site) -> dict[str, int]:
    """The numbers of the handler that asks, and of the button that sends."""
    config = json.loads(site.request("GET", "/config")[1] or b"{}")
    sends = {one["id"] for one in config["components"] if one["props"].get("elem_id") == "send"}
    for handler in config["dependencies"]:
        for target, event in handler["targets"]:
            if target in sends and event == "click":
                return {"ask": handler["id"], "send": target}
    raise LookupError("the page has no button that asks")


def _wait_for(site: Site) -> None:
    until = time.monotonic() + _UP_SECONDS
    while time.monotonic() < until and site.process.poll() is None:
        with contextlib.suppress(OSError):
            if site.request("GET", "/health")[0] == 200:
                return
        time.sleep(0.2)
    raise OSError("the server did not come up")
