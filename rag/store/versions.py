"""Earlier versions of an article, and what changed from each to the next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from corpus.differences import compare_articles
from corpus.types import Article
from rag.errors import DamagedIndex
from rag.store import rows
from rag.store.connected import Connected, chunked
from rag.store.digests import feed, raw
from rag.store.entries import Change, Known, Trace, Version
from rag.store.schema import articles, sources, versions

_SEALED = [raw(column) for column in versions.c if column.name != "digest"]
_MOST_THERE = 20  # an address that more articles have is no article's


class Versions(Connected):
    """An article as it was before it was corrected or updated."""

    def versions_of(self, article: str) -> tuple[Version, ...]:
        """The earlier versions of an article, oldest first; what is searched and shown is the latest, not among them.

        They are in the order of their dates, where these are known, else in which they were read. Raises DamagedIndex
        where one is not as it was stored.
        """
        own = versions.c.article == select(articles.c.key).where(articles.c.id == article).scalar_subquery()
        with self._reading() as connection:
            if any(_is_broken(row) for row in connection.execute(select(*_SEALED, versions.c.digest).where(own))):
                raise DamagedIndex(
                    f"{self.place} is damaged ({article}: an earlier version is not what was stored): "
                    f"python -m rag doctor {self.option} removes it"
                )
            rows_ = connection.execute(select(versions).where(own).order_by(versions.c.key)).all()
            found = [rows.read_version(row) for row in rows_]
        return tuple(sorted(found, key=lambda version: _day(version.article)))

    def changes_of(self, article: str) -> tuple[Change, ...]:
        """What changed from each version of an article to the next, the last change last."""
        earlier = self.versions_of(article)
        with self._reading() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article)).one_or_none()
        if row is None:
            return ()
        texts = [*(version.article for version in earlier), rows.read_article(row)]
        return tuple(describe_change(before, after) for before, after in pairwise(texts))

    def numbers_of_versions(self, ids: Collection[str]) -> dict[str, int]:
        """How many earlier versions there are of these articles; those without any are left out."""
        query = select(articles.c.id, func.count().label("number")).join_from(versions, articles)
        with self._reading() as connection:
            found = connection.execute(query.where(articles.c.id.in_(ids)).group_by(articles.c.id)).all()
        return {row.id: row.number for row in found}

    def number_of_versions(self) -> int:
        """How many earlier versions there are of all articles."""
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(versions)).scalar_one())

    def broken_versions(self) -> dict[int, str]:
        """The earlier versions that are not as they were stored, by key, each with the id of its article."""
        query = select(*_SEALED, versions.c.digest, articles.c.id.label("of")).join_from(versions, articles)
        found = self._pages(query, versions.c.key, lambda row: (row.key, row.of, _is_broken(row)))
        return {key: of for key, of, is_broken in found if is_broken}

    def known(self, ids: Collection[str], *, canonical: str | None) -> list[Known]:
        """What is stored under any of these ids, in their order, then under this canonical address, at most twenty."""
        with self._reading() as connection:
            found = list(connection.execute(select(articles).where(articles.c.id.in_(ids))))
            if canonical is not None:
                there = select(articles).where(articles.c.canonical == canonical).order_by(articles.c.key)
                found += connection.execute(there.limit(_MOST_THERE))
            known = {row.id: _known(connection, row) for row in found}
        first = [known.pop(id_) for id_ in ids if id_ in known]
        return [*first, *known.values()]


def describe_change(before: Article, after: Article) -> Change:
    """What changed from one version of an article to another."""
    found = compare_articles(before, after)
    return Change(
        published=(before.published, after.published),
        updated=(before.updated, after.updated),
        title=(before.title, after.title) if before.title != after.title else None,
        removed=tuple(span.of(before.text) for span in found.lacking),
        added=tuple(span.of(after.text) for span in found.added),
        changed=tuple((old.of(before.text), new.of(after.text)) for old, new in found.changed),
    )


def keep_version(connection: Connection, row: Row[tuple[object, ...]]) -> None:
    """Make what is stored of an article (its whole row) an earlier version of what comes in its place."""
    version = Version(article=rows.read_article(row), source=row.source, pipeline=row.pipeline, read_at=row.read_at)
    _add(connection, version, article=row.key)


def write_version(connection: Connection, version: Version, *, article: int) -> None:
    """Store an earlier version that was read after a later one.

    It takes the place of what an older pipeline made of the same file and date.
    """
    if version.article.updated is not None:
        read_before = (versions.c.source == version.source) & (versions.c.pipeline != version.pipeline)
        same_date = versions.c.updated == version.article.updated
        connection.execute(delete(versions).where(versions.c.article == article, same_date, read_before))
    _add(connection, version, article=article)


def _add(connection: Connection, version: Version, *, article: int) -> None:
    row = rows.version_row(version, article=article)
    same = versions.c.updated.is_not_distinct_from(version.article.updated) & (versions.c.content == row["content"])
    connection.execute(delete(versions).where(versions.c.article == article, same))
    key = connection.execute(insert(versions).values(row).returning(versions.c.key)).scalar_one()
    stored = connection.execute(select(*_SEALED).where(versions.c.key == key)).one()
    connection.execute(update(versions).where(versions.c.key == key).values(digest=_digest(stored)))


def remove_versions(connection: Connection, keys: Sequence[int]) -> None:
    """Remove earlier versions, and have the files that they were read from read again."""
    for some in chunked(keys):
        held = select(versions.c.source).where(versions.c.key.in_(some))
        connection.execute(update(sources).where(sources.c.path.in_(held)).values(digest=""))
        connection.execute(delete(versions).where(versions.c.key.in_(some)))


def _is_broken(row: Sequence[Any]) -> bool:
    """Whether a version, as it lies in the database with its digest behind, is not what was stored."""
    stored, digest = row[: len(_SEALED)], row[len(_SEALED)]
    return digest != _digest(stored) if digest else not _has_its_text(stored)


def _has_its_text(stored: Sequence[Any]) -> bool:
    """Whether a version that has no digest has at least the text that it was stored with."""
    row = dict(zip([column.name for column in _SEALED], stored, strict=True))
    try:
        return bool(rows.text_digest(json.loads(row["fields"])["text"]) == row["content"])
    except (ValueError, TypeError, LookupError, AttributeError):
        return False


def _digest(stored: Sequence[Any]) -> str:
    digest = hashlib.sha256()
    feed(digest, stored)
    return digest.hexdigest()


def forget_version(connection: Connection, *, article: int, content: str) -> None:
    """Remove an earlier version whose text is the latest again."""
    connection.execute(delete(versions).where(versions.c.article == article, versions.c.content == content))


def _known(connection: Connection, row: Row[tuple[object, ...]]) -> Known:
    traces = select(versions.c.content, versions.c.updated, versions.c.source, versions.c.pipeline)
    found = connection.execute(traces.where(versions.c.article == row.key).order_by(versions.c.key))
    return Known(
        article=rows.read_article(row),
        source=row.source,
        digest=row.digest,
        content=row.content,
        pipeline=row.pipeline,
        canonical=row.canonical,
        earlier=tuple(Trace(**trace._mapping) for trace in found),
    )


def _day(article: Article) -> str:
    return (article.updated or article.published or "")[:10]
