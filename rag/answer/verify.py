"""The check that nothing is shown which the articles do not say, letter for letter."""

from __future__ import annotations

from corpus.types import Article
from rag.types import Claim

PIECES = " ... "


def claim_words(article: Article, claim: Claim) -> str:
    """The words that a claim's content spans cover in the article."""
    return PIECES.join(span.of(article.text) for span in claim.content)


def claim_stands(article: Article, claim: Claim) -> bool:
    """Whether the claim belongs to this article, its spans lie in it and its text is what they cover."""
    pieces = (*claim.source, *claim.cue, *claim.content)
    return (
        claim.article == article.id
        and bool(claim.content)
        and all(span.end <= len(article.text) for span in pieces)
        and claim_words(article, claim) == claim.text
    )
