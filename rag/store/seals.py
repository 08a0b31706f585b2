"""Seals: the digest of all that is stored of an article, by which a byte that was changed is noticed.

A database finds a page of its file that cannot be read; it does not find a claim that is another party's than it was.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, delete, func, insert, select, update

from rag.errors import DamagedIndex
from rag.store import rows
from rag.store.connected import Connected, chunked
from rag.store.copies import remove_signatures
from rag.store.digests import feed, raw
from rag.store.schema import (
    articles,
    claims,
    holdings,
    parties,
    passages,
    seals,
    sources,
    units,
)

SAMPLE = 25
"""Articles that are looked at when an index is opened."""

SET_ASIDE = "set aside"
"""The pipeline of an article that was found damaged: nothing is left of it to answer from until it is read again."""

_AT_ONCE = 50  # articles, with their vectors
_PLACE = {"source", "path", "record"}  # follow the file that holds an article
_PARTS = (passages, parties, claims, units)


class Seals(Connected):
    """Whether what is stored is what was written."""

    def broken(self, ids: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """The articles, of these or of all, that are not as they were stored, each with what is wrong with it."""
        query = select(articles.c.key, articles.c.id).where(articles.c.pipeline != SET_ASIDE)
        if ids is None:
            named = dict(self._pages(query, articles.c.key, lambda row: (row.key, row.id)))
        else:
            named = {}
            with self._reading() as connection:
                for some in chunked(sorted(ids)):
                    found = connection.execute(query.where(articles.c.id.in_(some)))
                    named |= {row.key: row.id for row in found}
        keys = sorted(named)
        for at in range(0, len(keys), _AT_ONCE):
            for key, why in self._broken_of(keys[at : at + _AT_ONCE]):
                yield named[key], why

    def check_articles(self, ids: Collection[str] | None = None) -> None:
        """Raise DamagedIndex, naming the first, where one of these, or of all, is not as it was stored."""
        for id_, why in self.broken(ids):
            raise DamagedIndex(
                f"{self.place} is damaged ({id_}: {why}): python -m rag doctor {self.option} sets aside what is, "
                f"and python -m rag index PATH {self.option} reads it again"
            )

    def check_sample(self) -> None:
        """Look at a few articles, others each time. Raises DamagedIndex."""
        with self._reading() as connection:
            keys = list(connection.execute(select(articles.c.key)).scalars())
            some = random.sample(keys, min(SAMPLE, len(keys)))
            ids = list(connection.execute(select(articles.c.id).where(articles.c.key.in_(some))).scalars())
        self.check_articles(ids)

    def unsealed(self) -> int:
        """How many articles were stored by a version that made no seals: of these, only the text is checked."""
        query = select(func.count()).select_from(articles).where(articles.c.key.not_in(select(seals.c.article)))
        with self._reading() as connection:
            return int(connection.execute(query.where(articles.c.pipeline != SET_ASIDE)).scalar_one())

    def set_aside_articles(self) -> list[str]:
        """The ids of the articles that wait to be read again."""
        with self._reading() as connection:
            return list(connection.execute(select(articles.c.id).where(articles.c.pipeline == SET_ASIDE)).scalars())

    def _broken_of(self, keys: Sequence[int]) -> Iterator[tuple[int, str]]:
        try:
            with self._reading() as connection:
                found = list(_compare(connection, keys))
        except DamagedIndex as error:  # a value that cannot be read: whose is it?
            if len(keys) == 1:
                yield keys[0], str(error)
            else:
                for key in keys:
                    yield from self._broken_of([key])
        else:
            yield from found


def seal(connection: Connection, article: int) -> None:
    """Note what is stored of an article by now."""
    connection.execute(delete(seals).where(seals.c.article == article))
    connection.execute(insert(seals), {"article": article, "digest": digests_of(connection, [article])[article]})


def set_aside(connection: Connection, keys: Sequence[int]) -> None:
    """Leave nothing of these articles to answer from, and have every file that holds one read again."""
    remove_signatures(connection, keys)
    for some in chunked(keys):
        for table in (units, claims, parties, passages, seals):
            connection.execute(delete(table).where(table.c.article.in_(some)))
        holding = select(holdings.c.source).where(holdings.c.article.in_(some))
        owning = select(articles.c.source).where(articles.c.key.in_(some))
        again = sources.c.path.in_(holding) | sources.c.path.in_(owning)
        connection.execute(update(sources).where(again).values(digest=""))
        # Without a digest it is no other's equal, and is made anew from what its file says.
        connection.execute(update(articles).where(articles.c.key.in_(some)).values(digest="", pipeline=SET_ASIDE))


def digests_of(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """SHA-256 of all rows of each article, with their keys, as they lie in the database."""
    made = {key: hashlib.sha256() for key in keys}
    kept = [raw(column) for column in articles.c if column.name not in _PLACE]
    for row in connection.execute(select(*kept).where(articles.c.key.in_(keys))):
        feed(made[row.key], row)
    for table in _PARTS:
        query = select(*map(raw, table.c)).where(table.c.article.in_(keys)).order_by(table.c.article, table.c.key)
        for article, found in groupby(connection.execute(query).all(), key=lambda row: row.article):
            made[article].update(table.name.encode())
            for row in found:
                feed(made[article], row)
    return {key: digest.hexdigest() for key, digest in made.items()}


def _compare(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    texts = select(articles.c.key, articles.c.text, articles.c.content).where(articles.c.key.in_(keys))
    changed = {row.key for row in connection.execute(texts) if rows.text_digest(row.text) != row.content}
    sealed = {row.article: row.digest for row in connection.execute(select(seals).where(seals.c.article.in_(keys)))}
    made = digests_of(connection, list(sealed))
    for key in keys:
        if key in changed:
            yield key, "its text is not what was stored"
        elif key in sealed and sealed[key] != made[key]:
            yield key, "its claims, parties, passages, vectors or description are not what was stored"
