"""Numbers as a reader takes them: "more than 20", "at least two dozen", "1.1 trillion" are amounts to compare.

An amount is a range: "more than 20" is anything above 20, "about 20" a tenth round it. Two amounts of the same thing
agree where their ranges meet.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from rag.answer.overlap import content_words
from rag.attribution import grammar as g
from rag.attribution.kinds import is_person_noun

ABOUT = 0.1
"""How far, as a share, an "about" may lie from its figure."""
CLAUSES = re.compile(
    r";\s|\s(?:and|but)\s(?=that\s|about\s|some\s|another\s|only\s)|,\s(?:and|but|while|though)\s|\s(?:but|while)\s|"
    r"[.!?][\"”’“']*\s"
)
"""Where a statement goes over to another; not within "between 15 and 20"."""
OTHERS_TELL = re.compile(
    r"\b(?:told|tells)\s(?:us|me|them|him|her|you|the|every\w+)\b|\b(?:claims?|claimed|alleged|insisted)\b|"
    r"\baccording to\b",
    re.IGNORECASE,
)
"""Before a figure, in its clause: "the company told us 4,000 litres" is not the figure of who says so."""
TOLD_BY_OTHERS = re.compile(
    r"[\w\s]{0,24}?\b(?:claimed|given|admitted|reported|estimated|announced|named)\s(?:\w+\s)?by\b", re.IGNORECASE
)
"""Behind a figure: the 4.2 million claimed by the guild."""
_FOLLOWING = 80
"""Characters within which a figure follows the words that it is behind."""
_RATIO = re.compile(r"\b(?:one|\d+)\s(?:in|out of)\s(?:every\s)?$", re.IGNORECASE)
"""Before a number that tells a share: one in every 78 people."""
PART = re.compile(r"\bof\s(?:the|these|those|them|its|his|her|their|whom|which)\b", re.IGNORECASE)
_OF_WHOM = re.compile(r"\sof\s(?:whom|which)\b", re.IGNORECASE)
"""109 people, 13 of whom: the second is a part of the first."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_WORDS = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_MODIFIERS: dict[str, str] = {
    "above": r"more than|over|above|upwards of|exceeding|north of",
    "least": r"at least|no fewer than|no less than|a minimum of|not less than",
    "below": r"fewer than|less than|under|below",
    "most": r"at most|up to|as many as|as much as|no more than|not more than|a maximum of",
    "about": r"about|around|roughly|some|approximately|nearly|almost|close to|an estimated|estimated",
}
_MODIFIER = "|".join(f"(?P<{name}>{words})" for name, words in _MODIFIERS.items())
_AMOUNT = re.compile(
    rf"(?:\b(?:{_MODIFIER})\s+)?(?P<currency>[$€£¥])?"
    rf"(?:\b(?P<digits>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?P<short>k|mn?|bn|tn)\b|[\s-]+(?P<scale>hundred|thousand|million|billion|trillion|dozen)s?\b)?"
    rf"|\b(?P<words>(?:an?\s+(?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?(?:{_WORDS})"
    rf"(?:(?:[\s-]+|\s+and\s+)(?:{_WORDS}))*)\b)"
    r"(?P<percent>\s?%|\s+per\s?cent\b|\s+percentage points?\b)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s+(?:of\s+(?:the|its|his|her|their|them)\s+)?(?P<words>(?:[A-Za-z][\w’'-]*\s+){0,3}[A-Za-z][\w’'-]*)"
)
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[-–]|to|and|or)\s*")
_NO_UNIT = frozenset(
    "and or but of in on at to from by for with as a an the is are was were be been has have had who that which when "
    "while after before during this last next there he she they it its his her their will would could not than into "
    "out up down over more said says".split()
)
_PEOPLE = frozenset(
    "people person persons civilian civilians men women man woman child children victim victims dead body bodies "
    "death deaths fatalities casualties soldier soldiers worker workers resident residents passenger passengers "
    "patient patients villager villagers protester protesters troops lives".split()
)
HARM = re.compile(
    r"\b(?:kill\w*|dead|died|die|deaths?|fatalit\w+|casualt\w+|bod(?:y|ies)|lost their lives|toll)\b", re.I
)
HURT = re.compile(r"\b(?:injur\w+|wound(?:s|ed)|hurt|hospitalised|hospitalized)\b", re.I)
_AGE = re.compile(
    r"-(?:year|month|week|day)s?-old\b|\s(?:years?|months?|weeks?|days?)\sold\b|"
    r"\s(?:and|or)\s(?:under|over|older|younger|up|above|below)\b",
    re.IGNORECASE,
)
"""Behind a number: a 72-year-old man, children 4 and under."""
_AGED = re.compile(r"\b(?:aged?|ages)\s(?:of\s|between\s)?(?:\d+\s?(?:and|to|or|[-–])\s?)?$", re.IGNORECASE)
_COMPOUND = re.compile(r"-(?P<word>[A-Za-z]+)")
_NAMED = re.compile(r"(?:^|\s)([A-Z][\w’'-]*)\s$")
"""A word with a capital right before a bare number, which makes a name of the two, if it is no small word."""
_SMALL_WORDS = (
    g.PREPOSITIONS | g.CONJUNCTIONS | g.DETERMINERS | g.PRONOUNS | frozenset("only just even still then".split())
)
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_MONTH_NEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s*$|"
    r"^\s*(?:st|nd|rd|th)?\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount in a text: its range, what it counts (a folded noun, "people", "%", a currency), and its words."""

    low: float
    high: float
    unit: str
    words: str

    def agrees(self, other: Figure) -> bool:
        """Whether the two amounts can be the same."""
        return self.low <= other.high and other.low <= self.high


