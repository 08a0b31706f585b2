"""Attributions as a tagger might mark them, by the words of a text, and what form makes of them."""

from __future__ import annotations

from corpus.types import Span
from rag.attribution.refine import refine
from rag.attribution.tokens import read_document
from rag.types import Attribution


def spans(text: str, *phrases: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases)


def refined(text: str, source: str, cue: str, *content: str, headline: Span | None = None) -> Attribution | None:
    made = Attribution(
        source=spans(text, source) if source else (), cue=spans(text, cue), content=spans(text, *content)
    )
    found = refine(read_document(text, headline), [made])
    return found[0] if found else None


def mark(text: str, source: str, cue: str, *content: str) -> Attribution:
    return Attribution(
        source=spans(text, source) if source else (), cue=spans(text, cue), content=spans(text, *content)
    )


def told(text: str, made: Attribution) -> tuple[list[str], list[str], list[str]]:
    """Source, cue and content as words."""
    return words(text, made.source), words(text, made.cue), words(text, made.content)


def words(text: str, pieces: tuple[Span, ...]) -> list[str]:
    return [piece.of(text) for piece in pieces]
