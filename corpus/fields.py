"""One record of a file, under whatever names its fields go, as one `RawArticle`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


# The usual names, the surest first, in the letters and digits that `_fold` leaves. They come from schema.org
# NewsArticle, IPTC ninjs, Open Graph, RSS, NewsAPI, news-please, newspaper3k, and the columns of published data sets.
TEXT = (
    "articlebody", "maintext", "articletext", "articlecontent", "fulltext", "bodytext", "contenttext", "cleanedtext",
    "text", "body", "content", "article", "story", "bodyhtml", "bodyxhtml", "contenthtml", "html", "bodies",
)  # fmt: skip
TITLE = ("headline", "title", "articletitle", "newstitle", "ogtitle", "headlines", "name")
URL = ("url", "link", "articleurl", "canonicalurl", "canonical", "permalink", "ogurl", "sourceurl", "webpage", "href")
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
ID = ("id", "articleid", "uid", "uuid", "guid", "docid", "documentid", "unitid", "identifier", "uri")

_MISSING = {"", "nan", "none", "null", "n/a", "na", "-", "nat"}
_URL = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", re.IGNORECASE)
_NAME_KEYS = ("name", "value", "title", "literal", "text")


def has_text(record: Mapping[str, object]) -> bool:
    """Whether a record holds a field that is, by its name, an article's text."""
    return bool(_first(_folded(record), TEXT))


def read_fields(record: Mapping[str, object]) -> RawArticle:
    """The article that a record holds. Names count in any case and with any of `_-. :` between their parts.

    What is missing stays empty; `text` is empty where no field is named like an article's text.
    """
    fields = _folded(record)
    url = _first(fields, URL)
    outlet = _first(fields, OUTLET, joined=" ")
    return RawArticle(
        text=_first(fields, TEXT),
        title=_first(fields, TITLE),
        outlet=None if _URL.fullmatch(outlet) and "/" in outlet else outlet or None,
        authors=next((names for key in AUTHORS if (names := read_authors(fields.get(key)))), ()),
        published=next((day for key in PUBLISHED if (day := read_date(fields.get(key)))), None),
        url=url if _URL.fullmatch(url) else None,
        id=_first(fields, ID) or None,
    )


def read_authors(value: object) -> tuple[str, ...]:
    """The names in a byline, a list of names, or a list of objects with names, each once and in order."""
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        names = [name for item in value for name in read_authors(item)]
        return tuple(dict.fromkeys(names))
    line = re.sub(r"^by:?\s+", "", " ".join(_words(value).split()), flags=re.IGNORECASE)
    if line[:1] == "[" and line[-1:] == "]":  # a Python or JSON list that went through CSV
        return read_authors(re.findall(r"'([^']+)'|\"([^\"]+)\"", line))
    parts = re.split(r"\s*[;|]\s*|,?\s+(?:and|&)\s+", line)
    names = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",")]
        # "Ana Ruiz, Tom Bell" is two people, "Ruiz, Ana" and "Tom Bell, Jr." are one
        names += pieces if all(len(piece.split()) > 1 for piece in pieces) else [part.strip(" ,")]
    return tuple(dict.fromkeys(name for name in names if name and not _URL.fullmatch(name)))


def _folded(record: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in record.items():
        fields.setdefault(_fold(str(key)), value)
    return fields


def _fold(key: str) -> str:
    return re.sub(r"[\W_]+", "", key.lower())


def _first(fields: Mapping[str, object], names: Iterable[str], *, joined: str = "\n\n") -> str:
    return next((words for name in names if (words := _words(fields.get(name), joined=joined))), "")


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
