"""The ledger: articles and all that was made of them, in a database. What it has committed is never lost."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Table, delete, func, insert, select

from rag.store import rows
from rag.store.database import explained, no_writing, open_database
from rag.store.entries import Entry, SourceFile
from rag.store.reading import Reading
from rag.store.schema import articles, claims, manifest, parties, passages, revisions, sources, units
from rag.types import Party

_MANY = 500  # values in one IN (...): databases limit their number


class Ledger(Reading):
    """An open ledger. Every writing method is one transaction and raises StoreError where it cannot be made."""

    read_only = False

    @classmethod
    def open(cls, place: str | Path, *, create: bool, read_only: bool = False) -> Self:
        """Open the ledger in a folder, or at an SQLAlchemy URL.

        One that cannot be written to is opened for reading. Raises NoIndex where there is none and `create` is false,
        DamagedIndex where it cannot be read, StoreError where it cannot be reached.
        """
        engine, name, only = open_database(place, create=create, read_only=read_only)
        ledger = cls(engine, name)
        ledger.read_only = only
        return ledger

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def set_manifest(self, key: str, value: str) -> None:
        """Note what the index is made with; writes nothing where that is noted already."""
        if self.manifest().get(key) == value:
            return
        with self._writing() as connection:
            connection.execute(delete(manifest).where(manifest.c.key == key))
            connection.execute(insert(manifest), {"key": key, "value": value})

    def write(self, entries: Sequence[Entry], *, path: str, remade: bool = False) -> None:
        """Store entries from one file, each in place of the article of the same id.

        The file then counts as unfinished until `finish_source`, unless its articles were only made anew (`remade`).
        """
        latest = {entry.article.id: entry for entry in entries}
        with self._writing() as connection:
            _remove(connection, list(latest))
            for entry in latest.values():
                _add(connection, entry, source=path)
            if not remade:
                connection.execute(delete(sources).where(sources.c.path == path))

    def finish_source(self, source: SourceFile, *, keep: Collection[str]) -> int:
        """Note that a file was read to its end and remove its articles that are not in `keep`: returns how many."""
        with self._writing() as connection:
            gone = _stored_from(connection, source.path) - set(keep)
            _remove(connection, sorted(gone))
            connection.execute(delete(sources).where(sources.c.path == source.path))
            row = {"path": source.path, "digest": source.digest, "size": source.size, "mtime": source.mtime}
            connection.execute(insert(sources), row)
        return len(gone)

    def remove_source(self, path: str) -> int:
        """Remove a file and its articles: returns how many."""
        with self._writing() as connection:
            gone = _stored_from(connection, path)
            _remove(connection, sorted(gone))
            connection.execute(delete(sources).where(sources.c.path == path))
        return len(gone)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise no_writing(self.place)
        with explained(self.place), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                number = connection.execute(select(func.max(revisions.c.number))).scalar_one()
                connection.execute(insert(revisions), {"number": number + 1, "token": secrets.token_hex(16)})
                yield connection


def _stored_from(connection: Connection, path: str) -> set[str]:
    return set(connection.execute(select(articles.c.id).where(articles.c.source == path)).scalars())


def _remove(connection: Connection, ids: Sequence[str]) -> None:
    for at in range(0, len(ids), _MANY):
        connection.execute(delete(articles).where(articles.c.id.in_(ids[at : at + _MANY])))


def _add(connection: Connection, entry: Entry, *, source: str) -> None:
    (article,) = _insert(connection, articles, [rows.article_row(entry, source=source)])
    passage_keys = _insert(connection, passages, [rows.passage_row(p, article=article) for p in entry.passages])
    named: list[Party] = list(dict.fromkeys(claim.party for claim in entry.claims))
    party_keys = dict(
        zip(named, _insert(connection, parties, [rows.party_row(p, article=article) for p in named]), strict=True)
    )
    claim_keys = _insert(
        connection, claims, [rows.claim_row(c, article=article, party=party_keys[c.party]) for c in entry.claims]
    )
    _insert(connection, units, rows.unit_rows(entry, article=article, passages=passage_keys, claims=claim_keys))


def _insert(connection: Connection, table: Table, values: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows; returns their keys in the same order."""
    if not values:
        return []
    statement = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return list(connection.execute(statement, list(values)).scalars())
