"""Who reported it: those who say that it is so come before those who deny it or look into what others say."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.answer.order import RELEVANT, asked_first
from rag.question import Query
from rag.retrieve import FoundClaim
from rag.types import Claim, Party, Stance

WHO_REPORTED = "Who reported that people had drowned?"
WHO_REACTED = "Who reacted to the drownings?"


def found(text: str, stance: Stance = "asserts", *, relevance: float = RELEVANT) -> FoundClaim:
    claim = Claim(
        id=text,
        text=text,
        party=Party(id="a", name="Ana Ruiz", kind="person"),
        voice="party",
        stance=stance,
        quote_type="indirect",
        source=(),
        cue=(),
        content=(Span(0, len(text)),),
        article="a",
        confidence=1.0,
    )
    return FoundClaim(claim=claim, piece=Span(0, len(text)), score=1.0, similarity=0.8, relevance=relevance)


REPORT = found("that eleven people had drowned")


def first(question: str, *claims: FoundClaim) -> FoundClaim:
    return asked_first(Query(question=question, text=question, intent="who_said"), claims)[0]


@pytest.mark.parametrize(
    "other",
    [
        found("that anybody had drowned", "denies"),
        found("the number of those who had drowned", "none"),
        found("to comment on the drowned", "declined"),
        found("that it was looking into reports that people had drowned"),
        found("that it had received reports of people who drowned"),
        found("We are aware of credible reports of people who drowned"),
        found("that it would examine whether people had drowned"),
        found("“Nobody drowned in this flood”"),
    ],
)
def test_who_reported_it_is_not_who_takes_it_up(other: FoundClaim) -> None:
    assert first(WHO_REPORTED, other, REPORT) is REPORT
    # where any reaction is asked for, or none is likely to answer, the order is as it was
    assert first(WHO_REACTED, other, REPORT) is other
    assert first(WHO_REPORTED, other, found("that it rained", relevance=RELEVANT / 2)) is other


def test_who_said_that_nobody_did_is_asked_for_the_denial() -> None:
    denial = found("“Nobody drowned in this flood”", "denies")
    assert first("Who said that nobody had drowned?", denial, REPORT) is denial


def test_who_suggests_it_keeps_the_place_that_the_ranking_gives() -> None:
    warned = found("that more might have drowned", "hedges")
    assert first(WHO_REPORTED, warned, REPORT) is warned
