"""Claims that a question asks for by their kind, before the others: who denied it, who said 14, who reported it at all.

The learnt ranking goes by words, and a claim of the kind that is asked for may share few with the question. Only one
that likely answers is moved, so that no denial of something else comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answer.denials import is_negated
from rag.answer.figures import given_amounts, read_amounts
from rag.question import Query
from rag.retrieve import FoundClaim
from rag.types import Stance

RELEVANT = 0.10
"""Least probability that a claim answers, by the learnt ranking, for it to be shown whatever its similarity."""


NOT_TOLD: frozenset[Stance] = frozenset({"denies", "declined", "none"})
"""Stances in which nobody says that it is so. Who suggests or questions something is left in its place: of questions
on training articles, moving those behind the others lost right answers, and moving these lost none."""
_SAYS = re.compile(
    r"^\W*(?:(?:and|but|so)\s)?(?:who|which(?:\s[\w’'-]+){1,8}?)\s(?:(?:has|have|had|also|first|else)\s)*"
    r"(?:said|says?|told|tells?|report(?:s|ed)?|announce[sd]?|state[sd]?|claim(?:s|ed)?|count(?:s|ed)?|mention(?:s|ed)?|"
    r"warn(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Who reported it: the words of those who say that it is so are asked for."""
_EXAMINED = (
    r"look(?:s|ed|ing)? (?:in)?to|investigat\w+|examin\w+|assess(?:es|ed|ing)?|review(?:s|ed|ing)?|studying|studied|"
    r"check(?:s|ed|ing)?|aware of|wait(?:s|ed|ing)? for|receiv(?:es|ed|ing)|heard|seen"
)
_TAKES_UP = re.compile(
    rf"\b(?:{_EXAMINED})\s(?:[\w-]+\s){{0,3}}?(?:reports?|claims?|allegations?|accusations?|suggestions?|rumou?rs?|"
    r"complaints?|whether|if)\b",
    re.IGNORECASE,
)
"""Looking into reports that people died, aware of the allegations: what others say is taken up, and not said."""
_NONE = re.compile(r"^\W*(?:that\s)?(?:no|nobody|none|nothing|not|never|neither)\b", re.IGNORECASE)
"""“No civilians were harmed”: no answer to who reported that they were."""


def asked_first(
    query: Query, fitting: Sequence[FoundClaim], *, words: Callable[[FoundClaim], str] | None = None
) -> list[FoundClaim]:
    """First the claims that likely answer and have the figure or the stance that is asked for; each in its order.

    Where it is asked who says something, those that say it come before those that deny it, ask about it or take up
    what others say; `words` gives the words of a claim that fit the question.
    """
    given = given_amounts(query.question)
    who_said = query.intent == "who_said" and not query.speakers
    stances = query.stances if who_said else ()
    saying = who_said and not stances and _SAYS.match(query.question) and not is_negated(query.question)

    def tells(found: FoundClaim) -> bool:
        said = words(found) if words else found.claim.text
        return found.claim.stance not in NOT_TOLD and not (_TAKES_UP.search(said) or _NONE.match(said))

    def is_other(found: FoundClaim) -> tuple[bool, bool]:
        likely = found.relevance >= RELEVANT
        has_figure = likely and bool(given) and not given.isdisjoint(read_amounts(found.claim.text))
        fits = tells(found) if saying else found.claim.stance in stances
        return not has_figure, not (likely and fits)

    return sorted(fitting, key=is_other)
