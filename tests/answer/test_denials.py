"""A denial in its own words is not shown as what is denied."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.answer.denials import denies_by_saying
from rag.answer.wording import stance_words
from rag.attribution import extract_claims
from rag.types import ArticleRef, Citation, Claim


def cited(text: str) -> tuple[Claim, Citation]:
    (claim,) = extract_claims(text)
    article = ArticleRef(id=claim.article, title="", outlet=None, published=None, url=None, path=None)
    return claim, Citation(number=1, article=article, span=Span(0, len(text)), quote=text, claim=claim.id)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mayor Ana Ruiz said that she had not seen the report.", "denies, saying"),
        ("Mayor Ana Ruiz denied that she had not paid.", "denies"),
        ("Mayor Ana Ruiz denied that she had seen the report.", "denies"),
        ("Mayor Ana Ruiz rejected the claim that nobody had been warned.", "denies"),
    ],
)
def test_what_stands_before_the_words_of_a_denial(text: str, words: str) -> None:
    claim, citation = cited(text)
    assert claim.stance == "denies"
    assert stance_words(claim, citation) == words


def test_without_its_verb_in_the_citation_a_denial_is_shown_as_it_is_labelled() -> None:
    claim, citation = cited("Mayor Ana Ruiz said that she had not seen the report.")
    away = Citation(number=1, article=citation.article, span=Span(30, 34), quote=citation.quote[30:34], claim=claim.id)
    assert not denies_by_saying(claim, away)
