"""Pieces of text put together and cut apart."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.types import Span
from rag.attribution.quotes import WORD

EDGES = " \n\t\u00a0,;:–—-"


def merge_spans(text: str, pieces: Iterable[Span]) -> tuple[Span, ...]:
    """Pieces in order, those that touch or overlap as one, those without a word left out."""
    out: list[Span] = []
    for piece in sorted(pieces):
        if not WORD.search(text, piece.start, piece.end):
            continue
        if out and piece.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, piece.end))
        else:
            out.append(piece)
    return tuple(out)


def cut_spans(text: str, pieces: Iterable[Span], without: Iterable[Span]) -> tuple[Span, ...]:
    """Pieces less what `without` covers, and less the commas, colons and dashes that this leaves at their edges."""
    kept = list(pieces)
    for other in without:
        kept = [part for piece in kept for part in _less(piece, other)]
    return merge_spans(text, (trimmed for piece in kept if (trimmed := trim_span(text, piece))))


def _less(piece: Span, other: Span) -> list[Span]:
    if not piece.overlaps(other):
        return [piece]
    ends = (piece.start, other.start), (other.end, piece.end)
    return [Span(start, end) for start, end in ends if start < end]


def trim_span(text: str, piece: Span) -> Span | None:
    """A piece without commas, colons and dashes at its edges; None where it holds no word."""
    words = piece.of(text)
    start = piece.start + len(words) - len(words.lstrip(EDGES))
    end = piece.start + len(words.rstrip(EDGES))
    return Span(start, end) if start < end and WORD.search(text, start, end) else None
