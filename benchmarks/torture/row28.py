"""Privacy: neither the server nor the page in the browser speaks to anything but this machine."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from benchmarks.torture.result import Result, not_run
from benchmarks.torture.site import browsing, serving

THREAT, TARGET = "telemetry and CDNs", "0 connections or look-ups beyond this machine, the server's start included"
_OURS = re.compile(r"127\.0\.0\.1|localhost|::1|0\.0\.0\.0|\bNone\b")
ARTICLES = {
    "well": "Outlet: Orla Post\nDate: 2026-02-05\n\nWell rises\n\nThe well rose by nine metres, said Tilda Korn.\n"
}


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- one session is all there is
    """Start a server under an audit hook, use every tab in Chromium, and read what both connected to."""
    asked: list[str] = []
    try:
        with TemporaryDirectory() as place:
            audit = Path(place, "audit.log")
            options = ("--allow-upload",)
            folder = Path(place, "site")
            with serving(folder, articles=ARTICLES, options=options, audit=audit) as site, browsing() as context:
                page = context.new_page()
                page.on("request", lambda request: asked.append(request.url))
                page.goto(site.address)
                page.locator("#question textarea").wait_for()
                page.fill("#question textarea", "How much did the well rise?")
                page.press("#question textarea", "Enter")
                page.locator("#turn-0 .actions").wait_for()
                for tab in ("Claims", "Parties", "Add articles"):
                    page.get_by_role("tab", name=tab).click()
                    page.wait_for_timeout(1000)
            connected = audit.read_text(encoding="utf-8").splitlines()
    except (ImportError, FileNotFoundError) as error:
        return not_run(28, threat=THREAT, target=TARGET, reason=str(error))
    beyond = [line for line in connected if not _OURS.search(line)]
    foreign = [url for url in asked if urlsplit(url).hostname not in {"127.0.0.1", None}]
    return Result(
        row=28,
        threat=THREAT,
        target=TARGET,
        measured=f"{len(beyond)} of the server's {len(connected)} connections and look-ups, {len(foreign)} of the "
        f"browser's {len(asked)} requests went beyond this machine",
        ok=not beyond and not foreign and bool(connected) and len(asked) > 3,
        detail="; ".join([*beyond, *foreign][:5]),
    )
