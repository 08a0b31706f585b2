"""Files of JSON lines, gzipped or not, and the paths of data that this project does not carry."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from corpus.clean import clean_characters

_MISSING = 2


def require(*paths: Path) -> None:
    """Exit with one line that names the first path that is not there."""
    for path in paths:
        if not path.exists():
            print(
                f"error: no data at {path}; give the path of the data set (see benchmarks/README.md)", file=sys.stderr
            )
            raise SystemExit(_MISSING)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl or .jsonl.gz file, one at a time."""
    with _open(path) as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write objects as JSON lines; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
"""A character with the accents that follow it: cleaning makes one of them."""


def as_given(raw: str, quote: str) -> str:
    """The words of a quote as the data set has them: with the invisible characters that cleaning takes out.

    A quote that is not in the cleaned text is returned as it is.
    """
    kept = [(found, letter) for found in _LETTER.finditer(raw) for letter in clean_characters(found.group())]
    letters = [(found, letter) for found, letter in kept if not letter.isspace()]
    start = "".join(letter for _, letter in letters).find("".join(quote.split()))
    if start < 0 or not quote.split():
        return quote
    last = start + len("".join(quote.split())) - 1
    return raw[letters[start][0].start() : letters[last][0].end()]


def _open(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
