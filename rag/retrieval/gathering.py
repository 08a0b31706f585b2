"""One number for each thing from the numbers of all that belong to it: the greatest of its article's passages, say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.types import Span
from rag.store.entries import StoredUnit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gathering:
    """What belongs to each of `number` things.

    `members` are places in an array of values, those of one thing after those of the other; `things` are those that
    have any, and `starts` where their members begin.
    """

    number: int
    things: NDArray[np.int64]
    starts: NDArray[np.int64]
    members: NDArray[np.int64]

    def greatest(self, values: Array) -> Array:
        """For each thing the greatest of its members' values; 0 where it has none."""
        return self._reduced(values[self.members], np.maximum)

    def total(self, values: Array) -> Array:
        """For each thing the sum of its members' values."""
        return self._reduced(values[self.members], np.add)

    def total_of_best(self, values: Array, *, most: int) -> Array:
        """The same of the few that are greatest: one long article has many passages."""
        lengths = np.diff(self.starts, append=len(self.members))
        own = np.repeat(np.arange(len(self.starts)), lengths)
        ordered = values[self.members][np.lexsort((-values[self.members], own))]
        place = np.arange(len(ordered)) - np.repeat(self.starts, lengths)
        return self._reduced(np.where(place < most, ordered, np.float32(0)), np.add)

    def _reduced(self, values: Array, by: np.ufunc) -> Array:
        made = np.zeros(self.number, dtype=np.float32)
        if len(values):
            made[self.things] = by.reduceat(values, self.starts)
        return made


def gather(members: Sequence[Sequence[int]]) -> Gathering:
    """From the members of each thing."""
    lengths = np.array([len(some) for some in members], dtype=np.int64)
    return Gathering(
        number=len(members),
        things=np.flatnonzero(lengths),
        starts=(np.cumsum(lengths) - lengths)[lengths > 0],
        members=np.array([one for some in members for one in some], dtype=np.int64),
    )


def of_same_article(units: Sequence[StoredUnit], among: Sequence[StoredUnit]) -> Gathering:
    """For each unit those of `among` that are of its article."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(among):
        members[unit.article_id].append(at)
    return gather([members.get(unit.article_id, ()) for unit in units])


def overlapping(units: Sequence[StoredUnit], among: Sequence[StoredUnit]) -> Gathering:
    """For each unit those of `among` that it overlaps."""
    members: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for at, unit in enumerate(among):
        members[unit.article_id].append((unit.span, at))
    return gather([[at for span, at in members.get(u.article_id, ()) if span.overlaps(u.span)] for u in units])
