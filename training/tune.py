"""Tune what needs no gradient, on development articles: weights of the tags, calibration, threshold.

python -m training.tune --data dev.jsonl.gz --model rag/attribution/model [--speech 0.3] [--pronoun 0.25]

--speech  the least confidence of what is said, where it shall not be that of the best F1: a claim that is dropped is a
          greater fault than the F1 of the tagger alone shows
--pronoun the same for what has a pronoun as its source

Writes the best settings to MODEL/settings.json and prints the F1 and the reliability of the confidence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import Span
from rag.attribution.calibration import FEATURES, Calibration, features_of
from rag.attribution.decode import Scores, Weighing
from rag.attribution.links import Group, Linking
from rag.attribution.pieces import Pieces, cut_pieces
from rag.attribution.tagger import SETTINGS, TaggerExtractor, TaggerSettings, find_groups, to_attribution
from training.data import Example, read_examples
from training.matching import Matcher

WEIGHTS = (-0.8, -0.4, 0.0, 0.4, 0.8, 1.2, 1.6)
CHOICES: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("weighing", "cue", WEIGHTS),
    ("weighing", "content", WEIGHTS),
    ("linking", "least", (0.1, 0.2, 0.3, 0.4)),
    ("linking", "named", (0.4, 1.0, 2.5)),
    ("weighing", "source", WEIGHTS),
)
"""What is tried: part of the settings, name, values."""

ROUNDS = 2
RIDGE = 1.0

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A development article and what the encoder says of it."""

    example: Example
    pieces: Pieces
    scores: Scores
    matcher: Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What one choice of weights comes to."""

    settings: TaggerSettings
    f1: float
    confidence: Array
    right: NDArray[np.bool_]


def fit_logistic(x: Array, y: NDArray[np.bool_]) -> tuple[float, tuple[float, ...]]:
    """Bias and weights of the logistic regression of `y` [n] on `x` [n, k], by Newton's method with a small ridge."""
    design = np.column_stack([np.ones(len(x)), x])
    beta = np.zeros(design.shape[1])
    ridge = RIDGE * np.diag([0.0] + [1.0] * x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (p - y) + ridge @ beta
        hessian = (design * (p * (1 - p))[:, None]).T @ design + ridge
        beta = beta - np.linalg.solve(hessian, gradient)
    return float(beta[0]), tuple(round(float(b), 4) for b in beta[1:])


def _kept(groups: Sequence[Group], item: Scored) -> Iterator[tuple[Group, bool]]:
    """Groups with whether they are right; those inside ignored regions are left out."""
    attributions = [to_attribution(group, item.pieces, 1.0) for group in groups]
    right = item.matcher.find_right(attributions)
    for group, attribution, is_right in zip(groups, attributions, right, strict=True):
        if not _ignored(attribution.cue[0], item.example.ignored):
            yield group, is_right


def _ignored(span: Span, regions: Sequence[Span]) -> bool:
    return any(region.contains(span) for region in regions)


def fit(scored: Sequence[Scored], settings: TaggerSettings) -> Fit:
    """Calibrate and choose the threshold of the best F1 for these weights."""
    found = [pair for item in scored for pair in _kept(find_groups(item.pieces, item.scores, settings), item)]
    gold = sum(len(item.example.attributions) for item in scored)
    x = np.array([features_of(group) for group, _ in found])
    y = np.array([is_right for _, is_right in found])
    bias, weights = fit_logistic(x, y)
    calibration = Calibration(bias=round(bias, 4), weights=weights)
    confidence = np.array([calibration.of(group) for group, _ in found])
    order = np.argsort(-confidence)
    f1 = 2 * np.cumsum(y[order]) / (np.arange(1, len(y) + 1) + gold)
    best = int(f1.argmax())
    threshold = round(float(confidence[order[best]]), 3)
    settings = replace(settings, calibration=calibration, threshold=threshold, threshold_speech=threshold)
    settings = replace(settings, threshold_pronoun=TaggerSettings().threshold_pronoun)
    return Fit(settings=settings, f1=float(f1[best]), confidence=confidence, right=y)


def tune(scored: Sequence[Scored], settings: TaggerSettings) -> Fit:
    """Move one number at a time to its best value."""
    best = fit(scored, replace(settings, weighing=Weighing(), linking=Linking()))
    for part, name, values in CHOICES * ROUNDS:
        for value in values:
            old = getattr(best.settings, part)
            if value != getattr(old, name):
                tried: TaggerSettings = replace(best.settings, **{part: replace(old, **{name: value})})
                best = max(best, fit(scored, tried), key=lambda made: made.f1)
    return best


def reliability(made: Fit) -> list[dict[str, float]]:
    """Of the predictions in each tenth of confidence: how many, their mean confidence, the share that is right."""
    tenth = np.minimum((made.confidence * 10).astype(int), 9)
    return [
        {
            "from": i / 10,
            "n": int((tenth == i).sum()),
            "confidence": round(float(made.confidence[tenth == i].mean()), 3),
            "right": round(float(made.right[tenth == i].mean()), 3),
        }
        for i in range(10)
        if (tenth == i).any()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="annotated articles that were not trained on")
    parser.add_argument("--model", type=Path, required=True, help="the folder that training.export wrote to")
    parser.add_argument("--speech", type=float)
    parser.add_argument("--pronoun", type=float)
    args = parser.parse_args()
    extractor = TaggerExtractor(args.model)
    scored = []
    for example in read_examples(args.data):
        pieces = cut_pieces(example.text, extractor.tokenizer)
        matcher = Matcher(example.text, example.attributions)
        scored.append(Scored(example=example, pieces=pieces, scores=extractor.score(pieces), matcher=matcher))
    best = tune(scored, extractor.settings)
    if args.speech is not None:
        best = replace(best, settings=replace(best.settings, threshold_speech=args.speech))
    if args.pronoun is not None:
        best = replace(best, settings=replace(best.settings, threshold_pronoun=args.pronoun))
    (args.model / SETTINGS).write_text(json.dumps(asdict(best.settings), indent=1) + "\n", encoding="utf-8")
    print(f"F1 {100 * best.f1:.1f} at threshold {best.settings.threshold}")
    print(best.settings.weighing, best.settings.linking)
    print(dict(zip(FEATURES, best.settings.calibration.weights, strict=True)))
    for row in reliability(best):
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
