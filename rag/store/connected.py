"""A ledger's database, open for reading: one consistent view at a time, many rows a page at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select

from rag.errors import DamagedIndex
from rag.store.database import damaged, explained

PAGE = 1000  # rows a transaction, so that none stays open while a caller works
MANY = 500  # values in one IN (...): databases limit their number

Key = TypeVar("Key", str, int)
Item = TypeVar("Item")


class Connected:
    """Safe to use from several threads. Any method may raise DamagedIndex.

    Rows that a question reads are taken with `all()`: one at a time they take three times as long.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self.place = place
        self._held = threading.local()  # `connection`, while a thread holds one

    @property
    def option(self) -> str:
        """What names this index to a command."""
        place = Path(self.place)
        return f"--index {place.parent}" if place.is_file() else "--index DIR"

    @contextlib.contextmanager
    def one_view(self) -> Iterator[None]:
        """Within, all that this thread reads is of one moment: for reads that belong together."""
        with self._explaining():
            connection = self._engine.connect()
        try:
            with self._holding(connection):
                yield
        finally:
            with self._explaining():
                connection.close()

    def anew(self) -> AbstractContextManager[None]:
        """Within, this thread reads what is there now, whatever view it holds."""
        return self._holding(None)

    @contextlib.contextmanager
    def _holding(self, connection: Connection | None) -> Iterator[None]:
        before, self._held.connection = getattr(self._held, "connection", None), connection
        try:
            yield
        finally:
            self._held.connection = before

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One consistent view, for as long as it lasts: the one that this thread holds, if it does."""
        held: Connection | None = getattr(self._held, "connection", None)
        with self._explaining():
            if held is not None:
                yield held
            else:
                with self._engine.connect() as connection:
                    yield connection

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            with explained(self.place):
                yield
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
