"""What of an index is searched at a time: a sealed base, less what the ledger has no more, and a tail in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rag.store.entries import Kind
from rag.store.generations import Generation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEW_CHANGES = 0.5  # of the base; with more, building afresh is quicker than changing a copy
_MUCH_REMOVED = 0.2  # of the base; removed units stay in a graph and lengthen every search

Base = TypeVar("Base")
Tail = TypeVar("Tail")


class Unusable(Exception):
    """A base that cannot be opened, searched or written."""

    fault = "is damaged"


class OfAnotherModel(Unusable):
    """A base that is whole, and not of the model that is in use."""

    fault = "is of another version of its model"


@contextlib.contextmanager
def foreign() -> Iterator[None]:
    """Turn whatever a native library raises into Unusable; a panic in Rust is a BaseException."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Unusable):
        raise
    except BaseException as error:
        raise Unusable(" ".join(f"{type(error).__name__}: {error}".split())[:300]) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What makes a base that holds some ids hold others."""

    add: Sequence[int]
    remove: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Base, Tail]):
    """All units of one kind: those of the base, less the `dead`, and those of the tail."""

    base: Base | None
    base_ids: NDArray[np.int64]
    dead: frozenset[int]
    tail_ids: NDArray[np.int64]
    tail: Tail | None

    @property
    def alive(self) -> int:
        """How many units of the base are still in the ledger."""
        return len(self.base_ids) - len(self.dead)

    @property
    def in_step(self) -> bool:
        return not self.dead and not len(self.tail_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Generic[Base, Tail]):
    """An index as it is searched: never changed, replaced when the ledger or the generation changes."""

    stamp: str
    generation: Generation | None
    parts: Mapping[Kind, Part[Base, Tail]]

    @property
    def is_worth_copying(self) -> bool:
        """Whether the next base is better a changed copy of this one than built afresh."""
        parts = self.parts.values()
        size = sum(len(part.base_ids) for part in parts)
        dead = sum(len(part.dead) for part in parts)
        removed = dead + (self.generation.removed if self.generation else 0)
        changed = dead + sum(len(part.tail_ids) for part in parts)
        return changed <= _FEW_CHANGES * size and removed <= _MUCH_REMOVED * size
