"""The lock that keeps an index to one writer."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from rag.errors import IndexLocked, StoreError


class WriterLock:
    """Held by the one process that writes to an index folder. Never waits.

    Entering raises IndexLocked where another holds it, StoreError where the folder cannot be written. The system lets
    go of it when a process ends, however that ends.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._lock = FileLock(self._folder / "writer.lock", thread_local=False)
        self._owner = self._folder / "writer.pid"

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise IndexLocked(
                f"{self._folder} is being written to by {self._writer()}: wait until it is done, or end it"
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self._folder} cannot be written to ({error.strerror or error}): "
                "change its permissions, or name another folder with --index"
            ) from error
        with contextlib.suppress(OSError):  # only for the message above, and an old number in it does no harm
            self._owner.write_text(str(os.getpid()), encoding="ascii")
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._owner.unlink(missing_ok=True)
        self._lock.release()

    def _writer(self) -> str:
        try:
            number = self._owner.read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            number = ""
        if number == str(os.getpid()):
            return "this process"
        return f"process {number}" if number.isdecimal() else "another process"
