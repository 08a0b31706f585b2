"""Tables of articles: .csv and .tsv, one article a row, as a stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, has_text
from corpus.readers.opening import LONGEST_RECORD, mend, open_text
from corpus.readers.records import name_fields, read_record
from corpus.types import Problem


def read_table(path: Path) -> Iterator[RawArticle | Problem]:
    """The articles of a table with a row of names on top, in constant memory. Rows count from 1 below the names.

    Raises UnreadableFile where no column is named like an article's text.
    """
    csv.field_size_limit(LONGEST_RECORD)
    with open_text(path) as file:
        header = file.readline(LONGEST_RECORD)
        mark = _delimiter(header, path=path)
        names = next(csv.reader([header], delimiter=mark), [])
        names = [mend(name).strip() for name in names]
        if not has_text(dict.fromkeys(names, "text")):
            columns = name_fields(dict.fromkeys(names))
            raise UnreadableFile(f"no column is named like an article's text (text, body, content): {columns}")
        number = 0
        rows = csv.reader(file, delimiter=mark)
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
                yield read_record(fields, path=str(path), number=number)


def _delimiter(header: str, *, path: Path) -> str:
    if ".tsv" in path.suffixes:
        return "\t"
    return max(",;\t|", key=header.count)
