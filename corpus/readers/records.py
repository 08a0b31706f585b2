"""One record of a file of many, as an article or as a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, has_text
from corpus.mapping import fits, missing_columns, read_mapped
from corpus.readers.json_ld import is_json_ld, read_json_ld
from corpus.readers.markup import fragment_text
from corpus.readers.ninjs import is_ninjs, read_ninjs
from corpus.types import Problem

NO_MAPPING: Mapping[str, str] = MappingProxyType({})
_SHOWN = 8  # names of fields in a message


def read_record(
    record: object,
    *,
    path: str,
    number: int | None,
    mapping: Mapping[str, str] = NO_MAPPING,
    where: str = "field",
) -> RawArticle | Problem:
    """The article in a record. `number` counts from 1, None where the file holds one article.

    `mapping` names the columns of fields that go by other names than the usual, `where` is "field" or "column". A
    record in a standard's own terms that has none of these columns is read as its standard says.
    """
    if not isinstance(record, Mapping):
        return Problem(path=path, record=number, reason=f"not an object with fields but a {type(record).__name__}")
    if is_ninjs(record) and not fits(record, mapping):
        try:
            return replace(read_ninjs(record), path=path, record=number)
        except UnreadableFile as error:
            return Problem(path=path, record=number, reason=str(error))
    if is_json_ld(record) and not fits(record, mapping) and (described := read_json_ld(record)):
        if len(described) > 1:
            return Problem(
                path=path, record=number, reason=f"{len(described)} articles in one record: write one a line"
            )
        record, where, mapping = described[0], "JSON-LD", NO_MAPPING
    if isinstance(inner := record.get("article"), Mapping) and has_text(inner):
        record = {**record, **inner}
    raw = read_mapped(record, mapping=mapping, where=where)
    if not raw.text:
        place = f"no text in its {where} {mapping['text']}" if "text" in mapping else "no text in it"
        return Problem(path=path, record=number, reason=f"{place}; its {where}s are {name_fields(record)}")
    return replace(raw, text=fragment_text(raw.text), path=path, record=number)


def check_columns(columns: list[str], *, mapping: Mapping[str, str]) -> None:
    """Raise UnreadableFile where a table lacks a column that is mapped, or one for an article's text."""
    if missing := missing_columns(mapping, columns=columns):
        raise UnreadableFile(f"no column {', '.join(missing)}; its columns are {name_fields(dict.fromkeys(columns))}")
    if "text" not in mapping and not has_text(dict.fromkeys(columns, "text")):
        raise UnreadableFile(
            "no column is named like an article's text (text, body, content): map one with --map text=COLUMN; "
            f"its columns are {name_fields(dict.fromkeys(columns))}"
        )


def name_fields(fields: Mapping[str, object]) -> str:
    """The names of fields, for a message."""
    names = [str(name)[:40] for name in list(fields)[:_SHOWN] if name]
    return (", ".join(names) or "none") + (" ..." if len(fields) > _SHOWN else "")
