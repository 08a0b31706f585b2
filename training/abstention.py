"""When to answer nothing: how sure the best claim makes one, learnt on questions with and without an answer.

Questions without an answer are few, so every other one is asked a second time without the articles of its story: what
is found then is near the topic and is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.ranker import SURE_BY, Curve
from training.ranking import RIGHT, Array, Listed

Weights = dict[str, float | dict[str, float]]

PENALTY = 0.01
TOP = 8
"""Claims of a question that the curve of relevance is fitted to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question's best claim: its numbers, and whether the question has an answer (None: its story was taken out)."""

    question: str
    best: Mapping[str, float]
    answerable: bool | None
    refused_anyway: bool = False


def best_claim(
    one: Listed, scores: Array, *, named: bool, without: NDArray[np.bool_] | None = None
) -> dict[str, float] | None:
    """The numbers that `SURE_BY` names, of the candidate with the best score; `named` where a party is asked for."""
    kept = np.flatnonzero(~without) if without is not None else np.arange(len(scores))
    if not len(kept):
        return None
    best = kept[np.argmax(scores[kept])]
    numbers = {"score": float(scores[best]), "named": float(named)}
    return {name: numbers[name] if name in numbers else float(one.traits[name][best]) for name in SURE_BY}


def fit_answerable(asked: Sequence[Asked]) -> Weights:
    """A logistic curve over the numbers of the best claim; questions whose story was taken out count as one share.

    A better fit never makes less sure: the numbers go together, and weights of both signs would fit their accidents.
    """
    names = list(asked[0].best)
    matrix = np.array([[one.best[name] for name in names] for one in asked])
    truth = np.array([one.answerable is True for one in asked], dtype=float)
    share = np.where([one.answerable is False for one in asked], 4.0, 1.0)
    share[truth == 1] *= share[truth == 0].sum() / max(1.0, (truth == 1).sum())
    least = [None if name == "named" else 0.0 for name in names]
    weights, offset = fit_logistic(matrix, truth, share, least=least)
    return {"weights": dict(zip(names, weights, strict=True)), "offset": offset}


def fit_relevance(lists: Sequence[Listed], scores: Sequence[Array]) -> Weights:
    """A logistic curve from a claim's score, and how far it is below the best, to its being right."""
    rows, truth = [], []
    for one, given in zip(lists, scores, strict=True):
        order = np.argsort(-given, kind="stable")[:TOP]
        rows += [[given[at], given[at] - given[order[0]]] for at in order]
        truth += [one.grades[at] == RIGHT for at in order]
    weights, offset = fit_logistic(np.array(rows), np.array(truth, dtype=float), np.ones(len(rows)))
    return {"weights": dict(zip(("score", "below_best"), weights, strict=True)), "offset": offset}


def fit_logistic(
    matrix: NDArray[np.float64],
    truth: NDArray[np.float64],
    share: NDArray[np.float64],
    *,
    least: Sequence[float | None] | None = None,
) -> tuple[list[float], float]:
    """Weights, none under its `least`, and offset of a logistic regression with a small quadratic penalty."""
    from scipy.optimize import minimize

    mean, scale = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    standard = (matrix - mean) / scale
    share = share / share.sum()

    def loss(given: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = (standard @ given[:-1] + given[-1]) * (2 * truth - 1)
        wrong = 1 / (1 + np.exp(margin))
        slope = -share * wrong * (2 * truth - 1)
        value = (share * np.logaddexp(0, -margin)).sum() + PENALTY * given[:-1] @ given[:-1]
        return float(value), np.append(standard.T @ slope + 2 * PENALTY * given[:-1], slope.sum())

    bounds = [(bound, None) for bound in (*(least or [None] * matrix.shape[1]), None)]
    found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[:-1] / scale
    return [float(weight) for weight in weights], float(found[-1] - weights @ mean)


def show_curve(groups: Mapping[str, Sequence[Asked]], fitted: Weights) -> None:
    """For each threshold, how many questions without an answer are refused, and how many with one."""
    curve = Curve(**fitted)  # type: ignore[arg-type]
    thresholds = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
    for title, asked in groups.items():
        print(f"abstention, {title}: threshold, refused without an answer, with its story out, silent with an answer")
        for threshold in thresholds:
            cells = []
            for kind in (False, None, True):
                some = [one for one in asked if one.answerable is kind]
                silent = sum(one.refused_anyway or curve.probability(one.best) < threshold for one in some)
                cells.append(f"{silent}/{len(some)}")
            print(f"  {threshold:.2f}  {cells[0]:>7}  {cells[1]:>8}  {cells[2]:>8}")
