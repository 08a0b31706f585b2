"""The gender of the people of an article, by the pronouns that its own words use of them.

A first name shows nothing. That a sentence names one person only and goes on with "she" does; one such place may be
chance, so that places are counted and must agree.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.types import Span
from rag.attribution.kinds import surname_of
from rag.attribution.people import People

_AFTER_OBJECT = "to|for|in|on|at|of|and|that|as|by|with|from|about|if|when|after|before|because"
PRONOUN = re.compile(
    rf"\b(?:(he|himself)|(his)|(she|herself)|(hers|her(?=\s(?!(?:{_AFTER_OBJECT})\b)[a-z])))\b", re.IGNORECASE
)
OBJECT = re.compile(rf"\bhim\b|\bher(?=[,.;:]|\s(?:{_AFTER_OBJECT})\b)", re.IGNORECASE)
"""Somebody else than the subject before it, so that what follows may be of them."""
SURE = 2
"""What "she" counts; "her" counts half, for it may be of somebody whom the one named speaks of."""
AGREEMENT = 3
"""How many times the evidence for one gender must outweigh that for the other."""


def genders_of(people: People, sentences: Sequence[Span], quoted: Sequence[Span]) -> dict[str, str]:
    """The gender of each full name, "male" or "female", where the article shows it.

    Courtesy titles decide by themselves.
    """
    starts = [sentence.start for sentence in sentences]
    inside = sorted(quoted)
    opened = [piece.start for piece in inside]
    male: Counter[str] = Counter()
    female: Counter[str] = Counter()
    for found in PRONOUN.finditer(people.text):
        at = found.start()
        piece = bisect_right(opened, at) - 1
        number = bisect_right(starts, at) - 1
        if number < 0 or (piece >= 0 and at < inside[piece].end):
            continue
        name = _only_person(people, sentences, number, at, opens=at - starts[number] < 2)
        if name is not None:
            counts = male if found.lastindex in {1, 2} else female
            counts[name] += SURE if found.lastindex in {1, 3} else 1
    return _settled(people, male, female)


def _only_person(people: People, sentences: Sequence[Span], number: int, at: int, *, opens: bool) -> str | None:
    """Whom alone the sentence names up to `at`; for a pronoun that opens it, whom alone the sentence before names."""
    span = sentences[number]
    if opens:
        if number == 0:
            return None
        span, at = sentences[number - 1], sentences[number - 1].end
    if OBJECT.search(people.text, span.start, at):
        return None
    namings = people.named_in(span.start, at)
    names = {naming.name for naming in namings}
    return names.pop() if len(names) == 1 and not namings[0].shared else None


def _settled(people: People, male: Counter[str], female: Counter[str]) -> dict[str, str]:
    genders: dict[str, str] = {}
    for name in {*male, *female}:
        m, f = male[name], female[name]
        if max(m, f) >= SURE and max(m, f) >= AGREEMENT * min(m, f):
            genders[name] = "male" if m > f else "female"
    surnames: defaultdict[str, set[str]] = defaultdict(set)
    for _, name in people.full_names:
        surnames[surname_of(name)].add(name)
    for name, gender in people.genders.items():
        bearers = {name} if " " in name else surnames[name]
        if gender and len(bearers) == 1:
            genders[next(iter(bearers))] = gender
    return genders


def overlapping(sorted_spans: Sequence[Span], at: int) -> bool:
    """Whether an offset stands within one of the spans, which are in order and apart."""
    number = bisect_left(sorted_spans, Span(at + 1, at + 1)) - 1
    return number >= 0 and at < sorted_spans[number].end
