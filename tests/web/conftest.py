"""One real server over a small made-up corpus, and a real browser, Debian's Chromium; skipped where it is absent."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rag.assistant import Assistant
from rag.settings import load_settings
from tests.stories import DAM, STRIKE
from tests.web.stories import HOSTILE, RIVAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@dataclass(kw_only=True)
class Site:
    """A running page: its address and its index."""

    address: str
    index: Path


@dataclass
class Opened:
    """A page in the browser, with every address that it asked for and every error that it met."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, press Enter, and wait until its answer stands there whole."""
        number = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.locator(f"#turn-{number} .actions").wait_for()

    def until(self, expression: str) -> None:
        """Wait until an expression is true in the page; what Playwright waits by would need `unsafe-eval`."""
        for _ in range(600):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"never came true: {expression}")

    def cited(self) -> str:
        """The words that are marked in the open article."""
        return "".join(self.page.locator("mark.cited:visible").all_text_contents())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Site]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium here: apt-get install chromium")
    folder = tmp_path_factory.mktemp("web")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in {"dam": DAM, "strike": STRIKE, "rival": RIVAL, "hostile": HOSTILE}.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    index = folder / "index"
    Assistant.open(load_settings(index=index, cache=model_cache)).add(articles)
    with running(index, "--allow-upload", cache=model_cache) as site:
        yield site


@contextmanager
def running(index: Path, *options: str, cache: Path) -> Iterator[Site]:
    """A server over an index, in a process of its own."""
    environment = {**os.environ, "ATTEST_CACHE": str(cache), "HF_HUB_OFFLINE": "1"}
    # It takes a free port itself: one that was looked for here could be another's by then.
    command = [sys.executable, "app.py", "--index", str(index), "--port", "0", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            yield Site(address=told_address(server), index=index)
        finally:
            server.terminate()
            try:
                server.wait(timeout=60)
            finally:
                server.kill()


def told_address(server: subprocess.Popen[str]) -> str:
    """The address that a server says when it listens."""
    assert server.stdout is not None
    told = server.stdout.readline()
    found = re.search(r"http://\S+/", told)
    assert found, f"the page did not come up: {told!r}"
    return found.group()


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How the browser is set up; a test gives its own by `@pytest.mark.parametrize("look", ..., indirect=True)`."""
    return {"viewport": {"width": 1366, "height": 820}, **getattr(request, "param", {})}


@pytest.fixture
def opened(browser: Browser, site: Site, look: dict[str, Any]) -> Iterator[Opened]:
    with opening(browser, site.address, look) as here:
        here.page.locator("#next .suggestion").first.wait_for()
        yield here


@contextmanager
def opening(browser: Browser, address: str, look: dict[str, Any]) -> Iterator[Opened]:
    """The page of a server, in a browser of its own."""
    context = browser.new_context(**look)
    context.set_default_timeout(60_000)  # a busy machine is no fault
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    here = Opened(context.new_page())
    here.page.on("request", lambda request: here.requests.append(request.url))
    here.page.on("pageerror", lambda error: here.errors.append(str(error)))
    here.page.goto(address)
    here.page.locator("#question textarea").wait_for()
    yield here
    context.close()
