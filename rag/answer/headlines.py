"""A headline says in short what its article says in full: the claim of the body comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.types import Article
from rag.answer.overlap import content_words
from rag.retrieve import FoundClaim
from rag.types import Claim

REPEATED = 0.5
"""The share of a headline's words that a claim of the body must hold to say the same."""


class Articles(Protocol):
    """Where articles are looked up."""

    def article(self, article_id: str) -> Article | None: ...


def bodies_first(found: Sequence[FoundClaim], articles: Articles, *, most: int) -> list[FoundClaim]:
    """The claims with those of headlines right behind what repeats them in the body; looked for in the first `most`.

    A headline is short of who speaks ("Town names its dead"): where it names nobody, any party's words may repeat it.
    """
    ordered = list(found[:most])
    for claim in found[:most]:
        if not _is_headline(claim.claim, articles):
            continue
        at = ordered.index(claim)
        repeated = next((n for n in range(at + 1, len(ordered)) if _repeats(ordered[n].claim, claim.claim)), None)
        if repeated is not None and not _is_headline(ordered[repeated].claim, articles):
            ordered.insert(at, ordered.pop(repeated))
    return [*ordered, *found[most:]]


def _is_headline(claim: Claim, articles: Articles) -> bool:
    article = articles.article(claim.article)
    return article is not None and article.headline is not None and article.headline.contains(claim.extent)


def _repeats(claim: Claim, headline: Claim) -> bool:
    words = content_words(headline.text)
    one = claim.party.id == headline.party.id or (headline.voice == "unnamed" and claim.voice == "party")
    same = claim.article == headline.article and one
    return same and bool(words) and len(words & content_words(claim.text)) >= REPEATED * len(words)
