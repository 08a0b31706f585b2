"""A confidence that means what it says: the tagger's own probabilities, weighed by a logistic curve (Platt, 1999)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rag.attribution.links import Group

FEATURES = ("cue", "content", "source", "to_cue", "to_source", "unnamed")


def features_of(group: Group) -> tuple[float, ...]:
    """The log odds of the probabilities that made the group, as FEATURES orders them; `unnamed` is 1 without source."""
    sizes = [run.last - run.first + 1 for run in group.contents]
    content = sum(run.score * n for run, n in zip(group.contents, sizes, strict=True)) / sum(sizes)
    source = _odds(group.source.score) if group.source else 0.0
    unnamed = float(group.source is None)
    return (_odds(group.cue.score), _odds(content), source, _odds(group.links[0]), _odds(group.links[1]), unnamed)


def _odds(probability: float) -> float:
    kept = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(kept / (1 - kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights of the logistic curve, in the order of FEATURES. Fitted by `training.tune`."""

    bias: float = -2.0
    weights: tuple[float, ...] = (0.3, 0.3, 0.1, 0.3, 0.3, 0.0)

    def of(self, group: Group) -> float:
        """The probability, 0 to 1, that content and source of the group are right."""
        total = self.bias + sum(w * x for w, x in zip(self.weights, features_of(group), strict=True))
        return 1 / (1 + math.exp(-total))
