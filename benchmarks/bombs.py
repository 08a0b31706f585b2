"""Read files made to take a machine down: every one must end in a message, soon and in bounded memory.

usage: python -m benchmarks.bombs [NAME ...]

It makes each bomb in a temporary folder and reads it in a process of its own, as an index run would. For each it prints
the time, the processor's time, the largest resident memory of the two processes (reader and child) and what was said;
it exits with 1 where one took over 10 seconds of the processor's time or 1 GB, or said nothing.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import resource
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.seeds import BODY, PARAGRAPHS, Seed, pack_tar, pack_zip, seeds_for
from corpus.readers.isolation import open_reader
from corpus.types import Article, Problem

MOST_SECONDS = 10.0
MOST_MEMORY = 1_000_000_000  # bytes
LARGE = 400_000_000  # bytes
_BLOCK = b" " * 1_000_000


def blank(size: int = LARGE) -> Iterator[bytes]:
    """So many spaces, in pieces."""
    for _ in range(size // len(_BLOCK)):
        yield _BLOCK


def gzipped(pieces: Iterator[bytes], *, level: int = 9) -> bytes:
    """Pieces packed as one gzip file, in little memory."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def zip_of(name: str, *, method: int = zipfile.ZIP_DEFLATED, size: int = LARGE) -> bytes:
    """A .zip file of one member of spaces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, archive.open(name, "w", force_zip64=True) as member:
        for piece in blank(size):
            member.write(piece)
    return out.getvalue()


def zip_overlapping(count: int) -> bytes:
    """A .zip file whose directory names one member many times (after D. Fifield, A better zip bomb, WOOT 2019)."""
    content = bytearray(pack_zip({"a.txt": b" " * 9_000_000}))
    at = content.find(b"PK\x01\x02")
    entry, end = bytes(content[at : content.find(b"PK\x05\x06")]), content[content.find(b"PK\x05\x06") :]
    entries = entry * count
    end[8:12] = struct.pack("<HH", min(count, 0xFFFF), min(count, 0xFFFF))
    end[12:16] = struct.pack("<L", len(entries))
    return bytes(content[:at]) + entries + bytes(end)


def zip_nested(depth: int, *, width: int) -> bytes:
    """Archives in archives, each level as many times as wide."""
    content = zip_of("a.txt", size=20_000_000)
    for _ in range(depth):
        content = pack_zip({f"{n}.zip": content for n in range(width)})
    return content


def zip_that_lies(size: int) -> bytes:
    """A .zip file that says that its member is small."""
    content = bytearray(zip_of("a.txt"))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = content.rfind(signature) + at
        content[start : start + 4] = struct.pack("<L", size)
    return bytes(content)


def tar_with(entry: tarfile.TarInfo, content: bytes = b"") -> bytes:
    """A .tar file of one entry as it is given, whatever its size says."""
    return entry.tobuf(tarfile.GNU_FORMAT) + content + bytes(1024)


def tar_entry(name: str, *, size: int = 0, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """The header of an entry."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.type = size, kind
    return entry


def tar_pieces(header: tarfile.TarInfo, *, count: int = 1) -> Iterator[bytes]:
    """Headers, each followed by as many spaces as it says."""
    for _ in range(count):
        yield header.tobuf(tarfile.GNU_FORMAT)
        yield from blank(header.size)


