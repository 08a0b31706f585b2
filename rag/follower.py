"""Keeping what is searched in step with the ledger, whoever writes to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import StoreError
from rag.store.lock import WriterLock

if TYPE_CHECKING:
    from rag.store.derived import DerivedIndex
    from rag.store.ledger import Ledger

AT_ONCE = 1000
"""Units that are indexed before a question is answered; of more, they are searched in memory until they are."""


class Follower:
    """Brings the indexes of a folder in step with its ledger. Safe to use from several threads.

    `on_change` is called when the ledger is found to be written to, before anything follows; what it raises goes on to
    the caller of `refresh`.
    """

    def __init__(
        self,
        folder: Path,
        ledger: Ledger,
        indexes: Sequence[DerivedIndex[Any, Any]],
        *,
        on_change: Callable[[], object],
    ) -> None:
        self.indexes = tuple(indexes)
        self.thread: threading.Thread | None = None
        self._folder = folder
        self._ledger = ledger
        self._on_change = on_change
        self._seen = ""
        self._refreshing = threading.Lock()

    def follow(self) -> None:
        """Bring what is searched in step with the ledger.

        Where another writes, it does that; where nobody may, it is searched in memory.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(WriterLock(self._folder))
            except StoreError:
                return
            self.sync()

    def refresh(self) -> None:
        """See what this or another process has written since the last time."""
        with self._refreshing:
            stamp = self._ledger.stamp()
            if stamp == self._seen:
                return
            self._on_change()
            if sum(index.behind() for index in self.indexes) <= AT_ONCE:
                self.follow()
            elif not (self.thread and self.thread.is_alive()):
                self.thread = threading.Thread(target=self.follow, name="follow the ledger")
                self.thread.start()
            self._seen = stamp

    def sync(self, tell: Callable[[str, float], object] | None = None) -> None:
        """Bring what is searched in step with the ledger, by the one who writes.

        `tell` is told which index is built and how much of it is, from 0 to 1.
        """
        for index in self.indexes:
            index.tell = partial(tell, index.name) if tell else None
            try:
                index.sync()
            finally:
                index.tell = None
