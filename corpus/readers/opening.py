"""Files as bytes and as text: packed with gzip, bzip2 or xz or not, in whatever encoding, under limits."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from charset_normalizer import from_bytes

from corpus.errors import UnreadableFile
from corpus.limits import limits_in_force, over_limit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PACKINGS: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_PACKED_TARS: dict[str, Callable[[Path], Any]] = {".tgz": gzip.open, ".tbz2": bz2.open, ".txz": lzma.open}
RATIO_FROM = 10_000_000  # bytes: what unpacks to less is no danger, whatever its ratio
DAMAGED_PACKING = (EOFError, zlib.error, lzma.LZMAError)
_BLOCK = 64 * 1024  # bytes
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


def open_bytes(path: Path) -> io.BufferedReader:
    """Open a file, unpacked where its name ends with .gz, .bz2, .xz, or as a packed .tar's does.

    Reading from it raises UnreadableFile where more comes out than the limits on unpacking allow.
    """
    unpack = (PACKINGS | _PACKED_TARS).get(path.suffix.lower())
    if unpack is None:
        return path.open("rb")
    return io.BufferedReader(_Unpacking(unpack(path), packed=path.stat().st_size), _BLOCK)


def read_bytes(path: Path, *, limit: int | None = None) -> bytes:
    """All of a file, unpacked. Raises UnreadableFile where that is more than `limit` bytes, or than `file_bytes`."""
    limits = limits_in_force()
    most = limits.file_bytes if limit is None else limit
    with open_bytes(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        what = f"larger than {most / 1e6:g} MB, unpacked: split it"
        what += ", or make it a .jsonl file" if ".json" in path.suffixes else ""
        name = "page_bytes" if most == limits.page_bytes else "file_bytes"
        raise over_limit(what, limit=name) if most == getattr(limits, name) else UnreadableFile(what)
    return data


class Piecewise:
    """A file whose `read` gives what comes first, however little: damage behind it costs nothing before it."""

    def __init__(self, file: io.BufferedReader) -> None:
        self.read = file.read1


class _Unpacking(io.RawIOBase):
    """What comes out of a packed file, counted against the limits."""

    def __init__(self, file: io.BufferedIOBase, *, packed: int) -> None:
        self._file = file
        self._packed = packed
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read1(len(view))  # not more at once: damage costs what lies behind it, not before
        view[: len(data)] = data
        self._read += len(data)
        check_unpacked(self._read, packed=self._packed)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def check_unpacked(size: int, *, packed: int) -> None:
    """Raise UnreadableFile where `packed` bytes unpack to a `size` over the limits."""
    limits = limits_in_force()
    if size > max(RATIO_FROM, limits.ratio * packed):
        raise over_limit(
            f"unpacks to more than {limits.ratio} times its size, as a decompression bomb does", limit="ratio"
        )
    if size > limits.unpacked_bytes:
        raise over_limit("unpacks to too much: split it", limit="unpacked_bytes")


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
