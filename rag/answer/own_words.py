"""What an article says itself: the sentences that no party says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus import split_sentences
from corpus.types import Article, Span
from rag.answer.overlap import content_words
from rag.answer.telling import tells
from rag.question.query import Intent
from rag.types import Claim, Party


def own_sentence(
    article: Article, passage: Span, *, wanted: set[str], attributed: Sequence[Span], intent: Intent = "topic"
) -> Span | None:
    """The sentence of a passage, outside what is attributed, that shares most words with a question; two at least.

    Where a time or a place is asked for, one that tells it and shares a word comes before all that tell none.
    """
    asks_more = intent in {"when", "where"}
    best: tuple[tuple[bool, int], Span] | None = None
    for sentence in sentences_around(article.text, passage):
        if not passage.contains(sentence) or any(sentence.overlaps(span) for span in attributed):
            continue
        words = sentence.of(article.text)
        fit = asks_more and tells(intent, words), len(wanted & content_words(words))
        if fit[1] > (0 if fit[0] else 1) and (best is None or fit > best[0]):
            best = fit, sentence
    return best[1] if best else None


def own_claim(article: Article, sentence: Span) -> Claim:
    """A sentence that no party says, as a claim of the outlet's own voice."""
    name = article.outlet or "the article"
    return Claim(
        id=hashlib.sha256(f"{article.id}|{sentence.start}|{sentence.end}".encode()).hexdigest()[:16],
        text=sentence.of(article.text),
        party=Party(id=f"outlet:{name.casefold()}", name=name, kind="outlet"),
        voice="outlet",
        stance="asserts",
        quote_type="indirect",
        source=(),
        cue=(),
        content=(sentence,),
        article=article.id,
        confidence=1.0,
    )


def sentences_around(text: str, span: Span) -> list[Span]:
    """The sentences of the paragraphs that a span stands in."""
    around = paragraphs_around(text, span)
    found = split_sentences(text[around.start : around.end])
    return [Span(around.start + sentence.start, around.start + sentence.end) for sentence in found]


def paragraphs_around(text: str, span: Span) -> Span:
    """The paragraphs that a span stands in, from the start of the first to the end of the last."""
    start = text.rfind("\n\n", 0, span.start)
    end = text.find("\n\n", span.end)
    return Span(0 if start < 0 else start + 2, len(text) if end < 0 else end)
