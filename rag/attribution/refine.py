"""What the tagger read, put right where form decides: datelines, headlines, quotation marks, asides, stray pieces.

A tagger marks words by likeness; where a quotation ends, and that a dateline is nobody's words, the page itself shows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.cues import FORMS
from rag.attribution.mentions import ARTEFACT
from rag.attribution.quotes import WORD
from rag.attribution.roles import is_title
from rag.attribution.spans import cut_spans, merge_spans
from rag.attribution.tokens import Document, Sentence
from rag.types import Attribution

MOST_MISSED = 0.5
"""The share of a quotation's words that a content may lack and still be meant to hold all of it."""
_INCIDENTAL = re.compile(r",\s+who\s+(?:ha[sd]\s+)?[a-z]+\s+(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]*\s*,?\Z")
"""A clause about the source that ends in the full name of another, right behind its verb: it could be taken for the
source's. Longer clauses stay: readers count them to the source more often than not."""
_DENIED_SPEECH = re.compile(r"^(.*\w)\s+(\w+ing)$", re.DOTALL)
_UNNAMED = re.compile(
    r"(?:not to be|to remain|that \w+ not be|anonymity)(?: (?:named|identified|quoted|anonymous).*)?", re.I
)
_CALLED = re.compile(r"\b(?:call|calls|called|calling)$", re.IGNORECASE)
_SUMMONED = re.compile(r"(?:the|an?|his|her|its|their)\s(?:[\w-]+\s){1,3}to\s", re.IGNORECASE)
_FUNCTION = g.PREPOSITIONS | g.CONJUNCTIONS | g.DETERMINERS | frozenset({"regarding", "concerning"})
_ASKING = frozenset("what whatever who whom which why how when where whether".split())
_NEXT_PHRASE = re.compile(r"(\w+)\s+((?:an?|the)(?:\s+[A-Z][\w'’-]*){0,2})\Z")
_NAMED_NEXT = re.compile(r"\.?(?: [A-Z][\w’'-]*\.?){1,3}(?: \([^()]{1,20}\))?(?= [a-z])")
_APPOSED = re.compile(r", (?:the )?(?:[A-Z][\w’'-]*[ \u00a0]){1,4}[A-Z][\w’'-]*(?=,? )")
_DESCRIBING = re.compile(r"(?:the|an?|its|his|her|their)\s(?:[\w’'-]+\s)*[a-z][\w-]*\Z", re.IGNORECASE)
_ADDRESSING = re.compile(r"(?<=\w)\s+to\Z", re.IGNORECASE)
_RECIPIENT = re.compile(r"(?:to|with|at)\s+(?:\w+\s+){0,2}\w+$")


def refine(document: Document, found: Iterable[Attribution]) -> list[Attribution]:
    """Attributions with their spans put right; those that no content is left of are dropped."""
    lines = _Lines(document)
    return [right for made in found if (right := _refined(document, lines, made)) is not None]


class _Lines:
    """Sentences by offset."""

    def __init__(self, document: Document) -> None:
        self.sentences = document.sentences
        self._starts = [sentence.span.start for sentence in document.sentences]

    def number(self, offset: int) -> int:
        """The number of the sentence that an offset stands in, else of the next one, else of the last."""
        number = bisect_right(self._starts, offset) - 1
        inside = number >= 0 and offset < self.sentences[number].span.end
        return number if inside else min(number + 1, len(self.sentences) - 1)

    def sentence(self, offset: int) -> Sentence:
        return self.sentences[self.number(offset)]


def _refined(document: Document, lines: _Lines, made: Attribution) -> Attribution | None:
    if not lines.sentences or _summons(document.text, made) or hides_source(document.text, made):
        return None
    made = _with_whole_name(document.text, made)
    made = _with_artefact(document.text, _with_plain_source(document.text, _with_denied_speech(document.text, made)))
    made = _with_parted_names(document.text, _with_free_cue(document.text, _with_near_source(lines, made)))
    pieces = [cut for piece in made.content for cut in _told(lines, piece)]
    pieces = _near(document, lines, pieces, made)
    pieces = _not_recipients(document, pieces, made)
    pieces = [_whole_quotations(document, piece) for piece in _telling(document.text, pieces)]
    content = cut_spans(document.text, pieces, (*made.source, *made.cue))
    return replace(made, content=content) if content else None


def _told(lines: _Lines, piece: Span) -> list[Span]:
    """A piece without the dateline that it begins in."""
    start = max(piece.start, min(lines.sentence(piece.start).span.start, piece.end))
    return [Span(start, piece.end)] if start < piece.end else []


def _near(document: Document, lines: _Lines, pieces: Sequence[Span], made: Attribution) -> list[Span]:
    """The pieces on the cue's side of the headline, and of other paragraphs only quotations that go on from there."""
    home = lines.number(made.cue[0].start if made.cue else pieces[0].start)
    there = lines.sentences[home]
    reach, kept = home, []
    for piece in pieces:
        number = lines.number(piece.start)
        sentence = lines.sentences[number]
        if sentence.headline != there.headline:
            continue
        if sentence.paragraph != there.paragraph:
            between = lines.sentences[reach + 1 : number] if number > reach else lines.sentences[number + 1 : home]
            same = {sentence.paragraph, there.paragraph}
            bare = sentence.only_quotes and _is_quoted(document, piece)
            if not bare or any(not s.only_quotes and s.paragraph not in same for s in between):
                continue
        reach = max(reach, number)
        kept.append(piece)
    return kept


def _is_quoted(document: Document, piece: Span) -> bool:
    return any(part.overlaps(piece) for quote in document.quotes for part in quote.pieces)


