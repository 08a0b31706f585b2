"""One record of a file, under whatever names its fields go, as one `RawArticle`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.dates import read_date


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """An article as its file gave it, before it is cleaned.

    `published` and `updated` are ISO 8601 or None already: what a date looks like depends on the file, not on the text.
    The other fields are those of `Article`.
    """

    text: str
    title: str = ""
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    agency: str | None = None
    copyright: str | None = None
    is_summary: bool = False
    provenance: tuple[tuple[str, str], ...] = ()
    id: str | None = None
    path: str | None = None
    record: int | None = None


_T = TypeVar("_T")

METADATA = (
    "title", "outlet", "authors", "published", "updated", "url", "language", "section", "agency", "copyright",
)  # fmt: skip

# The usual names, the surest first, in the letters and digits that `_fold` leaves. They come from schema.org
# NewsArticle, IPTC ninjs, Open Graph, RSS, NewsAPI, news-please, newspaper3k, and the columns of published data sets.
TEXT = (
    "articlebody", "maintext", "articletext", "articlecontent", "fulltext", "bodytext", "contenttext", "cleanedtext",
    "text", "body", "content", "article", "story", "bodyhtml", "bodyxhtml", "contenthtml", "html", "bodies",
)  # fmt: skip
TITLE = ("headline", "title", "articletitle", "newstitle", "ogtitle", "headlines", "name")
URL = (
    "url", "link", "articleurl", "canonicalurl", "canonical", "permalink", "ogurl", "sourceurl", "webpage", "href",
    "mainentityofpage",
)  # fmt: skip
OUTLET = (
    "outlet", "publisher", "publication", "newspaper", "sitename", "ogsitename", "outletname", "publishername",
    "sourcename", "newsoutlet", "source", "media", "provider",
)  # fmt: skip
AUTHORS = ("authors", "author", "byline", "authornames", "authorname", "creator", "dccreator", "writer")
PUBLISHED = (
    "datepublished", "published", "publishedat", "publisheddate", "publishdate", "publicationdate", "pubdate",
    "datepublish", "articlepublishedtime", "publishedtime", "date", "articledate", "datetime",
    "contentcreated", "firstcreated", "datecreated", "pubdateutc", "timestamp", "versioncreated",
)  # fmt: skip
UPDATED = (
    "datemodified", "modified", "updated", "updatedat", "dateupdated", "updateddate", "updatedate", "lastupdated",
    "articlemodifiedtime", "modifiedtime", "modifiedat", "lastmodified", "ogupdatedtime", "contentmodified",
)  # fmt: skip
LANGUAGE = ("inlanguage", "language", "lang", "languagecode", "articlelanguage")
SECTION = ("articlesection", "section", "sectionname", "rubric", "department", "desk", "category")
AGENCY = ("agency", "newsagency", "wire", "creditline", "credittext", "credit")
COPYRIGHT = ("copyright", "copyrightnotice", "rights", "dcrights", "copyrightholder")
SUMMARY = ("summary", "description", "abstract", "teaser", "excerpt", "snippet", "lead")
ID = ("id", "articleid", "uid", "uuid", "guid", "docid", "documentid", "unitid", "identifier", "uri")

_MISSING = {"", "nan", "none", "null", "n/a", "na", "-", "nat"}
_URL = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", re.IGNORECASE)
_NAME_KEYS = ("name", "value", "title", "literal", "text", "@value", "@id")
# RFC 5646: language, script, region; what follows (variants, extensions) tells nothing about an article
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|\d{3}))?(?:-[\w-]+)?", re.ASCII)
_CUT = re.compile(r"\s*\[\+\d+ chars\]\Z")  # NewsAPI's


def has_text(record: Mapping[str, object]) -> bool:
    """Whether a record holds a field that is, by its name, an article's text."""
    return bool(_Lookup(record).words("text", TEXT))


def is_teaser(record: Mapping[str, object]) -> bool:
    """Whether a record without a text is an article's title and summary, with its address or date."""
    raw = read_fields(record)
    return raw.is_summary and bool(raw.text)


