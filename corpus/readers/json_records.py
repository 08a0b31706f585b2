"""JSON: one article, a list of articles, or an object that holds them; and one article a line, as a stream."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, has_text
from corpus.readers.opening import LONGEST_RECORD, decode, mend, open_text, read_bytes
from corpus.readers.records import read_record
from corpus.types import Problem

# A .json file is parsed in one piece, which takes several times its size in memory; a .jsonl file is not.
LARGEST_JSON = 256_000_000  # bytes


def read_json(path: Path) -> Iterator[RawArticle | Problem]:
    """The articles of a .json file. Raises UnreadableFile where it is not JSON."""
    text = decode(read_bytes(path, limit=LARGEST_JSON))
    try:
        value = _parse(text)
    except UnreadableFile:
        lines = text.strip().splitlines()
        if len(lines) > 1 and all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines[:2]):
            yield from _read_lines(io.StringIO(text), path=str(path))  # JSON lines under another name
            return
        raise
    if isinstance(value, Mapping):
        records = _records_in(value)
        if records is None:
            yield read_record(value, path=str(path), number=None)
            return
    elif isinstance(value, list):
        records = value
    else:
        raise UnreadableFile("neither an object nor a list of objects")
    if not records:
        raise UnreadableFile("an empty list: no articles")
    for number, record in enumerate(records, 1):
        yield read_record(record, path=str(path), number=number)


def read_json_lines(path: Path) -> Iterator[RawArticle | Problem]:
    """The articles of a .jsonl file, one a line, in constant memory. The number of a record is that of its line."""
    with open_text(path) as file:
        yield from _read_lines(file, path=str(path))


def _read_lines(file: TextIO, *, path: str) -> Iterator[RawArticle | Problem]:
    number = 0
    while line := file.readline(LONGEST_RECORD + 1):
        number += 1
        if len(line) > LONGEST_RECORD:
            while line and not line.endswith("\n"):
                line = file.readline(LONGEST_RECORD)
            reason = f"a line of more than {LONGEST_RECORD // 1_000_000} million characters: split it"
            yield Problem(path=path, record=number, reason=reason)
        elif line.strip():
            try:
                yield read_record(_parse(mend(line)), path=path, number=number)
            except UnreadableFile as error:
                yield Problem(path=path, record=number, reason=str(error))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"not valid JSON: {error.msg} at line {error.lineno} column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; nesting without end
        raise UnreadableFile(f"not JSON that can be read: {str(error)[:100]}") from error


def _records_in(value: Mapping[str, Any]) -> list[Any] | None:
    """The list of articles that an object holds, or its values where they are articles; None where it is one itself."""
    if has_text({key: item for key, item in value.items() if not _is_list_of_objects(item)}):
        return None
    lists = [item for item in value.values() if _is_list_of_objects(item)]
    for records in lists:
        if any(map(has_text, records)):
            return list(records)
    for inner in value.values():
        if isinstance(inner, Mapping) and not has_text(inner) and (records := _records_in(inner)) is not None:
            return records
    if value and all(isinstance(item, Mapping) and has_text(item) for item in value.values()):
        return [{"id": key, **item} for key, item in value.items()]
    return None


def _is_list_of_objects(item: object) -> bool:
    return isinstance(item, list) and bool(item) and all(isinstance(record, Mapping) for record in item)
