"""A question after a time or a place is answered by words that tell one, whoever says them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from corpus.types import Article, Span
from rag.answer.compose import compose_answer
from rag.answer.overlap import content_words
from rag.answer.own_words import own_sentence
from rag.answer.select import Selection, select_evidence
from rag.answer.telling import tells
from rag.question import Query
from rag.question.query import Intent
from rag.retrieval.evidence import Evidence, FoundClaim, FoundPassage
from rag.types import Claim, Party, Scope

TEXT = """A picture of the burning pier was shared by thousands.

The picture was taken at a yard near Elsin in May 2029, not here.

It proves nothing, Ana Ruiz said.
"""
ARTICLE = Article(id="a", text=TEXT, outlet="Orla Post")
SAID = "It proves nothing"


@pytest.mark.parametrize(
    ("intent", "words", "told"),
    [
        ("where", "It was taken at a yard near Elsin", True),
        ("where", "the boat sank 30 kilometres off the coast", True),
        ("where", "It was shared by thousands in anger", False),
        ("when", "It was taken in May 2029", True),
        ("when", "The siren went off at ten o'clock", True),
        ("when", "within ninety minutes of the last week", True),
        ("when", "It was taken at a yard", False),
        ("topic", "It was taken", True),
    ],
)
def test_words_that_tell_a_time_or_a_place(intent: Intent, words: str, told: bool) -> None:
    assert tells(intent, words) is told


class OneArticle:
    def article(self, article_id: str) -> Article:
        assert article_id == "a"
        return ARTICLE

    def attributed(self, ids: Collection[str]) -> Mapping[str, Sequence[Span]]:
        return dict.fromkeys(ids, (SPAN,))

    def origins_of(self, ids: Collection[str]) -> dict[str, str]:
        return {}

    def with_copies(self, ids: Collection[str]) -> Collection[str]:
        return ()

    def carried_by(self, claim: str) -> None:
        return None


SPAN = Span(TEXT.index(SAID), TEXT.index(SAID) + len(SAID))
CLAIM = Claim(
    id="c",
    text=SAID,
    party=Party(id="ana-ruiz", name="Ana Ruiz", kind="person"),
    voice="party",
    stance="asserts",
    quote_type="indirect",
    source=(),
    cue=(),
    content=(SPAN,),
    article="a",
    confidence=0.9,
)
PASSAGE = FoundPassage(article="a", span=Span(0, len(TEXT)), score=1.0, similarity=0.9)


def chosen(question: str, intent: Intent) -> Selection:
    query = Query(question=question, text=question, intent=intent)
    found = FoundClaim(claim=CLAIM, piece=SPAN, score=1.0, similarity=0.9, relevance=0.9)
    evidence = Evidence(claims=(found,), passages=(PASSAGE,))
    return select_evidence(query, evidence, store=OneArticle(), most_claims=8, most_passages=2)


@pytest.mark.parametrize(
    ("intent", "first"), [("where", "The picture was taken at a yard"), ("topic", "A picture of the burning pier")]
)
def test_the_sentence_that_tells_the_place_is_chosen_and_not_the_one_of_most_words(intent: Intent, first: str) -> None:
    wanted = content_words("the picture of the burning pier taken")
    chosen = own_sentence(ARTICLE, PASSAGE.span, wanted=wanted, attributed=(SPAN,), intent=intent)
    assert chosen is not None
    assert chosen.of(TEXT).startswith(first)


def test_the_outlet_s_words_lead_where_they_tell_the_place_and_no_party_does() -> None:
    selection = chosen("Where was the picture of the burning pier taken?", "where")
    assert selection.own_first
    scope = Scope(articles=1, outlets=("Orla Post",), since=None, until=None, filters=())
    query = Query(question="Where?", text="Where?", intent="where")
    answer = compose_answer(query, selection, scope=scope, store=OneArticle())
    assert answer.citations[0].quote.startswith("The picture was taken at a yard near Elsin")
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert answer.text.index("near Elsin") < answer.text.index(SAID)
    assert not chosen("What of the picture of the burning pier?", "topic").own_first
