"""Stream a file larger than memory should be: every record accounted for, in bounded memory.

usage: python -m benchmarks.large_files [--format jsonl|csv|tar|warc|parquet] [--gigabytes N] [--packed]

It writes a file of made-up articles to the temporary folder, one of them in a line of 10 MB and a few of them broken,
and reads it as an index run would. It exits with 1 where a record is missing or either process took over 1 GB.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import resource
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from benchmarks.seeds import PARAGRAPHS, RECORD, TITLE
from corpus.readers.isolation import open_reader
from corpus.types import Article, Problem

MOST_MEMORY = 1_000_000_000  # bytes
LONG_LINE = 10_000_000  # bytes
LONG_AT, BROKEN_AT = 1_000, 5_000  # the number of the long record, and every how many one is broken
_FILLER = " ".join(PARAGRAPHS) + "\n\n"


def text_of(number: int) -> str:
    """The text of a record: 3 kB, but for the long one; empty where it is broken."""
    if number % BROKEN_AT == 0:
        return ""
    size = LONG_LINE if number == LONG_AT else 3_000
    return f"This is record {number}. " + _FILLER * (size // len(_FILLER))


def write_jsonl(out: IO[bytes], size: int) -> int:
    """One record a line; those that are broken are no JSON."""
    for number in count(1):
        line = json.dumps({**RECORD, "url": None, "text": text_of(number)}) if number % BROKEN_AT else '{"text": '
        out.write(line.encode() + b"\n")
        if out.tell() >= size:
            return number
    raise AssertionError


def write_csv(out: IO[bytes], size: int) -> int:
    """One record a row; those that are broken have no text."""
    out.write(b"title,text\n")
    for number in count(1):
        out.write(f'{TITLE},"{text_of(number)}"\n'.encode())
        if out.tell() >= size:
            return number
    raise AssertionError


def write_tar(out: IO[bytes], size: int) -> int:
    """One file a record; those that are broken are too short for an article."""
    with tarfile.open(fileobj=out, mode="w|", bufsize=1 << 20) as archive:
        for number in count(1):
            content = (text_of(number) or "short").encode()
            entry = tarfile.TarInfo(f"{number}.txt")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
            if out.tell() >= size:
                return number
    raise AssertionError


def write_warc(out: IO[bytes], size: int) -> int:
    """One page a record; those that are broken hold no article."""
    for number in count(1):
        body = "".join(f"<p>{part}</p>" for part in text_of(number).split("\n\n"))
        page = f"<html><head><title>{TITLE}</title></head><body><article>{body}</article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        out.write(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/%d\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
            % (number, len(http), http)
        )
        if out.tell() >= size:
            return number
    raise AssertionError


def write_parquet(out: IO[bytes], size: int) -> int:
    """One record a row, in groups of a thousand; those that are broken have no text."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([("title", pyarrow.string()), ("text", pyarrow.string())])
    with parquet.ParquetWriter(out, schema, compression="none", use_dictionary=False) as writer:
        for first in count(1, 1000):
            texts = [text_of(number) for number in range(first, first + 1000)]
            writer.write_table(pyarrow.table({"title": [TITLE] * 1000, "text": texts}, schema=schema))
            if out.tell() >= size:
                return first + 999
    raise AssertionError


WRITERS: dict[str, Callable[[IO[bytes], int], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "tar": write_tar,
    "warc": write_warc,
    "parquet": write_parquet,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """What came of a file of `size` bytes and `records`; the largest resident memory of each process.

    `last` is the last problem, with its record.
    """

    size: int
    records: int
    articles: int
    problems: int
    seconds: float
    reader_bytes: int
    child_bytes: int
    last: Problem | None

    @property
    def is_whole(self) -> bool:
        """Whether every record became an article or, where it is broken, a problem."""
        is_told = self.problems == self.records // BROKEN_AT
        return is_told and self.articles + self.problems == self.records


def stream(path: Path, *, size: int, records: int) -> Streamed:
    """Read a file, article by article, keeping none."""
    articles = problems = 0
    last = None
    started = time.perf_counter()
    with open_reader() as reader:
        for item in reader.read(path):
            articles += isinstance(item, Article)
            if isinstance(item, Problem):
                problems, last = problems + 1, item
    return Streamed(
        size=size,
        records=records,
        articles=articles,
        problems=problems,
        seconds=time.perf_counter() - started,
        reader_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        child_bytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024,
        last=last,
    )


def pieces(path: Path) -> Iterator[bytes]:
    """A file's bytes, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def measure(form: str, *, gigabytes: float, packed: bool = False) -> Streamed:
    """Write a file of that format to the temporary folder, with gzip or without, and read it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"articles.{form}")
        with path.open("wb") as out:
            records = WRITERS[form](out, int(gigabytes * 1e9))
        size = path.stat().st_size
        if packed:
            small = path.with_name(f"{path.name}.gz")
            with gzip.open(small, "wb", compresslevel=1) as out_packed:
                for piece in pieces(path):
                    out_packed.write(piece)
            path.unlink()
            path = small
        return stream(path, size=size, records=records)


def main() -> None:
    """Write one file, read it, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--format", choices=WRITERS, default="jsonl")
    parser.add_argument("--gigabytes", type=float, default=2.0)
    parser.add_argument("--packed", action="store_true", help="with gzip")
    args: Any = parser.parse_args()
    done = measure(args.format, gigabytes=args.gigabytes, packed=args.packed)
    is_small = max(done.reader_bytes, done.child_bytes) <= MOST_MEMORY
    print(
        f"{args.format}: {done.size / 1e9:.2f} GB, {done.records} records: {done.articles} articles, "
        f"{done.problems} problems in {done.seconds:.0f} s ({done.size / 1e6 / done.seconds:.0f} MB/s); "
        f"largest resident memory {done.reader_bytes / 1e6:.0f} MB here, {done.child_bytes / 1e6:.0f} MB in the child"
    )
    if not done.is_whole:
        print(f"not all is accounted for; the last problem: {done.last}")
    sys.exit(0 if done.is_whole and is_small else 1)


if __name__ == "__main__":
    main()
