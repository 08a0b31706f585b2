"""HTML to a tree, with all its text or with an error: nothing that a parser drops is lost in silence."""

from __future__ import annotations

import re
from typing import Any

from corpus.errors import UnreadableFile
from corpus.limits import limits_in_force, over_limit
from corpus.readers.markup import HIDDEN, count_visible

SHARE_LOST = 0.5  # of the visible text: a parse that keeps less than this is no parse
FEWEST_VISIBLE = 500  # characters: below, shares say nothing

_END_OF_PAGE = re.compile(r"</(?:body|html)\b[^<>]{0,200}>", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(?:!doctype|html|head|body|p|div|article|h1|span|br)\b", re.IGNORECASE)


def parse_page(page: str) -> Any:
    """The tree of a page. Raises UnreadableFile where the page is no HTML, or where not all of it could be parsed.

    lxml by itself stops without a word at 256 elements inside one another and at 10 MB of text in one; under the option
    that lifts both, it says so at 2,048.
    """
    from lxml.etree import ErrorLevels, LxmlError
    from lxml.html import HTMLParser, document_fromstring

    if not page.strip():
        raise UnreadableFile("no articles in it: it is empty")
    if not _HTML_TAG.search(page):
        raise UnreadableFile("not HTML: nothing in it could be parsed")
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    # XHTML closed at once, <html ... />, would be an empty page
    page = re.sub(r"(<html[^<>]{0,2000}?)/\s*>", r"\1>", page, count=1, flags=re.IGNORECASE)
    # lxml drops what stands behind </html>; a browser shows it, as a part of the body
    page = _END_OF_PAGE.sub("", page)
    try:
        tree = document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFile(f"not HTML that can be read: {str(error)[:100] or type(error).__name__}") from error
    for entry in parser.error_log:
        if entry.level >= ErrorLevels.FATAL:
            what = "nested too deep" if "depth" in entry.message else entry.message.strip()[:80]
            raise UnreadableFile(f"only a part of it could be parsed ({what}): save the page as text")
    depth, parsed = _measure(tree)
    if depth > limits_in_force().html_depth:
        raise over_limit(f"elements are nested {depth:,} deep: save the page as text", limit="html_depth")
    visible = count_visible(page)
    if visible >= FEWEST_VISIBLE and parsed < SHARE_LOST * visible:
        raise UnreadableFile(f"only {parsed} of {visible} visible letters could be parsed: save the page as text")
    return tree


def _measure(tree: Any) -> tuple[int, int]:
    """How deep a tree is, and how many letters (characters but white space) it shows."""
    from lxml.etree import iterwalk

    depth = deepest = letters = 0
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            depth += 1
            deepest = max(deepest, depth)
            if element.tag in HIDDEN:
                walk.skip_subtree()
            else:
                letters += _letters(element.text)
        else:
            depth -= 1
            letters += _letters(element.tail)
    return deepest, letters


def _letters(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0
