"""A learnt ranking: a weighted sum of traits, its weights read from a file that `training.rerank` wrote."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

SURE_BY = ("score", "cosine", "passage", "named")
"""What tells whether the question has an answer: the best claim's score and these traits of it, and whether the words
of a party of the corpus are asked for (`named`): other words of that party are always at hand. How near the words are
tells no more than the score, which rests on it; that one article stands out tells much of articles on many things, and
misleads where many are on one."""
WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """A weight for each trait."""

    weights: Mapping[str, float]

    def score(self, traits: Mapping[str, Array]) -> Array:
        """Scores of shape (n,), the best greatest. Traits without a weight count for nothing."""
        length = len(next(iter(traits.values()), ()))
        scores = np.zeros(length, dtype=np.float32)
        for name, weight in self.weights.items():
            scores += np.float32(weight) * traits[name]
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A logistic curve from numbers to a probability (after Platt 1999): how sure they make one."""

    weights: Mapping[str, float]
    offset: float

    def probability(self, numbers: Mapping[str, float]) -> float:
        total = self.offset + sum(weight * numbers[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-min(30.0, max(-30.0, total))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How passages and claims are ordered, and how sure their scores make one.

    `pieces` of claims are ordered before their claims are read. `relevance` is over a claim's score and how far it is
    below the best, `answerable` over the numbers of the best claim that its weights name.
    """

    passages: Ranker
    pieces: Ranker
    claims: Ranker
    relevance: Curve
    answerable: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankers:
    """`worded` where passages have codes, else `plain`."""

    plain: Ranking
    worded: Ranking


def read_rankers(path: Path = WEIGHTS) -> Rankers:
    """The rankings of a file of weights."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Rankers(**{name: _ranking(stored[name]) for name in ("plain", "worded")})


def _ranking(stored: Mapping[str, Any]) -> Ranking:
    return Ranking(
        passages=Ranker(weights=stored["passages"]),
        pieces=Ranker(weights=stored["pieces"]),
        claims=Ranker(weights=stored["claims"]),
        relevance=Curve(**stored["relevance"]),
        answerable=Curve(**stored["answerable"]),
    )


@cache
def default_rankers() -> Rankers:
    """The rankings that come with this software."""
    return read_rankers()
