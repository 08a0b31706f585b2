"""Web pages: the article's body by trafilatura (Barbaresi 2021, ACL demo), its metadata by `page_metadata`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.readers.markup import HIDDEN, count_visible
from corpus.readers.opening import decode, read_bytes

LARGEST_PAGE = 20_000_000  # bytes
SHARE_LOST = 0.5  # of the visible text: a parse that keeps less than this is no parse
FEWEST_WORDS = 50  # of a body without a single sentence, such as a list of winners
FEWEST_VISIBLE = 500  # characters: below, shares say nothing

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*\s*\Z")


def read_webpage(path: Path) -> Iterator[RawArticle]:
    """The article of an HTML page. Raises UnreadableFile where it has none, or where most of its text was lost."""
    from trafilatura import bare_extraction, load_html

    from corpus.readers.page_metadata import read_page_metadata

    data = read_bytes(path, limit=LARGEST_PAGE)
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared=declared[1].decode() if declared else None).replace("\0", "")
    try:
        tree = load_html(page)
        document = bare_extraction(page, include_comments=False, include_tables=False, with_metadata=False)
        visible, parsed = count_visible(page), 0 if tree is None else _parsed_letters(tree)
    except Exception as error:  # whatever a broken page does to the parsers is about the page
        raise UnreadableFile(f"not HTML that can be read: {str(error)[:100] or type(error).__name__}") from error
    if tree is None:
        raise UnreadableFile("not HTML: nothing in it could be parsed")
    if visible >= FEWEST_VISIBLE and parsed < SHARE_LOST * visible:
        raise UnreadableFile(
            f"only {parsed} of {visible} visible letters could be parsed (nested too deep?): save the page as text"
        )
    text = getattr(document, "text", None) or ""
    has_sentence = any(map(_SENTENCE_END.search, text.splitlines()))
    if not has_sentence and len(text.split()) < FEWEST_WORDS:  # nothing, or the words of a menu
        raise UnreadableFile("a page without an article: no body text was found in it")
    raw = read_page_metadata(tree)
    yield replace(raw, text=text.replace("\n", "\n\n"), title=_without_outlet(raw), path=str(path))


def _parsed_letters(element: Any) -> int:
    inside = 0
    if isinstance(element.tag, str) and element.tag not in HIDDEN:
        inside = _letters(element.text or "") + sum(map(_parsed_letters, element))
    return inside + _letters(element.tail or "")


def _letters(text: str) -> int:
    return sum(map(len, text.split()))


def _without_outlet(raw: RawArticle) -> str:
    """The title without the outlet's name behind it."""
    if not raw.outlet:
        return raw.title
    return re.sub(rf"\s+[|–—-]\s+{re.escape(raw.outlet)}\s*\Z", "", raw.title, flags=re.IGNORECASE)
