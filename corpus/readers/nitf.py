"""NITF, the IPTC's News Industry Text Format (3.x): a file of its own, or inside NewsML-G2 and ninjs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from corpus.dates import read_date
from corpus.fields import RawArticle, read_authors, read_language, trace
from corpus.readers.bylines import read_credits
from corpus.readers.xml_tree import find_all, find_attribute, find_text, language_of, line_of, text_of

# Pictures with their captions, and notes that are not for the reader
_NOT_TEXT = frozenset({"media", "media-caption", "nitf-table-metadata", "ednote", "bibliography"})
_DAY_WITH_ZONE = re.compile(r"(\d{8})(?:Z|[+-]\d{4})")
_BY_MINUTE = re.compile(r"(\d{8})T?(\d{4})(Z|[+-]\d{4})?")


def read_nitf(nitf: Any) -> RawArticle:
    """The article in an <nitf> element. `text` is empty where it has none.

    Where there is no body, its abstract stands for it and `is_summary` is set.
    """
    text, is_summary = _read_text(nitf)
    language = read_language(language_of(nitf) or find_attribute(nitf, "body", "lang"))
    distributor = find_text(nitf, "body/body.head/distributor") or None
    authors, agency, author_place = _read_bylines(nitf, language=language, distributor=distributor)
    published, place = _read_published(nitf)
    title = find_text(nitf, "body/body.head/hedline/hl1") or find_text(nitf, "head/title")
    raw = RawArticle(
        text=text,
        title=title,
        outlet=find_attribute(nitf, "head/pubdata", "name") or None,
        authors=authors,
        published=published,
        url=_read_address(nitf),
        language=language,
        section=find_attribute(nitf, "head/pubdata", "position.section") or None,
        agency=distributor or agency,
        copyright=_read_copyright(nitf),
        is_summary=is_summary,
        id=find_attribute(nitf, "head/docdata/doc-id", "id-string") or None,
    )
    places = {
        "title": "hl1" if find_text(nitf, "body/body.head/hedline/hl1") else "title",
        "outlet": "pubdata/@name", "authors": author_place, "published": place, "url": "pubdata/@ex-ref",
        "language": "xml:lang", "section": "pubdata/@position.section",
        "agency": "distributor" if distributor else author_place, "copyright": "doc.copyright",
    }  # fmt: skip
    return replace(raw, provenance=trace(raw, {field: f"NITF {place}" for field, place in places.items()}))


def read_norm(norm: str) -> str | None:
    """A date of NITF or NewsML 1, in the basic format of ISO 8601 ("20310502T081500+0200", "20310502Z")."""
    norm = norm.strip()
    if day := _DAY_WITH_ZONE.fullmatch(norm):
        return read_date(day[1])  # a day has no zone in ISO 8601
    if minute := _BY_MINUTE.fullmatch(norm):
        return read_date(f"{minute[1]}T{minute[2]}00{minute[3] or ''}")
    return read_date(norm)


def _read_text(nitf: Any) -> tuple[str, bool]:
    contents = find_all(nitf, "body/body.content") or find_all(nitf, "body.content")
    # the New York Times Annotated Corpus gives the lead twice: alone, and in the full text
    blocks = [
        block for content in contents for block in find_all(content, "block") if block.get("class") == "full_text"
    ]
    body = "\n\n".join(text_of(part, without=_NOT_TEXT) for part in blocks or contents).strip()
    if not body:
        return "\n\n".join(map(text_of, find_all(nitf, "body/body.head/abstract"))).strip(), True
    subheads = [line_of(line) for line in find_all(nitf, "body/body.head/hedline/hl2")]
    subheads = [line for line in subheads if line and not blocks]  # there, hl2 is the headline again
    tail = [line for line in map(line_of, find_all(nitf, "body/body.end/tagline")) if line]
    return "\n\n".join([*subheads, body, *tail]), False


def _read_bylines(
    nitf: Any, *, language: str | None, distributor: str | None
) -> tuple[tuple[str, ...], str | None, str]:
    """The authors, the agency that a byline names, and the place of both."""
    lines = find_all(nitf, "body/body.head/byline")
    lines = [line for line in lines if "normalized" not in line.get("class", "")]
    people = [name for line in lines for person in find_all(line, ".//person") if (name := line_of(person))]
    if people:
        return read_authors(people), None, "byline/person"
    names: list[str] = []
    agency = None
    for line in lines:
        found, credit = read_credits(
            " ".join(text_of(line, without=frozenset({"byttl"})).split()),
            language=language,
            organisations=[
                name for name in (distributor, find_attribute(nitf, "head/docdata/doc.copyright", "holder")) if name
            ],
        )
        names, agency = [*names, *found], agency or credit
    return tuple(dict.fromkeys(names)), agency, "byline"


def _read_published(nitf: Any) -> tuple[str | None, str]:
    for path, name in (
        ("head/docdata/date.issue", "norm"),
        ("head/pubdata", "date.publication"),
        ("head/docdata/date.release", "norm"),
        ("body/body.head/dateline/story.date", "norm"),
    ):
        if day := read_norm(find_attribute(nitf, path, name)):
            return day, f"{path.rpartition('/')[2]}/@{name}"
    return None, ""


def _read_address(nitf: Any) -> str | None:
    address = find_attribute(nitf, "head/pubdata", "ex-ref")
    return address if address.startswith(("http://", "https://")) else None


def _read_copyright(nitf: Any) -> str | None:
    holder = find_attribute(nitf, "head/docdata/doc.copyright", "holder")
    year = re.match(r"\d{4}", find_attribute(nitf, "head/docdata/doc.copyright", "year"))
    return " ".join([*([year[0]] if year else []), holder]) if holder else None
