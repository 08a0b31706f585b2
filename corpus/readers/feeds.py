"""RSS 0.9x, 1.0 and 2.0 and Atom, by feedparser: one article an entry, whole or as the summary that a feed gives."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus.dates import read_date
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, read_authors, read_language, trace
from corpus.readers.faults import said
from corpus.readers.mail_date import read_mail_date
from corpus.readers.markup import fragment_text, html_text
from corpus.readers.xml_tree import without_declaration
from corpus.types import Problem

FULL_TEXT = frozenset({"http://purl.org/rss/1.0/modules/content/", "http://www.w3.org/1999/xhtml"})

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESS = re.compile(r"[<(]?[^\s<>()@]+@[^\s<>()@]+[>)]?")
_STARTS = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>/]")
_ENDS = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>|<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?/>")


def read_feed(text: str, *, path: str) -> Iterator[RawArticle | Problem]:
    """The entries of a feed. Where it breaks off or cannot be read to its end, a last `Problem` says so.

    Raises UnreadableFile where it has none.
    """
    import feedparser

    text = without_declaration(text)
    try:
        # as a stream: a string would be opened where it looks like an address or a file's name
        data = io.BytesIO(text.encode("utf-8"))
        # markup is turned to text here, its links are not kept
        feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise
    except Exception as error:  # whatever a broken feed does to the parser is about the feed
        raise UnreadableFile(f"not a feed that can be read: {said(error)}") from error
    fault = said(feed.bozo_exception) if feed.bozo else ""
    if not feed.entries:
        raise UnreadableFile(f"a feed without entries{': ' if fault else ''}{fault}")
    is_cut = fault and len(_STARTS.findall(text)) > len(_ENDS.findall(text))
    entries = feed.entries[:-1] if is_cut else feed.entries
    addresses: set[str] = set()
    for number, entry in enumerate(entries, 1):
        raw = _read_entry(entry, feed=feed)
        if not raw.text.strip():
            where = f"; fetch its page, {raw.url}" if raw.url else ""
            yield Problem(path=path, record=number, reason=f"an entry of a feed without text{where}")
            continue
        if raw.url in addresses:  # an address of its own for each, lest one replaces the other
            raw = replace(raw, id=f"{raw.url}#{raw.id or number}")
        addresses.add(raw.url or "")
        yield replace(raw, path=path, record=number)
    if is_cut:
        yield Problem(path=path, record=len(feed.entries), reason="the feed breaks off in this entry: fetch it again")
    elif fault and (missing := len(_STARTS.findall(text)) - len(entries)) > 0:
        yield Problem(path=path, reason=f"{missing} of its entries could not be read: not well-formed XML, {fault}")


def _read_entry(entry: dict[str, Any], *, feed: Any) -> RawArticle:
    is_atom = str(feed.version).startswith("atom")
    text, is_summary = _read_text(entry, feed=feed)
    published, updated, place = _read_days(entry, is_atom=is_atom)
    outlet, outlet_place = _first(
        ("source/title", _plain(entry.get("source", {}), "title")),
        ("dc:publisher", _name(feed.feed.get("publisher", ""))),
        ("feed/title" if is_atom else "channel/title", _plain(feed.feed, "title")),
    )
    authors, authors_place = _read_names(entry), "author"
    if is_atom and not authors:  # RFC 4287, 4.2.1: the feed's authors are those of entries that name none
        authors, authors_place = _read_names(feed.feed), "feed/author"
    rights, rights_place = _first(("rights", _plain(entry, "rights")), ("feed/rights", _plain(feed.feed, "rights")))
    url = str(entry.get("link", ""))
    is_address = url.startswith(("http://", "https://"))
    contents = [*entry.get("content", []), entry.get("title_detail", {}), {"language": feed.feed.get("language")}]
    terms = {tag.get("label") or tag.get("term") for tag in entry.get("tags", [])} - {None, ""}
    identifier = str(entry.get("id", ""))
    raw = RawArticle(
        text=text,
        title=_plain(entry, "title"),
        outlet=outlet,
        authors=authors,
        published=published,
        updated=updated,
        url=url if is_address else None,
        language=next((tag for content in contents if (tag := read_language(content.get("language")))), None),
        section=terms.pop() if len(terms) == 1 else None,  # of several, most are keywords
        copyright=rights,
        is_summary=is_summary,
        id=identifier if not is_address and ":" in identifier else None,  # "12" names an entry in many feeds
    )
    places = {
        "title": "title", "outlet": outlet_place, "authors": authors_place, "published": place, "updated": "updated",
        "url": "link", "language": "xml:lang" if is_atom else "language", "section": "category",
        "copyright": rights_place,
    }  # fmt: skip
    kind = "Atom" if is_atom else "RSS"
    return replace(raw, provenance=trace(raw, {field: f"{kind} {place}" for field, place in places.items()}))


def _read_days(entry: dict[str, Any], *, is_atom: bool) -> tuple[str | None, str | None, str]:
    """When an entry was published and updated, and the place of the first. In RSS, dc:date is the former."""
    published, updated = (_read_day(dict.get(entry, name)) for name in ("published", "updated"))
    if is_atom or published:
        return published, updated if updated != published else None, "published" if is_atom else "pubDate"
    return updated, None, "dc:date"


def _read_text(entry: dict[str, Any], *, feed: Any) -> tuple[str, bool]:
    """The longest text of an entry, and whether that is but its summary.

    feedparser also calls content what is a second description.
    """
    contents = [content for content in entry.get("content", []) if content.get("value")]
    if not str(feed.version).startswith("atom"):
        has_module = not FULL_TEXT.isdisjoint(feed.namespaces.values())
        contents = [content for content in contents if has_module and content.get("type") in _HTML]
    if contents:
        return max(map(_to_text, contents), key=len), False
    detail = entry.get("summary_detail") or {"value": entry.get("summary", ""), "type": "text/html"}
    return _to_text(detail), True


def _to_text(detail: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "")
    return html_text(value) if detail.get("type") in _HTML else fragment_text(value)


def _plain(fields: Mapping[str, Any], name: str) -> str:
    detail = fields.get(f"{name}_detail") or {"value": fields.get(name, "")}
    return " ".join(_to_text(detail).split())


def _read_names(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of authors. Those with an address are taken from the whole line: feedparser cuts long domains."""
    authors = [author for author in fields.get("authors", []) if author.get("name") and not author.get("email")]
    lines = [author["name"] for author in authors] or [fields.get("author", "")]
    return read_authors([name for line in lines if (name := _name(line))])


def _name(line: str) -> str:
    return _ADDRESS.sub("", line).strip().removeprefix("(").removesuffix(")").strip()


def _read_day(value: object) -> str | None:
    return read_date(value) or read_mail_date(value)


def _first(*found: tuple[str, str]) -> tuple[str | None, str]:
    """The first value that is not empty, and its place."""
    return next(((value, place) for place, value in found if value), (None, ""))
