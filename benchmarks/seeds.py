"""Small files of every kind that can be read, made here about places that do not exist: what fuzzing starts from."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage

TITLE = "Lowmarsh dam holds"
PARAGRAPHS = (
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, denied on 2 May 2031 that it had been warned of the northern gate’s state.",
)
BODY = "\n\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
_TIME = (2031, 5, 2, 8, 0, 0)
RECORD = {
    "title": TITLE,
    "text": BODY,
    "date": "2031-05-02",
    "url": "https://gazette.example/dam",
    "author": "Ada Wick",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A file as its parts and what packs them, so that either can be damaged."""

    parts: Mapping[str, bytes]
    pack: Callable[[Mapping[str, bytes]], bytes]

    def __bytes__(self) -> bytes:
        return self.pack(self.parts)


def plain(content: str | bytes) -> Seed:
    """A file that is what it holds."""
    data = content.encode() if isinstance(content, str) else content
    return Seed(parts={"": data}, pack=lambda parts: parts[""])


def seeds_for(kind: str) -> list[Seed]:
    """The seeds of a kind, by its suffix. Raises KeyError for a kind without one."""
    return _SEEDS[kind]()


def _page() -> str:
    described = json.dumps(
        {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2031-05-02T08:00:00+01:00",
         "author": {"@type": "Person", "name": "Ada Wick"}, "articleBody": BODY}
    )  # fmt: skip
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{TITLE} | Gazette</title>"
        "<meta property='og:site_name' content='Gazette'>"
        f"<script type='application/ld+json'>{described}</script></head>"
        f"<body><nav><ul><li><a href='/'>Home</a></li></ul></nav><article><h1>{TITLE}</h1>"
        "<time datetime='2031-05-02'>2 May</time><figure><img src='a.png'><figcaption>The dam</figcaption></figure>"
        f"{HTML}<table><tr><td>Level</td><td>40</td></tr></table><noscript>{HTML}</noscript></article>"
        f"<aside>More</aside><footer>© Gazette</footer></body></html>"
    )


def _rss() -> str:
    items = "".join(
        f"<item><title>{TITLE}</title><link>https://gazette.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>Fri, 02 May 2031 08:00:00 GMT</pubDate><content:encoded><![CDATA[{HTML}]]></content:encoded></item>"
        for n in range(3)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Gazette</title>'
        f"<link>https://gazette.example</link>{items}</channel></rss>"
    )


def _atom() -> str:
    entry = (
        f"<entry><id>urn:x:1</id><title>{TITLE}</title><updated>2031-05-02T08:00:00Z</updated><author><name>Ada Wick"
        f'</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content></entry>'
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>{entry}</feed>'


def _nitf() -> str:
    return (
        '<?xml version="1.0"?><nitf><head><title>Dam</title><docdata><date.issue norm="20310502T080000Z"/></docdata>'
        f"</head><body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>By <person>Ada Wick</person></byline>"
        f"</body.head><body.content><block>{HTML}</block></body.content></body></nitf>"
    )


def _newsml() -> str:
    return (
        '<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="2">'
        '<itemMeta><itemClass qcode="ninat:text"/><provider literal="Wire"/><versionCreated>2031-05-02T08:00:00Z'
        f"</versionCreated></itemMeta><contentMeta><headline>{TITLE}</headline><language tag='en'/></contentMeta>"
        f'<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<body>{HTML}</body></html></inlineXML></contentSet></newsItem>"
    )


def _ninjs() -> str:
    item = {
        "uri": "urn:x:1",
        "type": "text",
        "headline": TITLE,
        "body_xhtml": HTML,
        "versioncreated": "2031-05-02T08:00Z",
    }
    return json.dumps(item)


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Gazette <news@gazette.example>", "reader@esterby.example"
    message["Subject"], message["Date"] = TITLE, "Fri, 02 May 2031 08:00:00 +0100"
    message.set_content(BODY)
    message.add_alternative(f"<html><body><h1>{TITLE}</h1>{HTML}</body></html>", subtype="html")
    message.add_attachment(BODY.encode(), maintype="text", subtype="plain", filename="dam.txt")
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"part-{number}")  # the library's are random
    return bytes(message)


def _mbox() -> bytes:
    return b"".join(b"From news@gazette.example Fri May  2 08:00:00 2031\n" + _mail() + b"\n\n" for _ in range(2))


def _pdf(parts: Mapping[str, bytes]) -> bytes:
    packed = zlib.compress(parts["content"])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        parts["font"],
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        parts["info"],
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return bytes(out) + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def _pdf_seed() -> Seed:
    lines = [TITLE, *BODY.replace("“", '"').replace("”", '"').replace("’", "'").split("\n")]
    content = "BT /F1 11 Tf 40 760 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    return Seed(
        parts={
            "content": content.encode(),
            "font": b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "info": b"<< /Title (Lowmarsh dam holds) /Author (Ada Wick) /CreationDate (D:20310502080000Z) >>",
        },
        pack=_pdf,
    )


