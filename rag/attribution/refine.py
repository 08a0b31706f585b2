"""What the tagger read, put right where form decides: datelines, headlines, quotation marks, asides, stray pieces.

A tagger marks words by likeness; where a quotation ends, and that a dateline is nobody's words, the page itself shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.overlooked import with_overlooked
from rag.attribution.passives import names_only, with_agent, with_owner
from rag.attribution.quotes import WORD
from rag.attribution.reach import block_of, with_continued, with_ends, with_rest
from rag.attribution.source_and_cue import with_source_and_cue
from rag.attribution.spans import cut_spans
from rag.attribution.strays import without_strays
from rag.attribution.tokens import Document
from rag.types import Attribution

MOST_MISSED = 0.5
"""The share of a quotation's words that a content may lack and still be meant to hold all of it."""
_UNNAMED = re.compile(
    r"(?:not to be|to remain|that \w+ not be|anonymity)(?: (?:named|identified|quoted|anonymous).*)?", re.I
)
_CALLED = re.compile(r"\b(?:call|calls|called|calling)$", re.IGNORECASE)
_SUMMONED = re.compile(r"(?:the|an?|his|her|its|their)\s(?:[\w-]+\s){1,3}to\s", re.IGNORECASE)
_FUNCTION = g.PREPOSITIONS | g.CONJUNCTIONS | g.DETERMINERS | frozenset({"regarding", "concerning"})
_ASKING = frozenset("what whatever who whom which why how when where whether".split())
_RECIPIENT = re.compile(r"(?:to|with|at)\s+(?:\w+\s+){0,2}\w+$")


def refine(document: Document, found: Iterable[Attribution]) -> list[Attribution]:
    """Attributions with their spans put right; those that no content is left of are dropped."""
    right = [made for made in (_refined(document, one) for one in found) if made is not None]
    return with_overlooked(document, with_continued(document, right))


def _refined(document: Document, made: Attribution) -> Attribution | None:
    if not document.sentences or _summons(document.text, made) or hides_source(document.text, made):
        return None
    if names_only(document.text, made) or is_label(document.text, made):
        return None
    made = with_source_and_cue(document, made)
    made = with_owner(document.text, with_agent(document.text, made))
    made = with_rest(document, without_strays(document, with_ends(document.text, made)))
    pieces = [cut for piece in made.content for cut in _told(document, piece)]
    pieces = _near(document, pieces, made)
    pieces = _not_recipients(document, pieces, made)
    pieces = [_whole_quotations(document, piece) for piece in _telling(document.text, pieces)]
    content = cut_spans(document.text, pieces, (*made.source, *made.cue))
    return replace(made, content=content) if content else None


def _told(document: Document, piece: Span) -> list[Span]:
    """A piece without the dateline that it begins in."""
    start = max(piece.start, min(document.sentence_at(piece.start).span.start, piece.end))
    return [Span(start, piece.end)] if start < piece.end else []


def _near(document: Document, pieces: Sequence[Span], made: Attribution) -> list[Span]:
    """The pieces on the cue's side of the headline, and of other paragraphs only quotations that go on from there."""
    home = document.sentence_number(made.cue[0].start if made.cue else pieces[0].start)
    there = document.sentences[home]
    reach, kept = home, []
    for piece in pieces:
        number = document.sentence_number(piece.start)
        sentence = document.sentences[number]
        if sentence.headline != there.headline:
            continue
        if sentence.paragraph != there.paragraph:
            between = (
                document.sentences[reach + 1 : number] if number > reach else document.sentences[number + 1 : home]
            )
            same = {sentence.paragraph, there.paragraph}
            block = block_of(document, made, sentence.paragraph)
            if block is not None:
                kept.append(block)
                continue
            bare = sentence.only_quotes and document.is_quoted(piece)
            before = sentence.paragraph < there.paragraph
            if before and any(not s.only_quotes for s in document.sentences if s.paragraph == sentence.paragraph):
                continue  # “...,” Vale said. “I | never” ¶ “I do,” Marsh put in.
            if not bare or any(not s.only_quotes and s.paragraph not in same for s in between):
                continue
        reach = max(reach, number)
        kept.append(piece)
    return kept


def _not_recipients(document: Document, pieces: Sequence[Span], made: Attribution) -> list[Span]:
    """Without "to passengers" of: Marsh apologised to passengers. “It was our fault.”"""
    end = made.cue[-1].end if made.cue else -1
    if not any(document.is_quoted(piece) for piece in pieces):
        return list(pieces)
    text = document.text
    return [
        p
        for p in pieces
        if not (p.start == end + 1 and _RECIPIENT.match(p.of(text)) and text[p.end : p.end + 1] in ".,")
    ]


def _telling(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Without pieces that are but function words ("Regarding"), where others are more; of "What they say" nothing."""
    more = [p for p in pieces if not _holds_only(text, p, _FUNCTION)]
    kept = more or list(pieces)
    return [] if all(_holds_only(text, p, _ASKING) for p in kept) else kept


def _holds_only(text: str, piece: Span, words: frozenset[str]) -> bool:
    return all(word.group().lower() in words for word in WORD.finditer(text, piece.start, piece.end))


def is_label(text: str, made: Attribution) -> bool:
    """Harbour trial:Pilot late again: a link with its label, where no space follows the colon."""
    if len(made.cue) != 1 or made.cue[0].of(text).strip(":"):
        return False
    behind = text[made.cue[0].end : made.cue[0].end + 1]
    return len(made.cue[0]) > 1 or behind.isalnum() or behind == ":"


def hides_source(text: str, made: Attribution) -> bool:
    """a woman who asked not to be named: what hides a source is no claim of hers."""
    refused = "not " if made.cue and made.cue[-1].of(text).endswith(" not") else ""
    return any(_UNNAMED.fullmatch(refused + piece.of(text)) for piece in made.content)


def _summons(text: str, made: Attribution) -> bool:
    """called the hotline to inform: a telephone call, which says nothing."""
    if not made.cue or not _CALLED.search(made.cue[-1].of(text)):
        return False
    return any(_SUMMONED.match(piece.of(text)) for piece in made.content if piece.start == made.cue[-1].end + 1)


def _whole_quotations(document: Document, piece: Span) -> Span:
    """A piece with all of the quotations that it holds the better part of: they are one speaker's."""
    for quote in document.quotes:
        for part in quote.pieces:
            if part.overlaps(piece) and not piece.contains(part):
                shared = Span(max(part.start, piece.start), min(part.end, piece.end))
                if _words(document.text, shared) >= (1 - MOST_MISSED) * _words(document.text, part):
                    piece = Span(min(part.start, piece.start), max(part.end, piece.end))
    return piece


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in WORD.finditer(text, span.start, span.end))
