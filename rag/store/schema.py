"""The ledger's tables.

An article owns its passages, parties, claims and units, its earlier versions, and what is known of its copies: they go
when it goes. A unit is never updated in place, and its key is never used again, so an index that is derived from the
units is brought in step by comparing sets of keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

VERSION = "8"
"""Goes up when a table changes, together with a step from the version before: see `rag.store.migrations`."""

FIRST = 3
"""The version of the first release, from which on every ledger can be opened."""

_UNSTORABLE = re.compile("[\x00\x1b\ud800-\udfff]")
_ESCAPED = re.compile("\x1b([0-9a-f]{4})")


def _restored(value: str | None) -> str | None:
    if value is None or "\x1b" not in value:
        return value
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


class AnyText(TypeDecorator[str]):
    """Any str, exactly: lone surrogates and NUL, which databases refuse, are stored as ESC and four hex digits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None or not _UNSTORABLE.search(value):
            return value
        return _UNSTORABLE.sub(lambda match: f"\x1b{ord(match[0]):04x}", value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], str | None]:  # noqa: ARG002
        return _restored  # itself: a question reads thousands of values


class Json(TypeDecorator[Any]):
    """Lists of words or numbers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        return json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return json.loads(value or "null")


metadata = MetaData()

manifest = Table(
    "manifest",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", AnyText, nullable=False),
)

revisions = Table(  # one for each write; the token tells the histories of a ledger and of its restored backup apart
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token", String(32), nullable=False),
)

sources = Table(  # files that were read to their end; one without a digest is to be read again
    "sources",
    metadata,
    Column("path", AnyText, primary_key=True),
    Column("digest", AnyText, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime", Float(53), nullable=False),
    Column("stamp", AnyText, nullable=False),  # what it was read with
    Column("root", AnyText),
    Column("read_at", Float(53), nullable=False),
)


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True)


def _article() -> Column[int]:
    return Column("article", ForeignKey("articles.key", ondelete="CASCADE"), nullable=False, index=True)


articles = Table(
    "articles",
    metadata,
    _key(),
    Column("id", AnyText, nullable=False, unique=True),
    Column("source", AnyText, nullable=False, index=True),
    Column("digest", AnyText, nullable=False),
    Column("pipeline", AnyText, nullable=False),  # what made the entry
    Column("content", String(64), nullable=False, index=True),  # SHA-256 of the text
    Column("canonical", AnyText, index=True),  # the address without what does not tell articles apart
    Column("read_at", Float(53), nullable=False),
    Column("title", AnyText, nullable=False),
    Column("headline", Json, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("outlet", AnyText, index=True),
    Column("authors", Json, nullable=False),
    Column("published", AnyText),
    Column("day", String(10), index=True),  # of `published`, to filter by
    Column("updated", AnyText),
    Column("url", AnyText),
    Column("language", String(35)),
    Column("section", AnyText),
    Column("agency", AnyText),
    Column("copyright", AnyText),
    Column("is_summary", Boolean, nullable=False),
    Column("provenance", Json, nullable=False),
    Column("path", AnyText),
    Column("record", Integer),
    sqlite_autoincrement=True,
)

passages = Table(
    "passages",
    metadata,
    _key(),
    _article(),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    sqlite_autoincrement=True,
)

parties = Table(  # each as one article names it
    "parties",
    metadata,
    _key(),
    _article(),
    Column("id", AnyText, nullable=False, index=True),
    Column("name", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("role", AnyText),
    Column("side", AnyText),
    Column("aliases", Json, nullable=False),
    sqlite_autoincrement=True,
)

claims = Table(
    "claims",
    metadata,
    _key(),
    _article(),
    Column("id", AnyText, nullable=False, unique=True),
    Column("party", ForeignKey("parties.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", AnyText, nullable=False),
    Column("voice", AnyText, nullable=False),
    Column("stance", AnyText, nullable=False),
    Column("via", Json, nullable=False),
    Column("quote_type", AnyText, nullable=False),
    Column("act", String(10), nullable=False),
    Column("source", Json, nullable=False),
    Column("cue", Json, nullable=False),
    Column("content", Json, nullable=False),
    Column("start", Integer, nullable=False),  # of the claim's extent
    Column("stop", Integer, nullable=False),
    Column("confidence", Float(53), nullable=False),
    sqlite_autoincrement=True,
)

units = Table(
    "units",
    metadata,
    _key(),
    _article(),
    Column("kind", String(10), nullable=False),
    Column("owner", Integer, nullable=False),  # the key of a passage or of a claim
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
    Index("units_by_kind", "kind", "key"),
    Index("units_by_place", "article", "kind", "start", "stop"),  # asked for with every question, without the vectors
    sqlite_autoincrement=True,
)

seals = Table(  # the digest of an article's row and of all that it owns, as of the last write: see `rag.store.seals`
    "seals",
    metadata,
    Column("article", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
)

holdings = Table(  # which files hold an article, or an earlier version of it; `articles.source` is the latest's
    "holdings",
    metadata,
    Column("source", AnyText, primary_key=True),
    Column("article", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, index=True),
)

versions = Table(  # earlier texts of an article
    "versions",
    metadata,
    _key(),
    _article(),
    Column("source", AnyText, nullable=False),
    Column("pipeline", AnyText, nullable=False),
    Column("content", String(64), nullable=False),
    Column("updated", AnyText),
    Column("read_at", Float(53), nullable=False),
    Column("fields", Json, nullable=False),  # all of the article
    Column("digest", String(64)),  # of all the rest; none where an earlier version of this program stored it
    sqlite_autoincrement=True,
)

problems = Table(  # what could not be read of a file, when it was last read
    "problems",
    metadata,
    _key(),
    Column("source", AnyText, nullable=False, index=True),
    Column("path", AnyText, nullable=False),
    Column("record", Integer),
    Column("reason", AnyText, nullable=False),
    sqlite_autoincrement=True,
)

feedback = Table(  # what readers thought of answers; of articles it holds no word
    "feedback",
    metadata,
    _key(),
    Column("given_at", Float(53), nullable=False),
    Column("question", AnyText, nullable=False),
    Column("verdict", String(4), nullable=False),
    Column("note", AnyText, nullable=False),
    Column("claims", Json, nullable=False),
    Column("filters", Json, nullable=False),
    Column("reader", AnyText),
    sqlite_autoincrement=True,
)

signatures = Table(
    "signatures",
    metadata,
    Column("article", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("hashes", LargeBinary, nullable=False),  # uint32, little-endian
)

bands = Table(  # of the articles that new ones are compared with: of twins, the one that came first
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

copies = (
    Table(  # pairs of articles that are one report, each in both directions; twins are paired with one article only
        "copies",
        metadata,
        Column("article", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
        Column("other", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, index=True),
        Column("are_twins", Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
)
