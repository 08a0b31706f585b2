"""Tables of articles: .csv and .tsv, one article a row, as a stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from corpus.fields import RawArticle
from corpus.limits import limits_in_force
from corpus.readers.opening import mend, open_text
from corpus.readers.records import NO_MAPPING, check_columns, read_record
from corpus.types import Problem


def read_table(path: Path, *, mapping: Mapping[str, str] = NO_MAPPING) -> Iterator[RawArticle | Problem]:
    """The articles of a table with a row of names on top, in constant memory. Rows count from 1 below the names.

    Raises UnreadableFile where a mapped column is not there, or none is named like an article's text.
    """
    longest = limits_in_force().record_characters
    csv.field_size_limit(longest)
    with open_text(path) as file:
        header = file.readline(longest)
        mark = _delimiter(header, path=path)
        names = [mend(name).strip() for name in next(csv.reader([header], delimiter=mark), [])]
        check_columns(names, mapping=mapping)
        number = 0
        rows = csv.reader(_lines(file, longest=longest), delimiter=mark)
        while True:
            try:
                row = next(rows, None)
            except csv.Error as error:
                reason = f"{error}; is a quotation mark left open? Nothing below this row was read"
                yield Problem(path=str(path), record=number + 1, reason=reason)
                return
            if row is None:
                return
            if not any(cell.strip() for cell in row):
                continue
            number += 1
            if any(cell.strip() for cell in row[len(names) :]):
                reason = f"{len(row)} cells under {len(names)} names: put text that holds {mark!r} in quotation marks"
                yield Problem(path=str(path), record=number, reason=reason)
            else:
                fields = dict(zip(names, map(mend, row), strict=False))
                yield read_record(fields, path=str(path), number=number, mapping=mapping, where="column")


def _lines(file: TextIO, *, longest: int) -> Iterator[str]:
    while line := file.readline(longest + 1):
        if len(line) > longest:
            raise csv.Error(f"a line of more than {longest:,} characters")
        yield line


def _delimiter(header: str, *, path: Path) -> str:
    if ".tsv" in path.name.lower():
        return "\t"
    return max(",;\t|", key=header.count)
