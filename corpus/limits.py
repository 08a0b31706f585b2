"""What reading a file may cost. Articles come from anywhere: no file may take the machine down or hold up the rest."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, fields
from typing import TypeVar

from corpus.errors import CorpusError, UnreadableFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one file may take; each field is a setting of the same name. Raises CorpusError below 1.

    file_bytes         a file that is read in one piece (JSON, PDF, documents), unpacked
    page_bytes         a web page, text, message or XML document: as a tree it takes many times its size in memory
    record_characters  one line of a .jsonl file, one cell of a table
    unpacked_bytes     all that comes out of one compressed file or archive; it is never stored at once
    member_bytes       one file in an archive, which is unpacked into the temporary folder
    members            files in an archive, those in archives inside it included; not the records of web archives
    ratio              how many times its packed size a file or an archive unpacks to, from 10 MB upwards
    nesting            archives in archives: 1 reads none inside another, 2 reads those in the first
    html_depth         elements inside elements in a web page
    pdf_pages          pages of a PDF
    seconds            the processor's time to the next article, ten times that on the clock; needs the child process
    memory             bytes of address space of the child process, of which Python and its parsers take a third
    faults             how often the child process may be lost to one archive before the rest of it is given up
    """

    file_bytes: int = 100_000_000
    page_bytes: int = 20_000_000
    record_characters: int = 20_000_000
    unpacked_bytes: int = 50_000_000_000
    member_bytes: int = 2_000_000_000
    members: int = 100_000
    ratio: int = 200
    nesting: int = 2
    html_depth: int = 2_000
    pdf_pages: int = 2_000
    seconds: float = 10.0
    memory: int = 1_000_000_000
    faults: int = 20

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 1:
                raise CorpusError(f"the limit {field.name} is {value!r}: give a number from 1 upwards")


_DEFAULTS = Limits()
_in_force: ContextVar[Limits] = ContextVar("limits", default=_DEFAULTS)


def limits_in_force() -> Limits:
    """The limits that the file being read is under; the defaults where none were given."""
    return _in_force.get()


def under_limits(items: Generator[T, None, None], *, limits: Limits) -> Iterator[T]:
    """The items of a generator, made with `limits` in force.

    Each step runs in a context of its own: between two steps, whoever asks for them is under their own limits.
    """
    context = copy_context()
    context.run(_in_force.set, limits)
    try:
        while True:
            try:
                item = context.run(next, items)
            except StopIteration:
                return
            yield item
    finally:
        context.run(items.close)


def over_limit(what: str, *, limit: str, limits: Limits | None = None) -> UnreadableFile:
    """The error for a file that is over the limit of that name, of `limits` or of those in force."""
    value = getattr(limits or limits_in_force(), limit)
    return UnreadableFile(f"{what}; the limit is {limit} = {value:,}")
