"""How many words two texts share that carry meaning."""

from __future__ import annotations

import re

from corpus.types import Article, Span
from rag.question import Query

NEAR_BY = 300
"""Characters before and after a claim that count as near it."""
_WORD = re.compile(r"[^\W_]{3,}")
_SMALL = frozenset(
    """
    the and who what when where which whom whose how many much did does has have had was were are been being say said
    says tell told report reported reports claim claimed according about that this with for from into there their his
    her its they anyone anybody anything someone somebody something ever
    """.split()
)


def content_words(text: str) -> set[str]:
    """The words that carry a question's or a sentence's meaning, case folded, a plural s taken off."""
    return {word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _SMALL}


def speakers_words(query: Query) -> set[str]:
    """The words of the names of those who are asked for, which tell nothing of what it is about."""
    return {word for party in query.speakers for name in (party.name, *party.aliases) for word in content_words(name)}


def around(article: Article, span: Span) -> str:
    """What is around some words of an article: its headline, and what stands near them."""
    return f"{article.title}\n{article.text[max(0, span.start - NEAR_BY) : span.end + NEAR_BY]}"
