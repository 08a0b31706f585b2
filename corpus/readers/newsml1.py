"""NewsML 1.x, the older exchange format of the IPTC: components in components, with the text in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.fields import RawArticle, read_language, trace
from corpus.readers.bylines import read_credits
from corpus.readers.markup import fragment_text
from corpus.readers.newsml import why_no_article
from corpus.readers.nitf import read_nitf, read_norm
from corpus.readers.xml_tree import find_all, find_attribute, find_text, language_of, local_name, text_of
from corpus.types import Problem

# Roles of components that hold text which is not the article's
_ASIDE = frozenset(
    "stylesheet headline contact logo photo picture video audio graphic caption thumbnail quicklook icon".split()
)
_NOT_TEXT = frozenset({"head", "script", "style", "figure", "media"})


def read_newsml1(root: Any, *, path: str) -> Iterator[RawArticle | Problem]:
    """The articles of a NewsML 1.x document: one for each component with a headline and a text."""
    found: list[RawArticle | str] = []
    for item in find_all(root, "NewsItem"):
        status = find_attribute(item, "NewsManagement/Status", "FormalName").casefold()
        if reason := why_no_article("", status=status):
            found.append(reason)
            continue
        articles = [_read_article(texts, item=item, root=root) for texts in _texts_by_component(item)]
        found += [raw for raw in articles if raw.text] or ["a news item without text: pictures, sound or links alone"]
    if not found:
        found.append("a NewsML document without a news item")
    for number, raw in enumerate(found, 1):
        record = number if len(found) > 1 else None
        if isinstance(raw, str):
            yield Problem(path=path, record=record, reason=raw)
        else:
            yield replace(raw, path=path, record=record)


def _texts_by_component(item: Any) -> list[list[Any]]:
    """The content items with text of a news item, by the nearest component around them that has a headline."""
    groups: dict[Any, list[Any]] = {}
    for content in find_all(item, ".//ContentItem"):
        if not find_all(content, "DataContent") or _kind(content) in _ASIDE or not _is_text(content):
            continue
        owners = [part for part in content.iterancestors() if find_text(part, "NewsLines/HeadLine")]
        groups.setdefault(owners[0] if owners else item, []).append(content)
    return list(groups.values())


def _kind(content: Any) -> str:
    """The role of the component that a content item is in."""
    return find_attribute(content.getparent(), "Role", "FormalName").casefold()


def _is_text(content: Any) -> bool:
    media = find_attribute(content, "MediaType", "FormalName").casefold()
    mime = find_attribute(content, "MimeType", "FormalName").casefold()
    return media in {"", "text"} and mime != "text/css" and not mime.startswith(("image/", "video/", "audio/"))


def _read_article(contents: list[Any], *, item: Any, root: Any) -> RawArticle:
    """One article of the content items of one component, its sub-headline first and the body behind it."""
    contents = sorted(contents, key=lambda content: _kind(content) != "subheadline")
    pieces = [_read_content(content) for content in contents]
    around = [contents[-1].getparent(), *contents[-1].getparent().iterancestors()]
    components = [part for part in around if local_name(part) == "NewsComponent"]

    def line(name: str) -> str:
        return next((text for part in components if (text := find_text(part, f"NewsLines/{name}"))), "")

    def attribute(path: str) -> str:
        return next((value for part in components if (value := find_attribute(part, path, "FormalName"))), "")

    outlet = attribute("AdministrativeMetadata/Provider/Party")
    sender = find_attribute(root, "NewsEnvelope/SentFrom/Party", "FormalName")
    language = attribute("DescriptiveMetadata/Language") or language_of(contents[-1])
    nitf = pieces[-1]
    authors, agency = read_credits(line("ByLine"), language=language or None, organisations=[outlet, sender])
    published = read_norm(find_text(item, "NewsManagement/FirstCreated"))
    updated = read_norm(find_text(item, "NewsManagement/ThisRevisionCreated"))
    raw = RawArticle(
        text="\n\n".join(piece.text for piece in pieces if piece.text),
        title=line("HeadLine") or nitf.title,
        outlet=outlet or sender or None,
        authors=authors or nitf.authors,
        published=published or updated,
        updated=updated if published and updated != published else None,
        language=read_language(language) or nitf.language,
        agency=line("CreditLine") or agency or nitf.agency,
        copyright=line("CopyrightLine") or None,
        id=find_text(item, "Identification/NewsIdentifier/PublicIdentifier") or None,
    )
    places = {
        "title": "HeadLine" if line("HeadLine") else "", "outlet": "Provider" if outlet else "SentFrom",
        "authors": "ByLine" if authors else "", "published": "FirstCreated" if published else "ThisRevisionCreated",
        "updated": "ThisRevisionCreated", "language": "Language", "copyright": "CopyrightLine",
        "agency": "CreditLine" if line("CreditLine") else "ByLine" if agency else "",
    }  # fmt: skip
    found = dict(nitf.provenance) | {field: f"NewsML 1 {place}" for field, place in places.items() if place}
    return replace(raw, provenance=trace(raw, found))


def _read_content(content: Any) -> RawArticle:
    data = find_all(content, "DataContent")[0]
    nitf = find_all(data, ".//nitf")
    if nitf:
        return read_nitf(nitf[0])
    if not len(data):  # plain text, or HTML in CDATA
        return RawArticle(text=fragment_text("".join(data.itertext())).strip())
    return RawArticle(text=text_of(data, without=_NOT_TEXT))
