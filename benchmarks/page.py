"""How quick the page is, in a real browser over the sample articles: python -m benchmarks.page [--questions N].

Measured: from starting the server to a page that can be typed in (index made before, files in the disk cache), the
first answer, and later answers, each from the key to the whole answer on the screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from rag.assistant import Assistant
from rag.settings import load_settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
QUESTIONS = (
    "How many people died in Haldrum, according to whom?",
    "Who denied that civilians had been killed?",
    "How many litres escaped from the tank, according to whom?",
    "What did Matthias Ferrow say about the wages?",
    "Who accuses the team?",
    "What did the Eastern Compact Command say?",
    "Timeline of the Kessling leak",
    "What did the Pope say about taxes?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=40, help="later questions that are asked")
    args = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        Assistant.open_sample(load_settings(index=f"{folder}/index"))
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        start = time.perf_counter()
        with served(f"{folder}/index") as address:
            page = browser.new_page(viewport={"width": 1366, "height": 820})
            page.goto(address)
            page.locator("#question textarea").wait_for()
            usable = time.perf_counter() - start
            first = ask(page, QUESTIONS[0])
            later = [ask(page, QUESTIONS[(i + 1) % len(QUESTIONS)]) for i in range(args.questions)]
        browser.close()
    later.sort()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"start to usable page  {usable:6.2f} s   (target 6)")
    print(f"first answer          {first:6.2f} s   (target 1.5)")
    print(f"later answers, p50    {statistics.median(later) * 1000:6.0f} ms")
    print(
        f"later answers, p95    {later[int(0.95 * (len(later) - 1))] * 1000:6.0f} ms  (target 400), {len(later)} asked"
    )


def ask(page: Page, question: str) -> float:
    """Seconds from the key to the whole answer; a new conversation each time, so that each is the same work."""
    if page.locator(".turn").count():
        page.get_by_role("button", name="New conversation").click()
        page.locator(".welcome").wait_for()
        page.wait_for_timeout(1500)  # what could be asked next is sought meanwhile, and is not measured
    page.fill("#question textarea", question)
    start = time.perf_counter()
    page.press("#question textarea", "Enter")
    page.locator(".turn .actions").wait_for()
    return time.perf_counter() - start


@contextmanager
def served(index: str) -> Iterator[str]:
    """A server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port)]
    environment = {**os.environ, "ATTEST_INDEX": index}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own app
    try:
        while server.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
