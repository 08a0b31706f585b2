"""What of the evidence is shown."""

from __future__ import annotations

import pytest

from corpus.types import Article, Span
from rag.answer.overlap import content_words
from rag.answer.select import CLAIM_ENOUGH, CLAIM_FLOOR, CLAIM_MARGIN, RELEVANT, cited_span, fitting_claims
from rag.answer.verify import claim_stands
from rag.attribution import extract_claims
from rag.retrieve import FoundClaim, fuse
from rag.types import Claim

TEXT = """The dam at Orla is safe, Mayor Ana Ruiz said on Monday. Rain fell.

Piet Sommer said: “We checked every gate in January.

“The last of them was mended in March.”
"""
ARTICLE = Article(id="a", text=TEXT)


def claim_with(words: str) -> Claim:
    from dataclasses import replace

    return next(replace(claim, article="a") for claim in extract_claims(TEXT) if words in claim.text)


def found(words: str, *, similarity: float = 0.8, relevance: float = 0.0) -> FoundClaim:
    start = TEXT.index(words)
    return FoundClaim(
        claim=claim_with(words),
        piece=Span(start, start + len(words)),
        score=1.0,
        similarity=similarity,
        relevance=relevance,
    )


def test_a_claim_is_cited_with_the_sentence_that_names_its_speaker() -> None:
    cited = cited_span(ARTICLE, found("The dam at Orla is safe"))
    assert cited.of(TEXT) == "The dam at Orla is safe, Mayor Ana Ruiz said on Monday."


def test_a_later_paragraph_of_a_quotation_is_cited_alone() -> None:
    cited = cited_span(ARTICLE, found("The last of them was mended in March."))
    assert cited.of(TEXT) == "“The last of them was mended in March.”"


@pytest.mark.parametrize(
    ("best", "other", "kept"),
    [
        (0.9, CLAIM_ENOUGH + 0.01, 2),
        (0.9, CLAIM_ENOUGH - 0.01, 1),
        (0.6, 0.6 - CLAIM_MARGIN + 0.01, 2),
        (0.6, 0.6 - CLAIM_MARGIN - 0.01, 1),
        (CLAIM_FLOOR - 0.01, 0.1, 0),
    ],
)
def test_claims_far_from_the_question_are_not_shown(best: float, other: float, kept: int) -> None:
    claims = [found("The dam at Orla is safe", similarity=best), found("We checked every gate", similarity=other)]
    assert len(fitting_claims(claims)) == kept


def test_a_claim_that_likely_answers_is_shown_in_whatever_words() -> None:
    far = found("We checked every gate", similarity=0.1, relevance=RELEVANT)
    assert fitting_claims([found("The dam at Orla is safe"), far])[-1] is far


def test_a_claim_stands_only_if_its_words_are_the_articles() -> None:
    from dataclasses import replace

    claim = claim_with("The dam at Orla is safe")
    assert claim_stands(ARTICLE, claim)
    assert not claim_stands(ARTICLE, replace(claim, text="The dam at Orla is lost"))
    assert not claim_stands(ARTICLE, replace(claim, article="b"))
    assert not claim_stands(replace(ARTICLE, text=TEXT[:10]), claim)


def test_words_that_carry_meaning() -> None:
    assert content_words("Who said that the dams were safe?") == {"dam", "safe"}


def test_fusion_prefers_what_both_rankings_find() -> None:
    scores = fuse([1, 2, 3], [3, 4])
    assert max(scores, key=lambda item: scores[item]) == 3
    assert scores[1] == pytest.approx(1 / 61)
    assert scores[3] == pytest.approx(1 / 63 + 1 / 61)
