"""Make the pictures of the page in docs/ from the sample articles: python docs/screenshots.py [--address URL].

Needs Chromium and, of requirements-dev.txt, playwright. Without --address it starts a server of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
DEAD = "How many people died in Haldrum, according to whom?"
DENIED = "Who denied that civilians had been killed?"
LEAK = "How many litres escaped from the tank, according to whom?"
TIMELINE = "Timeline of the Kessling leak"
WEEKS = "What did Matthias Ferrow say about the wages?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="a page that is served already")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the pictures")
    args = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with served(args.address) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def shoot(
            name: str, question: str, *, dark: bool = False, phone: bool = False, opens: int | None = None
        ) -> None:
            scheme = "dark" if dark else "light"
            page = browser.new_page(viewport=PHONE if phone else DESKTOP, color_scheme=scheme)
            page.goto(address)
            page.locator("#next .suggestion").first.wait_for(timeout=300_000)  # there are articles to ask about
            ask(page, question)
            if opens:
                page.locator(f".source .cite[data-number='{opens}']").first.click()
                page.get_by_text(f"[{opens}] Evidence").wait_for()
                page.wait_for_timeout(600)
            page.screenshot(path=args.out / f"page-{name}.png")
            page.close()

        shoot("light", WEEKS)
        shoot("dark", WEEKS, dark=True)
        shoot("disagreement", LEAK)
        shoot("evidence", DENIED, opens=4)
        shoot("timeline", TIMELINE)
        shoot("phone", DEAD, phone=True)
        shoot("phone-evidence", DEAD, phone=True, opens=3)
        browser.close()
    for path in sorted(args.out.glob("page-*.png")):
        shrink(path)
        print(f"{path}: {path.stat().st_size // 1000} kB")


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.locator(".turn .actions").wait_for()
    page.locator("#next .suggestion").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(1800)  # what could be asked next comes a little later


def shrink(path: Path) -> None:
    """Fewer colours: a picture of a page needs no more."""
    from PIL import Image

    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128).save(path, optimize=True)


@contextmanager
def served(address: str | None) -> Iterator[str]:
    """The address of a page over the sample articles."""
    if address:
        yield address
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ATTEST_INDEX": f"{folder}/index", "PYTHONUNBUFFERED": "1"}
        environment.pop("ATTEST_PORT", None)
        command = [sys.executable, str(HERE.parent / "app.py"), "--port", "0"]
        server = subprocess.Popen(  # noqa: S603 -- our own app
            command, cwd=HERE.parent, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            for line in server.stdout or ():
                if "http://" in line:
                    yield "http://" + line.split("http://")[1].split()[0]
                    break
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