def read_figures(text: str) -> list[Figure]:
    """The amounts in a text, in its order; years and days of the month are none."""
    return [figure for _, figure in _placed(text)]


def read_amounts(text: str) -> set[float]:
    """The numbers of the amounts in a text, whatever they are of and however they are bounded."""
    return {_middle(figure) for figure in read_figures(text)}


def given_amounts(question: str) -> set[float]:
    """The numbers that a question gives in digits and that tell much: of two digits or more, and no years."""
    written = [figure for figure in read_figures(question) if re.search(r"\d", figure.words)]
    return {
        amount
        for amount in map(_middle, written)
        if amount >= 10 and not (_YEAR.fullmatch(f"{amount:g}") and not re.search(rf"{amount:,.0f}\b", question))
    }


def fitting_figures(text: str, *, asked: Collection[str], behind: re.Pattern[str] | None = None) -> list[Figure]:
    """For each unit the figure of the clause with most words of what is asked, the first of several; best unit first.

    With `behind`, only figures that follow such words in their clause: what it cost, of "$10 of debt would cost $30".

    Of "2.6 million arrived and 1.3 million are still owed" it is the second, where it is asked what is owed. What the
    clause gives to somebody else is left out.
    """
    borders = [0, *(found.end() for found in CLAUSES.finditer(text)), len(text)]
    clauses = [text[start:end] for start, end in pairwise(borders)]
    best: dict[str, tuple[int, Figure]] = {}
    for end, figure in _placed(text):
        at = min(bisect_left(borders, end) - 1, len(clauses) - 1)
        shared = len(content_words(clauses[at]) & set(asked))
        if behind and not behind.search(text, max(borders[at], end - _FOLLOWING), end):
            continue
        if OTHERS_TELL.search(text, borders[at], end) or TOLD_BY_OTHERS.match(text, end):
            continue
        if figure.unit not in best or shared > best[figure.unit][0]:
            best[figure.unit] = shared, figure
    return [figure for _, figure in sorted(best.values(), key=lambda found: -found[0])]


def _placed(text: str) -> list[tuple[int, Figure]]:
    """The amounts in a text and where the number of each ends."""
    figures: list[tuple[int, Figure]] = []
    for found in _AMOUNT.finditer(text):
        figure = _figure(text, found)
        if figure is None:
            continue
        between = text[figures[-1][0] : found.start()] if figures else ""
        if figures and _TO.fullmatch(between) and figures[-1][1].low < figure.high:  # between 15 and 20
            _, first = figures.pop()
            start = text.rindex(first.words, 0, found.start())
            start -= len(led[0]) if (led := _BETWEEN.search(text[:start])) else 0
            words = text[start : found.start()] + figure.words
            figure = replace(figure, low=first.low, words=words)
        elif figures and not figure.unit and found["scale"]:  # 2.6 million crowns came, and 1.3 million are owed
            figure = replace(figure, unit=figures[-1][1].unit)
        figures.append((found.end(), figure))
    return figures


def counted(question: str) -> str | None:
    """What a question asks the number of, as the unit of a figure: "people" for "How many residents left?"."""
    figure = counted_as(question)
    return (figure.unit or None) if figure else None


def counted_as(question: str) -> Figure | None:
    """What a question asks the number of, as it would be told: "7 residents" for "How many residents left?"."""
    asked = re.search(r"\bhow many\s+(?P<what>[a-z].*)", question, re.IGNORECASE)
    return next(iter(read_figures(f"7 {asked['what']}")), None) if asked else None


