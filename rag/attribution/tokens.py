"""Words, punctuation and whole quotations of a sentence, as tokens with offsets.

A quotation is one token, whatever it holds: rules look around quotations, never into them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from corpus import split_paragraphs, split_sentences
from corpus.types import Span
from rag.attribution.grammar import ADVERBS, NOT_ADVERBS
from rag.attribution.quotes import Quote, pair_quotes

QUOTE = "“”"
TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|Prof|Rev|Hon|Capt|Sgt|Maj|Cmdr|Adm|Reps|Sens|Jan|Feb|Aug|Sept"
    r"|Oct|Nov|Dec|No|Inc|Corp|Co|Ltd)\.|(?:[A-Z]\.)+(?:[A-Z]\b)?|\d+(?:[.,:]\d+)+%?"
    r"|[@#]?\w+(?:[-'’&.]\w+|(?<=[a-z])–(?=[A-Z][a-z])\w+)*(?:['’](?=\s[a-z]))?|--+|\S"
)
MAX_TOKENS = 400
"""A longer sentence is none, and is cut: the rules look back and forth within one."""
Token = tuple[int, int, int]
"""Start, end, and the number of the quotation or -1."""
DATELINE = re.compile(
    r"[A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+){0,2}| [A-Z][a-z]+\.?)?(?:, [A-Z][a-z]+\.? \d{1,2})?"
    r"(?: \([^)\n]{1,40}\))?\s*(?:--|[–—-])\s+"
)
LINE_END = re.compile(r"(?<=[.!?…:”’\"'»)])[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as parallel lists: `words`, `lower`, `starts`, `ends`; `quote[i]` numbers the quotation that
    token i is a piece of, or is -1. `paragraph` counts from 0; `headline` is true for the headline."""

    text: str
    span: Span
    paragraph: int
    headline: bool
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    quote: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def is_word(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.quote[at] < 0 and self.words[at][0].isalnum()

    def is_capital(self, at: int) -> bool:
        return self.is_word(at) and self.words[at][0].isupper()

    def is_adverb(self, at: int) -> bool:
        low = self.lower[at]
        return low in ADVERBS or (low.endswith("ly") and low not in NOT_ADVERBS and not self.is_capital(at))

    def cut(self, start: int, end: int) -> Span:
        """The characters from token `start` up to, not with, token `end`."""
        return Span(self.starts[start], self.ends[end - 1])

    def say(self, start: int, end: int) -> str:
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    @property
    def only_quotes(self) -> bool:
        return QUOTE in self.words and not any(self.is_word(i) for i in range(len(self.words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text cut up: its paragraphs, its quotations, and its sentences (never ending inside a quotation)."""

    text: str
    paragraphs: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """Where each sentence starts."""

    def sentence_number(self, offset: int) -> int:
        """The number of the sentence that an offset stands in, else of the next one, else of the last."""
        number = bisect_right(self.starts, offset) - 1
        inside = number >= 0 and offset < self.sentences[number].span.end
        return number if inside else min(number + 1, len(self.sentences) - 1)

    def sentence_at(self, offset: int) -> Sentence:
        return self.sentences[self.sentence_number(offset)]

    def is_quoted(self, span: Span) -> bool:
        """Whether any of it stands in quotation marks."""
        return any(part.overlaps(span) for quote in self.quotes for part in quote.pieces)


@lru_cache(maxsize=2)  # of an article the tagger, the rules and the resolution each ask for it
def read_document(text: str, headline: Span | None = None) -> Document:
    """Cut a text into sentences of tokens; `headline` marks the sentence(s) in it."""
    paragraphs = tuple(line for paragraph in split_paragraphs(text) for line in _lines(text, paragraph))
    quotes = pair_quotes(text, paragraphs)
    pieces = sorted((piece.start, piece.end, n) for n, quote in enumerate(quotes) for piece in quote.pieces)
    masked = _mask(text, pieces)
    sentences: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        whole = headline is not None and headline.contains(paragraph)
        spans = [paragraph] if whole else _sentences(masked, paragraph)
        for span in map(partial(_after_dateline, text), spans):
            while at < len(pieces) and pieces[at][1] <= span.start:
                at += 1
            tokens = list(_tokens(text, span, pieces, at))
            for first in range(0, len(tokens), MAX_TOKENS):
                part = tokens[first : first + MAX_TOKENS]
                sentences.append(_sentence(text, part, paragraph=number, headline=whole))
    return Document(
        text=text,
        paragraphs=paragraphs,
        quotes=quotes,
        sentences=tuple(sentences),
        starts=tuple(sentence.span.start for sentence in sentences),
    )


def _sentence(text: str, tokens: Sequence[Token], *, paragraph: int, headline: bool) -> Sentence:
    words = [QUOTE if quote >= 0 else text[start:end] for start, end, quote in tokens]
    return Sentence(
        text=text,
        span=Span(tokens[0][0], tokens[-1][1]),
        paragraph=paragraph,
        headline=headline,
        words=words,
        lower=[word.lower() for word in words],
        starts=[start for start, _, _ in tokens],
        ends=[end for _, end, _ in tokens],
        quote=[quote for _, _, quote in tokens],
    )


def _lines(text: str, paragraph: Span) -> Iterator[Span]:
    """Part a paragraph at line ends after a full stop: not every text leaves an empty line between paragraphs."""
    start = paragraph.start
    for found in LINE_END.finditer(text, paragraph.start, paragraph.end):
        yield Span(start, found.start())
        start = found.end()
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _after_dateline(text: str, span: Span) -> Span:
    """ELSIN, Norland (Tarn News) — Two barges sank: the sentence without the place and agency in front."""
    found = DATELINE.match(text, span.start, span.end)
    return Span(found.end(), span.end) if found and found.end() < span.end else span


def _mask(text: str, pieces: Sequence[Token]) -> str:
    """Blot out the insides of quotations, all but the end, so that no sentence is seen to end within one."""
    parts, at = [], 0
    for start, end, _ in pieces:
        first = min(start + 3, end)  # the mark, and whether a capital follows
        last = max(first, end - 2)
        parts += [text[at:first], "x" * (last - first), text[last:end]]
        at = end
    return "".join([*parts, text[at:]])


def _sentences(masked: str, paragraph: Span) -> list[Span]:
    inside = masked[paragraph.start : paragraph.end]
    merged: list[Span] = []
    for span in split_sentences(inside):
        here = Span(span.start + paragraph.start, span.end + paragraph.start)
        if merged and not _ends_before(masked, merged[-1], here):
            merged[-1] = Span(merged[-1].start, here.end)
        else:
            merged.append(here)
    return merged


def _ends_before(masked: str, first: Span, second: Span) -> bool:
    """A sentence that goes on in lower case, or ends in a comma, has not ended."""
    last = masked[first.end - 1]
    return not (masked[second.start].islower() or last in ",;:")


def _tokens(text: str, span: Span, pieces: Sequence[Token], at: int) -> Iterator[Token]:
    position = span.start
    while position < span.end:
        start, end, quote = pieces[at] if at < len(pieces) else (span.end, span.end, -1)
        for found in TOKEN.finditer(text, position, min(start, span.end)):
            yield found.start(), found.end(), -1
        if start >= span.end:
            return
        yield max(start, position), min(end, span.end), quote
        position, at = end, at + 1
