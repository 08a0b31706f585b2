"""The steps of a write to the ledger, each within the transaction of its caller."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from corpus.types import Problem
from rag.store import rows
from rag.store.connected import chunked
from rag.store.copies import add_signature, remove_signatures
from rag.store.entries import Entry
from rag.store.schema import articles, claims, feedback, holdings, parties, passages, problems, sources, units, versions
from rag.store.seals import seal
from rag.store.versions import forget_version, keep_version
from rag.types import Party


def put(connection: Connection, entry: Entry, *, source: str) -> None:
    """Store an entry, in place of the article of the same id where there is one."""
    row = rows.article_row(entry, source=source)
    stored = connection.execute(select(articles).where(articles.c.id == entry.article.id)).one_or_none()
    if stored is None:
        (article,) = _insert(connection, articles, [row])
    else:
        article = stored.key
        if entry.keeps_earlier:
            keep_version(connection, stored)
        forget_version(connection, article=article, content=row["content"])
        for table in (units, claims, parties, passages):
            connection.execute(delete(table).where(table.c.article == article))
        remove_signatures(connection, [article])
        connection.execute(update(articles).where(articles.c.key == article).values(row))
    _put_parts(connection, entry, article=article)
    if entry.signature:
        add_signature(connection, entry.signature, article=article)
    seal(connection, article)


def _put_parts(connection: Connection, entry: Entry, *, article: int) -> None:
    passage_keys = _insert(connection, passages, [rows.passage_row(p, article=article) for p in entry.passages])
    named: list[Party] = list(dict.fromkeys(claim.party for claim in entry.claims))
    party_keys = dict(
        zip(named, _insert(connection, parties, [rows.party_row(p, article=article) for p in named]), strict=True)
    )
    claim_keys = _insert(
        connection, claims, [rows.claim_row(c, article=article, party=party_keys[c.party]) for c in entry.claims]
    )
    _insert(connection, units, rows.unit_rows(entry, article=article, passages=passage_keys, claims=claim_keys))


def let_go(connection: Connection, path: str, *, keep: Collection[str]) -> int:
    """Take from a file all articles but those in `keep`, and all that is noted of what it holds.

    Articles whose latest version it held are removed; other files that hold one are to be read again. Of the others
    go the earlier versions that it held. Returns how many articles were removed.
    """
    gone = stored_from(connection, path) - set(keep)
    keys = keys_of(connection, sorted(gone))
    for some in chunked(keys):
        others = select(holdings.c.source).where(holdings.c.article.in_(some), holdings.c.source != path)
        connection.execute(update(sources).where(sources.c.path.in_(others)).values(digest=""))
    held = select(articles.c.key, articles.c.id).join_from(holdings, articles).where(holdings.c.source == path)
    left = [key for key, id_ in connection.execute(held) if id_ not in keep]
    for some in chunked(left):
        connection.execute(delete(versions).where(versions.c.article.in_(some), versions.c.source == path))
    remove(connection, keys)
    connection.execute(delete(holdings).where(holdings.c.source == path))
    return len(keys)


def stored_from(connection: Connection, path: str) -> set[str]:
    """The ids of the articles whose latest version is of a file."""
    return set(connection.execute(select(articles.c.id).where(articles.c.source == path)).scalars())


def keys_of(connection: Connection, ids: Sequence[str]) -> list[int]:
    """The keys of those articles that are stored."""
    found: list[int] = []
    for some in chunked(ids):
        found += connection.execute(select(articles.c.key).where(articles.c.id.in_(some))).scalars()
    return found


def remove(connection: Connection, keys: Sequence[int]) -> int:
    """Remove articles; all that they own goes with them."""
    remove_signatures(connection, keys)
    for some in chunked(keys):
        connection.execute(delete(articles).where(articles.c.key.in_(some)))
    return len(keys)


def remove_lost_feedback(connection: Connection) -> None:
    """Remove the feedback on answers that showed claims which are stored no more: its words may be theirs."""
    shown = {row.key: set(row.claims) for row in connection.execute(select(feedback.c.key, feedback.c.claims))}
    stored: set[str] = set()
    for some in chunked(sorted(set().union(*shown.values()))):
        stored |= set(connection.execute(select(claims.c.id).where(claims.c.id.in_(some))).scalars())
    for some in chunked([key for key, ids in shown.items() if ids - stored]):
        connection.execute(delete(feedback).where(feedback.c.key.in_(some)))


def note_problems(connection: Connection, failed: Sequence[Problem], *, source: str) -> None:
    """Note what could not be read of a file, in place of what was noted before."""
    connection.execute(delete(problems).where(problems.c.source == source))
    if failed:
        found = [{"source": source, "path": p.path, "record": p.record, "reason": p.reason} for p in failed]
        connection.execute(insert(problems), found)


def _insert(connection: Connection, table: Table, values: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows; returns their keys in the same order."""
    if not values:
        return []
    statement = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return list(connection.execute(statement, list(values)).scalars())