def warc_record(payload: bytes, *, headers: bytes = b"") -> bytes:
    """A web archive of one response."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + payload
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/dam\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return head % len(http) + http + b"\r\n\r\n"


def warc_long_header() -> Iterator[bytes]:
    """A web archive with a header that does not end."""
    yield b"WARC/1.0\r\nWARC-Type: "
    yield from blank()


def pdf_of(*streams: bytes, filters: str = "/FlateDecode", kids: str = "[3 0 R]", count: int = 1) -> bytes:
    """A PDF of one page with streams as they are given, packed already."""
    contents = " ".join(f"{n + 4} 0 R" for n in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count {count} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [{contents}] >>".encode(),
        *(b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(s), filters.encode(), s) for s in streams),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n" % size + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    )  # fmt: skip


def entities(*, levels: int, width: int) -> str:
    """A document type with entities that expand to width ** levels."""
    lines = [f'<!ENTITY a0 "{"lol " * width}">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * width}">' for n in range(1, levels)]
    return f"<!DOCTYPE rss [{''.join(lines)}]>"


def xml_bomb(kind: str, doctype: str, *, entity: str) -> bytes:
    """A seed of a kind of XML with a document type, and its entity in the text."""
    text = bytes(seeds_for(kind)[0]).decode()
    declaration, _, rest = text.partition("?>")
    return f"{declaration}?>{doctype}{rest.replace(PARAGRAPHS[0], f'&{entity};')}".encode()


def word_bomb(part: bytes) -> bytes:
    """A .docx file with a part in the place of its text."""
    (seed,) = seeds_for(".docx")
    return bytes(Seed(parts={**seed.parts, "word/document.xml": part}, pack=seed.pack))


def parquet_dictionary() -> bytes:
    """A table that repeats one text of 10 MB in every row, stored once."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    indices = pyarrow.array([0] * 20_000, pyarrow.int32())
    column = pyarrow.DictionaryArray.from_arrays(indices, pyarrow.array(["x" * 10_000_000]))
    parquet.write_table(pyarrow.table({"text": column}), out, compression="zstd")
    return out.getvalue()


