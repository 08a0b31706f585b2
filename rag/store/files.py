"""What the ledger knows of files: which were read, what they hold, what could not be read of them."""

from __future__ import annotations

from sqlalchemy import func, select

from corpus.types import Problem
from rag.store.connected import Connected
from rag.store.entries import SourceFile
from rag.store.schema import articles, holdings, problems, sources


class Files(Connected):
    """Files, by the path that they were read at."""

    def source(self, path: str) -> SourceFile | None:
        """A file, where it was read to its end and has not been written to since."""
        with self._reading() as connection:
            row = connection.execute(select(sources).where(sources.c.path == path)).one_or_none()
            return SourceFile(**row._mapping) if row else None

    def sources(self) -> list[SourceFile]:
        """All files that were read to their end, by path."""
        with self._reading() as connection:
            return [SourceFile(**row._mapping) for row in connection.execute(select(sources).order_by(sources.c.path))]

    def paths(self) -> list[str]:
        """All files that articles are stored from, whether read to their end or not."""
        with self._reading() as connection:
            return sorted(connection.execute(select(articles.c.source).distinct()).scalars())

    def digests(self, path: str) -> dict[str, str]:
        """The digest of every article stored from one file, by the article's id."""
        query = select(articles.c.id, articles.c.digest).where(articles.c.source == path)
        with self._reading() as connection:
            return {row.id: row.digest for row in connection.execute(query)}

    def owner_of(self, article: str) -> str | None:
        """The file that an article is stored from."""
        with self._reading() as connection:
            return connection.execute(select(articles.c.source).where(articles.c.id == article)).scalar()

    def held(self, path: str) -> set[str]:
        """The ids of the articles that a file held, in any version, when it was last read to its end."""
        query = select(articles.c.id).join_from(holdings, articles).where(holdings.c.source == path)
        with self._reading() as connection:
            return set(connection.execute(query).scalars())

    def numbers_held(self) -> dict[str, int]:
        """How many articles each file held when it was last read to its end, by path."""
        query = select(holdings.c.source, func.count().label("number")).group_by(holdings.c.source)
        with self._reading() as connection:
            return {row.source: row.number for row in connection.execute(query)}

    def sources_of(self, article: str) -> list[str]:
        """The files that hold an article, sorted: the same text, or versions of it."""
        query = select(holdings.c.source).join_from(holdings, articles).where(articles.c.id == article)
        with self._reading() as connection:
            found = set(connection.execute(query).scalars())
            owner = connection.execute(select(articles.c.source).where(articles.c.id == article)).scalar()
        return sorted(found | ({owner} if owner else set()))

    def problems(self, path: str | None = None) -> list[Problem]:
        """What could not be read when a file, or any file, was last read; by path and record."""
        return [problem for _, problem in self._problems(path)]

    def problems_by_source(self) -> dict[str, list[Problem]]:
        """What could not be read, by the file that it is in."""
        found: dict[str, list[Problem]] = {}
        for source, problem in self._problems(None):
            found.setdefault(source, []).append(problem)
        return found

    def number_of_problems(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(problems)).scalar_one())

    def _problems(self, path: str | None) -> list[tuple[str, Problem]]:
        query = select(problems).order_by(problems.c.path, problems.c.record, problems.c.key)
        if path is not None:
            query = query.where(problems.c.source == path)
        with self._reading() as connection:
            return [
                (row.source, Problem(path=row.path, reason=row.reason, record=row.record))
                for row in connection.execute(query)
            ]
