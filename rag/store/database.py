"""Opening the ledger's database, and saying in one line what is wrong with it."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool, QueuePool

from rag.errors import DamagedIndex, IndexLocked, NoIndex, StoreError
from rag.store import migrations, schema
from rag.store.lock import WriterLock

FILE = "ledger.db"
_BUSY_SECONDS = 30.0
_AGAIN_SECONDS = 0.05
_CACHE_KIB = 16 << 10  # of the file, that a connection keeps in memory: a question reads about 4 MiB of it

_SCHEMA = schema.manifest.c.key == "schema"

_log = logging.getLogger(__name__)


def open_database(place: str | Path, *, create: bool, read_only: bool) -> tuple[Engine, str, bool]:
    """The engine, the place as a person would name it, and whether it can only be read.

    `place` is a folder or an SQLAlchemy URL. Raises NoIndex where there is nothing and `create` is false, DamagedIndex
    where there is something else, StoreError where it cannot be reached.
    """
    if "://" not in str(place):
        return _open_file(Path(place) / FILE, create=create, read_only=read_only)
    try:
        url = make_url(str(place))
        if url.get_backend_name() == "sqlite" and url.database:
            return _open_file(Path(url.database), create=create, read_only=read_only)
        return _open_server(url, create=create, read_only=read_only)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"not a database that can be used ({_line(error)}): check its URL and driver") from error


@contextlib.contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what a database reports into a StoreError of one line."""
    try:
        yield
    except DBAPIError as error:
        raise _explain(error.orig or error, place) from error
    except sqlite3.Error as error:
        raise _explain(error, place) from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place}: {_line(error)}") from error
    except UnicodeDecodeError as error:  # SQLite quotes what is damaged in what it says
        raise damaged(place, _line(error)) from error


def _explain(error: BaseException, place: str) -> StoreError:
    said = _line(error)
    lower = said.lower()
    if "locked" in lower or "busy" in lower:
        return IndexLocked(f"{place} is being written to by another process: wait until it is done")
    if "is full" in lower or "disk i/o" in lower:  # which a full one is told as, too
        what = "the disk is full" if "is full" in lower else "the disk is full, or fails"
        return StoreError(f"{place}: {what}; make room and run the same command again, it goes on from there")
    if "readonly" in lower or "read-only" in lower:
        return no_writing(place)
    if "unable to open" in lower:
        return StoreError(
            f"{place} cannot be opened: check its permissions; after a writer was killed, "
            "it must be opened once where its folder can be written"
        )
    if any(sign in lower for sign in ("malformed", "not a database", "no such", "decode", "corrupt")):
        return damaged(place, said)
    return StoreError(f"{place}: {said}")


def damaged(place: str, why: str) -> DamagedIndex:
    return DamagedIndex(
        f"{place} is damaged or no ledger ({why}): put a backup of it there, or move it away and index again"
    )


def no_writing(place: str) -> StoreError:
    return StoreError(f"{place} can only be read: change its permissions, or name another folder with --index")


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _open_file(file: Path, *, create: bool, read_only: bool) -> tuple[Engine, str, bool]:
    place = str(file)
    try:
        if file.parent.is_file():
            raise StoreError(f"{file.parent} is a file, and an index is a folder: name another with --index")
        if not file.exists():
            if not create or read_only:
                raise _no_index(file.parent)
            _create_file(file)
        read_only = read_only or not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
    except OSError as error:
        raise StoreError(f"{place} cannot be opened: {error.strerror or error}") from error
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect_reading(file) if read_only else connect_writing(file),
        # What a connection without a lock has cached may be out of date: each reads anew.
        poolclass=NullPool if read_only else QueuePool,
    )
    _begin_ourselves(engine)
    _check(engine, place, lock=None if read_only else WriterLock(file.parent))
    return engine, place, read_only


