"""Quotations beyond one sentence: led in by "He said:", carried on without a cue, or left without a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution.grammar import AUXILIARIES, SUBJECT_PRONOUNS
from rag.attribution.quotes import WORD
from rag.attribution.sources import main_subject
from rag.attribution.tokens import Document, Sentence
from rag.types import Attribution

MIN_CLAIM_WORDS = 6
LIKELY = 0.8
"""The confidence from which a bare quotation after an indirect attribution goes on from it."""
OPENING, CLOSING = "“\"‘'«„", "”\"’'»“"


def attach_quotations(document: Document, found: Sequence[list[Attribution]]) -> list[list[Attribution]]:
    """Give every quotation that no cue of its own sentence took to the attribution it goes on from.

    `found` holds the attributions of each sentence of the document. A quotation that stands alone, after a cue that
    ends in a colon or after other words of the same speaker, is a further piece of that content; without such a one it
    becomes an attribution without a cue.
    """
    out = [list(row) for row in found]
    last: tuple[int, int] | None = None  # sentence and number of the attribution that a bare quotation goes on
    for number, sentence in enumerate(document.sentences):
        if sentence.headline:
            continue
        if not sentence.only_quotes:
            here = _speaking(document.text, out[number])
            last = None if here is None else (number, here)
            continue
        spans = tuple(sentence.cut(i, i + 1) for i in range(len(sentence)) if sentence.quote[i] >= 0)
        if last is not None:
            _extend(out[last[0]], last[1], spans)
        else:
            before = document.sentences[number - 1] if number else None
            out[number].append(_inferred(before, sentence, spans))
            last = number, len(out[number]) - 1
    return [[made for made in row if made.content] for row in out]


def _extend(found: list[Attribution], number: int, spans: tuple[Span, ...]) -> None:
    """Add pieces to the content of an attribution, and to those of its sentence that relay it."""
    speaking = found[number]
    for i, made in enumerate(found):
        relays = speaking.cue and any(piece.contains(speaking.cue[0]) for piece in made.content)
        if i == number or relays:
            found[i] = replace(made, content=(*made.content, *spans))


def _speaking(text: str, found: Sequence[Attribution]) -> int | None:
    """The attribution that a bare quotation after its sentence would go on: the last that quotes, else the first."""
    quoting = [i for i, made in enumerate(found) if made.source and (not made.content or _quotes(text, made))]
    if quoting:
        return quoting[-1]
    return next((i for i, made in enumerate(found) if made.source and made.confidence >= LIKELY), None)


def _quotes(text: str, made: Attribution) -> bool:
    return any(text[p.start] in OPENING or text[p.end - 1] in CLOSING for p in made.content if len(p))


def _inferred(before: Sentence | None, sentence: Sentence, spans: tuple[Span, ...]) -> Attribution:
    """Marsh apologised. “It was a failure.”: the subject of the sentence before, if it has a name, else nobody."""
    source: tuple[Span, ...] = ()
    if before is not None and before.paragraph == sentence.paragraph:
        subject = main_subject(before)
        if subject and (before.is_capital(subject[0][0]) or before.lower[subject[0][0]] in SUBJECT_PRONOUNS):
            source = tuple(before.cut(*tokens) for tokens in subject)
    return Attribution(source=source, cue=(), content=spans, confidence=0.4 if source else 0.2)


def is_claim(text: str) -> bool:
    """Whether a quotation alone is a statement rather than a scare quote or the title of a work."""
    words = WORD.findall(text)
    if len(words) < MIN_CLAIM_WORDS or sum(word[0].isupper() for word in words) >= 0.6 * len(words):
        return False
    ended = text.rstrip("”\"’'»“ ")[-1:] in {".", "?", "!", ",", "…"}
    return ended or any(word.lower() in AUXILIARIES for word in words)
