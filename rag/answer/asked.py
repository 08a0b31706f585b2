"""Whether a figure is of what a question asks the number of: on the places and people it names, and of the same harm.

A figure in the first sentence, or beside another in a table, is read as the answer. One from another flood, or of those
who were rescued where the dead are asked for, stays among the claims below and is not told as that.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from rag.answer.figures import HARM, HURT, Figure, counted, counts_people, fitting_figures, is_part
from rag.answer.numbered import Numbered
from rag.answer.overlap import content_words
from rag.question import Query

_NAME = re.compile(r"(?<![.?!:“\"]\s)(?<!^)\b[A-Z][\w’'-]+")
_POSSESSIVE = re.compile(r"[’']s?$")
_HOW_MANY_OF = re.compile(r"\bhow many of\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_ALIKE = 4
"""Letters with which a name and its adjective begin alike: Syria, Syrian."""
_ENDING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAsked:
    """The figure that a question asks for.

    `unit` is what it counts (None where that is not told), `names` and `words` are those of the question; `much` where
    people are no answer, `parts` where "four of the dead" is one.
    """

    unit: str | None
    names: Collection[str]
    words: Collection[str]
    much: bool
    parts: bool

    @classmethod
    def by(cls, query: Query) -> FigureAsked:
        return cls(
            unit=counted(query.question),
            names=names_asked(query),
            words=content_words(query.topic or query.text),
            much=_HOW_MUCH.search(query.question) is not None,
            parts=_HOW_MANY_OF.search(query.question) is not None,
        )

    def of_anything(self) -> FigureAsked | None:
        """The same, whatever is counted: houses for homes. None where people are asked for."""
        return replace(self, unit=None) if not (self.unit or "").startswith("people") else None

    def found_in(self, item: Numbered) -> Figure | None:
        """The figure in a claim; of several that of the clause with most words of the question."""
        if not is_near(self.names, item.around):
            return None
        for figure in fitting_figures(item.shown.words, asked=self.words):
            if (is_part(figure) and not self.parts) or (self.much and counts_people(figure.unit)):
                continue
            if self.unit is None or is_of(self.unit, figure, item.shown.words):
                return figure
        return None


def names_asked(query: Query) -> set[str]:
    """The words of the names in a question, but those of the parties that are asked for; of one in capitals, none."""
    if query.text.isupper():
        return set()
    speakers = {
        word for party in query.speakers for name in (party.name, *party.aliases) for word in content_words(name)
    }
    names = " ".join(_POSSESSIVE.sub("", name) for name in _NAME.findall(query.text))
    return content_words(names) - speakers


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
