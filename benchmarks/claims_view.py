"""How quick the tab of claims is with very many of them: python -m benchmarks.claims_view [--claims N].

The index is made up: names, outlets and sentences drawn from word lists by a seed. Measured in a real browser, from the
key or click to the new rows on the screen, opening a list included; and how long the page's own thread stood still.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from benchmarks.page import ARGUMENTS, CHROMIUM, served
from corpus.types import Article, Span
from rag.assistant import Assistant
from rag.settings import load_settings
from rag.store.entries import Entry
from rag.types import Claim, Party, Stance

if TYPE_CHECKING:
    from playwright.sync_api import Page

OF_AN_ARTICLE = 46
AT_ONCE = 100
OUTLETS = tuple(f"{place} {kind}" for place in ("Orla", "Lantern", "Harbour", "Upland") for kind in ("Post", "Courier"))
FIRST = "Ana Piet Olga Tilda Marek Ines Jonas Vera Silke Anton Nadia Rolf".split()
LAST = "Ruiz Sommer Brandt Korn Halden Voss Lindqvist Okoro Farrow Tamm Belka Quist Moor Idris Stahl".split()
WORDS = (
    "the dam ferry council harbour budget school winter bridge report mayor storm company wages river market station "
    "would could was had not again before after because under over new old closed opened safe late early"
).split()
STANCES: tuple[Stance, ...] = get_args(Stance)
LISTS = {"oldest": "Oldest first", "party": "Party", "outlet": "Outlet", "stance": "Stance", "surest": "Surest label"}
ROWS = "#claims-table .claims-table"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        index = f"{folder}/index"
        make(index, number=args.claims, seed=args.seed)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with served(index) as address:
            page = browser.new_page(viewport={"width": 1366, "height": 820})
            page.set_default_timeout(120_000)
            page.goto(address)
            page.locator("#question textarea").wait_for()
            page.evaluate(
                "window.still = [0]; new PerformanceObserver(list => window.still.push(...list.getEntries()"
                ".map(one => one.duration))).observe({type: 'longtask'})"
            )
            measure(page)
        browser.close()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def measure(page: Page) -> None:
    """Each step once, in the order in which a reader may take them."""

    def step(name: str, act: Callable[[], None]) -> None:
        page.evaluate(f"document.querySelector('{ROWS}')?.setAttribute('data-old', '')")
        start = time.perf_counter()
        act()
        page.locator(f"{ROWS}:not([data-old])").wait_for()
        print(f"{name:36} {time.perf_counter() - start:6.2f} s", flush=True)

    def order(label: str) -> None:
        page.locator("#claims-order input").click()
        page.get_by_role("option", name=label).click()

    def typed(box: str, text: str) -> None:
        page.fill(f"#{box} input, #{box} textarea", text)
        page.press(f"#{box} input, #{box} textarea", "Enter")

    step("the tab opened, first 50 rows", page.get_by_role("tab", name="Claims").click)
    step("next 50", page.locator("#claims-on").click)
    for name, label in LISTS.items():
        step(f"order: {name}", lambda label=label: order(label))  # type: ignore[misc]
    step("words in the claim", lambda: typed("claims-text", "harbour budget"))
    step("any words again", lambda: typed("claims-text", ""))
    step("party", lambda: typed("claims-party", "Tilda Korn"))
    step("any party again", lambda: typed("claims-party", ""))
    print(f"{'longest the page stood still':36} {page.evaluate('Math.max(...window.still)'):6.0f} ms")
    page.evaluate("window.still = [0]")
    start = time.perf_counter()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    size = Path(download.value.path()).stat().st_size
    print(f"{f'exported as CSV, {size / 1e6:.0f} MB':36} {time.perf_counter() - start:6.2f} s")
    print(f"{'longest it stood still meanwhile':36} {page.evaluate('Math.max(...window.still)'):6.0f} ms")


def make(index: str, *, number: int, seed: int) -> None:
    """An index of made-up articles with so many claims, which has no search indexes: the tab needs none."""
    assistant = Assistant.open(load_settings(index=index))
    chance = random.Random(seed)  # noqa: S311 -- no secret
    entries = articles_of(chance, number=number)
    while some := list(islice(entries, AT_ONCE)):
        assistant.ledger.write(some, path="made-up")
    found = assistant.ledger.scope()
    print(f"{found.articles:,} articles, {number:,} claims")


def articles_of(chance: random.Random, *, number: int) -> Iterator[Entry]:
    """Articles of one sentence after the other, each with its speaker, until there are enough claims."""
    for i in count():
        left = number - i * OF_AN_ARTICLE
        if left <= 0:
            return
        yield article_of(f"made-up-{i}", chance, claims=min(left, OF_AN_ARTICLE))


def article_of(id_: str, chance: random.Random, *, claims: int) -> Entry:
    text, made = "", []
    day = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
    for number in range(claims):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        said = " ".join(chance.choices(WORDS, k=chance.randint(6, 30)))
        source = Span(len(text), len(text) + len(name))
        cue = Span(source.end + 1, source.end + 5)
        content = Span(cue.end + 1, cue.end + 1 + len(said))
        text += f"{name} said {said}.\n"
        made.append(
            Claim(
                id=f"{id_}-{number}",
                text=said,
                party=Party(id=name.replace(" ", "-").lower(), name=name, kind="person"),
                voice="party",
                stance=chance.choice(STANCES),
                via=(),
                quote_type="indirect",
                source=(source,),
                cue=(cue,),
                content=(content,),
                article=id_,
                confidence=chance.random(),
            )
        )
    article = Article(
        id=id_, title=f"Made up {id_}", text=text, outlet=chance.choice(OUTLETS), published=day.isoformat()
    )
    return Entry(article=article, digest=id_, passages=(), claims=tuple(made), units=())


if __name__ == "__main__":
    main()
