"""Pieces that a tagger counts to a content by likeness, though their place in the sentence says that they are none.

While Marsh spoke of “a new dawn,” Vale called it a delay: the quotation is not Vale's.
“It holds,” she said, but the rain went on: what follows "but" is the article's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.tokens import Document, Sentence
from rag.types import Attribution

_LEADS = re.compile(
    r"(?:(?:\A|[\s,])(?i:when|while|as|after|before|although|though|because|since),?|(?:\A|,\s+(?:and\s|but\s)?)[A-Za-z]+ing)"
    r"\s[^“”\"]*\Z"
)
"""A subordinate clause or a participle that a quotation stands in: As Marsh spoke of “a new dawn,” ..."""
_GOES_ON = re.compile(r",\s+(?:but|and|as|while|when|before|after)(?:\s\w+){0,3}?\s?\Z")
_MAIN_VERB = re.compile(r",\s+(?:is|are|was|were|has|had|have|will|would|can|could|may|might|should)\s")
_OPENED = re.compile(r"“|\"|''|‘(?=\w)")


def without_strays(document: Document, made: Attribution) -> Attribution:
    """An attribution without the pieces of its cue's sentence that stand in other clauses; one piece always stays."""
    if len(made.cue) != 1:
        return made
    sentence = document.sentence_at(made.cue[0].start)
    kept = [p for p in made.content if not (_leads(sentence, made, p) or _follows(document, sentence, made, p))]
    kept = [_own(document.text, made, piece) for piece in kept]
    return replace(made, content=tuple(kept)) if kept and kept != list(made.content) else made


def _leads(s: Sentence, made: Attribution, piece: Span) -> bool:
    """Whether a quotation stands in a clause before the source, where the cue has its own object right behind it."""
    (cue,) = made.cue
    first = min((p.start for p in (*made.source, cue)), default=cue.start)
    if not (s.span.start < piece.start and piece.end <= first) or not _OPENED.match(s.text, piece.start):
        return False
    if not any(0 <= p.start - cue.end <= 1 for p in made.content if p != piece):
        return False
    return _LEADS.search(s.text[s.span.start : piece.start]) is not None


def _follows(document: Document, s: Sentence, made: Attribution, piece: Span) -> bool:
    """Whether unquoted words go on behind "“...,” she said, but": nothing of hers where a quotation came before."""
    (cue,) = made.cue
    if not (cue.end < piece.start < s.span.end) or not _GOES_ON.match(s.text[cue.end : piece.start]):
        return False
    return not document.is_quoted(piece) and any(document.is_quoted(p) and p.end <= cue.start for p in made.content)


def _own(text: str, made: Attribution, piece: Span) -> Span:
    """The council, which says that the pier holds, | is waiting: a relative clause ends before the main verb."""
    relative = len(made.source) == 1 and made.source[0].of(text).lower() in g.RELATIVES
    if not relative or not re.search(r",\s\Z", text[: made.source[0].start]) or piece.start < made.cue[0].end:
        return piece
    found = _MAIN_VERB.search(text, piece.start, piece.end)
    return Span(piece.start, found.start()) if found else piece
