"""How near to the days that a question asks about ("this week") the article of each passage was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rag.store.entries import StoredUnit

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAIN = 10.0
"""What a passage of these days gains, in scores of the ranking of passages."""
THESE_DAYS = 4
"""How many days before or after the one that is asked of are these days as well: a week with its day in the middle."""
FADES_IN = 5.0
"""In how many days more the gain falls to a third (1/e). All three were chosen on the questions of RealTime QA dev,
where the neighbours of each do nearly as well: see benchmarks/RESULTS.md."""


def nearness(passages: Sequence[StoredUnit], days: Mapping[str, date], asked: date) -> NDArray[np.float32]:
    """What each passage gains, shape (n,); 0 for articles without a date."""
    apart = [abs((days[unit.article_id] - asked).days) if unit.article_id in days else np.inf for unit in passages]
    beyond = np.maximum(np.asarray(apart, dtype=np.float32) - THESE_DAYS, 0)
    gains: NDArray[np.float32] = np.float32(GAIN) * np.exp(-beyond / np.float32(FADES_IN))
    return gains
