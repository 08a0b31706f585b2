"""One record of a file of many, as an article or as a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from corpus.fields import RawArticle, has_text, read_fields
from corpus.readers.markup import fragment_text
from corpus.types import Problem

_SHOWN = 8  # names of fields in a message


def read_record(record: object, *, path: str, number: int | None) -> RawArticle | Problem:
    """The article in a record. `number` counts from 1, None where the file holds one article."""
    if not isinstance(record, Mapping):
        return Problem(path=path, record=number, reason=f"not an object with fields but a {type(record).__name__}")
    if isinstance(inner := record.get("article"), Mapping) and has_text(inner):
        record = {**record, **inner}
    raw = read_fields(record)
    if not raw.text:
        return Problem(path=path, record=number, reason=f"no text in it; its fields are {name_fields(record)}")
    return replace(raw, text=fragment_text(raw.text), path=path, record=number)


def name_fields(fields: Mapping[str, object]) -> str:
    """The names of fields, for a message."""
    names = [str(name)[:40] for name in list(fields)[:_SHOWN] if name]
    return (", ".join(names) or "none") + (" ..." if len(fields) > _SHOWN else "")
