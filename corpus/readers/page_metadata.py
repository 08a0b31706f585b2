"""What a web page says about its article: schema.org JSON-LD, Open Graph and other meta elements, its headings.

Read here and not by trafilatura, which gives a page without a date one from its address or its text, and a page without
a name of its outlet the host's.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.dates import read_date
from corpus.fields import RawArticle, read_fields

_ARTICLE_TYPE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report)$")
_META_NAMES = {
    "title": "og:title twitter:title parsely-title dc.title headline",
    "url": "og:url parsely-link",
    "outlet": "og:site_name application-name dc.publisher citation_journal_title",
    "author": "author article:author parsely-author dc.creator byl",
    "date": "article:published_time og:published_time datepublished parsely-pub-date pubdate publishdate publish-date "
    "publication_date dc.date dc.date.issued dcterms.created sailthru.date date dcsext.articlefirstpublished",
}
_META = {name: field for field, names in _META_NAMES.items() for name in names.split()}


def read_page_metadata(tree: Any) -> RawArticle:
    """Title, outlet, authors, date and address of a page's article, each None or empty where the page names none."""
    found = [read_fields(record) for record in (*_json_ld(tree), _meta(tree), _visible(tree))]
    return RawArticle(
        text="",
        title=html.unescape(next((raw.title for raw in found if raw.title), "")),  # JSON-LD is often escaped
        outlet=next((raw.outlet for raw in found if raw.outlet), None),
        authors=next((raw.authors for raw in found if raw.authors), ()),
        published=next((raw.published for raw in found if raw.published), None),
        url=next((raw.url for raw in found if raw.url and "//" in raw.url), None),
    )


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(value):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in kinds):
                names = ("headline", "publisher", "author", "datePublished", "url")
                yield {name: item[name] for name in names if name in item}


def _objects(value: object, *, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth < 5:
        for item in value:
            yield from _objects(item, depth=depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key), depth=depth + 1)


def _meta(tree: Any) -> dict[str, Any]:
    record: dict[str, Any] = {}
    authors: list[str] = []
    for meta in tree.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        field, content = _META.get(name), meta.get("content", "").strip()
        if field == "author":
            authors += [] if "://" in content else [content]
        elif field and content and (field != "date" or read_date(content)):
            record.setdefault(field, content)
    record["author"] = authors
    for link in tree.xpath("//link[@rel='canonical'][@href]"):
        record.setdefault("url", link.get("href"))
    return record


def _visible(tree: Any) -> dict[str, object]:
    headings = [" ".join(heading.text_content().split()) for heading in tree.xpath("//h1")]
    title = headings[0] if len(headings) == 1 else tree.findtext(".//title") or ""
    times = set(tree.xpath("//article//time/@datetime")) or set(tree.xpath("//time[@datetime]/@datetime"))
    # of several, none is known to be the article's
    return {"title": " ".join(title.split()), "date": times.pop() if len(times) == 1 else None}
