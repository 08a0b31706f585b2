"""Apache Parquet: tables of articles as data teams export them, one article a row, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.readers.faults import said
from corpus.readers.opening import check_unpacked, decode
from corpus.readers.records import NO_MAPPING, check_columns, read_record
from corpus.types import Problem

_ROWS = 16  # at once: a row may hold megabytes
_BUFFER = 1 << 20  # bytes


def read_parquet(path: Path, *, mapping: Mapping[str, str] = NO_MAPPING) -> Iterator[RawArticle | Problem]:
    """The articles of a .parquet file. Rows count from 1.

    Raises UnreadableFile where it is none, where a mapped column is not there, or where none is named like an
    article's text.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise UnreadableFile("pyarrow is needed to read .parquet: pip install pyarrow") from error

    number = 0
    try:
        # by pages of a column, not by whole row groups
        with path.open("rb") as file, ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER) as table:
            check_columns(table.schema_arrow.names, mapping=mapping)
            packed, unpacked = path.stat().st_size, 0
            for batch in table.iter_batches(batch_size=_ROWS, use_threads=False):
                columns = [[_plain(value) for value in _without_nanoseconds(column)] for column in batch.columns]
                for row in zip(*columns, strict=True):
                    unpacked += sum(len(value) for value in row if isinstance(value, str))
                    check_unpacked(unpacked, packed=packed)  # a text may be stored once for all rows
                    number += 1
                    fields = dict(zip(batch.schema.names, row, strict=True))
                    yield read_record(fields, path=str(path), number=number, mapping=mapping, where="column")
    except MemoryError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        below = f"; nothing below row {number} was read" if number else ""
        raise UnreadableFile(f"not a .parquet file that can be read: {said(error)}{below}") from error


def _without_nanoseconds(column: Any) -> Any:
    """A column whose times, where they count nanoseconds, which Python's cannot, count microseconds."""
    import pyarrow

    if pyarrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pyarrow.timestamp("us", tz=column.type.tz), safe=False)
    return column


def _plain(value: Any) -> object:
    """A value as JSON would have it; None where it cannot be one, such as a date after the year 9999."""
    try:
        plain = value.as_py()
    except UnicodeDecodeError:
        plain = value.as_buffer().to_pybytes()
    except (ValueError, OverflowError, KeyError):
        return None
    if isinstance(plain, date):  # and a date with its time
        return plain.isoformat()
    if isinstance(plain, bytes):
        try:
            return decode(plain)
        except UnreadableFile:
            return None
    return plain
