"""What one answer looks up, each article once: most of its claims stand in few articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answer.select import Store
    from rag.store.entries import Carriage
    from rag.types import Claim


class OneReading:
    """A store for the length of one answer: what was looked up before is not read again, nor seen to change."""

    def __init__(self, store: Store) -> None:
        self.article = lru_cache(maxsize=None)(store.article)
        self._claims = lru_cache(maxsize=None)(lambda article: store.claims(article=article))
        self._store = store

    def claims(self, *, article: str) -> Sequence[Claim]:
        return self._claims(article)

    def origins_of(self, ids: Collection[str]) -> dict[str, str]:
        return self._store.origins_of(ids)

    def carried_by(self, claim: str) -> Carriage | None:
        return self._store.carried_by(claim)
