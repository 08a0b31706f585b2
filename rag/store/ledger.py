"""The ledger: articles and all that was made of them, in a database. What it has committed is never lost."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus.types import Article, Problem
from rag.errors import IndexLocked
from rag.store import writing
from rag.store.browsing import Browsing
from rag.store.copies import Copies
from rag.store.database import explained, no_writing, open_database
from rag.store.entries import Counts, Entry, SourceFile, Version
from rag.store.feedback import FeedbackBook
from rag.store.files import Files
from rag.store.reading import Reading
from rag.store.schema import articles, holdings, manifest, problems, revisions, sources
from rag.store.seals import Seals, set_aside
from rag.store.units import Units
from rag.store.versions import Versions, remove_versions, write_version

_FORGETTING = "forgetting"
_REMOVED = "removed"


class Ledger(Reading, Units, Browsing, Files, Versions, Copies, Seals, FeedbackBook):
    """An open ledger. Every writing method is one transaction and raises StoreError where it cannot be made."""

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

    def counts(self) -> Counts:
        """How much of everything there is."""
        groups = self.groups()
        return Counts(
            files=sum(bool(source.digest) for source in self.sources()),
            articles=self.scope().articles,
            versions=self.number_of_versions(),
            groups=len(groups),
            copies=sum(len(copies) for copies in groups.values()),
            problems=self.number_of_problems(),
        )

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
        with self._writing() as connection:
            for entry in {entry.article.id: entry for entry in entries}.values():
                writing.put(connection, entry, source=path)
            if not remade:
                connection.execute(delete(sources).where(sources.c.path == path))

    def write_version(self, version: Version, *, article: str) -> None:
        """Store an earlier version of an article beside those that are there; the file then counts as unfinished."""
        with self._writing() as connection:
            key = connection.execute(select(articles.c.key).where(articles.c.id == article)).scalar_one()
            write_version(connection, version, article=key)
            connection.execute(delete(sources).where(sources.c.path == version.source))

    def finish_source(
        self,
        source: SourceFile,
        *,
        keep: Collection[str],
        places: Sequence[Article] = (),
        failed: Sequence[Problem] = (),
    ) -> int:
        """Note that a file was read to its end and holds the articles `keep`; returns how many others were removed.

        An article that another file holds too is removed as well, and that file is to be read again. `places` are
        articles found unchanged at another place: their path and record are noted. `failed` is what could not be read.
        """
        with self._writing() as connection:
            for article in places:
                place = {"source": source.path, "path": article.path, "record": article.record}
                connection.execute(update(articles).where(articles.c.id == article.id).values(place))
            removed = writing.let_go(connection, source.path, keep=keep)
            if removed:
                _note(connection, _REMOVED)
            keys = writing.keys_of(connection, list(keep))
            if keys:
                connection.execute(insert(holdings), [{"source": source.path, "article": key} for key in keys])
            writing.note_problems(connection, failed, source=source.path)
            connection.execute(delete(sources).where(sources.c.path == source.path))
            connection.execute(insert(sources), {name: getattr(source, name) for name in sources.c.keys()})  # noqa: SIM118
        return removed

    def refresh_source(self, source: SourceFile) -> None:
        """Note a file's new date: its content is the same."""
        with self._writing() as connection:
            dates = {"mtime": source.mtime, "size": source.size, "read_at": source.read_at}
            connection.execute(update(sources).where(sources.c.path == source.path).values(dates))

    def name_problems(self, names: Mapping[str, str]) -> None:
        """Call files by other names where something could not be read of them."""
        with self._writing() as connection:
            for path, name in names.items():
                if path != name:
                    connection.execute(update(problems).where(problems.c.path == path).values(path=name))

    def fail_source(self, path: str, failed: Sequence[Problem]) -> None:
        """Note why a file could not be read to its end: it is read again the next time, and nothing of it removed."""
        with self._writing() as connection:
            writing.note_problems(connection, failed, source=path)
            connection.execute(delete(sources).where(sources.c.path == path))

    def remove_source(self, path: str) -> int:
        """Remove a file and its articles: returns how many. See `finish_source` for those that other files hold."""
        with self._writing() as connection:
            removed = writing.let_go(connection, path, keep=())
            if removed:
                _note(connection, _REMOVED)
            writing.note_problems(connection, (), source=path)
            connection.execute(delete(sources).where(sources.c.path == path))
        return removed

    def remove_articles(self, ids: Collection[str]) -> int:
        """Remove articles with all that was made of them and their earlier versions: returns how many there were.

        The files that hold them are not read again for that: they come back when such a file changes.
        """
        with self._writing() as connection:
            _note(connection, _REMOVED)
            return writing.remove(connection, writing.keys_of(connection, list(ids)))

    def set_aside(self, ids: Collection[str]) -> None:
        """Answer no more from damaged articles: the files that hold them are read again by the next run."""
        with self._writing() as connection:
            set_aside(connection, writing.keys_of(connection, list(ids)))

    def remove_versions(self, keys: Collection[int]) -> None:
        """Remove earlier versions of articles, by key: the files that they were read from are read again."""
        with self._writing() as connection:
            remove_versions(connection, list(keys))

    @property
    def has_removed(self) -> bool:
        """Whether articles were removed of which bytes may be left in the file: `scrub` ends it."""
        return _REMOVED in self.manifest()

    @property
    def is_forgetting(self) -> bool:
        """Whether articles were forgotten of which a byte may be left: `scrub` ends it."""
        return _FORGETTING in self.manifest()

    def forget_articles(self, ids: Collection[str], *, gone: Collection[str]) -> int:
        """Remove articles, the feedback on answers that showed their claims, and all that is noted of the files `gone`.

        Returns how many articles there were. `scrub` is to follow.
        """
        with self._writing() as connection:
            removed = writing.remove(connection, writing.keys_of(connection, list(ids)))
            for path in gone:
                writing.note_problems(connection, (), source=path)
                connection.execute(delete(sources).where(sources.c.path == path))
            writing.remove_lost_feedback(connection)
            _note(connection, _FORGETTING)
        return removed

    def scrub(self) -> None:
        """Write the database anew, without what was removed, and empty its journal (SQLite only).

        Raises StoreError where others read it for so long that this cannot be done.
        """
        if self._engine.dialect.name == "sqlite":
            with explained(self.place), contextlib.closing(self._engine.raw_connection()) as connection:
                cursor = connection.cursor()
                cursor.execute("VACUUM")
                (is_busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                raise IndexLocked(
                    f"{self.place} is being read: what was forgotten is still in its journal; run it again"
                )
        with self._writing() as connection:
            connection.execute(delete(manifest).where(manifest.c.key.in_([_FORGETTING, _REMOVED])))

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


def _note(connection: Connection, key: str) -> None:
    connection.execute(delete(manifest).where(manifest.c.key == key))
    connection.execute(insert(manifest), {"key": key, "value": "unfinished"})
