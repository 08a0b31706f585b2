"""Interviews printed as questions and answers: whose the answers are, which no cue beside them says.

Two forms: every turn opens with a label ("Kerrin: ...", "Q: ...", "A: ..."), or questions stand unmarked between
answers in quotation marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.types import Article, Span
from rag.attribution.headlines import LABELS
from rag.attribution.outlets import is_outlet
from rag.attribution.people import read_people
from rag.attribution.runs import FULL_NAME
from rag.attribution.spans import cut_spans, trim_span
from rag.attribution.tokens import Document
from rag.types import Attribution

FEWEST_TURNS = 2
"""Answers that an article needs to count as an interview."""
CONFIDENCE = 0.8
LABEL = re.compile(r"([A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3})\s*:\s+(?=\S)")
ASKS = re.compile(r"\?[”\"’']?\s*\Z")
OPENS = re.compile(r"[“\"‘'«„]")
WITH = re.compile(r"\b(?:interview(?:s|ed|ing)?|conversation|Q&A|questions)\s+(?:with|for|to)\s+(?:[a-z]+\s+){0,3}")
BY = re.compile(r"\b[Bb]y\s+\Z")


def interview_attributions(document: Document, article: Article) -> list[Attribution]:
    """The answers of an interview, each with the name of who gives it; none where the article is no interview."""
    return _labelled(document, article) or _quoted(document)


def without_answers(text: str, found: Sequence[Attribution], answers: Sequence[Attribution]) -> list[Attribution]:
    """Other attributions less the answers that they took for their own, as a question's "Ferrow says" may."""
    taken = [piece for answer in answers for piece in answer.content]
    kept = []
    for made in found:
        inside = any(piece.contains(cue) for piece in taken for cue in made.cue)
        content = made.content if inside else cut_spans(text, made.content, taken)
        if content:
            kept.append(made if content == made.content else replace(made, content=content))
    return kept


# Turns with labels


def _labelled(document: Document, article: Article) -> list[Attribution]:
    text = document.text
    labels = [(n, found) for n, p in enumerate(document.paragraphs) if (found := LABEL.match(text, p.start, p.end))]
    times = Counter(found[1] for _, found in labels)
    speakers = {name for name, count in times.items() if count >= FEWEST_TURNS and name.lower() not in LABELS}
    turns = [(n, found) for n, found in labels if found[1] in speakers]
    if len(speakers) < 2 or len(turns) < 2 * FEWEST_TURNS:
        return []
    asking = {name for name in speakers if _asks(document, [n for n, found in turns if found[1] == name])}
    if not speakers - asking:
        return []
    answers = []
    for (n, found), following in pairwise([*turns, (len(document.paragraphs), None)]):
        if found is None or found[1] in asking or is_outlet(found[1], article):
            continue
        source = _interviewee(document, turns[0][0]) if len(found[1]) == 1 else Span(found.start(1), found.end(1))
        own = [Span(found.end(), document.paragraphs[n].end)]
        # further paragraphs of a turn have no label; behind the last turn they may be the article's own again
        own += document.paragraphs[n + 1 : following[0]] if following[1] is not None else ()
        answers.append(_answer(text, source, own, cue=(Span(found.end(1), text.index(":", found.end(1)) + 1),)))
    return [answer for answer in answers if answer is not None]


def _asks(document: Document, turns: Sequence[int]) -> bool:
    """Whether the turns of one speaker are questions, most of them."""
    asked = sum(ASKS.search(document.paragraphs[n].of(document.text)) is not None for n in turns)
    return 2 * asked > len(turns)


# Answers in quotation marks


def _quoted(document: Document) -> list[Attribution]:
    """Answers that stand whole in quotation marks behind questions that do not."""
    text, paragraphs = document.text, document.paragraphs
    words = [paragraph.of(text) for paragraph in paragraphs]
    questions = [
        n
        for n, (one, two) in enumerate(pairwise(words))
        if ASKS.search(one) and not OPENS.match(one) and OPENS.match(two)
    ]
    if len(questions) < FEWEST_TURNS:
        return []
    source = _interviewee(document, questions[0])
    if source is None:
        return []
    answers, turn = [], []
    for n in [*range(questions[0], len(paragraphs)), len(paragraphs)]:
        if n < len(paragraphs) and OPENS.match(words[n]):
            turn += [piece for quote in document.quotes for piece in quote.pieces if paragraphs[n].contains(piece)]
        elif turn:
            answers.append(_answer(text, source, turn))
            turn = []
    return [answer for answer in answers if answer is not None]


def _answer(text: str, source: Span | None, pieces: Sequence[Span], cue: tuple[Span, ...] = ()) -> Attribution | None:
    content = tuple(trimmed for piece in pieces if (trimmed := trim_span(text, piece)))
    if not content:
        return None
    return Attribution(source=(source,) if source else (), cue=cue, content=content, confidence=CONFIDENCE)


def _interviewee(document: Document, first: int) -> Span | None:
    """The name of who is interviewed: behind "interview with", else the first full name before the first turn."""
    text = document.text
    end = document.paragraphs[first].start
    for found in WITH.finditer(text, 0, end):
        full = FULL_NAME.match(text, found.end(), end)
        if full:
            return Span(*full.span())
    quoted = [piece for quote in document.quotes for piece in quote.pieces]
    for start, name in read_people(text[:end]).full_names:
        at = text.find(name, start, start + 2 * len(name) + 20)  # a title may stand before it
        span = Span(at, at + len(name)) if at >= 0 else Span(0, 0)
        if len(span) and not BY.search(text, 0, start) and not any(span.overlaps(q) for q in quoted):
            return span
    return None
