"""JSON-LD files (schema.org NewsArticle and its kin) as plain records, one an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.readers.page_json import described_in

DEEPEST = 12  # levels of objects in objects
TYPE = "@type"

_PREFIX = re.compile(r"(?:schema:|https?://schema\.org/)")


def is_json_ld(value: object) -> bool:
    """Whether an object, or the first of a list, is JSON-LD."""
    if isinstance(value, list):
        value = value[0] if value else None
    return isinstance(value, Mapping) and not {TYPE, "@context", "@graph"}.isdisjoint(value)


def read_json_ld(value: object) -> list[dict[str, Any]]:
    """The articles that JSON-LD describes, with references ("author": {"@id": "#ada"}) resolved."""
    return [
        {**article.fields, "articleBody": list(article.body), TYPE: "NewsArticle"}
        for article in described_in([_plain(value)])
    ]


def name_types(value: object) -> str:
    """The types of the objects in JSON-LD, for a message."""
    return ", ".join(dict.fromkeys(_types(_plain(value)))) or "none"


def _types(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            kinds = item.get(TYPE)
            yield from (str(kind)[:40] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind)
            yield from _types(item.get("@graph") or [])


def _plain(value: Any, *, depth: int = 0) -> Any:
    """JSON-LD in its usual short form: names without the vocabulary, values without their wrapping."""
    if depth > DEEPEST:
        return value
    if isinstance(value, list):
        items = [_plain(item, depth=depth + 1) for item in value]
        return items[0] if len(items) == 1 and not isinstance(items[0], Mapping) else items
    if isinstance(value, Mapping):
        if "@value" in value:
            return value["@value"]
        return {_PREFIX.sub("", key): _plain(item, depth=depth + 1) for key, item in value.items()}
    return _PREFIX.sub("", value) if isinstance(value, str) and _PREFIX.fullmatch(value[:19] or " ") else value
