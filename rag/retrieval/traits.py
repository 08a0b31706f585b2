"""What a ranking is learnt from: numbers that say how well a passage or a claim fits a question.

Each function gives named arrays of shape (n,). What is compared between candidates of one question is relative to the
best of them; what says how well anything fits at all is not, so that the same score can tell that nothing does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.types import Span
from rag.question import Query, name_words
from rag.retrieval.search import Hits
from rag.store.entries import StoredUnit
from rag.types import Claim

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

    Reduction = Callable[[Array], np.floating[Any]]
    Reduced = Callable[[Array, Reduction], Array]

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
    article = _grouped([unit.article_id for unit in passages.units])
    found = passages.fused > 0
    cosine, words = passages.cosine, passages.words
    return {
        "cosine": cosine,
        "cosine_below_best": _below_best(cosine),
        "words_share": _share(words),
        "ranks": passages.fused * _SCALE_OF_RANKS,
        "article_cosine": _below_best(article(cosine, np.max)),
        "article_cosines": article(np.where(found, np.maximum(cosine, 0), 0), _sum_of_best),
        "article_words": _share(article(words, np.sum)),
        "article_best_words": _share(article(words, np.max)),
        "article_words_of_three": _share(article(words, _sum_of_best)),
        "article_ranks": article(passages.fused, np.max) * _SCALE_OF_RANKS,
        "opening": np.array([unit.span.start == 0 for unit in passages.units], dtype=np.float32),
    }


def unit_traits(claims: Hits, passages: Hits) -> Traits:
    """Of pieces of claims, before the claims themselves are read: their fit, their passage's, their article's."""
    around = _around(claims.units, passages)
    cosine, words = claims.cosine, claims.words
    article = _grouped([unit.article_id for unit in claims.units])
    best_passage = float(passages.cosine.max(initial=0.0))
    best_words = float(passages.words.max(initial=0.0))
    order = np.empty(len(cosine), dtype=np.float32)
    order[np.argsort(-cosine, kind="stable")] = np.arange(len(cosine))
    in_article = _by_article(claims.units, passages)
    return {
        "cosine": cosine,
        "cosine_below_best": _below_best(cosine),
        "cosine_rank": (5 / (5 + order)).astype(np.float32),
        "words_share": _share(words),
        "passage": around(passages.cosine, np.max),
        "passage_below_best": around(passages.cosine, np.max) - best_passage,
        "passage_words": around(passages.words, np.max) / max(best_words, 1e-6),
        "passage_ranks": around(passages.fused, np.max) * _SCALE_OF_RANKS,
        "article": in_article(passages.cosine, np.max) - best_passage,
        "article_words": in_article(passages.words, np.max) / max(best_words, 1e-6),
        "article_all_words": _share(in_article(passages.words, np.sum)),
        "article_ranks": in_article(passages.fused, np.max) * _SCALE_OF_RANKS,
        "article_claims": _below_best(article(cosine, np.max)),
        "length": np.log1p([float(len(unit.span)) for unit in claims.units]).astype(np.float32),
        "short": np.array([len(unit.span) < _SHORT for unit in claims.units], dtype=np.float32),
        "late": np.log1p([unit.span.start / 1000 for unit in claims.units]).astype(np.float32),
    }


def standing_traits(pieces: Sequence[StoredUnit], passages: Hits, scores: Array) -> Traits:
    """Of pieces of claims: how the passage that each stands in is ranked, and the best passage of its article.

    A passage is found by more words than a claim has, so its place says more than the claim's own fit.
    """
    below = np.maximum(scores - scores.max(initial=-np.inf), -_FAR_BELOW) + _FAR_BELOW  # 0: not found at all
    around, in_article = _around(pieces, passages), _by_article(pieces, passages)
    share = np.exp(below - _FAR_BELOW)
    return {
        "standing": around(below, np.max),
        "standing_share": around(share, np.max),
        "standing_article": in_article(below, np.max),
        "standing_article_share": in_article(share, np.max),
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


def _sum_of_best(values: Array) -> np.floating[Any]:
    """Of the three greatest: one long article has many passages."""
    total: np.floating[Any] = np.sort(values)[-3:].sum()
    return total


def _grouped(keys: Sequence[str]) -> Reduced:
    """What gives each item the sum, say, of the values of all items with its key."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        members[key].append(at)

    def reduced(values: Array, by: Reduction) -> Array:
        made = np.zeros(len(keys), dtype=np.float32)
        for places in members.values():
            made[places] = by(values[places])
        return made

    return reduced


def _by_article(units: Sequence[StoredUnit], passages: Hits) -> Reduced:
    """What gives each unit the greatest, say, of the values of its article's passages; 0 where none was found."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, passage in enumerate(passages.units):
        members[passage.article_id].append(at)

    def reduced(values: Array, by: Reduction) -> Array:
        of_article = {key: float(by(values[places])) for key, places in members.items()}
        return np.array([of_article.get(unit.article_id, 0.0) for unit in units], dtype=np.float32)

    return reduced


def _around(units: Sequence[StoredUnit], passages: Hits) -> Reduced:
    """What gives each unit the greatest, say, of the values of the passages it stands in; 0 where none was found."""
    members: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for at, passage in enumerate(passages.units):
        members[passage.article_id].append((passage.span, at))
    places = [[at for span, at in members[unit.article_id] if span.overlaps(unit.span)] for unit in units]

    def reduced(values: Array, by: Reduction) -> Array:
        return np.array([float(by(values[at])) if at else 0.0 for at in places], dtype=np.float32)

    return reduced
