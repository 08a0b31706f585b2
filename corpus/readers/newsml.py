"""NewsML-G2, the IPTC's exchange format: news items, alone or in a message, with NITF, XHTML or plain text in them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from corpus.dates import read_date
from corpus.errors import UnreadableFile
from corpus.fields import METADATA, RawArticle, read_language, trace
from corpus.readers.bylines import read_credits
from corpus.readers.markup import fragment_text
from corpus.readers.nitf import read_nitf
from corpus.readers.xml_tree import find_all, find_attribute, find_text, language_of, local_name, text_of
from corpus.types import Problem

# IPTC NewsCodes, scheme ninature: what an item is, where it is no text
MEDIA = {
    "picture": "a picture", "graphic": "a graphic", "video": "a video", "audio": "a sound recording",
    "animated": "an animation", "icon": "an icon", "event": "an event",
}  # fmt: skip
# scheme stat
WITHDRAWN = {"canceled": "was cancelled by its provider", "withheld": "is withheld by its provider"}
ITEMS = {
    "packageItem": "a package, which lists items and holds no text", "conceptItem": "a concept, no article",
    "knowledgeItem": "a list of concepts, no article", "planningItem": "a plan for coverage, no article",
    "catalogItem": "a catalogue of schemes, no article",
}  # fmt: skip

PUBLISHED = ("itemMeta/firstCreated", "contentMeta/contentCreated")
VERSION = ("itemMeta/versionCreated",)
UPDATED = ("contentMeta/contentModified", *VERSION)

_PROSE = frozenset({"html", "body", "p", "div", "article", "section"})
_NOT_TEXT = frozenset({"head", "script", "style", "figure", "media"})


def read_newsml(root: Any, *, path: str) -> Iterator[RawArticle | Problem]:
    """The articles of a NewsML-G2 document, and a `Problem` for each item that is none."""
    items = [item for item in root.iter() if local_name(item) == "newsItem" or local_name(item) in ITEMS]
    if any(local_name(item) == "newsItem" for item in items):  # a package beside its items says nothing more
        items = [item for item in items if local_name(item) == "newsItem"]
    if not items:
        yield _read_fragment(root, path=path)
        return
    for number, item in enumerate(items, 1):
        record = number if len(items) > 1 else None
        try:
            yield replace(read_news_item(item), path=path, record=record)
        except UnreadableFile as error:
            yield Problem(path=path, record=record, reason=str(error))


def read_news_item(item: Any) -> RawArticle:
    """The article in a news item. Raises UnreadableFile, with what it is instead, where it holds none."""
    if (name := local_name(item)) in ITEMS:
        raise UnreadableFile(ITEMS[name])
    if reason := why_no_article(_code(item, "itemMeta/itemClass"), status=_code(item, "itemMeta/pubStatus")):
        raise UnreadableFile(reason)
    content, is_summary = _read_content(item), False
    if not content.text:
        summary = "\n\n".join(filter(None, map(text_of, find_all(item, "contentMeta/description"))))
        content, is_summary = replace(content, text=summary), True
    if not content.text:
        raise UnreadableFile(_why_empty(item))
    return _with_metadata(item, content=content, is_summary=is_summary or content.is_summary)


def why_no_article(kind: str, *, status: str) -> str | None:
    """Why an item of an IPTC class ("picture") and status ("usable") is not to be read; None where it is."""
    if kind in MEDIA:
        return f"{MEDIA[kind]}, no article"
    return f"an item that {WITHDRAWN[status]}" if status in WITHDRAWN else None


def _read_content(item: Any) -> RawArticle:
    """The richest rendition of an item's content: NITF, XHTML, HTML, plain text. All say the same."""
    for nitf in find_all(item, "contentSet/inlineXML/nitf") or find_all(item, ".//nitf"):
        raw = read_nitf(nitf)
        if raw.text:
            return raw
    for inline in find_all(item, "contentSet/inlineXML"):
        for prose in (part for part in inline.iterdescendants() if local_name(part) in _PROSE):
            body = next(iter(find_all(prose, "body")), prose)
            is_whole = local_name(prose) in {"html", "body"}
            if text := text_of(body if is_whole else inline, without=_NOT_TEXT):
                return RawArticle(text=text, language=read_language(language_of(prose)))
    for data in find_all(item, "contentSet/inlineData"):
        if text := fragment_text(_decoded(data)).strip():
            return RawArticle(text=text)
    return RawArticle(text="")


