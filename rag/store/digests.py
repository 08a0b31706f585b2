"""Digests of rows as they lie in the database, by which a byte that was changed is noticed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, type_coerce

from rag.store.schema import AnyText, Json


def raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as it lies in the database: what cannot be understood any more can still be compared."""
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, AnyText | Json) else column


def feed(digest: Any, row: Any) -> None:
    """Add a row to a digest."""
    parts: list[bytes] = []
    for value in row:
        content = value if isinstance(value, bytes) else repr(value).encode("utf-8", "backslashreplace")
        parts += (b"%d:" % len(content), content)
    digest.update(b"".join(parts))