def _middle(figure: Figure) -> float:
    """The number of a figure: its one bound, or the middle of its range."""
    bounds = [bound for bound in (figure.low, figure.high) if abs(bound) < inf]
    return float(f"{sum(bounds) / len(bounds):.6g}")


def counts_people(unit: str) -> bool:
    """Whether a unit is people, so that it is no answer to "how much"."""
    return unit.startswith("people") or is_person_noun(unit) or unit in {"staff", "crew", "personnel"}


def is_part(figure: Figure) -> bool:
    """Four of the dead: a part, not to be compared with how many there were."""
    return PART.search(figure.words) is not None


def _figure(text: str, found: re.Match[str]) -> Figure | None:
    value = _value(found)
    if value is None or _is_date(text, found) or _is_age(text, found) or _RATIO.search(text[: found.start()][-24:]):
        return None
    unit, end = _unit(text, found)
    if not found["digits"] and (not unit or value == 1):
        return None  # "one of them", "two by two"
    named = None if unit else _NAMED.search(text[: found.start()])
    if named and named[1].lower() not in _SMALL_WORDS:
        return None  # Tank 7
    low, high = _range(found, value)
    end = whom.end() if (whom := _OF_WHOM.match(text, end)) else end
    return Figure(low=low, high=high, unit=unit, words=text[found.start() : end].strip())


def _value(found: re.Match[str]) -> float | None:
    if found["digits"]:
        number = float(re.sub(r"[,\u00a0\u202f]", "", found["digits"]))
        return number * _SHORT.get((found["short"] or "").lower(), 1) * _SCALES.get((found["scale"] or "").lower(), 1)
    return _spelt(found["words"].lower())


def _spelt(words: str) -> float | None:
    total = current = 0.0
    seen = False
    for word in re.findall(r"[a-z]+", words):
        if word in _SMALL:
            current += _SMALL[word]
            seen = True
        elif word in {"hundred", "dozen"}:
            current = (current or 1) * _SCALES[word]
            seen = True
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current, seen = 0.0, True
    return total + current if seen else None


def _is_date(text: str, found: re.Match[str]) -> bool:
    """3 May, May 3, 2031: a number that is no amount."""
    if found["percent"] or found["currency"] or not found["digits"]:
        return False
    before, after = text[: found.start("digits")], text[found.end("digits") :]
    if _YEAR.fullmatch(found["digits"]) and not _UNIT.match(after):
        return True
    if _YEAR.fullmatch(found["digits"]) and re.search(r"\b(?:in|since|of|by|from|until|year)\s+$", before):
        return True
    return _MONTH_NEAR.search(before[-12:]) is not None or _MONTH_NEAR.search(after[:16]) is not None


def _is_age(text: str, found: re.Match[str]) -> bool:
    return _AGE.match(text, found.end()) is not None or _AGED.search(text[: found.start()][-24:]) is not None


def _unit(text: str, found: re.Match[str]) -> tuple[str, int]:
    """What is counted, and where its words end."""
    if found["percent"]:
        return "%", found.end()
    if found["currency"]:
        return found["currency"], found.end()
    if compound := _COMPOUND.match(text, found.end()):  # a 6-storey house
        return compound["word"].lower().removesuffix("s"), compound.end()
    near = text[max(0, found.start() - 60) : found.end() + 60]
    match = _UNIT.match(text, found.end())
    words = list(_until_small(match["words"])) if match else []
    people = next((word for word in words if word.lower() in _PEOPLE), None)
    noun = people or next((w for w in words if w.endswith("s") and not w.endswith("ss")), words[0] if words else None)
    end = text.index(noun, found.end()) + len(noun) if noun else found.end()
    told = not words or HARM.fullmatch(words[0]) or HURT.fullmatch(words[0])  # "14 killed": people
    if people or (told and (HARM.search(near) or HURT.search(near))):
        return _of_people(near), end
    return (noun.lower().removesuffix("s"), end) if noun else ("", end)


def _until_small(words: str) -> Iterator[str]:
    for word in words.split():
        if word.lower() in _NO_UNIT or word.lower().endswith("ly"):
            return
        yield word


def _of_people(near: str) -> str:
    if HARM.search(near) and not HURT.search(near):
        return "people killed"
    return "people hurt" if HURT.search(near) and not HARM.search(near) else "people"


def _range(found: re.Match[str], value: float) -> tuple[float, float]:
    ranges = {
        "above": (value * (1 + 1e-9), inf),
        "least": (value, inf),
        "below": (-inf, value * (1 - 1e-9)),
        "most": (-inf, value),
        "about": (value * (1 - ABOUT), value * (1 + ABOUT)),
    }
    return next((bounds for name, bounds in ranges.items() if found[name]), (value, value))
