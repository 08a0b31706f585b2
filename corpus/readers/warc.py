"""Web archives (WARC, ISO 28500), such as those of crawls of news sites: the pages in them, one record at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.limits import limits_in_force
from corpus.readers.containers import Member
from corpus.readers.faults import said
from corpus.readers.opening import Piecewise, open_bytes

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BLOCK = 1 << 16  # bytes
_LONGEST_LINE = 1 << 16  # bytes, of a header


def warc_members(path: Path) -> Iterator[Member]:
    """The records of a .warc file, packed or not, in one pass; those that hold no page with status 200 as skipped."""
    with open_bytes(path) as file:
        records = _records(file)
        number = 0
        while True:
            try:
                record = next(records, None)
            except (UnreadableFile, MemoryError):
                raise
            except Exception as error:  # warcio's own, and what a broken record does to it
                below = f"below record {number}" if number else "in it"
                raise UnreadableFile(f"damaged: {said(error)}; nothing {below} was read") from error
            if record is None:
                return
            number += 1
            if record.length is None:
                raise UnreadableFile(
                    f"damaged: record {number} does not say how long it is; nothing from it on was read"
                )
            yield Member(
                record=number,
                kind=".html",
                open=partial(_open_page, record),
                skipped=_why_no_page(record),
                finish=partial(_with_origin, record=record),
            )


def _records(file: io.BufferedReader) -> Iterator[Any]:
    try:
        from warcio.archiveiterator import WARCIterator
        from warcio.bufferedreaders import BufferedReader
    except ImportError as error:
        raise UnreadableFile("warcio is needed to read .warc: pip install warcio") from error

    class Lines(BufferedReader):  # type: ignore[misc]
        """Lines of a bounded length, not unpacked again: warcio takes damage in a packed record for its end."""

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(_LONGEST_LINE if length is None else min(length, _LONGEST_LINE))
            return line

    if brotli := _brotli():
        BufferedReader.DECOMPRESSORS["br"] = brotli
    records = WARCIterator(Piecewise(file))
    records.reader = Lines(Piecewise(file))
    return iter(records)


def _brotli() -> type | None:
    """Brotli as warcio wants it, which knows an older package; None where it is not installed."""
    try:
        import brotli
    except ImportError:
        return None

    class Unpacker:
        unused_data = b""

        def __init__(self) -> None:
            self._inner = brotli.Decompressor()

        def decompress(self, data: bytes) -> bytes:
            unpacked: bytes = self._inner.process(data)
            return unpacked

        def flush(self) -> bytes:
            return b""

        @property
        def eof(self) -> bool:
            return bool(self._inner.is_finished())

    return Unpacker


def _why_no_page(record: Any) -> str:
    if record.rec_type != "response":
        return "records that are no responses"
    if record.http_headers is None:
        return "responses of other protocols than HTTP"
    status = record.http_headers.get_statuscode()
    if status != "200":
        return f"responses of status {status[:3] if status[:3].isdigit() else 'unknown'}"
    if _content_type(record).partition(";")[0].strip().lower() not in _PAGES:
        return "responses that are no web pages"
    return ""


def _open_page(record: Any) -> IO[bytes]:
    """A record's page, unpacked; as UTF-8 with its mark where the HTTP header says which encoding it is in.

    So the header comes before what the page says of itself, as browsers have it (WHATWG, Encoding sniffing).
    Raises UnreadableFile where the record breaks off.
    """
    stream = record.content_stream()
    data = bytearray()
    most = limits_in_force().page_bytes
    while len(data) <= most and (block := stream.read(_BLOCK)):  # what is larger, the reader of pages refuses
        data += block
    if len(data) <= most and not _is_cut(record) and not _is_whole(record, stream):
        raise UnreadableFile("breaks off in the middle of a page")
    declared = _CHARSET.search(_content_type(record))
    if declared and not data.startswith(_BOMS):
        try:
            return io.BytesIO(data.decode(declared[1]).encode("utf-8-sig"))
        except (UnicodeError, LookupError):
            pass  # the header is wrong, as it often is: the page itself may know
    return io.BytesIO(data)


def _is_whole(record: Any, stream: Any) -> bool:
    """Whether a record's page was read to its end; warcio ends it in silence where the file or its packing does."""
    while record.raw_stream.read(_BLOCK):  # what stands behind the page
        pass
    decompressor = getattr(stream, "decompressor", None)
    return not record.raw_stream.limit and getattr(decompressor, "eof", True)


def _is_cut(record: Any) -> bool:
    """Whether the crawler says that it kept only the beginning of the page."""
    return bool(record.rec_headers.get_header("WARC-Truncated"))


def _content_type(record: Any) -> str:
    return record.http_headers.get_header("content-type") or ""


def _with_origin(raw: RawArticle, *, record: Any) -> RawArticle:
    """An article with its page's address and the time of its capture, which is not when it was published."""
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    captured = record.rec_headers.get_header("WARC-Date") or ""
    provenance = raw.provenance
    if address and not raw.url:
        raw = replace(raw, url=address)
        provenance = (*provenance, ("url", "WARC-Target-URI"))
    if captured:
        provenance = (*provenance, ("captured", f"WARC-Date {captured} of {address}"))
    return replace(raw, provenance=provenance, is_summary=raw.is_summary or _is_cut(record))
