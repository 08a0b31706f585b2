"""Whether a figure is of what a question asks the number of: on the places and people it names, and of the same harm.

A figure in the first sentence, or beside another in a table, is read as the answer. One from another flood, or of those
who were rescued where the dead are asked for, stays among the claims below and is not told as that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rag.answer.figures import (
    HARM,
    HURT,
    Figure,
    counted,
    counted_as,
    counts_people,
    fitting_figures,
    is_part,
    read_figures,
)
from rag.answer.numbered import Numbered
from rag.answer.overlap import content_words, speakers_words
from rag.question import Query

_NAME = re.compile(r"(?<![.?!:“\"]\s)(?<!^)\b[A-Z][\w’'-]+")
_POSSESSIVE = re.compile(r"[’']s?$")
_HOW_MANY_OF = re.compile(r"\bhow many of\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_COST = re.compile(r"\b(?:costs?|costing|prices?|priced)\b", re.IGNORECASE)
"""How much it cost: such a word stands before the figure. Of what was paid or is owed it may stand behind, too."""
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|billions|half|most|many|several)\b", re.IGNORECASE)
_ANYBODY = frozenset(
    "people person persons civilian civilians victim victims dead body bodies death deaths fatalities casualties lives "
    "resident residents villager villagers passenger passengers man men".split()
)
"""Nouns for whoever was there: people may be counted where these are asked for, and not where children are."""
_MEASURES = frozenset(
    "% $ € £ ¥ litre liter gallon barrel metre meter kilometre kilometer mile foot feet acre hectare tonne ton "
    "kilogram gram second minute hour day week month year crown dollar euro pound degree ppm".split()
)
"""Units that are no things: none is an answer where members or houses are counted."""
_VICTIMS = re.compile(r"\b(?:victims?|casualt\w+|toll)\b", re.IGNORECASE)
_ALIKE = 4
"""Letters with which a name and its adjective begin alike: Syria, Syrian."""
_ENDING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAsked:
    """The figure that a question asks for.

    `unit` is what it counts (None where that is not told), `names` and `words` are those of the question; `much` where
    people are no answer, `parts` where "four of the dead" is one. `harm` are words of which one must stand in the
    claim, `behind` words of which one must stand before the figure. `whom`: who is asked for among people
    ("children"), which must stand in the figure itself; empty where anybody is. `alive` where the dead are no answer,
    `things` where a measure is none.
    """

    unit: str | None
    names: Collection[str]
    words: Collection[str]
    much: bool
    parts: bool
    harm: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    whom: Collection[str] = ()
    alive: bool = False
    things: bool = False

    @classmethod
    def by(cls, query: Query) -> FigureAsked:
        much = _HOW_MUCH.search(query.question) is not None
        unit = counted(query.question)
        return cls(
            unit=unit,
            names=names_asked(query),
            words=content_words(query.topic or query.text),
            much=much,
            parts=_HOW_MANY_OF.search(query.question) is not None,
            harm=next((words for words in (HARM, HURT) if words.search(query.question)), None),
            behind=_COST if much and _COST.search(query.question) else None,
            whom=_whom(query.question) if (unit or "").startswith("people") else (),
            alive=unit == "people" and _VICTIMS.search(query.question) is None,
        )

    def less_strictly(self) -> list[FigureAsked]:
        """The same, then with the figure anywhere in its clause, then whatever it counts: houses for homes.

        Of people no other figure is an answer, nor is one of other than the dead of the dead.
        """
        anywhere = replace(self, behind=None)
        strict = self.harm is not None or (self.unit or "").startswith("people")
        things = self.unit is not None and self.unit not in _MEASURES
        return [self, anywhere, *([] if strict else [replace(anywhere, unit=None, things=things)])]

    def may_be_told_by(self, words: str) -> bool:
        """Whether words may tell the amount without a figure: dozens of the dead, where the dead are asked for."""
        return _VAGUE.search(words) is not None and (self.harm is None or self.harm.search(words) is not None)

    def found_in(self, item: Numbered) -> Figure | None:
        """The figure in a claim; of several that of the clause with most words of the question."""
        words = item.shown.words
        if not is_near(self.names, item.around) or (self.harm and not self.harm.search(words)):
            return None
        if self.whom:
            those = [one for one in read_figures(words) if content_words(one.words) & set(self.whom)]
            return next((one for one in those if self.parts or not is_part(one)), None)
        for figure in fitting_figures(words, asked=self.words, behind=self.behind):
            if (self.alive and figure.unit == "people killed") or (self.things and figure.unit in _MEASURES):
                continue
            if (is_part(figure) and not self.parts) or (self.much and counts_people(figure.unit)):
                continue
            if self.unit is None or is_of(self.unit, figure, words):
                return figure
        return None


def _whom(question: str) -> Collection[str]:
    """The noun of those who are asked for among people; empty where it is anybody."""
    figure = counted_as(question)
    noun = figure.words.split()[-1].lower() if figure else ""
    if not noun or noun in _ANYBODY:
        return ()
    return {"child", "children"} if noun in {"child", "children"} else content_words(noun)


def asked_figures(items: Sequence[Numbered], asked: FigureAsked) -> list[tuple[Numbered, Figure]]:
    """The claims with the figure that is asked for, by the strictest reading that any fits."""
    for wanted in asked.less_strictly():
        found = [(item, figure) for item in items if (figure := wanted.found_in(item))]
        if found:
            return found
    return []


def names_asked(query: Query) -> set[str]:
    """The words of the names in a question, but those of the parties that are asked for; of one in capitals, none."""
    if query.text.isupper():
        return set()
    names = " ".join(_POSSESSIVE.sub("", name) for name in _NAME.findall(query.text))
    return content_words(names) - speakers_words(query)


def is_near(names: Collection[str], around: str) -> bool:
    """Whether half of the names, at least, stand in what is around a claim, some as their adjectives."""
    words = content_words(around)
    found = sum(name in words or any(_is_form(name, word) for word in words) for name in names)
    return 2 * found >= len(names)


def is_of(unit: str, figure: Figure, words: str) -> bool:
    """Whether a figure in these words is of a unit: the dead of the dead, people of people whatever became of them."""
    if figure.unit == unit:
        return True
    if unit == "people":
        return figure.unit.startswith("people")
    harm = {"people killed": HARM, "people hurt": HURT}.get(unit)
    return harm is not None and figure.unit == "people" and harm.search(words) is not None


def _is_form(name: str, word: str) -> bool:
    shared = max(_ALIKE, len(name) - _ENDING)
    return len(name) > _ALIKE and len(word) > _ALIKE and name[:shared] == word[:shared]