def _word_seed() -> Seed:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in (TITLE, *PARAGRAPHS))
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    document = f'<?xml version="1.0"?><w:document xmlns:w="{name}"><w:body>{text}</w:body></w:document>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    return Seed(parts={name: part.encode() for name, part in parts.items()}, pack=pack_zip)


def pack_zip(parts: Mapping[str, bytes]) -> bytes:
    """A .zip file of parts by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return out.getvalue()


def pack_tar(parts: Mapping[str, bytes]) -> bytes:
    """A .tar file of parts by their names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, part in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(part)
            archive.addfile(entry, io.BytesIO(part))
    return out.getvalue()


def _archive(pack: Callable[[Mapping[str, bytes]], bytes]) -> list[Seed]:
    parts = {"a.txt": BODY.encode(), "b/c.html": _page().encode(), "d.jsonl": json.dumps(RECORD).encode()}
    return [Seed(parts=parts, pack=pack), Seed(parts={"inner.zip": pack_zip(parts), "e.txt": b"short"}, pack=pack)]


def _warc(parts: Mapping[str, bytes]) -> bytes:
    records = []
    for name, part in parts.items():
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        body = gzip.compress(part, mtime=0) if name.endswith("z") else part
        http += b"Content-Encoding: gzip\r\n\r\n" + body if name.endswith("z") else b"\r\n" + body
        records.append(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2031-05-02T08:00:00Z\r\n"
            b"WARC-Target-URI: https://gazette.example/%s\r\nContent-Type: application/http; msgtype=response\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (name.encode(), len(http), http)
        )
    return b"".join(records)


def _warc_seed() -> Seed:
    return Seed(parts={"a": _page().encode(), "b.z": _page().encode()}, pack=_warc)


def _parquet(parts: Mapping[str, bytes]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    rows = {name: [part.decode(errors="replace")] * 40 for name, part in parts.items()}
    parquet.write_table(pyarrow.table(rows), out, row_group_size=20)
    return out.getvalue()


def _tables(mark: str) -> list[Seed]:
    text = BODY.replace("\n\n", " ")
    rows = [["title", "text", "date"], [TITLE, f'"{text}"', "2031-05-02"], [TITLE, f'"{BODY}"', ""]]
    return [plain("\n".join(mark.join(row) for row in rows))]


_SEEDS: dict[str, Callable[[], list[Seed]]] = {
    ".txt": lambda: [
        plain(f"{TITLE}\n\n{BODY}"),
        plain(f"Title: {TITLE}\nDate: 2 May 2031\n\n{BODY}".encode("utf-16")),
    ],
    ".md": lambda: [plain(f"---\ntitle: {TITLE}\nauthors: [Ada Wick]\n---\n# {TITLE}\n\n*{BODY}*\n\n- [a](b)\n> c\n")],
    ".html": lambda: [plain(_page()), plain(_page().encode("cp1252", errors="replace"))],
    ".json": lambda: [plain(json.dumps({"articles": [RECORD, RECORD]})), plain(_ninjs()), plain(json.dumps(RECORD))],
    ".jsonld": lambda: [plain(json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": BODY}))],
    ".jsonl": lambda: [plain("\n".join([json.dumps(RECORD), json.dumps({"body_html": HTML})]))],
    ".csv": lambda: [*_tables(","), *_tables(";")],
    ".tsv": lambda: _tables("\t"),
    ".parquet": lambda: [Seed(parts={"title": TITLE.encode(), "text": BODY.encode()}, pack=_parquet)],
    ".xml": lambda: [plain(text) for text in (_rss(), _atom(), _nitf(), _newsml(), _page())],
    ".rss": lambda: [plain(_rss())],
    ".atom": lambda: [plain(_atom())],
    ".nitf": lambda: [plain(_nitf())],
    ".newsml": lambda: [plain(_newsml())],
    ".pdf": lambda: [_pdf_seed()],
    ".docx": lambda: [_word_seed()],
    ".eml": lambda: [plain(_mail())],
    ".mbox": lambda: [plain(_mbox())],
    ".zip": lambda: _archive(pack_zip),
    ".tar": lambda: _archive(pack_tar),
    ".tgz": lambda: _archive(lambda parts: gzip.compress(pack_tar(parts), mtime=0)),
    ".tbz2": lambda: _archive(lambda parts: bz2.compress(pack_tar(parts))),
    ".txz": lambda: _archive(lambda parts: lzma.compress(pack_tar(parts))),
    ".warc": lambda: [_warc_seed()],
}
_SEEDS |= {
    ".htm": _SEEDS[".html"],
    ".ndjson": _SEEDS[".jsonl"],
    ".rdf": _SEEDS[".rss"],
    ".ninjs": lambda: [plain(_ninjs())],
}
