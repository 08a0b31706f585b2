"""ninjs, the IPTC's news in JSON (1.x, 2.x and 3.x), recognised by its shape: files rarely say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus.dates import read_date
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, read_language, trace
from corpus.readers.bylines import read_credits
from corpus.readers.markup import fragment_text, html_text
from corpus.readers.newsml import why_no_article
from corpus.readers.nitf import read_nitf
from corpus.readers.xml_tree import parse_xml

# 3.0 writes versionCreated where 1.x and 2.x write versioncreated: names are compared in small letters
_SIGNS = frozenset({"versioncreated", "renditions", "eventdetails", "representationtype", "pubstatus"})
_VALUES = frozenset({"headlines", "bodies", "descriptions"})  # 2.x and later: lists of objects with a value
_VARIANT = re.compile(r"(?:body|description|headline)_\w+")  # 1.x: body_text, body_xhtml
_HTML = re.compile(r"html", re.IGNORECASE)


def is_ninjs(record: object) -> bool:
    """Whether a record is a ninjs item: it has a URI and what only ninjs has."""
    if not isinstance(record, Mapping):
        return False
    fields = {str(key).lower(): value for key, value in record.items()}
    if not isinstance(fields.get("uri"), str):
        return False
    is_new = any(_has_values(fields.get(name)) for name in _VALUES)
    return is_new or not _SIGNS.isdisjoint(fields) or any(map(_VARIANT.fullmatch, fields))


def read_ninjs(record: Mapping[str, Any]) -> RawArticle:
    """The article in a ninjs item. Raises UnreadableFile, with what it is instead, where it holds none.

    Where it has no body, its description stands for it and `is_summary` is set.
    """
    item = {str(key).lower(): value for key, value in record.items()}
    kind = str(item.get("type") or ("event" if "eventdetails" in item else "")).lower()
    if reason := why_no_article(kind, status=str(item.get("pubstatus", "")).lower()):
        raise UnreadableFile(reason)
    content = _read_body(item)
    if not content.text:
        content = RawArticle(text=_read_description(item), is_summary=True)
    if not content.text:
        associated = f"; its {len(item['associations'])} associations were not read" if item.get("associations") else ""
        raise UnreadableFile(f"a ninjs item without text{associated}")
    return _with_metadata(item, content=content)


def _with_metadata(item: Mapping[str, Any], *, content: RawArticle) -> RawArticle:
    holder, language = _text(item.get("copyrightholder")), read_language(item.get("language"))
    sources = _names(item.get("infosources") or item.get("infosource"))
    authors, agency = read_credits(
        _text(item.get("by") or item.get("byline")), language=language, organisations=[holder, *sources]
    )
    credits = [value for role, value in _variants(item, "descriptions") if role == "creditline"]
    published, published_place = _first_day(item, ("firstcreated", "contentcreated"))
    updated, _ = _first_day(item, ("versioncreated",))
    if not published and not content.published:  # all that is known is when this version was sent
        published, published_place = updated, "versioncreated"
    headlines = sorted(_variants(item, "headlines"), key=lambda variant: variant[0] not in {"", "main"})
    title = next((value for _, value in headlines), "")
    uri = _text(item.get("uri"))
    raw = RawArticle(
        text=content.text,
        title=" ".join((title or _text(item.get("title")) or content.title).split()),
        outlet=holder or None,
        authors=authors or content.authors,
        published=published or content.published,
        updated=updated if updated != (published or content.published) else None,
        url=uri if uri.startswith(("http://", "https://")) else None,
        language=language or content.language,
        agency=next(iter(credits), "") or "/".join(sources) or agency or content.agency,
        copyright=_text(item.get("copyrightnotice")) or holder or None,
        is_summary=content.is_summary or str(item.get("representationtype", "")).lower() in {"incomplete", "partial"},
        id=uri or None,
    )
    title_place = "title" if not title else "headlines" if item.get("headlines") else "headline"
    places = {
        "title": title_place, "outlet": "copyrightholder", "authors": "by" if authors else "",
        "published": published_place, "updated": "versioncreated", "url": "uri", "language": "language",
        "agency": "creditline" if credits else "infosources" if sources else "by" if agency else "",
        "copyright": "copyrightnotice" if _text(item.get("copyrightnotice")) else "copyrightholder",
    }  # fmt: skip
    found = {field: f"ninjs {place}" for field, place in places.items() if place}
    return replace(raw, provenance=trace(raw, dict(content.provenance) | found))


def _read_body(item: Mapping[str, Any]) -> RawArticle:
    """The richest of an item's bodies, which all say the same: HTML, NITF, plain text."""
    bodies = list(_bodies(item))
    for kind, value in bodies:
        if _HTML.search(kind) and (text := html_text(value).strip()):
            return RawArticle(text=text)
    for kind, value in bodies:
        if "nitf" in kind and value.lstrip().startswith("<"):
            raw = read_nitf(parse_xml(value))
            if raw.text:
                return raw
    for kind, value in bodies:
        if not value.lstrip().startswith("<?xml") and "xml" not in kind and (text := fragment_text(value).strip()):
            return RawArticle(text=text)
    return RawArticle(text="")


def _bodies(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The bodies of an item, each with its role and type of content, in small letters."""
    for name, value in item.items():
        if name.startswith("body_") and isinstance(value, str):
            yield name.removeprefix("body_"), value
    for body in _objects(item.get("bodies")):
        kind = " ".join(str(value) for key, value in body.items() if key.lower() in {"role", "contenttype"})
        if isinstance(value := body.get("value"), str):
            yield kind.lower(), value


def _read_description(item: Mapping[str, Any]) -> str:
    values = [
        value
        for role, value in _variants(item, "descriptions")
        if role in {"", "text", "xhtml", "html", "lead", "summary"}
    ]
    return fragment_text(values[0]).strip() if values else ""


def _variants(item: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """The headlines or descriptions of an item, each with its role."""
    single = name.removesuffix("s")
    for key, value in item.items():
        if (key == single or key.startswith(f"{single}_")) and (text := _text(value)):
            yield key.removeprefix(single).removeprefix("_"), text
    for variant in _objects(item.get(name)):
        if text := _text(variant.get("value")):
            yield _text(variant.get("role")).lower(), text


def _has_values(value: object) -> bool:
    return any(isinstance(item.get("value"), str) for item in _objects(value))


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _names(value: object) -> list[str]:
    return [name for item in _objects(value) if (name := _text(item.get("name")))]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _first_day(item: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, str]:
    return next(((day, name) for name in names if (day := read_date(item.get(name)))), (None, ""))