def _create_file(file: Path) -> None:
    """Make an empty ledger aside and move it into place, so that there is never half of one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    with explained(str(file)):
        new.unlink(missing_ok=True)
        new.touch()
        engine = create_engine("sqlite://", creator=lambda: connect_writing(new), poolclass=NullPool)
        _begin_ourselves(engine)
        _create_tables(engine)
        engine.dispose()
        # Last, so that no part of it is in a journal that stays behind, as it would on a disk that is full.
        with contextlib.closing(connect_writing(new)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    if not file.exists():
        # The journal of a ledger that was deleted would be replayed into this one.
        for leftover in ("-wal", "-shm"):
            file.with_name(file.name + leftover).unlink(missing_ok=True)
        new.replace(file)
    new.unlink(missing_ok=True)


def _create_tables(engine: Engine) -> None:
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        schema.metadata.create_all(connection)
        connection.execute(insert(schema.revisions), {"number": 0, "token": secrets.token_hex(16)})
        connection.execute(insert(schema.manifest), {"key": "schema", "value": schema.VERSION})


def connect_writing(file: Path) -> sqlite3.Connection:
    # mode=rw: never create a file, so that a ledger that went missing is an error and not an empty index.
    connection = sqlite3.connect(
        f"{file.resolve().as_uri()}?mode=rw",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def connect_reading(file: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even beside the file.

    SQLite cannot open a file in WAL mode in a folder it may not write to, unless told that nobody changes it; that is
    said only where no journal lies beside it. https://www.sqlite.org/wal.html#read_only_databases
    """
    uri = f"{file.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        journal = file.with_name(file.name + "-wal")
        if journal.exists() and journal.stat().st_size:
            raise
        connection = sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    return connection


def _begin_ourselves(engine: Engine) -> None:
    """Transactions that hold from their first statement on: sqlite3 of its own begins one at the first write only.

    https://docs.sqlalchemy.org/en/21/dialects/sqlite.html
    """

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _open_server(url: URL, *, create: bool, read_only: bool) -> tuple[Engine, str, bool]:
    place = url.render_as_string(hide_password=True)
    engine = create_engine(url, pool_pre_ping=True)
    with explained(place):
        if not inspect(engine).has_table(schema.revisions.name):
            if not create or read_only:
                raise _no_index(place)
            _create_tables(engine)
    _check(engine, place, lock=None if read_only else contextlib.nullcontext())
    return engine, place, read_only


def _no_index(place: Path | str) -> NoIndex:
    return NoIndex(f"nothing is indexed in {place} yet; run: python -m rag index PATH --index {place}")


def _check(engine: Engine, place: str, *, lock: AbstractContextManager[object] | None) -> None:
    """Raise DamagedIndex unless this is a ledger of the version that this code reads; an earlier one is brought to it.

    `lock` keeps other writers away meanwhile; where it is None, nothing can be written here. Raises IndexLocked where
    another process writes for long.
    """
    given_up = time.monotonic() + _BUSY_SECONDS
    while (version := _version(engine, place)) != schema.VERSION:
        if migrations.is_later(version):
            raise DamagedIndex(
                f"{place} was made by a later version of this program (tables {version}, this one reads up to "
                f"{schema.VERSION}): install that version, or put back a backup that this one has made"
            )
        if not migrations.is_earlier(version):
            raise DamagedIndex(
                f"{place} was made by another version of this program (tables {version}, this one reads "
                f"{schema.FIRST} to {schema.VERSION}): move its folder away and run python -m rag index PATH again"
            )
        if lock is None:
            raise StoreError(
                f"{place} was made by an earlier version of this program: open it once where it can be written "
                "(python -m rag status --index DIR), and it is brought up to date"
            )
        try:
            with lock:
                _upgrade(engine, place)
        except IndexLocked:  # it may be another process that does the same
            if time.monotonic() > given_up:
                raise
            time.sleep(_AGAIN_SECONDS)


def _version(engine: Engine, place: str) -> str:
    """The version of a ledger's tables. Raises DamagedIndex where it is none."""
    with explained(place), engine.connect() as connection:
        found: Any = connection.execute(schema.manifest.select().where(_SCHEMA)).one_or_none()
        revision = connection.execute(schema.revisions.select().limit(1)).one_or_none()
    if found is None or revision is None:
        raise damaged(place, "its first rows are missing")
    return str(found.value)


def _upgrade(engine: Engine, place: str) -> None:
    with explained(place), engine.connect() as plain:
        on_sqlite = engine.dialect.name == "sqlite"
        if (
            on_sqlite
        ):  # else a table that is made anew takes with it all that refers to it; within a transaction it is late
            plain.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        try:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                version = str(connection.execute(select(schema.manifest.c.value).where(_SCHEMA)).scalar_one())
                if migrations.is_earlier(version):
                    migrations.upgrade(connection, version)
                    if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise damaged(place, "rows of it refer to others that are missing")
                    _log.warning("%s was brought from tables %s to %s", place, version, schema.VERSION)
        finally:
            if on_sqlite:
                plain.connection.cursor().execute("PRAGMA foreign_keys = ON")
