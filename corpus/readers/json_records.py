"""JSON: one article, a list of articles, or an object that holds them; and one article a line, as a stream."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, has_text, is_teaser
from corpus.limits import limits_in_force, over_limit
from corpus.mapping import fits, has_column
from corpus.readers.json_ld import is_json_ld, name_types, read_json_ld
from corpus.readers.ninjs import is_ninjs
from corpus.readers.opening import decode, mend, open_text, read_bytes
from corpus.readers.records import NO_MAPPING, read_record
from corpus.types import Problem


def read_json(path: Path, *, mapping: Mapping[str, str] = NO_MAPPING) -> Iterator[RawArticle | Problem]:
    """The articles of a .json file, which is parsed in one piece. Raises UnreadableFile where it is not JSON."""
    text = decode(read_bytes(path))
    try:
        value = _parse(text)
    except UnreadableFile:
        lines = text.strip().splitlines()
        if len(lines) > 1 and all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines[:2]):
            yield from _read_lines(io.StringIO(text), path=str(path), mapping=mapping)  # under another name
            return
        raise
    if is_json_ld(value) and not _is_mapped(value, mapping):
        value, mapping = _described(value), NO_MAPPING
    if isinstance(value, Mapping):
        records = _records_in(value, mapping=mapping)
        if records is None:
            yield read_record(value, path=str(path), number=None, mapping=mapping)
            return
    elif isinstance(value, list):
        records = value
    else:
        raise UnreadableFile("neither an object nor a list of objects")
    if not records:
        raise UnreadableFile("an empty list: no articles")
    for number, record in enumerate(records, 1):
        yield read_record(record, path=str(path), number=number, mapping=mapping)


def read_json_lines(path: Path, *, mapping: Mapping[str, str] = NO_MAPPING) -> Iterator[RawArticle | Problem]:
    """The articles of a .jsonl file, one a line, in constant memory. The number of a record is that of its line."""
    with open_text(path) as file:
        yield from _read_lines(file, path=str(path), mapping=mapping)


def _read_lines(file: TextIO, *, path: str, mapping: Mapping[str, str]) -> Iterator[RawArticle | Problem]:
    longest = limits_in_force().record_characters
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest:
            while line and not line.endswith("\n"):
                line = file.readline(longest)
            yield Problem(
                path=path, record=number, reason=str(over_limit("too long a line", limit="record_characters"))
            )
        elif line.strip():
            try:
                yield read_record(_parse(mend(line)), path=path, number=number, mapping=mapping)
            except UnreadableFile as error:
                yield Problem(path=path, record=number, reason=str(error))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"not valid JSON: {error.msg} at line {error.lineno} column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; nesting without end
        raise UnreadableFile(f"not JSON that can be read: {str(error)[:100]}") from error


def _described(value: Any) -> Any:
    """The articles in JSON-LD, or the one; the value itself where it is of no article's type but has a text."""
    described = read_json_ld(value)
    if not described and not (isinstance(value, Mapping) and has_text(value)):
        raise UnreadableFile(f"JSON-LD without an article: its objects are of type {name_types(value)}")
    return described if len(described) > 1 else described[0] if described else value


def _is_mapped(value: Any, mapping: Mapping[str, str]) -> bool:
    """Whether the columns of a mapping are in an object, in what it holds, or in a list of them."""
    if isinstance(value, Mapping):
        return fits(value, mapping) or any(_is_mapped(item, mapping) for item in value.values())
    return isinstance(value, list) and any(_is_mapped(item, mapping) for item in value[:1])


def _records_in(value: Mapping[str, Any], *, mapping: Mapping[str, str]) -> list[Any] | None:
    """The list of articles that an object holds, or its values where they are articles; None where it is one itself."""

    def is_article(record: Mapping[str, Any]) -> bool:
        return has_column(record, mapping) if "text" in mapping else has_text(record)

    if is_ninjs(value) and not fits(value, mapping):
        return None
    if is_article({key: item for key, item in value.items() if not _is_list_of_objects(item)}):
        return None
    for records in filter(_is_list_of_objects, value.values()):
        if any(is_article(record) or is_ninjs(record) or is_teaser(record) for record in records):
            return list(records)
    for inner in value.values():
        if isinstance(inner, Mapping) and not is_article(inner):
            found = _records_in(inner, mapping=mapping)
            if found is not None:
                return found
    if value and all(isinstance(item, Mapping) and is_article(item) for item in value.values()):
        return [{"id": key, **item} for key, item in value.items()]
    return None


def _is_list_of_objects(item: object) -> bool:
    return isinstance(item, list) and bool(item) and all(isinstance(record, Mapping) for record in item)
