"""Which column of somebody's export holds which field of an article, where the usual names do not say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.errors import CorpusError
from corpus.fields import METADATA, RawArticle, read_fields, trace

FIELDS = ("text", *METADATA, "id")


def parse_mapping(options: Sequence[str]) -> dict[str, str]:
    """The columns by field that options such as "text=body,title=headline" give.

    Raises CorpusError, with the fields there are, for what names none of them, no column, or one field twice.
    """
    mapping: dict[str, str] = {}
    for pair in (pair for option in options for pair in option.split(",") if pair.strip()):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS:
            raise CorpusError(f"{field!r} is no field of an article; the fields are {', '.join(FIELDS)}")
        if not column:
            raise CorpusError(f"no column is given for {field}: write {field}=COLUMN")
        if field in mapping:
            raise CorpusError(f"two columns are given for {field}: {mapping[field]} and {column}; give one")
        mapping[field] = column
    return mapping


def missing_columns(mapping: Mapping[str, str], *, columns: Sequence[str]) -> list[str]:
    """The columns of a mapping that a table does not have."""
    return [column for column in mapping.values() if column not in columns]


def fits(record: Mapping[str, Any], mapping: Mapping[str, str]) -> bool:
    """Whether a record has any of the columns that are mapped."""
    return any(_find(record, column) for column in mapping.values())


def has_column(record: Mapping[str, Any], mapping: Mapping[str, str]) -> bool:
    """Whether a record has something in the column that is mapped to the text."""
    return "text" in mapping and bool(_find(record, mapping["text"]))


def read_mapped(record: Mapping[str, Any], *, mapping: Mapping[str, str], where: str = "field") -> RawArticle:
    """The article that a record holds: mapped fields from their columns alone, the others by the usual names.

    A column may be a path into objects, "author.name".
    """
    raw = read_fields(record, where=where)
    if not mapping:
        return raw
    found = read_fields({field: _find(record, column) for field, column in mapping.items()})
    places = dict(raw.provenance) | {field: f"{where} {column}" for field, column in mapping.items()}
    raw = replace(raw, **{field: getattr(found, field) for field in mapping})
    raw = replace(
        raw,
        updated=raw.updated if raw.updated != raw.published else None,
        is_summary=found.is_summary if "text" in mapping else raw.is_summary,
    )
    return replace(raw, provenance=trace(raw, places))


def _find(record: Mapping[str, Any], column: str) -> Any:
    if column in record:
        return record[column]
    value: Any = record
    for part in column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
