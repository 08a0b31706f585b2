"""What a content reports in its turn: "Ruiz said the bridge would open, the Harbour Post reported" is Ruiz's claim.

The tagger gives the outermost attribution alone, so a content that tells of speech is read once more by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.cues import inflect
from rag.attribution.nesting import nest
from rag.attribution.tokens import Document
from rag.types import Attribution

SURE = 0.7
"""Least confidence in what is found inside a content, read alone."""
TELLING = frozenset(
    form
    for lemma in "say tell announce report state deny confirm warn write acknowledge insist admit explain argue".split()
    for form in (lemma, *inflect(lemma).values())
) | {"according"}
"""Words that only tell of speech: with others ("demanded that she pledge to") nobody has spoken yet."""

ReadWithin = Callable[[Span], Sequence[Attribution]]


def with_inner(found: Sequence[Attribution], document: Document, *, read_within: ReadWithin) -> tuple[Attribution, ...]:
    """`found`, and inside their contents what others say in them.

    `read_within` gives the attributions inside a span, read alone. It is asked of contents in the article's own words
    that hold a word of saying and nothing found before: what is said inside a quotation belongs to its speaker.
    """
    inner = []
    for outer in found:
        if outer.outer is not None or not _is_said(document.text, outer):
            continue
        for piece in outer.content:
            if _tells(document, piece) and not any(_touches(other, piece) for other in found if other is not outer):
                inner += [_under(outer, made) for made in read_within(piece) if _is_said(document.text, made)]
    return nest([*found, *inner])


def _tells(document: Document, piece: Span) -> bool:
    return not document.is_quoted(piece) and not TELLING.isdisjoint(_words(document.text, [piece]))


def _touches(made: Attribution, piece: Span) -> bool:
    return any(part.overlaps(piece) for part in (*made.source, *made.cue, *made.content))


def _is_said(text: str, made: Attribution) -> bool:
    """Whether somebody told by name or noun is sure to have spoken."""
    source = _words(text, made.source)
    named = bool(source) and source[0] not in g.PRONOUNS | g.SUBJECT_PRONOUNS | g.RELATIVES
    cue = _words(text, made.cue)
    return named and made.confidence >= SURE and not TELLING.isdisjoint(cue) and g.MODALS.isdisjoint(cue)


def _words(text: str, pieces: Sequence[Span]) -> list[str]:
    return [word.strip(".,;:").lower() for piece in pieces for word in piece.of(text).split()]


def _under(outer: Attribution, made: Attribution) -> Attribution:
    return replace(made, outer=outer, confidence=made.confidence * outer.confidence)