def parquet_blank() -> bytes:
    """A table of one text of spaces, packed to nothing."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [" " * LARGE]}), out, compression="zstd", use_dictionary=False)
    return out.getvalue()


def mail_nested(depth: int) -> bytes:
    """A message in a message, to the depth."""
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return f"From: a@example.org\r\nSubject: Dam\r\n{parts}Content-Type: text/plain\r\n\r\n{BODY}".encode()


def lzma_dictionary() -> bytes:
    """An .lzma file that asks for a dictionary of 4 GB."""
    packed = bytearray(lzma.compress(BODY.encode(), format=lzma.FORMAT_ALONE))
    packed[1:5] = b"\xff\xff\xff\xff"
    return bytes(packed)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip: one member": (".zip", lambda: zip_of("a.html")),
    "zip: bzip2 inside": (".zip", lambda: zip_of("a.txt", method=zipfile.ZIP_BZIP2)),
    "zip: lzma inside": (".zip", lambda: zip_of("a.txt", method=zipfile.ZIP_LZMA)),
    "zip: members that overlap": (".zip", lambda: zip_overlapping(50_000)),
    "zip: archives in archives": (".zip", lambda: zip_nested(3, width=10)),
    "zip: many archives in one": (".zip", lambda: zip_nested(1, width=500)),
    "zip: a million members": (".zip", lambda: zip_overlapping(1_000_000)),
    "zip: a size that lies": (".zip", lambda: zip_that_lies(10)),
    "zip in gzip": (".zip.gz", lambda: gzip.compress(zip_of("a.txt"))),
    "gzip: text": (".txt.gz", lambda: gzipped(blank())),
    "gzip: page": (".html.gz", lambda: gzipped(blank())),
    "gzip: one line": (".jsonl.gz", lambda: gzipped(blank())),
    "gzip: one cell": (".csv.gz", lambda: gzipped(iter([b'text\n"', *blank()]))),
    "gzip: many members": (".txt.gz", lambda: gzip.compress(_BLOCK) * 2000),
    "gzip: nested lists": (".json.gz", lambda: gzipped(iter([b"[" * 90_000_000]))),
    "bzip2: text": (".txt.bz2", lambda: bz2.compress(b" " * LARGE)),
    "xz: text": (".txt.xz", lambda: lzma.compress(b" " * LARGE, preset=0)),
    "xz: a dictionary of 4 GB": (".txt.xz", lzma_dictionary),
    "tar: one member": (".tar.gz", lambda: gzipped(tar_pieces(tar_entry("a.txt", size=LARGE)))),
    "tar: a member left out": (".tar.gz", lambda: gzipped(tar_pieces(tar_entry("a.png", size=LARGE)))),
    "tar: a size of 8 TB": (".tar", lambda: tar_with(tar_entry("a.txt", size=8 * 10**12))),
    "tar: a million members": (".tgz", lambda: gzipped(tar_pieces(tar_entry("a.txt"), count=1_000_000), level=1)),
    "tar: a long name": (".tgz", lambda: gzipped(tar_pieces(tar_entry("a", size=LARGE, kind=b"L")))),
    "tar: long names in a row": (".tgz", lambda: gzipped(tar_pieces(tar_entry("a", kind=b"L"), count=100_000))),
    "tar: a large header": (".tgz", lambda: gzipped(tar_pieces(tar_entry("a", size=LARGE, kind=b"x")))),
    "tar: tars in tars": (".tar", lambda: pack_tar({"a.tgz": gzip.compress(pack_tar({"b.tgz": gzipped(blank())}))})),
    "warc: packed page": (".warc", lambda: warc_record(gzipped(blank()), headers=b"Content-Encoding: gzip\r\n")),
    "warc: page packed with brotli": (
        ".warc", lambda: warc_record(brotli_blank(), headers=b"Content-Encoding: br\r\n")
    ),
    "warc: packed in one chunk": (
        ".warc",
        lambda: warc_record(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed := gzipped(blank())), packed),
            headers=b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        ),
    ),
    "warc: a header without end": (".warc.gz", lambda: gzipped(warc_long_header())),
    "pdf: packed page": (".pdf", lambda: pdf_of(zlib.compress(b" " * LARGE))),
    "pdf: packed twice": (
        ".pdf", lambda: pdf_of(zlib.compress(zlib.compress(b" " * LARGE)), filters="[/FlateDecode /FlateDecode]")
    ),
    "pdf: many packed pieces": (".pdf", lambda: pdf_of(*[zlib.compress(b" " * 30_000_000)] * 50)),
    "pdf: run lengths": (".pdf", lambda: pdf_of(b"\x81 " * 4_000_000, filters="/RunLengthDecode")),
    "pdf: pages in a circle": (".pdf", lambda: pdf_of(b"", kids="[2 0 R 2 0 R]", count=100)),
    "pdf: one page a million times": (".pdf", lambda: pdf_of(b"", kids=f"[{'3 0 R ' * 1_000_000}]", count=1_000_000)),
    "docx: packed text": (".docx", lambda: word_bomb(b"<a>" + b" " * LARGE + b"</a>")),
    "docx: entities": (".docx", lambda: word_bomb(f"{entities(levels=9, width=10)}<a>&a8;</a>".encode())),
    "xml: entities in entities": (".rss", lambda: xml_bomb(".rss", entities(levels=10, width=10), entity="a9")),
    "xml: one large entity often": (".nitf", lambda: xml_bomb(".nitf", large_entity(), entity="a" + ";&a" * 100_000)),
    "xml: deep": (".xml", lambda: b"<rss>" + b"<item>" * 3_000_000),
    "xml: many attributes": (".xml", lambda: b"<rss " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/>"),
    "html: deep": (".html", lambda: b"<div>" * 3_900_000),
    "html: many attributes": (".html", lambda: b"<p " + b" ".join(b"a%d" % n for n in range(2_000_000)) + b">dam</p>"),
    "html: tags never closed": (".html", lambda: b"<p <a '" * 2_000_000),
    "html: formatting never closed": (".html", lambda: b"".join(b"<b><i><a><font><p>" for _ in range(900_000))),
    "html: many tables": (".html", lambda: b"<table><tr><td>" * 1_200_000),
    "html: comments never closed": (".html", lambda: b"<!--" * 4_900_000),
    "json: deep": (".json", lambda: b'{"a":' * 15_000_000),
    "json: a number": (".json", lambda: b'{"text": ' + b"9" * 50_000_000 + b"}"),
    "json: many small objects": (".json", lambda: b"[" + b"{}," * 30_000_000 + b"{}]"),
    "csv: many columns": (".csv", lambda: b"text" + b",a" * 9_000_000 + b"\n" + b"," * 9_000_000),
    "text: no line ends": (".md", lambda: b"[a](" * 4_900_000),
    "text: marks": (".md", lambda: b"*_`" * 6_000_000),
    "parquet: one text in every row": (".parquet", parquet_dictionary),
    "parquet: packed text": (".parquet", parquet_blank),
    "mail: messages in messages": (".eml", lambda: mail_nested(100_000)),
    "mail: a long header": (".eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 1_300_000 + b"\r\n\r\n" + BODY.encode()),
    "mail: many parts": (
        ".eml", lambda: b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\na\r\n" * 1_500_000
    ),
}  # fmt: skip


def brotli_blank() -> bytes:
    """Spaces packed with brotli, whose ratio has no bound; packed with gzip where brotli is not installed."""
    try:
        import brotli
    except ImportError:
        return gzipped(blank())
    packer = brotli.Compressor(quality=2)
    return b"".join([*map(packer.process, blank()), packer.finish()])


def large_entity() -> str:
    """A document type with one entity of 100 kB."""
    return f'<!DOCTYPE nitf [<!ENTITY a "{"lol " * 25_000}">]>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Defused:
    """What came of reading a bomb: in how many seconds, on the clock and of the processor, with how much memory.

    `size` is that of its file and `memory` the largest resident of the two processes, both in bytes; `problem` is what
    was said.
    """

    size: int
    seconds: float
    processor_seconds: float
    memory: int
    articles: int
    problem: str | None

    @property
    def is_good(self) -> bool:
        is_told = bool(self.problem or self.articles)
        return is_told and self.processor_seconds <= MOST_SECONDS and self.memory <= MOST_MEMORY


def defuse(path: Path) -> Defused:
    """Read a file in a child of this process."""
    started = time.perf_counter()
    articles, said = 0, None
    with open_reader() as reader:
        for item in reader.read(path):
            articles += isinstance(item, Article)
            said = item.reason if isinstance(item, Problem) else said
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Defused(
        size=path.stat().st_size,
        seconds=round(time.perf_counter() - started, 2),
        processor_seconds=round(own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime, 2),
        memory=max(own.ru_maxrss, child.ru_maxrss) * 1024,
        articles=articles,
        problem=said,
    )


def run_apart(*arguments: str) -> str:
    """What this module prints in a process of its own, for the memory of one run must not count in the next."""
    command = [sys.executable, "-m", "benchmarks.bombs", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603


def measure(name: str) -> Defused:
    """Make the bomb of that name and read it, each in a process of its own. Raises KeyError for an unknown name."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"bomb{BOMBS[name][0]}")
        run_apart(name, "--make", str(path))
        return Defused(**json.loads(run_apart("--defuse", str(path))))


def line_of(name: str, done: Defused) -> str:
    """What became of a bomb, in a line."""
    said = (done.problem or f"{done.articles} articles")[:90]
    figures = f"{done.size / 1e6:7.1f}{done.seconds:8.2f}{done.processor_seconds:8.2f}{done.memory / 1e6:7.0f}"
    return f"{'ok' if done.is_good else 'BAD':5}{name:32}{figures}  {said}"


def main() -> None:
    """Make and read all bombs, or those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="beginnings of names; all without one")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--defuse", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.make:
        args.make.write_bytes(BOMBS[args.names[0]][1]())
        return
    if args.defuse:
        print(json.dumps(asdict(defuse(args.defuse))))
        return
    print(f"{'':5}{'bomb':32}{'MB':>7}{'s':>8}{'cpu s':>8}{'MB':>7}  what was said")
    good = []
    for name in BOMBS:
        if name.startswith(tuple(args.names) or ""):
            done = measure(name)
            good.append(done.is_good)
            print(line_of(name, done), flush=True)
    print(f"{sum(good)} of {len(good)}")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