def _not_recipients(document: Document, pieces: Sequence[Span], made: Attribution) -> list[Span]:
    """Without "to passengers" of: Marsh apologised to passengers. “It was our fault.”"""
    end = made.cue[-1].end if made.cue else -1
    if not any(_is_quoted(document, piece) for piece in pieces):
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


def _with_near_source(lines: _Lines, made: Attribution) -> Attribution:
    """Without a source from another paragraph than the cue: such a link was wrong wherever it was looked at.

    “It held,” said Ruth Marsh, the inspector. | She added: nor does a source go on over the end of the cue's sentence.
    """
    if not made.cue:
        return made
    there = lines.sentence(made.cue[0].start)
    near = (p for p in made.source if lines.sentence(p.start).paragraph == there.paragraph)
    return replace(made, source=tuple(_inside(there.span, p) if p.overlaps(there.span) else p for p in near))


def _inside(outer: Span, piece: Span) -> Span:
    return Span(max(outer.start, piece.start), min(outer.end, piece.end))


def _with_free_cue(text: str, made: Attribution) -> Attribution:
    """Marsh apologised to passengers. “It was our fault.”: without "to", whose object is no content but a recipient."""
    if len(made.cue) != 1 or any(abs(piece.start - made.cue[0].end) <= 1 for piece in made.content):
        return made
    (cue,) = made.cue
    found = _ADDRESSING.search(cue.of(text))
    return replace(made, cue=(Span(cue.start, cue.start + found.start()),)) if found else made


def _with_whole_name(text: str, made: Attribution) -> Attribution:
    """“It held,” Sen. | Ruth Marsh (R-Norland) said: a source that ends in a title goes on with the name behind it."""
    if not made.source or not is_title(made.source[-1].of(text).split()[-1]):
        return made
    last = made.source[-1]
    found = _NAMED_NEXT.match(text, last.end)
    if found is None or any(last.end < piece.start < found.end() for piece in (*made.cue, *made.content)):
        return made
    return replace(made, source=(*made.source[:-1], Span(last.start, found.end())))


def with_apposed_name(text: str, made: Attribution) -> Attribution:
    """the mayor, | Ruth Marsh, said: a description goes on with the name that stands between it and its cue."""
    if len(made.source) != 1 or not made.cue or not _DESCRIBING.match(made.source[0].of(text)):
        return made
    (source,) = made.source
    found = _APPOSED.match(text, source.end)
    if found is None or text[found.end() : made.cue[0].start].strip(" ,"):
        return made
    return replace(made, source=(Span(source.start, found.end()),))


def _with_parted_names(text: str, made: Attribution) -> Attribution:
    """According to the ministry a Tarn | Line ferry sank: the source ends before an article that no preposition leads
    to, and what follows it up to the content belongs to the content."""
    if len(made.source) != 1 or not made.content or made.content[0].start != made.source[0].end + 1:
        return made
    (source,), first = made.source, made.content[0]
    found = _NEXT_PHRASE.search(source.of(text))
    if not found or found[1].lower() in g.PREPOSITIONS | g.CONJUNCTIONS:
        return made
    start = source.start + found.start(2)
    content = (Span(start, first.end), *made.content[1:])
    return replace(made, source=(Span(source.start, source.start + found.end(1)),), content=content)


def _with_plain_source(text: str, made: Attribution) -> Attribution:
    """Dame Ruth Vale, who replaced Owen Park, said: the source ends before the aside."""
    pieces = []
    for piece in made.source:
        aside = _INCIDENTAL.search(piece.of(text))
        pieces.append(Span(piece.start, piece.start + aside.start()) if aside and aside.start() else piece)
    return replace(made, source=cut_spans(text, pieces, ()))


def _with_artefact(text: str, made: Attribution) -> Attribution:
    """The inspector's report shows: the report belongs to the cue (PolNeAR's manual), the inspector is the source."""
    if len(made.source) != 1 or not made.cue or made.cue[0].start < made.source[0].end:
        return made
    (source,) = made.source
    found = ARTEFACT.match(source.of(text))
    if not found or text[source.end : made.cue[0].start].strip():
        return made
    owner = Span(source.start, source.start + found.end("whom") + len(_possessive(found)))
    start = owner.end + len(text[owner.end :]) - len(text[owner.end :].lstrip())
    return replace(made, source=(owner,), cue=merge_spans(text, (Span(start, made.cue[0].end), *made.cue[1:])))


def _possessive(found: re.Match[str]) -> str:
    after = found.string[found.end("whom") :]
    return after[: len(after.split(maxsplit=1)[0])]


def _with_denied_speech(text: str, made: Attribution) -> Attribution:
    """Stroud denied saying K: what is denied is the saying, not K."""
    if len(made.cue) != 1:
        return made
    (cue,) = made.cue
    found = _DENIED_SPEECH.match(cue.of(text))
    if not found or not _is(found[1].split()[-1], "denies") or not _is(found[2], None):
        return made
    said = Span(cue.start + found.start(2), cue.end)
    follows = [piece for piece in made.content if piece.start - cue.end in (0, 1)]
    joined = [Span(said.start, follows[0].end) if follows else said, *(p for p in made.content if p not in follows)]
    return replace(made, cue=(Span(cue.start, cue.start + found.end(1)),), content=merge_spans(text, joined))


def _is(word: str, stance: str | None) -> bool:
    """Whether a word is the form of a cue, and of one with this stance where it is given."""
    form = FORMS.get(word.lower())
    return form is not None and any(stance is None or cue.stance == stance for cue in form.cues)