def _with_metadata(item: Any, *, content: RawArticle, is_summary: bool) -> RawArticle:
    """An item's article with the item's metadata, and its content's where the item gives none."""
    language = find_attribute(item, "contentMeta/language", "tag")
    outlet, outlet_place = _read_outlet(item)
    credit, credit_place = _first_text(item, ("contentMeta/creditline", "contentMeta/infoSource/name"))
    authors, agency = read_credits(
        find_text(item, "contentMeta/by"), language=language or None, organisations=filter(None, [outlet, credit])
    )
    authors_place = "by"
    if not authors and not content.authors:
        names = [find_text(creator, "name") for creator in find_all(item, "contentMeta/creator")]
        authors, authors_place = tuple(filter(None, names)), "creator/name"
    title, title_place = _first_text(item, ("contentMeta/headline", "itemMeta/title"))
    rights, rights_place = _first_text(item, ("rightsInfo/copyrightNotice", "rightsInfo/copyrightHolder/name"))
    published, published_place = _first_day(item, PUBLISHED)
    updated, updated_place = _first_day(item, UPDATED)
    if not published and not content.published:  # all that is known is when this version was made
        published, published_place = _first_day(item, VERSION)
    own = RawArticle(
        text=content.text,
        title=title or "",
        outlet=outlet,
        authors=authors,
        published=published,
        updated=updated if updated != (published or content.published) else None,
        language=read_language(language) or content.language or read_language(language_of(item)),
        agency=credit or agency,
        copyright=rights,
        is_summary=is_summary,
        id=item.get("guid") or content.id,
    )
    places = {
        "title": title_place, "outlet": outlet_place, "authors": authors_place, "published": published_place,
        "updated": updated_place, "language": "language/@tag" if language else "xml:lang",
        "agency": credit_place if credit else "by", "copyright": rights_place,
    }  # fmt: skip
    found = dict(content.provenance) | {
        field: f"NewsML-G2 {place}" for field, place in places.items() if getattr(own, field)
    }
    missing = {field: getattr(content, field) for field in METADATA if not getattr(own, field)}
    own = replace(own, **missing)
    return replace(own, provenance=trace(own, found))


def _read_outlet(item: Any) -> tuple[str | None, str]:
    """Who provides an item, by name; else by a code that is a name; else who holds the rights in it."""
    provider, place = _first_text(item, ("itemMeta/provider/name", "itemMeta/provider/literal"))
    code = find_attribute(item, "itemMeta/provider", "qcode")
    if not provider and code.startswith("nprov:"):  # IPTC NewsCodes, scheme newsprovider: "nprov:AFP"
        return code.removeprefix("nprov:"), "provider/@qcode"
    return (provider, place) if provider else _first_text(item, ("rightsInfo/copyrightHolder/name",))


def _first_text(item: Any, paths: Iterable[str]) -> tuple[str | None, str]:
    """The first text at one of the paths, and the names below the last but one of that path."""
    for path in paths:
        if text := find_text(item, path):
            return text, path.partition("/")[2]
    return None, ""


def _first_day(item: Any, paths: tuple[str, ...]) -> tuple[str | None, str]:
    for path in paths:
        if day := read_date(find_text(item, path)):
            return day, path.rpartition("/")[2]
    return None, ""


def _code(item: Any, path: str) -> str:
    """The code of a controlled value, without its scheme: "ninat:text" and ".../ninature/text" are "text"."""
    value = find_attribute(item, path, "qcode") or find_attribute(item, path, "uri")
    return value.replace("/", ":").rpartition(":")[2].casefold()


def _decoded(data: Any) -> str:
    if "base64" not in data.get("encoding", ""):
        return "".join(data.itertext())
    try:
        return base64.b64decode(data.text or "").decode("utf-8", errors="replace")
    except binascii.Error:
        return ""


def _why_empty(item: Any) -> str:
    inner = [local_name(part) for inline in find_all(item, "contentSet/inlineXML") for part in inline]
    if inner:
        return f"its content is <{inner[0]}>, which holds no article text"
    if find_all(item, "contentSet/remoteContent"):
        return "its content is in another file, which it only points to: add that file"
    return "a news item without content"


def _read_fragment(root: Any, *, path: str) -> RawArticle | Problem:
    """What a part of a document (<contentSet>, <groupSet>) holds."""
    for nitf in find_all(root, ".//nitf"):
        raw = read_nitf(nitf)
        if raw.text:
            return replace(raw, path=path)
    return Problem(path=path, reason=f"a part of a NewsML-G2 document, <{local_name(root)}>, without text")