def read_fields(record: Mapping[str, object], *, where: str = "field") -> RawArticle:
    """The article that a record holds. Names count in any case and with any of `_-. :` between their parts.

    What is missing stays empty. Where no field is named like an article's text, `text` is the summary of a record that
    also has a title and an address or a date, else empty. `where` is what provenance calls a field: "column date".
    """
    lookup = _Lookup(record)
    text, is_cut = _without_cut(lookup.words("text", TEXT))
    title = lookup.words("title", TITLE)
    outlet = lookup.words("outlet", OUTLET, joined=" ")
    published = lookup.value("published", PUBLISHED, reader=read_date)
    updated = lookup.value("updated", UPDATED, reader=read_date)
    url = lookup.value("url", URL, reader=_read_url)
    if not text and title and (url or published):
        text, is_cut = lookup.words("text", SUMMARY), True
    raw = RawArticle(
        text=text,
        title=title,
        outlet=None if _URL.fullmatch(outlet) and "/" in outlet else outlet or None,
        authors=lookup.value("authors", AUTHORS, reader=read_authors) or (),
        published=published,
        updated=updated if updated != published else None,
        url=url,
        language=lookup.value("language", LANGUAGE, reader=read_language),
        section=lookup.words("section", SECTION, joined=", ") or None,
        agency=lookup.words("agency", AGENCY, joined=", ") or None,
        copyright=lookup.words("copyright", COPYRIGHT, joined=" ") or None,
        is_summary=is_cut and bool(text),
        id=lookup.words("id", ID) or None,
    )
    return replace(raw, provenance=trace(raw, {field: f"{where} {name}" for field, name in lookup.found.items()}))


def trace(raw: RawArticle, places: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The provenance of an article's metadata: the places, by field, of those fields that are not empty."""
    return tuple((field, places[field]) for field in METADATA if places.get(field) and getattr(raw, field))


def read_language(value: object) -> str | None:
    """The BCP 47 tag that a value names, in its usual case ("pt-BR"); None for anything else, such as "English"."""
    match = _LANGUAGE.fullmatch(_words(value).replace("_", "-").partition(".")[0])
    if not match:
        return None
    language, script, region = match.groups()
    return "-".join([language.lower(), *([script.title()] if script else []), *([region.upper()] if region else [])])


def read_authors(value: object) -> tuple[str, ...]:
    """The names in a byline, a list of names, or a list of objects with names, each once and in order."""
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        names = [name for item in value for name in read_authors(item)]
        return tuple(dict.fromkeys(names))
    line = re.sub(r"^by(?=[A-Z])|(?i:^by:?\s+)", "", " ".join(_words(value).split()))  # "byAna Ruiz", too
    if line[:1] == "[" and line[-1:] == "]":  # a Python or JSON list that went through CSV
        return read_authors(re.findall(r"'([^']+)'|\"([^\"]+)\"", line))
    parts = re.split(r"\s*[;|]\s*|,?\s+(?:and|&)\s+", line)
    names = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",")]
        # "Ana Ruiz, Tom Bell" is two people, "Ruiz, Ana" and "Tom Bell, Jr." are one
        names += pieces if all(len(piece.split()) > 1 for piece in pieces) else [part.strip(" ,")]
    return tuple(dict.fromkeys(name for name in names if name and not _URL.fullmatch(name)))


class _Lookup:
    """The fields of a record by their folded names, and under which name of its own each was found."""

    def __init__(self, record: Mapping[str, object]) -> None:
        self.found: dict[str, str] = {}
        self._fields: dict[str, tuple[str, object]] = {}
        for key, value in record.items():
            self._fields.setdefault(_fold(str(key)), (str(key).strip(), value))

    def value(self, field: str, names: Iterable[str], *, reader: Callable[[object], _T | None]) -> _T | None:
        """What `reader` makes of the first of the named fields that it can read."""
        for name in names:
            if name in self._fields:
                original, value = self._fields[name]
                if result := reader(value):
                    self.found[field] = original
                    return result
        return None

    def words(self, field: str, names: Iterable[str], *, joined: str = "\n\n") -> str:
        return self.value(field, names, reader=lambda value: _words(value, joined=joined)) or ""


def _fold(key: str) -> str:
    return re.sub(r"[\W_]+", "", key.lower())


def _read_url(value: object) -> str | None:
    words = _words(value)
    return words if _URL.fullmatch(words) else None


def _without_cut(text: str) -> tuple[str, bool]:
    """A text without the mark that it was cut, and whether it had one."""
    whole = _CUT.sub("", text) if text.endswith(" chars]") else text
    return whole, whole != text


def _words(value: object, *, joined: str = "\n\n") -> str:
    """The text of a value: itself, a list's items, or the name in an object. Empty for what only says "missing"."""
    if isinstance(value, str):
        return "" if value.strip().lower() in _MISSING else value.strip()
    if isinstance(value, Mapping):
        return next((words for key in _NAME_KEYS if (words := _words(value.get(key), joined=joined))), "")
    if isinstance(value, list | tuple):
        main = [item for item in value if isinstance(item, Mapping) and item.get("role") in {"main", "body"}]
        return joined.join(words for item in main or value if (words := _words(item, joined=joined)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # an id that went through a table with gaps
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
