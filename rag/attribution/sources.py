"""Finding the source beside a cue: its subject, what follows an inverted verb, or the subject of the whole sentence.

A source is a list of token ranges. Appositions that identify ("the mayor of Lund") belong to it; "who ..." clauses,
ages and adverbials are skipped.
"""

from __future__ import annotations

import re

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.phrases import (
    MAX_WORDS,
    Ranges,
    is_finite,
    is_nominal,
    opening_bracket,
    phrase_back,
    phrase_forward,
)
from rag.attribution.tokens import Sentence

QUANTIFIERS = frozenset("some many others both all most several few one another".split())
CONTRACTION = re.compile(
    r"(?<=\b[Hh]e)['’](?:s|d|ll)\Z|(?<=\b[Ss]he)['’](?:s|d|ll)\Z|(?<=\b(?:it|It))['’](?:s|d|ll)\Z|"
    r"(?<=\b(?:we|We))['’](?:re|d|ve|ll)\Z|(?<=\b[Tt]hey)['’](?:re|d|ve|ll)\Z|(?<=\b[Yy]ou)['’](?:re|d|ve|ll)\Z|"
    r"(?<=\b[Ii])['’](?:m|d|ve|ll)\Z"
)


def spans_of(s: Sentence, ranges: Ranges | None) -> tuple[Span, ...]:
    """Token ranges as spans of the text, without a final comma or a contracted auxiliary (he's -> he)."""
    spans = []
    for start, end in ranges or ():
        stop = end
        while stop > start and s.words[stop - 1] == ",":
            stop -= 1
        if stop > start:
            span = s.cut(start, stop)
            found = CONTRACTION.search(s.text, span.start, span.end)
            spans.append(Span(span.start, found.start()) if found else span)
    return tuple(spans)


def source_before(s: Sentence, verb: int, low: int = 0) -> Ranges | None:
    """The subject of the verb group that begins at token `verb`, looking back no farther than token `low`."""
    if verb - 1 < low:
        return None
    if s.words[verb - 1] in {",", "—", "–", ")", "--"}:
        return _before_aside(s, verb - 1, low)
    return phrase_back(s, verb, low)


def _before_aside(s: Sentence, mark: int, low: int) -> Ranges | None:
    """Ana Ruiz, the mayor of Lund, said: the phrase before an aside that ends with the mark at token `mark`."""
    closing = s.words[mark]
    if closing == ")":
        return None if opening_bracket(s, mark, low) is None else phrase_back(s, mark + 1, low)
    relative = _relative_aside(s, mark, low)
    opening = relative if relative is not None else _comma_before(s, mark, low)
    if opening is None or opening <= low or not (s.is_word(opening + 1) or s.quote[opening + 1] >= 0):
        return None
    apposed = relative is None and _is_apposition(s, opening + 1, mark)
    end = (mark + 1 if closing == "," else mark) if apposed else opening
    phrase = phrase_back(s, opening, low)
    while phrase is not None:  # back over commas inside the aside, to the one that opens it
        start = phrase[0][0]
        left = start - 1
        if (
            left <= low
            or s.words[left] != closing
            or not _is_aside(s, start, opening)
            or not _follows_name(s, left, low)
        ):
            break
        opening = left
        phrase = phrase_back(s, opening, low)
    return None if phrase is None else [(phrase[0][0], end)]


def _comma_before(s: Sentence, mark: int, low: int) -> int | None:
    first = max(low, mark - MAX_WORDS)
    return next((i for i in range(mark - 1, first - 1, -1) if s.words[i] == s.words[mark]), None)


def _relative_aside(s: Sentence, mark: int, low: int) -> int | None:
    """The mark that opens a "who ..." clause which the mark at token `mark` closes, over commas of its own."""
    for at in range(mark - 1, max(low, mark - MAX_WORDS), -1):
        if s.words[at] == s.words[mark] and s.lower[at + 1] in {"and", "or", "but"}:
            return None
        if s.words[at] == s.words[mark] and s.lower[at + 1] in {"who", "whose", "which", "whom", "where"}:
            return at
    return None


def _follows_name(s: Sentence, comma: int, low: int) -> bool:
    phrase = phrase_back(s, comma, low)
    return phrase is not None and any(s.is_capital(i) for i in range(phrase[0][0], comma))


def _is_aside(s: Sentence, start: int, end: int) -> bool:
    """Whether tokens start..end could belong to an aside after a name: an apposition, an age, a place, who ..."""
    low = s.lower[start]
    known = g.RELATIVES | g.DETERMINERS | g.PREPOSITIONS | g.TITLES
    return low in known or low.isdigit() or end - start <= 3


def _is_apposition(s: Sentence, start: int, end: int) -> bool:
    """An identifying apposition belongs to the source; "who ...", ages and adverbials do not."""
    low = s.lower[start]
    if low in g.RELATIVES | g.PREPOSITIONS | g.SUBORDINATORS or low.isdigit():
        return False
    if low.endswith("ing") and not s.is_capital(start):
        return False
    return not any(is_finite(s, i) for i in range(start, min(end, start + 3)))


def source_after(s: Sentence, start: int, high: int) -> Ranges | None:
    """The noun phrase that begins at token `start`: ("...", said) Ana Ruiz, the mayor of Lund."""
    if start >= high or not s.is_word(start):
        return None
    if s.lower[start] in g.PRONOUNS - QUANTIFIERS:
        return [(start, start + 1)]
    end = phrase_forward(s, start, high)
    if end <= start or not is_nominal(s, start, end):
        return None
    return [(start, _with_appositions(s, end, high))]


def _with_appositions(s: Sentence, end: int, high: int) -> int:
    """The end of a phrase with its appositions, over an age: Ana Ruiz, 54, the mayor of Lund, ..."""
    at = end
    while at + 1 < high and s.words[at] == "," and s.is_word(at + 1):
        first = at + 1
        if s.lower[first].isdigit() and first + 1 < high and s.words[first + 1] == ",":
            at = first + 1
            continue
        opens = s.lower[first] in g.ARTICLES | g.TITLES | {"one", "his", "her", "its", "their"}
        if not (opens or s.is_capital(first) or s.lower[first - 2] in g.TITLES):
            break
        stop = phrase_forward(s, first, high)
        if stop <= first or (stop < high and is_finite(s, stop)):
            break
        end = at = stop
    return end


def main_subject(s: Sentence, high: int | None = None) -> Ranges | None:
    """The subject of the first finite verb of the sentence, as far as its form shows it."""
    for at in range(1, len(s) if high is None else high):
        if is_finite(s, at):
            found = source_before(s, at)
            if found is not None and s.lower[found[0][0]] not in g.RELATIVES:
                return found
    return None
