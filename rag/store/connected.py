"""A ledger's database, open for reading: one consistent view at a time, many rows a page at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select

from rag.errors import DamagedIndex
from rag.store.database import damaged, explained

PAGE = 1000  # rows a transaction, so that none stays open while a caller works
MANY = 500  # values in one IN (...): databases limit their number

Key = TypeVar("Key", str, int)
Item = TypeVar("Item")


class Connected:
    """Safe to use from several threads. Any method may raise DamagedIndex."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self.place = place

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One consistent view, for as long as it lasts."""
        try:
            with explained(self.place), self._engine.connect() as connection:
                yield connection
        except DamagedIndex:
            self._engine.dispose()  # a backup may be put in its place
            raise
        except (ValueError, TypeError, OverflowError) as error:  # a row that does not read back as what was written
            raise damaged(self.place, str(error)) from error

    def _pages(
        self, query: Select[Any], key: Any, read: Callable[[Row[Any]], Item], *, after: int = 0
    ) -> Iterator[Item]:
        """What the rows of a query stand for, by rising key, a page a transaction."""
        query = query.add_columns(key.label("page_key")).order_by(None).order_by(key).limit(PAGE)
        while True:
            with self._reading() as connection:
                page = connection.execute(query.where(key > after)).all()
                items = [read(row) for row in page]
            yield from items
            if len(page) < PAGE:
                return
            after = page[-1].page_key


def chunked(values: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Values in runs that a database takes in one IN (...)."""
    return (values[at : at + MANY] for at in range(0, len(values), MANY))
