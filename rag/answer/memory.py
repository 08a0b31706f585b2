"""What one answer looks up, each article once: most of its claims stand in few articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from rag.answer.select import OWN_DEPTH

if TYPE_CHECKING:
    from corpus.types import Article, Span
    from rag.retrieve import Evidence
    from rag.store.entries import Carriage
    from rag.store.ledger import Ledger

AHEAD = 16
"""Claims, the best, whose articles are read at once: an answer shows a few more or a few less."""


class OneReading:
    """A store for the length of one answer: what was looked up before is not read again, nor seen to change.

    The articles that an answer from this evidence is likely to need are read at once.
    """

    def __init__(self, ledger: Ledger, evidence: Evidence) -> None:
        self._ledger = ledger
        likely = [found.claim.article for found in evidence.claims[:AHEAD]]
        likely += [found.article for found in evidence.passages[:OWN_DEPTH]]
        self._articles: dict[str, Article | None] = {**ledger.read_articles(likely)}

    def article(self, article_id: str) -> Article | None:
        if article_id not in self._articles:
            self._articles[article_id] = self._ledger.article(article_id)
        return self._articles[article_id]

    def attributed(self, ids: Collection[str]) -> Mapping[str, Sequence[Span]]:
        return self._ledger.attributed(ids)

    def origins_of(self, ids: Collection[str]) -> dict[str, str]:
        return self._ledger.origins_of(ids)

    def with_copies(self, ids: Collection[str]) -> Collection[str]:
        return self._ledger.with_copies(ids)

    def carried_by(self, claim: str) -> Carriage | None:
        return self._ledger.carried_by(claim)
