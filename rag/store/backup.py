"""Copying a ledger into one file, and back, while others read and write it.

What is derived from the ledger is not copied: it is built again, without embedding. A restored ledger is told apart
from what it replaces by the tokens of its revisions, so an index of what was replaced is not taken for its own.
https://www.sqlite.org/backup.html
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import DamagedIndex, StoreError
from rag.store.database import FILE, connect_reading, connect_writing, explained
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a backup holds, or what was restored from one: `set_aside` is where a damaged ledger was moved to."""

    articles: int
    size: int
    set_aside: Path | None = None


def back_up(folder: Path, file: Path) -> Copied:
    """Copy the ledger of an index folder, as it is at one moment, into one file, in place of one of that name.

    The file appears when it is whole, checked and on disk. Raises NoIndex, DamagedIndex where the ledger is not whole,
    StoreError where the file cannot be written.
    """
    Ledger.open(folder, create=False).close()
    stage = file.with_name(f"{file.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        stage.mkdir()
        with (
            explained(str(folder / FILE)),
            contextlib.closing(connect_reading(folder / FILE)) as source,
            contextlib.closing(sqlite3.connect(stage / FILE)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # so that all of it is in one file
        with Ledger.open(stage, create=False, read_only=True) as ledger:
            ledger.check()
            articles = ledger.scope().articles
        _put(stage / FILE, file)
        size = file.stat().st_size
    except OSError as error:
        raise _cannot_write(file, error) from error
    except DamagedIndex as error:
        raise DamagedIndex(str(error).replace(str(stage / FILE), str(folder / FILE))) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Copied(articles=articles, size=size)


def restore(file: Path, folder: Path) -> Copied:
    """Put what a backup holds in place of an index folder's ledger, whoever reads it meanwhile.

    A ledger that is too damaged to be written over is moved aside. The backup is checked, and brought to this version's
    tables, before anything is replaced. Raises DamagedIndex for a file that is no whole ledger, IndexLocked where
    another process writes to the folder, StoreError where it cannot be written.
    """
    if not file.is_file():
        raise StoreError(f"there is no file {file}: name one that python -m rag backup FILE has made")
    with WriterLock(folder):
        stage = folder / f"restoring-{uuid.uuid4().hex[:8]}"
        try:
            for left in folder.glob("restoring-*"):
                shutil.rmtree(left)
            stage.mkdir()
            shutil.copyfile(file, stage / FILE)
            articles = _prepare(stage, named=str(file))
            set_aside = _replace(stage / FILE, folder / FILE)
            size = (folder / FILE).stat().st_size
        except OSError as error:
            raise _cannot_write(folder, error) from error
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return Copied(articles=articles, size=size, set_aside=set_aside)


def _prepare(stage: Path, *, named: str) -> int:
    """Check a copied backup, and bring it to what a ledger in use is. Returns how many articles it holds."""
    try:
        with explained(named), contextlib.closing(connect_writing(stage / FILE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with Ledger.open(stage, create=False) as ledger:
            ledger.check()
            return ledger.scope().articles
    except DamagedIndex as error:
        said = str(error).replace(str(stage / FILE), named)
        if "no ledger" in said:  # whoever restores a backup has no use for the advice to do so
            said = f"{named} is damaged or no backup: name another that python -m rag backup FILE has made"
        raise DamagedIndex(said) from error


def _replace(new: Path, file: Path) -> Path | None:
    """Put a ledger in place of another: within a transaction where that can be read, so that its readers see it."""
    if not file.exists():
        _put(new, file)
        return None
    try:
        with contextlib.closing(connect_writing(new)) as source, contextlib.closing(connect_writing(file)) as target:
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked, or no room: what is there is whole
            with explained(str(file)):
                raise
        aside = file.with_name(f"{file.name}.damaged-{datetime.now(UTC):%Y%m%d%H%M%S}")
        for name in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                file.with_name(file.name + name).replace(aside.with_name(aside.name + name))
        _put(new, file)
        return aside
    return None


def _put(new: Path, file: Path) -> None:
    """Move a closed database into place, with all of it on disk before and after."""
    for leftover in ("-wal", "-shm"):  # a journal of what was there would be replayed into it
        file.with_name(file.name + leftover).unlink(missing_ok=True)
    with new.open("rb+") as opened:
        os.fsync(opened.fileno())
    new.replace(file)
    if hasattr(os, "O_DIRECTORY"):
        directory = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def _cannot_write(place: Path, error: OSError) -> StoreError:
    return StoreError(f"{place} cannot be written ({error.strerror or error}): make room, or name another place")
