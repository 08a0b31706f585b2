"""What a ranking is learnt from: numbers that say how well a passage or a claim fits a question.

Each function gives named arrays of shape (n,). What is compared between candidates of one question is relative to the
best of them; what says how well anything fits at all is not, so that the same score can tell that nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rag.question import Query, name_words
from rag.retrieval.gathering import of_same_article, overlapping
from rag.retrieval.search import Hits
from rag.store.entries import StoredUnit
from rag.types import Claim

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]


Traits = dict[str, "Array"]

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|half|hundred|thousand|m|b|tr)illion?s?\b"
)
_NAMELESS = re.compile(
    r"\b(?:unnamed|unidentified|anonymous\w*|insiders?|sources?|not (?:be )?named|withholding)\b", re.IGNORECASE
)
_WHO = re.compile(r"\b(?:who|whom|whose|which)\b", re.IGNORECASE)
_PLAIN = frozenset(
    """
    a an the of in on at to by for with and or not no as is was were be been who whom whose which what when where how
    why did does do has have had say said says tell told that this these those it its he she they his her their
    """.split()
)
_SCALE_OF_RANKS = 30.0  # two first places in fused rankings give one
_SHORT = 40  # characters
_BEST = 3  # passages of an article whose scores are summed
_FAR_BELOW = 8.0  # scores below the best passage's, from which on all are alike


UNIT_TRAITS = frozenset(
    """
    cosine cosine_below_best cosine_rank words words_share passage passage_below_best passage_words passage_ranks
    article article_words article_all_words article_ranks article_claims length short late
    """.split()
)
"""The traits that are known before the claims are read."""
STANDING_TRAITS = frozenset("standing standing_share standing_article standing_article_share".split())
"""Those of them that rest on how passages are ranked."""


def passage_traits(passages: Hits) -> Traits:
    """Of passages: their own fit, and their article's."""
    article = of_same_article(passages.units, passages.units)
    found = passages.fused > 0
    cosine, words = passages.cosine, passages.words
    near = np.where(found, np.maximum(cosine, 0), 0)
    return {
        "cosine": cosine,
        "cosine_below_best": _below_best(cosine),
        "words_share": _share(words),
        "ranks": passages.fused * _SCALE_OF_RANKS,
        "article_cosine": _below_best(article.greatest(cosine)),
        "article_cosines": article.total_of_best(near, most=_BEST),
        "article_words": _share(article.total(words)),
        "article_best_words": _share(article.greatest(words)),
        "article_words_of_three": _share(article.total_of_best(words, most=_BEST)),
        "article_ranks": article.greatest(passages.fused) * _SCALE_OF_RANKS,
        "opening": np.array([unit.span.start == 0 for unit in passages.units], dtype=np.float32),
    }


def unit_traits(claims: Hits, passages: Hits, *, standing: Array) -> Traits:
    """Of pieces of claims, before the claims themselves are read: their fit, their passage's, their article's.

    `standing` are the scores of the passages. A passage is found by more words than a claim has, so its place says more
    than the claim's own fit.
    """
    around = overlapping(claims.units, passages.units)
    in_article = of_same_article(claims.units, passages.units)
    article = of_same_article(claims.units, claims.units)
    cosine, words = claims.cosine, claims.words
    passage = around.greatest(passages.cosine)
    best_passage = float(passages.cosine.max(initial=0.0))
    best_words = max(float(passages.words.max(initial=0.0)), 1e-6)
    order = np.empty(len(cosine), dtype=np.float32)
    order[np.argsort(-cosine, kind="stable")] = np.arange(len(cosine))
    below = np.maximum(standing - standing.max(initial=-np.inf), -_FAR_BELOW) + _FAR_BELOW  # 0: not found at all
    share = np.exp(below - _FAR_BELOW)
    return {
        "cosine": cosine,
        "cosine_below_best": _below_best(cosine),
        "cosine_rank": (5 / (5 + order)).astype(np.float32),
        "words_share": _share(words),
        "passage": passage,
        "passage_below_best": passage - best_passage,
        "passage_words": around.greatest(passages.words) / best_words,
        "passage_ranks": around.greatest(passages.fused) * _SCALE_OF_RANKS,
        "article": in_article.greatest(passages.cosine) - best_passage,
        "article_words": in_article.greatest(passages.words) / best_words,
        "article_all_words": _share(in_article.total(passages.words)),
        "article_ranks": in_article.greatest(passages.fused) * _SCALE_OF_RANKS,
        "article_claims": _below_best(article.greatest(cosine)),
        "length": np.log1p([float(len(unit.span)) for unit in claims.units]).astype(np.float32),
        "short": np.array([len(unit.span) < _SHORT for unit in claims.units], dtype=np.float32),
        "late": np.log1p([unit.span.start / 1000 for unit in claims.units]).astype(np.float32),
        "standing": around.greatest(below),
        "standing_share": around.greatest(share),
        "standing_article": in_article.greatest(below),
        "standing_article_share": in_article.greatest(share),
    }


def claim_traits(query: Query, claims: Sequence[Claim], pieces: Sequence[StoredUnit]) -> Traits:
    """Of claims: whether speaker, stance, relay and figures are such as the question asks for."""
    asked = frozenset(name_words(query.text)) - _PLAIN
    names = frozenset(word for word in re.findall(r"\w+", query.text) if word[0].isupper())
    named = frozenset(word for name in names for word in name_words(name)) - _PLAIN
    who = bool(_WHO.search(query.question)) and not query.speakers
    nameless = bool(_NAMELESS.search(query.question))

    def of(test: Callable[[Claim], float]) -> Array:
        return np.array([test(claim) for claim in claims], dtype=np.float32)

    in_question = of(lambda claim: bool(_names_of(claim) & named))
    return {
        "speaker_in_question": in_question * (not who),
        "speaker_in_who_question": in_question * who,
        "role_in_who_question": of(lambda claim: len(_role_of(claim) & asked)) * who,
        "unnamed": of(lambda claim: claim.voice == "unnamed"),
        "unnamed_asked": of(lambda claim: claim.voice == "unnamed") * nameless,
        "outlet": of(lambda claim: claim.voice == "outlet"),
        "stance_asked": of(lambda claim: claim.stance in query.stances),
        "no_speech": of(lambda claim: claim.stance == "none"),
        "denies": of(lambda claim: claim.stance == "denies"),
        "direct": of(lambda claim: claim.quote_type != "indirect"),
        "confidence": of(lambda claim: claim.confidence),
        "relay_in_question": of(lambda claim: bool(asked & {w for name in claim.via for w in name_words(name)})),
        "figure_asked": np.array([bool(_NUMBER.search(unit.text)) for unit in pieces], dtype=np.float32)
        * (query.intent == "figure"),
    }


def _names_of(claim: Claim) -> frozenset[str]:
    return frozenset(word for name in (claim.party.name, *claim.party.aliases) for word in name_words(name)) - _PLAIN


def _role_of(claim: Claim) -> frozenset[str]:
    return frozenset(name_words(claim.party.role or "")) - _PLAIN


def _below_best(values: Array) -> Array:
    below: Array = values - np.float32(values.max(initial=-1.0))
    return below


def _share(values: Array) -> Array:
    shares: Array = values / np.float32(max(float(values.max(initial=0.0)), 1e-6))
    return shares
