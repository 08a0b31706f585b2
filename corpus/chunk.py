"""An article in passages: whole sentences, packed to about one size, with exact spans."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.sentences import split_paragraphs, split_sentences
from corpus.types import Article, Passage, Span

HARD_LIMIT = 1.5  # of `size`: no passage is longer


def chunk_article(article: Article, *, size: int = 1000) -> tuple[Passage, ...]:
    """Pack an article's sentences into passages of about `size` characters, at most `HARD_LIMIT` times that.

    A passage ends with a paragraph where one ends in its second half. Together the passages hold every sentence, and
    none twice. A sentence longer than `size` is cut at white space. The headline is part of the first passage.
    """
    if size < 1:
        raise ValueError(f"a passage holds at least one character, not {size}")
    ends = {paragraph.end for paragraph in split_paragraphs(article.text)}
    headline_end = article.headline.end if article.headline else 0
    pieces = [piece for sentence in split_sentences(article.text) for piece in _cut(article.text, sentence, size=size)]
    spans: list[Span] = []
    pending: list[Span] = []
    for piece in pieces:
        if pending and piece.end - pending[0].start > size and pending[-1].end != headline_end:
            kept = _up_to_paragraph(pending, ends=ends, size=size)
            spans.append(_over(pending[:kept]))
            pending = pending[kept:]
            if pending and piece.end - pending[0].start > size:
                spans.append(_over(pending))
                pending = []
        if pending and piece.end - pending[0].start > HARD_LIMIT * size:
            spans.append(_over(pending))
            pending = []
        pending.append(piece)
    if pending:
        spans.append(_over(pending))
    return tuple(
        Passage(article=article.id, number=number, span=span, text=span.of(article.text))
        for number, span in enumerate(_with_remainder(spans, size=size))
    )


def _up_to_paragraph(pending: list[Span], *, ends: set[int], size: int) -> int:
    """How many of the pieces to close a passage with: up to the last paragraph's end in its second half, else all."""
    for kept in range(len(pending), 0, -1):
        end = pending[kept - 1].end
        if end in ends and end - pending[0].start >= size / 2:
            return kept
    return len(pending)


def _with_remainder(spans: list[Span], *, size: int) -> list[Span]:
    """A last passage too short to be found by what it says goes to the one before it."""
    if len(spans) > 1 and len(spans[-1]) < size / 5 and spans[-1].end - spans[-2].start <= HARD_LIMIT * size:
        return [*spans[:-2], Span(spans[-2].start, spans[-1].end)]
    return spans


def _cut(text: str, sentence: Span, *, size: int) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > size:
        space = max((text.rfind(mark, start, start + size + 1) for mark in " \n"), default=-1)
        end = space if space > start else start + size
        yield Span(start, end)
        start = end
        while start < sentence.end and text[start].isspace():
            start += 1
    if start < sentence.end:
        yield Span(start, sentence.end)


def _over(pieces: list[Span]) -> Span:
    return Span(pieces[0].start, pieces[-1].end)
