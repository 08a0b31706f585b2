"""Learning to order: weights for traits, from lists of candidates of which some are right, and how well they order.

The loss is the listwise one of Cao et al. 2007 with the best-first likelihood of all right candidates together: minus
the logarithm of the share of the softmax that falls on them. What is right by evidence and party counts full, what is
right by evidence alone less. L-BFGS finds the one minimum; the result does not depend on chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

EVIDENCE, RIGHT = 1, 2
"""Grades of a candidate: it stands on the evidence; and its party is the right one. 0 is neither."""
SHARES = np.array([0.0, 0.6, 1.0])
PENALTY = 0.02
_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The candidates of one question: traits by name, shape (n,), grades (n,), and what each is one of, (n,).

    Candidates of one owner are one (the pieces of a claim), and count by the best of them. `of_gold` says which stand
    in an article that holds evidence.
    """

    question: str
    fold: int
    traits: Mapping[str, Array]
    grades: NDArray[np.int64]
    owners: NDArray[np.int64]
    of_gold: NDArray[np.bool_]


def fit_weights(lists: Sequence[Listed], names: Sequence[str], *, penalty: float = PENALTY) -> dict[str, float]:
    """A weight for each named trait. Lists without a right candidate teach nothing and are left out."""
    from scipy.optimize import minimize

    lists = [one for one in lists if one.grades.max(initial=0) > 0]
    matrix = np.concatenate([matrix_of(one.traits, names) for one in lists]).astype(np.float64)
    scale = matrix.std(axis=0) + _TINY
    matrix = (matrix - matrix.mean(axis=0)) / scale
    lengths = np.array([len(one.grades) for one in lists])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    shares = np.log(SHARES[np.concatenate([one.grades for one in lists])] + _TINY)

    def softmax(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        top = np.maximum.reduceat(scores, starts)
        exponential = np.exp(scores - np.repeat(top, lengths))
        total = np.add.reduceat(exponential, starts)
        return top + np.log(total), exponential / np.repeat(total, lengths)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        everything, expected = softmax(scores)
        right, observed = softmax(scores + shares)
        value = (everything - right).mean() + penalty * weights @ weights
        return float(value), matrix.T @ (expected - observed) / len(lists) + 2 * penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: float(weight) for name, weight in zip(names, found.x / scale, strict=True)}


def matrix_of(traits: Mapping[str, Array], names: Sequence[str]) -> Array:
    """The named traits as the columns of a matrix, shape (n, number of names)."""
    return np.stack([traits[name] for name in names], axis=1).astype(np.float32)


def best_grades(one: Listed, scores: Array, *, depth: int) -> list[int]:
    """The grades of the best candidates in their order, each owner once."""
    seen: dict[int, int] = {}
    for at in np.argsort(-scores, kind="stable"):
        seen.setdefault(int(one.owners[at]), int(one.grades[at]))
        if len(seen) == depth:
            break
    return list(seen.values())


def measure(lists: Sequence[Listed], scores: Sequence[Array]) -> dict[str, float]:
    """Shares in percent of questions with evidence (e) and right party (r) among the first 1, 3, 8 and 24."""
    ranked = [best_grades(one, given, depth=24) for one, given in zip(lists, scores, strict=True)]
    return {
        f"{letter}@{k}": round(100 * float(np.mean([max(grades[:k], default=0) >= grade for grades in ranked])), 1)
        for letter, grade in (("e", EVIDENCE), ("r", RIGHT))
        for k in (1, 3, 8, 24)
    }
