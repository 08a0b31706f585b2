"""What a web page says about its article: schema.org JSON-LD, Open Graph and other meta elements, its visible lines.

Read here and not by trafilatura, which gives a page without a date one from its address or its text, and a page without
a name of its outlet the host's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from corpus.dates import read_date
from corpus.fields import METADATA, RawArticle, read_authors, read_fields, read_language, trace
from corpus.furniture import is_copyright
from corpus.readers.page_blocks import Block
from corpus.readers.page_credits import agency_among
from corpus.readers.page_furniture import names_of
from corpus.readers.page_json import Described

FEWEST_HEADLINE_WORDS = 3  # of an h1 that is the page's headline and not the name of its section
LONGEST_DATE_LINE = 80  # characters

_META_NAMES = {
    "title": "og:title twitter:title parsely-title sailthru.title dc.title headline title",
    "url": "og:url parsely-link twitter:url",
    "outlet": "og:site_name application-name dc.publisher citation_journal_title sitename",
    "authors": "author article:author article:author_name parsely-author sailthru.author dc.creator dcsext.author byl",
    "published": "article:published_time og:article:published_time og:published_time datepublished parsely-pub-date "
    "cxenseparse:publishtime pubdate publishdate publish-date publication_date dc.date dc.date.issued dcterms.issued "
    "dcterms.created dcsext.articlefirstpublished sailthru.date date datecreated",
    "updated": "article:modified_time og:updated_time og:article:modified_time datemodified dcterms.modified "
    "dc.date.modified last-modified lastmod revised",
    "language": "inlanguage dc.language dcterms.language content-language language og:locale",
    "section": "article:section og:article:section parsely-section prism.section section category",
    "agency": "dc.source syndication-source original-source news_source source",
    "copyright": "dc.rights dcterms.rights copyright rights",
}
_META = {name: field for field, names in _META_NAMES.items() for name in names.split()}
_ITEM_PROPERTIES = {"datePublished": "published", "dateModified": "updated", "author": "authors", "headline": "title"}
_DATE_NAME = re.compile(r"(?:^|-)(?:date|time|datetime|timestamp|published?|pub-?date|posted|dateline)(?:-|$)")
_NO_SECTION = frozenset({"tag", "tags", "uncategorized", "uncategorised", "category", "home"})


class _Found:
    """What was found for each field, the surest first, and where."""

    def __init__(self) -> None:
        self._values: dict[str, list[tuple[Any, str]]] = {field: [] for field in METADATA}

    def add(self, field: str, value: object, where: str) -> None:
        if value:
            self._values[field].append((value, where))

    def all(self, field: str) -> list[Any]:
        return [value for value, _ in self._values[field]]

    def prefer(self, field: str, value: object, where: str) -> None:
        self._values[field].insert(0, (value, where))

    def sort(self, field: str, *, key: Callable[[Any, str], bool]) -> None:
        """Put what `key` is false for behind the rest."""
        self._values[field].sort(key=lambda pair: not key(*pair))

    def drop(self, field: str) -> None:
        self._values[field] = []

    def first(self, field: str) -> Any:
        return self._values[field][0][0] if self._values[field] else None

    def places(self) -> dict[str, str]:
        return {field: values[0][1] for field, values in self._values.items() if values}


def read_page_metadata(tree: Any, *, described: Sequence[Described] = (), blocks: Sequence[Block] = ()) -> RawArticle:
    """All that a page says of its article, each field None or empty where the page does not say it, with its places.

    `blocks` are the page's visible lines: of them come the headline, a date below it and a copyright line.
    """
    found = _Found()
    _add_links(found, tree)
    for article in described:
        _add_described(found, article)
    found.add("language", read_language(tree.get("lang") or tree.get("xml:lang")), "html lang")
    _add_items(found, tree)
    _add_meta(found, tree)
    _add_visible(found, tree, blocks)
    _settle(found, blocks)
    raw = RawArticle(
        text="",
        title=found.first("title") or "",
        outlet=found.first("outlet"),
        authors=found.first("authors") or (),
        published=found.first("published"),
        updated=found.first("updated"),
        url=found.first("url"),
        language=found.first("language"),
        section=found.first("section"),
        agency=found.first("agency"),
        copyright=found.first("copyright"),
    )
    return RawArticle(**{**_fields(raw), "provenance": trace(raw, found.places())})


def _fields(raw: RawArticle) -> dict[str, Any]:
    return {"text": raw.text, **{field: getattr(raw, field) for field in METADATA}}


def _add_links(found: _Found, tree: Any) -> None:
    for link in tree.iter("link"):
        address = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and _is_page(address):
            found.add("url", address, "link canonical")


def _add_described(found: _Found, article: Described) -> None:
    raw = read_fields({**article.fields, "description": ""}, where="JSON-LD")
    for field, where in raw.provenance:
        value = getattr(raw, field)
        if field == "url" and not _is_page(value):
            continue
        found.add(field, html.unescape(value) if isinstance(value, str) else tuple(map(html.unescape, value)), where)
    if not raw.updated:  # the same as the day of publication: then no other place is asked
        found.add("updated", read_date(article.fields.get("dateModified")), "JSON-LD dateModified")
    for name in read_authors(article.fields.get("sourceOrganization")):
        found.add("agency", name, "JSON-LD sourceOrganization")


def _add_meta(found: _Found, tree: Any) -> None:
    for field, name, contents in _meta(tree):
        value: object = contents[0]
        if field in {"published", "updated"}:
            value = next(filter(None, map(read_date, contents)), None)
        elif field == "language":
            value = read_language(contents[0])
        elif field == "authors":
            value = read_authors([content for content in contents if "://" not in content])
        elif field == "url" and not _is_page(contents[0]):
            value = None
        found.add(field, value, f"meta {name}")


def _meta(tree: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Field, name and contents of the meta elements that are known, in the order of `_META_NAMES`."""
    contents: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).strip()
        content = html.unescape(meta.get("content") or "").strip()
        if content and name.lower() in _META:
            contents.setdefault(name.lower(), []).append(content)
    for name, field in _META.items():
        if name in contents:
            yield field, name, contents[name]


