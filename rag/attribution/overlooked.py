"""What a tagger tends to pass over though its form is plain: "footage of Marsh saying, “...”", "did not respond to
requests for comment"; and whom "After saying K, Marsh left" means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution.phrases import is_finite
from rag.attribution.runs import FULL_NAME
from rag.attribution.sources import source_before, spans_of
from rag.attribution.spans import cut_spans
from rag.attribution.tokens import Document, Sentence
from rag.types import Attribution

CONFIDENCE = 0.7
"""Of what is found by these forms alone: people mark silence in three of five places."""
_SAYING = re.compile(
    r"\s(?P<cue>saying|asking|shouting|yelling|declaring|boasting|joking|complaining|insisting|telling\s(?:\w+\s?){1,3})"
    r"(?:\s(?!that\b)[\w’']+){0,5}[,:]?\s\Z"
)
_SILENT = re.compile(
    r"\b(?:(?:did|do|does|has|have|had)\s+not|(?:did|do|does|has|have|had)n['’]t)(?:\s\w+ly)?\s"
    r"(?:respond(?:ed)?|repl(?:y|ied)|return(?:ed)?)"
    r"(?P<what>\s(?:to\s)?(?:[\w’']+\s){0,3}?(?:requests?|messages?|calls?|e?-?mails?|inquiries|questions)"
    r"\s(?:for|seeking)\s(?:a\s|an\s|further\s)?(?:comments?|response|interview|explanation))\b"
)
_WHO = "monitor|group|source|witness|official|spokesman|spokeswoman|activist|rebel|resident|doctor|analyst|expert"
_LAST = re.compile(
    rf",?\s(?P<source>(?:an?\s(?:[a-z-]+\s)?(?:{_WHO})|(?:the|several|some|two)\s(?:[a-z-]+\s)?(?:{_WHO})s?|(?:{_WHO})s)"
    rf"(?:\sand\s(?:{_WHO})s)?)\s(?P<cue>(?:has\s|have\s)?said)[.]?\s*\Z"
)
LEAST_WORDS = 6
"""How long what is said must be."""
_AFTER = re.compile(r"(?:After|Before|While|In|By|Since|Upon)\s\Z")


def with_overlooked(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """`found` with what the forms of this module show."""
    named = [_with_later_subject(document, made) for made in found]
    return _with_last(document, _with_silent(document, _with_spoken(document, named)))


def _with_spoken(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """The clip shows Ana Ruiz saying, “We tried”: Ruiz says it, not the clip."""
    out = list(found)
    for made in _spoken(document):
        if not any(_touches(other, made.cue[0]) and other.source == made.source for other in out):
            out = [*(kept for other in out if (kept := _without(document.text, other, made)) is not None), made]
    return out


def _without(text: str, other: Attribution, made: Attribution) -> Attribution | None:
    """What is left of another attribution that took the quotation of `made`; None where that was all of it."""
    (quotation,) = made.content
    if not any(piece.contains(quotation) or quotation.contains(piece) for piece in other.content):
        return other
    content = cut_spans(text, other.content, (*made.source, *made.cue, quotation))
    shared = any(a.overlaps(b) for a in other.cue for b in made.cue)
    return replace(other, content=content) if content and not shared else None


def _spoken(document: Document) -> Iterator[Attribution]:
    text = document.text
    for quote in document.quotes:
        piece = quote.pieces[0]
        start = max(0, piece.start - 120)
        found = _SAYING.search(text, start, piece.start)
        if not found or "\n" in found.group():
            continue
        names = [name for name in FULL_NAME.finditer(text, start, found.start()) if name.end() == found.start()]
        if names and not text[: names[0].start()].rstrip().endswith((",", "and")):
            source, cue = Span(*names[0].span()), Span(*found.span("cue"))
            yield Attribution(source=(source,), cue=(cue,), content=(piece,), confidence=CONFIDENCE)


def _with_silent(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """The ministry did not respond to a request for comment."""
    added = []
    for s in document.sentences:
        for silent in _SILENT.finditer(document.text, s.span.start, s.span.end):
            cue, what = Span(silent.start(), silent.start("what")), Span(silent.start("what") + 1, silent.end())
            verb = next((i for i in range(len(s)) if s.starts[i] >= cue.start), None)
            source = spans_of(s, source_before(s, verb)) if verb else ()
            if source and not any(_touches(other, cue) for other in found):
                added.append(Attribution(source=source, cue=(cue,), content=(what,), confidence=CONFIDENCE))
    return [*found, *added]


def _with_last(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """The pier fell a monitor said. Where a paper leaves out commas the end of a sentence still tells who said it."""
    added = []
    for s in document.sentences:
        last = _LAST.search(document.text, s.span.start, s.span.end)
        if s.headline or last is None:
            continue
        source, cue = Span(*last.span("source")), Span(*last.span("cue"))
        content = Span(s.span.start, last.start())
        if any(
            _touches(made, cue) or content.overlaps(piece) for made in found for piece in (*made.cue, *made.content)
        ):
            continue
        if len(content.of(document.text).split()) >= LEAST_WORDS:
            added.append(Attribution(source=(source,), cue=(cue,), content=(content,), confidence=CONFIDENCE))
    return [*found, *added]


def _with_later_subject(document: Document, made: Attribution) -> Attribution:
    """After saying that the pier holds, Marsh left: the subject of the main clause speaks."""
    if made.source or len(made.cue) != 1 or not made.cue[0].of(document.text).endswith("ing"):
        return made
    s = document.sentence_at(made.cue[0].start)
    if not _AFTER.fullmatch(document.text[s.span.start : made.cue[0].start]):
        return made
    ends = [p.end for p in made.content if p.end < s.span.end and p.start >= made.cue[0].end]
    at = next((i for i in range(len(s)) if ends and s.starts[i] >= min(ends)), None)
    subject = _subject_from(s, at + 1 if at is not None and s.words[at] == "," else at)
    return replace(made, source=subject) if subject and not any(_touches(made, p) for p in subject) else made


def _subject_from(s: Sentence, low: int | None) -> tuple[Span, ...]:
    """The subject that begins at token `low`, of the first finite verb behind it."""
    for at in range(low + 1, len(s)) if low is not None else ():
        if is_finite(s, at):
            subject = source_before(s, at, low or 0)
            return spans_of(s, subject) if subject and subject[0][0] == low else ()
    return ()


def _touches(made: Attribution, span: Span) -> bool:
    return any(span.overlaps(piece) for piece in (*made.cue, *made.content))
