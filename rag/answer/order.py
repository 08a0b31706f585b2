"""Claims that a question asks for by their kind, before the others: who denied it, who said 14.

The learnt ranking goes by words, and a claim of the kind that is asked for may share few with the question. Only one
that likely answers is moved, so that no denial of something else comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.figures import given_amounts, read_amounts
from rag.question import Query
from rag.retrieve import FoundClaim

RELEVANT = 0.10
"""Least probability that a claim answers, by the learnt ranking, for it to be shown whatever its similarity."""


def asked_first(query: Query, fitting: Sequence[FoundClaim]) -> list[FoundClaim]:
    """First the claims that likely answer and have the figure or the stance that is asked for; each in its order."""
    given = given_amounts(query.question)
    stances = query.stances if query.intent == "who_said" and not query.speakers else ()

    def is_other(found: FoundClaim) -> tuple[bool, bool]:
        likely = found.relevance >= RELEVANT
        has_figure = likely and bool(given) and not given.isdisjoint(read_amounts(found.claim.text))
        return not has_figure, not (likely and found.claim.stance in stances)

    return sorted(fitting, key=is_other)