def _add_items(found: _Found, tree: Any) -> None:
    """Microdata on visible elements: <time itemprop="datePublished" datetime="...">."""
    for element in tree.xpath("//*[@itemprop]"):
        field = _ITEM_PROPERTIES.get(element.get("itemprop").split(" ")[0])
        if field is None or element.tag == "meta":
            continue
        text = " ".join(element.text_content().split())
        value: object = text
        if field in {"published", "updated"}:
            value = read_date(element.get("datetime") or element.get("content") or text)
        elif field == "authors":
            value = read_authors(text) if len(text.split()) <= 6 else None
        found.add(field, value, f"itemprop {element.get('itemprop')}")


def _add_visible(found: _Found, tree: Any, blocks: Sequence[Block]) -> None:
    times = set(tree.xpath("//article//time/@datetime")) or set(tree.xpath("//time/@datetime"))
    if len(times) == 1:  # of several, none is known to be the article's
        found.add("published", read_date(times.pop()), "time element")
    dates = [day for block in blocks if (day := _date_line(block, language=found.first("language")))]
    if len(set(dates)) == 1:
        found.add("published", dates[0], "line with a date")
    names = [" ".join(link.text_content().split()) for link in tree.xpath("//a[@rel='author']")]
    found.add("authors", read_authors([name for name in names if len(name.split()) <= 6]), "link author")
    notices = [block.text for block in blocks if is_copyright(block.text)]
    if notices:
        found.add("copyright", notices[-1], "copyright line")
    found.add("title", " ".join((tree.findtext(".//title") or "").split()), "title element")


def _date_line(block: Block, *, language: str | None) -> str | None:
    """The date of a line that is nothing else, in an element that is named for it."""
    if len(block.text) > LONGEST_DATE_LINE:
        return None
    parents = [block.element, block.element.getparent()]
    is_named = any(_DATE_NAME.search(name) for element in parents if element is not None for name in names_of(element))
    return read_date(block.text, language=language) if is_named or block.element.tag == "time" else None


def _settle(found: _Found, blocks: Sequence[Block]) -> None:
    """Choose where the first that was found is not the best: headline, section, agency, a change that was none."""
    host = _letters(urlsplit(found.first("url") or "").netloc)
    found.sort("outlet", key=lambda name, _: bool(_letters(name)) and _letters(name) in host)
    found.sort("authors", key=lambda _, where: not where.startswith("itemprop"))  # with posts and remarks beside names
    found.sort("copyright", key=lambda _, where: "Holder" not in where)
    outlet = found.first("outlet")
    headline = _headline(blocks, declared=found.all("title"), outlet=outlet)
    if headline:
        found.prefer("title", headline, "h1")
    if (found.first("section") or "").casefold() in _NO_SECTION:
        found.drop("section")
    if not _is_later(found.first("updated"), found.first("published")):
        found.drop("updated")
    sources = [source for source in found.all("agency") if source.casefold() != (outlet or "").casefold()]
    agency = agency_among([*sources, *(name for names in found.all("authors") for name in names)], outlet=outlet)
    place = "source" if sources and agency_among(sources, outlet=outlet) else "authors"
    found.drop("agency")
    found.add("agency", agency, place)


def _headline(blocks: Sequence[Block], *, declared: Sequence[str], outlet: str | None) -> str | None:
    """The h1 that is the headline: of several the one with most of its words in a declared title."""
    headings = [
        block.text
        for block in blocks
        if block.element.tag == "h1"
        and len(block.text.split()) >= FEWEST_HEADLINE_WORDS
        and block.text.casefold() != (outlet or "").casefold()
    ]
    if len(headings) < 2:
        return headings[0] if headings else None
    likeness = {text: max((_likeness(text, title) for title in declared), default=0.0) for text in headings}
    best = max(headings, key=lambda text: likeness[text])
    return best if likeness[best] >= 0.5 else None


def _likeness(text: str, title: str) -> float:
    words, others = (set(re.findall(r"\w+", line.casefold())) for line in (text, title))
    return len(words & others) / max(1, min(len(words), len(others)))


def _letters(name: str) -> str:
    return re.sub(r"\W+", "", re.sub(r"^the ", "", name.casefold()))


def _is_later(updated: str | None, published: str | None) -> bool:
    """Whether a change is one: after the publication, as far as their zones let them be compared."""
    if not updated or not published:
        return bool(updated)
    moments = [datetime.fromisoformat(value) for value in (updated, published)]
    if any(moment.tzinfo is None for moment in moments):
        moments = [moment.replace(tzinfo=None) for moment in moments]
    return moments[0] > moments[1]


def _is_page(address: str) -> bool:
    """Whether an address is absolute and that of a page below a site's front page."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and (len(parts.path) > 1 or bool(parts.query))
