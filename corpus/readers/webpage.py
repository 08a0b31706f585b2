"""Web pages: the article's body by `page_body`, what the page says about it by `page_metadata` and `page_json`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, trace
from corpus.limits import limits_in_force
from corpus.readers.opening import decode, read_bytes
from corpus.readers.page_json import Described

FEWEST_WORDS = 50  # of a body without a single sentence, such as a list of winners
SHARE_WHOLE = 0.5  # of the text that the page has elsewhere: a body with less is a part of the article
SHARE_OF_COUNT = 0.5  # of the words that a page for subscribers counts: a body with less is its beginning

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S{1,2000}) -->")  # as browsers mark what they save
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*\s*\Z")
_TEMPLATE_TYPES = re.compile(r"text/(?:html|template|x-[\w-]*template|x-handlebars|ng-template|plain)", re.IGNORECASE)


def read_webpage(path: Path) -> Iterator[RawArticle]:
    """The article of an HTML page. Raises UnreadableFile where it has none, or where some of its text was lost."""
    data = read_bytes(path, limit=limits_in_force().page_bytes)
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared=declared[1].decode() if declared else None).replace("\0", "")
    yield replace(read_page(page), path=str(path))


def read_page(page: str) -> RawArticle:
    """The article of a page. Raises UnreadableFile as `read_webpage` does."""
    from corpus.readers.page_blocks import read_blocks
    from corpus.readers.page_json import read_described
    from corpus.readers.page_metadata import read_page_metadata
    from corpus.readers.page_tree import parse_page

    tree = parse_page(page)
    try:
        described = read_described(tree)
        raw = read_page_metadata(tree, described=described, blocks=list(read_blocks(tree)))
        paragraphs = _read_whole_body(tree, raw, described)
    except Exception as error:  # whatever a broken page does to the parsers is about the page
        raise UnreadableFile(f"not HTML that can be read: {str(error)[:100] or type(error).__name__}") from error
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if words < FEWEST_WORDS and not any(map(_SENTENCE_END.search, paragraphs)):  # nothing, or the words of a menu
        raise UnreadableFile("a page without an article: no body text was found in it")
    raw = _with_printed_credit(raw, paragraphs)
    if raw.url is None and (saved := _SAVED_FROM.search(page[:5000])):
        raw = _with(raw, url=saved[1], where="saved from")
    is_cut = any(not article.is_open and words < SHARE_OF_COUNT * article.word_count for article in described)
    return replace(raw, text="\n\n".join(paragraphs), title=_without_outlet(raw), is_summary=is_cut)


def _read_whole_body(tree: Any, raw: RawArticle, described: Sequence[Described]) -> list[str]:
    """The body that the page shows; what it keeps in JSON-LD or in templates where that is far more."""
    from corpus.readers.page_body import read_body

    description = next((str(text) for article in described if (text := article.fields.get("description"))), "")
    description = description or next(iter(tree.xpath("//meta[@name='description']/@content")), "")
    shown = read_body(tree, title=raw.title, authors=raw.authors, description=description)
    others = [list(article.body) for article in described[:1]]
    if (template := _largest_template(tree)) is not None and _letters([template.text_content()]) > _letters(shown):
        others.append(read_body(template, title=raw.title, authors=raw.authors))
    most = max(others, key=_letters, default=[])
    return most if _letters(shown) < SHARE_WHOLE * _letters(most) else shown


def _largest_template(tree: Any) -> Any:
    """The noscript, template or script element with the most markup for the page to show later, as a tree."""
    from lxml.html import HTMLParser, document_fromstring, tostring

    texts = [tostring(element, encoding="unicode") for element in tree.iter("noscript", "template")]
    texts += [
        script.text
        for script in tree.iter("script")
        if script.text and _TEMPLATE_TYPES.fullmatch(script.get("type") or "")
    ]
    longest = max(texts, key=len, default="")
    longest = re.sub(r"</?(?:noscript|template)\b[^>]*>", "", longest)
    if not re.search(r"<\w", longest):
        return None
    return document_fromstring(f"<html><body><div>{longest}</div></body></html>", parser=HTMLParser(huge_tree=True))


def _with_printed_credit(raw: RawArticle, paragraphs: Sequence[str]) -> RawArticle:
    """The article with the agency that its text names: what is printed there goes before what the page declares."""
    from corpus.readers.page_credits import read_dateline, read_signature

    for credit, where in ((read_dateline(paragraphs), "dateline"), (read_signature(paragraphs), "end of the text")):
        if credit:
            return _with(raw, agency=credit, where=where)
    return raw


def _with(raw: RawArticle, *, where: str, agency: str | None = None, url: str | None = None) -> RawArticle:
    """The article with an agency or an address that was found elsewhere."""
    raw = replace(raw, agency=agency or raw.agency, url=url or raw.url)
    found = "agency" if agency else "url"
    return replace(raw, provenance=trace(raw, {**dict(raw.provenance), found: where}))


def _letters(paragraphs: Sequence[str]) -> int:
    return sum(len(word) for paragraph in paragraphs for word in paragraph.split())


def _without_outlet(raw: RawArticle) -> str:
    """The title without the outlet's name behind it."""
    if not raw.outlet:
        return raw.title
    return re.sub(rf"\s+[|–—-]\s+{re.escape(raw.outlet)}\s*\Z", "", raw.title, flags=re.IGNORECASE)
