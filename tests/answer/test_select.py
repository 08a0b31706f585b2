"""What of the evidence is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from corpus.types import Article, Span
from rag.answer.order import RELEVANT, asked_first
from rag.answer.overlap import content_words
from rag.answer.select import (
    CLAIM_ENOUGH,
    CLAIM_FLOOR,
    CLAIM_MARGIN,
    cited_span,
    fitting_claims,
    select_evidence,
)
from rag.answer.verify import claim_stands
from rag.attribution import extract_claims
from rag.question import Query
from rag.retrieval.evidence import Evidence
from rag.retrieve import FoundClaim, fuse
from rag.types import Claim, Party, Stance

TEXT = """The dam at Orla is safe, Mayor Ana Ruiz said on Monday. Rain fell.

Piet Sommer said: “We checked every gate in January.

“The last of them was mended in March.”
"""
ARTICLE = Article(id="a", text=TEXT)


def claim_with(words: str) -> Claim:
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


class Shelf:
    """Two articles, and whether the one is a copy of the other."""

    def __init__(self, *, is_copy: bool) -> None:
        self.is_copy = is_copy

    def article(self, article_id: str) -> Article:
        return Article(id=article_id, text=TEXT)

    def attributed(self, ids: Collection[str]) -> dict[str, list[Span]]:
        return {id_: [] for id_ in ids}

    def origins_of(self, ids: Collection[str]) -> dict[str, str]:
        return {id_: "a" if self.is_copy else id_ for id_ in ids}

    def with_copies(self, ids: Collection[str]) -> Collection[str]:
        return ids

    def carried_by(self, claim: str) -> None:
        return None


@pytest.mark.parametrize(("is_copy", "times"), [(True, 1), (False, 2)])
def test_whom_an_article_alone_knows_is_one_party_in_the_copies_of_it(is_copy: bool, times: int) -> None:
    """ "The ministry" of two reports may be two ministries; of one report that two outlets carry it is one."""
    claims = []
    for article in ("a", "b"):
        one = found("The dam at Orla is safe")
        party = Party(id=f"mayor@{article}", name="the mayor", kind="person")
        claims.append(replace(one, claim=replace(one.claim, id=article, article=article, party=party)))
    query = Query(question="Is the dam safe?", text="Is the dam safe?", intent="topic")
    evidence = Evidence(claims=tuple(claims), passages=())
    chosen = select_evidence(query, evidence, store=Shelf(is_copy=is_copy), most_claims=8, most_passages=0)
    assert len(chosen.claims) == times


def test_where_it_is_asked_who_denied_it_the_likely_denials_come_first() -> None:
    """What is denied is affirmed in more words elsewhere; a denial of something else stays where it was."""

    def with_stance(words: str, stance: Stance, relevance: float) -> FoundClaim:
        one = found(words, relevance=relevance)
        return replace(one, claim=replace(one.claim, id=words, stance=stance))

    def first_of(query: Query, *, relevance: float) -> str:
        said = with_stance("The dam at Orla is safe", "asserts", 0.9)
        denied = with_stance("We checked every gate in January.", "denies", relevance)
        evidence = Evidence(claims=(said, denied), passages=())
        chosen = select_evidence(query, evidence, store=Shelf(is_copy=False), most_claims=8, most_passages=0)
        assert len(chosen.claims) == 2
        return chosen.claims[0].claim.stance

    query = Query(question="Who denied it?", text="Who denied it?", intent="who_said", stances=("denies",))
    assert first_of(query, relevance=RELEVANT) == "denies"
    assert first_of(query, relevance=RELEVANT / 2) == "asserts"
    assert first_of(replace(query, stances=()), relevance=RELEVANT) == "asserts"


def test_a_figure_beside_the_fitting_words_is_cited_with_them() -> None:
    text = "“The dam is safe,” said Piet Sommer. “It holds 90 tons of water.”"
    article = Article(id="a", text=text)
    claim = next(replace(claim, article="a") for claim in extract_claims(text) if "90 tons" in claim.text)
    one = FoundClaim(claim=claim, piece=claim.content[0], score=1.0, similarity=0.9)

    class OneArticle(Shelf):
        def article(self, article_id: str) -> Article:
            return replace(article, id=article_id)

    for intent, cited in (("figure", True), ("topic", False)):
        query = Query(question="How much does it hold?", text="How much does it hold?", intent=intent)  # type: ignore[arg-type]
        evidence = Evidence(claims=(one,), passages=())
        (shown,) = select_evidence(
            query, evidence, store=OneArticle(is_copy=False), most_claims=8, most_passages=0
        ).claims
        assert ("90 tons" in shown.words, "90 tons" in shown.cited.of(text)) == (cited, cited)


def test_a_claim_with_the_figure_that_the_question_gives_comes_first() -> None:
    def of(text: str, relevance: float = RELEVANT) -> FoundClaim:
        one = found("The dam at Orla is safe", relevance=relevance)
        return replace(one, claim=replace(one.claim, text=text))

    near, right, far = of("It leaks less than 2 tons."), of("It leaks up to 14 tons."), of("It leaks 14 tons.", 0.01)
    query = Query(question="Who measured as much as 14 tons?", text="", intent="who_said")
    assert asked_first(query, [near, far, right]) == [right, near, far]
    year = replace(query, question="Who measured the leak of 2014?")
    assert asked_first(year, [near, far, right]) == [near, far, right]


@pytest.mark.parametrize(
    ("topic", "answerable", "sure"),
    [
        ("ignored gates", 0.5, False),
        ("gates checked", 0.5, True),  # all its words stand near
        ("ignored gates", 0.8, True),
        ("", 0.5, True),  # all that a party says is asked for
    ],
)
def test_whether_an_answer_is_sure(topic: str, answerable: float, *, sure: bool) -> None:
    query = Query(question="?", text="?", intent="topic", topic=topic)
    evidence = Evidence(claims=(found("We checked every gate"),), passages=(), answerable=answerable)
    selection = select_evidence(query, evidence, store=Shelf(is_copy=False), most_claims=9, most_passages=3)
    assert (len(selection.claims), selection.sure) == (1, sure)


def test_whether_it_was_denied_is_told_surely() -> None:
    """The first sentence says itself what the claims are on: “none of it has the words of the question”."""
    claim = found("We checked every gate")
    party = claim.claim.party
    query = Query(
        question="?", text="?", intent="whether", topic="ignored gates", speakers=(party,), stances=("denies",)
    )
    evidence = Evidence(claims=(claim,), passages=(), answerable=0.5)
    assert select_evidence(query, evidence, store=Shelf(is_copy=False), most_claims=9, most_passages=3).sure


@pytest.mark.parametrize(
    ("topic", "similarity", "answered"),
    [
        ("won the gates race", 0.3, False),  # on the gates, but not on who won
        ("won the gates race", 0.4, True),
        ("checked the gates", 0.3, True),  # all its words stand near
    ],
)
def test_who_did_something_is_told_by_a_claim_and_not_by_its_passage(
    topic: str, similarity: float, *, answered: bool
) -> None:
    query = Query(question="Who ...?", text="?", intent="who_said", topic=topic)
    claim = found("We checked every gate", similarity=similarity, relevance=0.9)
    evidence = Evidence(claims=(claim,), passages=(), answerable=0.9)
    selection = select_evidence(query, evidence, store=Shelf(is_copy=False), most_claims=9, most_passages=3)
    assert bool(selection.claims) == answered


def test_where_nobody_is_known_to_be_the_lawyer_no_answer_is_sure() -> None:
    query = Query(question="?", text="?", intent="topic", topic="gates checked", unmatched=True)
    evidence = Evidence(claims=(found("We checked every gate"),), passages=(), answerable=0.9)
    assert not select_evidence(query, evidence, store=Shelf(is_copy=False), most_claims=9, most_passages=3).sure
