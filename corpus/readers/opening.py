"""Files as bytes and as text: packed with gzip or not, in whatever encoding, under limits."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO, cast

from charset_normalizer import from_bytes

from corpus.errors import UnreadableFile

LONGEST_RECORD = 10_000_000  # characters
_SAMPLE = 256 * 1024  # bytes
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})
MOST_STRAY = 4  # control characters that any text may hold
_UNDECODED = re.compile("[\udc80-\udcff]")


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, unpacked where its name ends with .gz."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def read_bytes(path: Path, *, limit: int) -> bytes:
    """All of a file, unpacked. Raises UnreadableFile where that is more than `limit` bytes."""
    with open_bytes(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableFile(f"larger than {limit // 1_000_000} MB, unpacked: split it, or make it a .jsonl file")
    return data


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Bytes as text: by the byte order mark, as UTF-8, as declared, else by a guess from the bytes.

    Raises UnreadableFile for what is no text.
    """
    bom = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    if bom is None:
        _check_is_text(data[:_SAMPLE])
    for encoding in (bom, "utf-8", declared):
        if encoding:
            try:
                return data.decode(encoding)
            except (UnicodeError, LookupError):
                continue
    return data.decode(bom or guess_encoding(data), errors="replace")


def _check_is_text(sample: bytes) -> None:
    controls = len(sample) - len(sample.translate(None, delete=_CONTROLS))
    if controls > MOST_STRAY and controls > len(sample) / 100:
        raise UnreadableFile("holds binary data, no text")


def guess_encoding(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8."""
    first = next((at for at, byte in enumerate(data) if byte >= 0x80), 0)
    sample = data[max(0, first - 1000) : first + _SAMPLE // 4]
    best = from_bytes(sample).best()
    # what is guessed to be ASCII or UTF-8 is not: it failed to decode
    return best.encoding if best and best.encoding not in {"ascii", "utf_8"} else "cp1252"


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """Open a file as a stream of text. Bytes that are not UTF-8 come as surrogates, for `mend`.

    Raises UnreadableFile for what is no text.
    """
    with open_bytes(path) as file:
        head = file.read(_SAMPLE)
    if not any(head.startswith(mark) for mark, _ in _BOMS):
        _check_is_text(head)
    encoding = next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "utf-8")
    with open_bytes(path) as file:
        # only bytes of UTF-8 can be kept as surrogates
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        yield io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


def mend(text: str) -> str:
    """Decode by a guess what `open_text` could not decode as UTF-8."""
    if not _UNDECODED.search(text):
        return text
    data = text.encode("utf-8", errors="surrogateescape")
    return data.decode(guess_encoding(data), errors="replace")
