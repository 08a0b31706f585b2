"""Archives of files: .zip, and .tar packed or not. Their members' names are only ever shown, never used as paths."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import IO, Self, cast

from corpus.errors import UnreadableFile
from corpus.limits import limits_in_force, over_limit
from corpus.readers.containers import DAMAGED, Member, leads_outside
from corpus.readers.faults import said
from corpus.readers.opening import Piecewise, open_bytes

_ENCRYPTED = 0x1  # bit 0 of the general purpose flags (PKWARE's APPNOTE, section 4.4.4)
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LONGEST_COMMENT = 22, 0xFFFF  # bytes
_ENTRY_SIZE = 128  # bytes: what a file with a name of usual length takes in the directory at a .zip file's end
_EMPTY = "empty files"
_TAR_BLOCK = 1 << 18  # bytes


def zip_members(path: Path) -> Iterator[Member]:
    """The members of a .zip file, in the order of its directory. Raises UnreadableFile where it is none."""
    _check_directory(path)
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise UnreadableFile(f"not a .zip file that can be read: {said(error)}") from error
    with archive:
        _check_overlaps(archive)
        for entry in archive.infolist():
            if not entry.filename.endswith("/"):  # a name may be empty, for which `is_dir` has an IndexError
                # opened by its entry, for names may come twice
                opened = cast(Callable[[], IO[bytes]], partial(archive.open, entry))
                yield Member(
                    name=entry.filename,
                    open=opened,
                    packed=entry.compress_size,
                    refused=_why_not_unzip(entry),
                    skipped="" if entry.file_size else _EMPTY,
                )


def _why_not_unzip(entry: zipfile.ZipInfo) -> str:
    if leads_outside(entry.orig_filename):
        return "its name leads outside the archive"
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted: unpack it with its password and give the file"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link, not a file"
    return ""


def _check_directory(path: Path) -> None:
    """Raise UnreadableFile where the directory has room for more files than the limit: it is read in one piece."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_SIZE:
            return  # no .zip file; the library says so
        (directory,) = struct.unpack_from("<L", tail, at + 12)
        locator = tail[max(0, at - 20) : at]
        if locator.startswith(_LOCATOR64) and len(locator) == 20:
            (where,) = struct.unpack_from("<Q", locator, 8)
            file.seek(min(where, size))
            end = file.read(56)
            if end.startswith(_END64) and len(end) == 56:
                (directory,) = struct.unpack_from("<Q", end, 40)
    if directory > limits_in_force().members * _ENTRY_SIZE:
        raise over_limit("its directory is too large", limit="members")


def _check_overlaps(archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile where members share their bytes, so that few unpack to many (Fifield, WOOT 2019)."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    for entry, following in pairwise(entries):
        if entry.header_offset + entry.compress_size > following.header_offset:
            raise UnreadableFile("its members share their bytes, as in a decompression bomb")


def tar_members(path: Path) -> Iterator[Member]:
    """The members of a .tar file, packed or not, in its order and in one pass."""
    with open_bytes(path) as file, _open_tar(file) as archive:
        while entry := _next(archive):
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps them all
            if not entry.isdir():
                opened = cast(Callable[[], IO[bytes]], partial(archive.extractfile, entry))
                yield Member(
                    name=entry.name,
                    open=opened,
                    refused=_why_not_untar(entry),
                    skipped="" if entry.size else _EMPTY,
                )


def _open_tar(file: io.BufferedReader) -> tarfile.TarFile:
    """As a stream: nothing in a header makes it seek, and what comes out of a packed file is counted."""
    try:
        return tarfile.open(fileobj=cast(IO[bytes], Piecewise(file)), mode="r|", bufsize=_TAR_BLOCK, tarinfo=_Entry)
    except DAMAGED as error:
        raise UnreadableFile(f"not a .tar file that can be read: {said(error)}") from error


class _Entry(tarfile.TarInfo):
    """An entry whose header, where it is damaged, is an error and not, as in `TarFile.next`, the archive's end."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # the mark at the archive's end
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        entry = archive.next()
    except DAMAGED as error:
        raise UnreadableFile(f"damaged: {said(error)}; the rest was not read") from error
    if entry and entry.size > limits_in_force().unpacked_bytes:  # the way to the next would be as long
        raise over_limit(f"says that it holds a file of {entry.size:,} bytes", limit="unpacked_bytes")
    return entry


def _why_not_untar(entry: tarfile.TarInfo) -> str:
    if leads_outside(entry.name):
        return "its name leads outside the archive"
    if entry.issym() or entry.islnk():
        return "it is a link, not a file"
    if not entry.isfile():
        return "it is a device or a pipe, not a file"
    if entry.issparse():
        return "it is a sparse file: pack it again without --sparse"
    return ""
