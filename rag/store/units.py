"""The units of the ledger: what is searched for, where it stands, and its vectors.

Only outer joins tell SQLite where to begin: it keeps no statistics, takes each kind of units for a few, and would read
all of a kind to find those of one article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import and_, bindparam, select

from corpus.types import Span
from rag.store import rows
from rag.store.connected import Connected, chunked
from rag.store.entries import Kind, StoredUnit
from rag.store.schema import articles, claims, parties, units

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNIT = (*units.c, articles.c.id.label("article_id"), claims.c.id.label("claim_id"))
_UNIT_TABLES = units.join(articles, units.c.article == articles.c.key).outerjoin(
    claims, and_(units.c.kind == "claim", units.c.owner == claims.c.key)
)
_OF_IDS = units.c.key.in_(bindparam("ids", expanding=True))
_STORED = select(*_UNIT).select_from(_UNIT_TABLES).where(_OF_IDS)
_VECTORS = select(units.c.key, units.c.vector).where(_OF_IDS)
_CLAIM_UNIT = and_(
    units.c.article == claims.c.article,
    units.c.owner == claims.c.key,
    # It follows from the owner, and finds the units by their places.
    units.c.start >= claims.c.start,
    units.c.start < claims.c.stop,
)
_PASSAGE_OF_CLAIM = and_(
    units.c.article == claims.c.article, units.c.start < claims.c.stop, units.c.stop > claims.c.start
)


def _units_in_articles(kind: Kind) -> Any:
    return articles.outerjoin(units, and_(units.c.article == articles.c.key, units.c.kind == kind))


_ARTICLE_KEYS = select(articles.c.key, articles.c.id).where(articles.c.id.in_(bindparam("ids", expanding=True)))
_PLACES = select(units.c.key, units.c.start, units.c.stop, units.c.article).where(
    units.c.kind == bindparam("kind"), units.c.article.in_(bindparam("articles", expanding=True))
)


class Units(Connected):
    """Passages and pieces of claims, as they are embedded and indexed."""

    def units(self, kind: Kind, *, ids: Sequence[int] | None = None, after: int = 0) -> Iterator[StoredUnit]:
        """Units of one kind by rising id, those after `after`; with `ids`, those of them that are there."""
        if ids is not None:
            for some in chunked(sorted(one for one in set(ids) if one > after)):
                yield from (unit for unit in self.stored_units(some) if unit.kind == kind)
            return
        query = select(*_UNIT).select_from(_UNIT_TABLES).where(units.c.kind == kind)
        yield from self._pages(query, units.c.key, rows.read_unit, after=after)

    def unit_ids(
        self,
        kind: Kind,
        *,
        outlets: Collection[str] | None = None,
        party_ids: Collection[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[int]:
        """Ids of the units that fit all that is given, rising. A passage is a party's where a claim of it stands."""
        fitting = of_articles(outlets, since, until)
        if party_ids is not None:
            here = _CLAIM_UNIT if kind == "claim" else _PASSAGE_OF_CLAIM
            of_parties = parties.outerjoin(claims, claims.c.party == parties.c.key)
            query = select(units.c.key).select_from(of_parties.outerjoin(units, and_(here, units.c.kind == kind)))
            query = query.where(parties.c.id.in_(party_ids))
            if fitting:
                query = query.where(parties.c.article.in_(select(articles.c.key).where(*fitting)))
        elif fitting:
            query = select(units.c.key).select_from(_units_in_articles(kind)).where(*fitting)
        else:
            query = select(units.c.key).where(units.c.kind == kind)
        with self._reading() as connection:
            return sorted({one for one in connection.execute(query).scalars() if one is not None})

    def overlapping(self, kind: Kind, places: Mapping[str, Sequence[Span]]) -> list[int]:
        """Ids of the units that overlap one of these spans, which are given by article; rising."""
        found: list[int] = []
        with self._reading() as connection:
            for some in chunked(list(places)):
                keys = connection.execute(_ARTICLE_KEYS, {"ids": some}).all()
                spans = {key: [(span.start, span.end) for span in places[article]] for key, article in keys}
                standing = connection.execute(_PLACES, {"kind": kind, "articles": list(spans)}).all()
                for key, start, stop, article in standing:
                    if any(start < last and first < stop for first, last in spans[article]):
                        found.append(key)
        return sorted(found)

    def stored_units(self, ids: Sequence[int]) -> list[StoredUnit]:
        """The units of these ids, in their order; those that are gone are left out."""
        found: dict[int, StoredUnit] = {}
        with self._reading() as connection:
            for some in chunked(ids):
                found |= {row.key: rows.read_unit(row) for row in connection.execute(_STORED, {"ids": some}).all()}
        return [found[one] for one in ids if one in found]

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these units, shape (n, d) in the order given; zeros for one that is gone."""
        present, matrix = self.present_vectors(ids)
        if present == list(ids):
            return matrix
        row_of = {one: row for row, one in enumerate(present)}
        complete = np.zeros((len(ids), matrix.shape[1]), dtype=np.float32)
        for row, one in enumerate(ids):
            if one in row_of:
                complete[row] = matrix[row_of[one]]
        return complete

    def present_vectors(self, ids: Sequence[int]) -> tuple[list[int], NDArray[np.float32]]:
        """The ids that are there, in the order given, and their vectors, shape (n, d).

        Raises ModelMismatch where they are of two models.
        """
        found: dict[int, bytes] = {}
        with self._reading() as connection:
            for some in chunked(ids):
                found |= {row.key: row.vector for row in connection.execute(_VECTORS, {"ids": some}).all()}
            present = [one for one in ids if one in found]
            return present, rows.stack_vectors(found[one] for one in present)


def of_articles(outlets: Collection[str] | None, since: str | None, until: str | None) -> list[Any]:
    """Conditions on articles. One without a date fits no limit of dates."""
    conditions: list[Any] = []
    if outlets is not None:
        conditions.append(articles.c.outlet.in_(outlets))
    if since is not None:
        conditions.append(articles.c.day >= since[:10])
    if until is not None:
        conditions.append(articles.c.day <= until[:10])
    return conditions
