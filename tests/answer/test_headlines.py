"""A headline's claim and the one of the body that says it in full."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Article, Span
from rag.answer.headlines import bodies_first
from rag.attribution import extract_claims
from rag.retrieve import FoundClaim
from rag.types import Party

HEADLINE = "Ruiz: dam is safe"
TEXT = f"""{HEADLINE}

The mayor, Ana Ruiz, said that the old dam is safe until June. Ruiz said that the road is closed.

“The dam is safe,” said Tom Vale.
"""


class Desk:
    def article(self, article_id: str) -> Article | None:
        return Article(id=article_id, text=TEXT, title=HEADLINE, headline=Span(0, len(HEADLINE)))


def found() -> dict[str, FoundClaim]:
    claims = {claim.text: claim for claim in extract_claims(TEXT, title=HEADLINE)}
    return {
        words: FoundClaim(claim=claim, piece=claim.content[0], score=1.0, similarity=0.9, relevance=0.9)
        for words, claim in claims.items()
    }


def order(*words: str, most: int = 10) -> list[str]:
    claims = found()
    given = [next(claim for text, claim in claims.items() if text.startswith(start)) for start in words]
    return [claim.claim.text for claim in bodies_first(given, Desk(), most=most)]


def test_the_body_comes_before_the_headline_that_repeats_it() -> None:
    assert order("dam is safe", "“The dam is safe", "that the old dam") == [
        "that the old dam is safe until June", "dam is safe", "“The dam is safe,”",
    ]  # fmt: skip


def test_other_words_and_other_peoples_stay_where_they_are() -> None:
    assert order("dam is safe", "“The dam is safe", "that the road") == [
        "dam is safe", "“The dam is safe,”", "that the road is closed",
    ]  # fmt: skip


def test_what_is_far_behind_stays_there() -> None:
    assert order("dam is safe", "“The dam is safe", "that the old dam", most=2)[0] == "dam is safe"


def test_a_party_of_the_body_comes_before_a_headline_that_names_nobody() -> None:
    claims = found()
    headline, body = claims["dam is safe"], claims["that the old dam is safe until June"]
    nobody = replace(headline.claim, voice="unnamed", party=Party(id="town@a", name="Town", kind="unnamed"))
    unnamed = replace(headline, claim=nobody)
    assert bodies_first([unnamed, body], Desk(), most=9) == [body, unnamed]
