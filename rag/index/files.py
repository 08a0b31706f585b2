"""Files as the pipeline sees them: whether they changed, and what is in them. The only place where they are read."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.limits import Limits
from corpus.readers import kind_of
from corpus.readers.isolation import open_reader
from corpus.readers.opening import open_bytes
from corpus.types import Article, Problem
from rag.store.entries import SourceFile

PLAIN = frozenset({".txt", ".md", ".jsonl", ".ndjson", ".csv", ".tsv"})
"""Kinds that are read in this process: no parser of them can crash, and a child process takes a second to start."""

_LINES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
_BLOCK = 1 << 20
_COARSE = 2.0  # seconds: the coarsest dates that a file system gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are read: the columns of tables by field, and the limits."""

    mapping: Mapping[str, str]
    limits: Limits

    @property
    def stamp(self) -> str:
        """The same for as long as the same file gives the same articles."""
        return json.dumps([dict(self.mapping), asdict(self.limits)], sort_keys=True)


class Reader:
    """Reads files one after another, in a child process where a parser could crash or hang. Close it after use."""

    def __init__(self, reading: Reading) -> None:
        self._isolated = open_reader(limits=reading.limits, mapping=reading.mapping)
        self._here = open_reader(limits=reading.limits, mapping=reading.mapping, isolate=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._isolated.close()
        self._here.close()

    def read(self, path: Path, *, root: Path) -> Iterator[tuple[Article | Problem, float]]:
        """What is in a file, each with the share of the file (0 to 1) that is read by then, 0 where it is not known."""
        lines = _count_lines(path)
        reader = self._here if kind_of(path) in PLAIN else self._isolated
        for item in reader.read(path, root=root):
            yield item, min(1.0, (item.record or 0) / lines) if lines else 0.0


def look_at(path: Path, *, root: Path, stamp: str) -> SourceFile:
    """A file as it is now, without its digest. Raises OSError."""
    read_at = time.time()
    stat = path.stat()
    return SourceFile(
        path=str(path.resolve()),
        digest="",
        size=stat.st_size,
        mtime=stat.st_mtime,
        stamp=stamp,
        root=str(root.resolve()),
        read_at=read_at,
    )


def is_untouched(now: SourceFile, known: SourceFile | None) -> bool:
    """Whether size and date say that a file is as it was read, so that its content need not be looked at.

    A file that was written to within the coarseness of its date before it was read may have been written to since.
    """
    if known is None or not known.digest:
        return False
    same = (now.size, now.mtime, now.stamp) == (known.size, known.mtime, known.stamp)
    return same and known.mtime + _COARSE < known.read_at


def digest_file(source: SourceFile) -> SourceFile:
    """The file with its digest: SHA-256 of all its bytes. Raises OSError."""
    digest = hashlib.sha256()
    with Path(source.path).open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return replace(source, digest=digest.hexdigest())


def root_of(path: Path, roots: Sequence[str | Path]) -> Path:
    """The folder among `roots` that a file was found under, else the file's own folder."""
    resolved = path.resolve()
    for root in map(Path, roots):
        if root.is_dir() and resolved.is_relative_to(root.resolve()):
            return root
    return path.parent


def _count_lines(path: Path) -> int:
    """The lines of a file of one article a line, 0 for others and for what cannot be read."""
    if kind_of(path) not in _LINES:
        return 0
    lines = 0
    try:
        with open_bytes(path) as stream:
            while block := stream.read(_BLOCK):
                lines += block.count(b"\n")
    except Exception:  # what is wrong with it, its reader says
        return 0
    return lines + 1
