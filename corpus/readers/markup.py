"""The text that markup shows, at any depth and in one pass.

lxml drops what is nested over 256 deep without a word, and the standard library's HTML parser takes quadratic time on
tags that are never closed; so neither can say how much text a page holds.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre section article main header table caption tr td th "
    "figure figcaption hl2 block br hr".split()
)
_PICTURES = frozenset("img picture video audio svg iframe".split())
_RAW = frozenset({"script", "style", "template", "noscript", "title", "textarea", "svg"})
_ASIDE = frozenset("nav footer aside form iframe select button".split())

_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_REST = re.compile(r"""(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")
_LONGEST_TAG = 20_000  # characters
_MOST_BROKEN = 1_000  # tags; with more, quotation marks in tags are not trusted
_LOOKS_LIKE_MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|a|em|strong|span|hl2|block)\b[^<>]*>", re.IGNORECASE
)

HIDDEN = _RAW | _ASIDE | {"head"}


def fragment_text(text: str) -> str:
    """The text of an HTML fragment, its blocks as paragraphs; text without markup as it is."""
    return html_text(text) if _LOOKS_LIKE_MARKUP.search(text) else text


def html_text(text: str) -> str:
    """The text of what is known to be HTML, its blocks as paragraphs, without its pictures and their captions."""
    pieces = []
    for tag, piece in _without_pictures(list(_pieces(text))):
        name = tag.removeprefix("/")
        if name in _BLOCKS:
            pieces.append("\n" if name == "br" else "\n\n")
        pieces.append(" ".join(re.split(r"[^\S\u00a0]+", piece)))
    return re.sub(r"\n[\n ]*\n *", "\n\n", "".join(pieces)).strip(" \n")


def _without_pictures(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """All but the figures that show something; a figure that is never closed may hold the article, and stays."""
    kept: list[tuple[str, str]] = []
    start, shows = None, False
    for tag, piece in pieces:
        if tag == "figure":
            start, shows = len(kept), False
        shows = shows or tag in _PICTURES
        kept.append((tag, piece))
        if tag == "/figure" and start is not None and shows:
            kept[start:] = [("/figure", piece)]
        if tag == "/figure":
            start = None
    return kept


def count_visible(page: str) -> int:
    """How many letters (characters but white space) a page shows outside its menus, forms and scripts."""
    inside: Counter[str] = Counter()
    count = 0
    for tag, piece in _pieces(page):
        name = tag.removeprefix("/")
        if name in _ASIDE:
            inside[name] = max(0, inside[name] + (-1 if tag.startswith("/") else 1))
        if not inside.total():
            count += sum(map(len, piece.split()))
    return count


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """The tags of a page, in small letters and with / where they close, each with the text up to the next tag."""
    tag, at, text = "", 0, [""]
    broken = 0
    while (start := page.find("<", at)) >= 0:
        text.append(page[at:start])
        found = _NAME.match(page, start)
        if found:
            rest = _REST.match(page, found.end(), start + _LONGEST_TAG) if broken < _MOST_BROKEN else None
            broken += rest is None
            at = rest.end() if rest else _after(page, ">", found.end())
            yield tag, html.unescape("".join(text))
            tag, text = found[1] + found[2].lower(), []
            if tag in _RAW:
                closing = re.compile(f"</{tag}", re.IGNORECASE).search(page, at)
                at = closing.start() if closing else len(page)
        elif page.startswith("<!--", start):
            at = _after(page, "-->", start)
        elif page.startswith(("<!", "<?", "</"), start):
            at = _after(page, ">", start)
        else:
            text.append("<")
            at = start + 1
    yield tag, html.unescape("".join([*text, page[at:]]))


def _after(page: str, mark: str, at: int) -> int:
    end = page.find(mark, at)
    return end + len(mark) if end >= 0 else len(page)
