"""The articles that a page describes in JSON-LD (schema.org NewsArticle and its kin)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.readers.markup import fragment_text

DEEPEST = 6  # levels of objects in objects
MOST_OBJECTS = 20_000

_ARTICLE_TYPE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report)$")
_ARTICLE_NAMES = frozenset(
    "headline alternativeHeadline name publisher author creator datePublished dateCreated dateModified url "
    "mainEntityOfPage inLanguage articleSection sourceOrganization creditText copyrightNotice copyrightHolder "
    "copyrightYear description articleBody liveBlogUpdate wordCount isAccessibleForFree".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One article as JSON-LD describes it: its fields, and its text where that is given."""

    fields: Mapping[str, Any]
    body: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the page does not say that the text is for subscribers only."""
        return str(self.fields.get("isAccessibleForFree", "true")).lower() != "false"

    @property
    def word_count(self) -> int:
        count = str(self.fields.get("wordCount", ""))
        return int(count) if count.isascii() and count.isdigit() and len(count) < 8 else 0


def read_described(tree: Any) -> list[Described]:
    """The articles in a page's JSON-LD, in order; what is no JSON is passed over."""
    scripts = [
        _load(script.text or "")
        for script in tree.iter("script")
        if (script.get("type") or "").strip().lower() == "application/ld+json"
    ]
    return described_in(scripts)


def described_in(values: Iterable[object]) -> list[Described]:
    """The articles in values of JSON-LD, in order."""
    objects = [item for value in values for item in _objects(value)]
    known: dict[str, Mapping[str, Any]] = {}
    for item in objects[:MOST_OBJECTS]:
        if isinstance(name := item.get("@id"), str) and len(item) > 1:
            known.setdefault(name, item)
    return [_described(item, known) for item in objects[:MOST_OBJECTS] if _is_article(item)]


def _load(text: str) -> object:
    text = re.sub(r"\A\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*\Z", "", text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, *, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth < DEEPEST:
        for item in value:
            yield from _objects(item, depth=depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth=depth + 1)


def _is_article(item: Mapping[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _described(item: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Described:
    fields = {name: _resolved(item[name], known) for name in _ARTICLE_NAMES if name in item}
    updates = fields.pop("liveBlogUpdate", None)
    body = _paragraphs(fields.pop("articleBody", None))
    for update in updates if isinstance(updates, list) else []:
        if isinstance(update, Mapping):
            body += [*_paragraphs(update.get("headline")), *_paragraphs(update.get("articleBody"))]
    return Described(fields=fields, body=tuple(body))


def _resolved(value: object, known: Mapping[str, Mapping[str, Any]], *, depth: int = 0) -> object:
    """A value with the objects in place of the references to them ({"@id": "#publisher"})."""
    if isinstance(value, list) and depth < 2:
        return [_resolved(item, known, depth=depth + 1) for item in value[:1000]]
    if isinstance(value, Mapping) and isinstance(name := value.get("@id"), str) and name in known:
        return {**known[name], **value}
    return value


def _paragraphs(value: object) -> list[str]:
    if isinstance(value, list):
        return [paragraph for item in value for paragraph in _paragraphs(item)]
    text = fragment_text(html.unescape(value)) if isinstance(value, str) else ""
    return [line for part in re.split(r"\n+", text) if (line := " ".join(part.split()))]
