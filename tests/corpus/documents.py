"""Documents in the formats of news, made in code: fictional, small, and with one thing in them at a time."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

from corpus import Article, Problem, read_file

BODY = "The dam above Lowmarsh held through the night. Nobody was hurt, the fire service said."
MORE = "“We are safe,” said Ada Wick, who leads the water board of the district of Esterby."

ATOM = "http://www.w3.org/2005/Atom"
G2 = "http://iptc.org/std/nar/2006-10-01/"
NITF = "http://iptc.org/std/NITF/2006-10-18/"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_all(folder: Path, name: str, content: str | bytes) -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_file(path, root=folder))


def read_one(folder: Path, name: str, content: str | bytes) -> Article:
    (found,) = read_all(folder, name, content)
    assert isinstance(found, Article), found
    return found


def read_problem(folder: Path, name: str, content: str | bytes) -> Problem:
    (found,) = read_all(folder, name, content)
    assert isinstance(found, Problem), found
    assert "\n" not in found.reason
    return found


def where(article: Article) -> dict[str, str]:
    return dict(article.provenance)


def rss(*items: str, channel: str = "<title>Lowmarsh Gazette</title>", version: str = "2.0") -> str:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="{version}" {spaces}><channel>{channel}{inner}</channel></rss>'


def atom(*entries: str, feed: str = "<title>Lowmarsh Gazette</title>", language: str = "en") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0"?><feed xmlns="{ATOM}" xml:lang="{language}">{feed}{inner}</feed>'


def nitf(
    content: str = f"<p>{BODY}</p>", *, head: str = "", top: str = "<hedline><hl1>Dam holds</hl1></hedline>"
) -> str:
    return (
        f'<nitf xmlns="{NITF}" xml:lang="en-GB"><head>{head}</head><body><body.head>{top}</body.head>'
        f"<body.content>{content}</body.content></body></nitf>"
    )


def news_item(
    content: str = f"<inlineXML>{nitf()}</inlineXML>",
    *,
    kind: str = "text",
    item: str = "<versionCreated>2031-05-03T08:00:00+02:00</versionCreated>",
    meta: str = "<headline>Dam holds</headline>",
    rights: str = "",
) -> str:
    return (
        f'<newsItem xmlns="{G2}" guid="urn:newsml:gazette.example:dam" xml:lang="en">'
        f"<rightsInfo>{rights}</rightsInfo>"
        f'<itemMeta><itemClass qcode="ninat:{kind}"/>{item}</itemMeta><contentMeta>{meta}</contentMeta>'
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def newsml1(*components: str, management: str = "<FirstCreated>20310503T080000+0200</FirstCreated>") -> str:
    return (
        '<NewsML Version="1.2"><NewsEnvelope><SentFrom><Party FormalName="Meridian Wire"/></SentFrom></NewsEnvelope>'
        "<NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:meridian.example:1</PublicIdentifier>"
        f"</NewsIdentifier></Identification><NewsManagement>{management}</NewsManagement>"
        f"<NewsComponent>{''.join(components)}</NewsComponent></NewsItem></NewsML>"
    )


def component(content: str, *, lines: str = "", role: str = "Main", mime: str = "text/xhtml") -> str:
    """A NewsML 1 component with a content item."""
    return (
        f'<NewsComponent><Role FormalName="{role}"/><NewsLines>{lines}</NewsLines>'
        f'<ContentItem><MimeType FormalName="{mime}"/><DataContent>{content}</DataContent></ContentItem>'
        "</NewsComponent>"
    )


def ninjs(**fields: object) -> str:
    item = {"uri": "urn:dam", "type": "text", "headline": "Dam holds", "body_text": f"{BODY}\n\n{MORE}"}
    return json.dumps({**item, **fields})


def word_paragraph(text: str, *, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(body: str, *, core: str = "", parts: Mapping[str, str] | None = None, start: str = "") -> bytes:
    """A Word document with the paragraphs in `body`, core properties and further parts."""
    spaces = (
        f'xmlns:w="{_WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    style = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{start}<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{style}</w:styles>',
        "docProps/core.xml": '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties">{core}</cp:coreProperties>',
        **{name: content.replace("{spaces}", spaces) for name, content in (parts or {}).items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return packed.getvalue()


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    info: str = "",
    root: str = "",
    title_size: int = 12,
    xmp: str = "",
    resources: str = "",
) -> bytes:
    """A PDF with lines of text on pages; the first line of the first page is set in `title_size` points."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    metadata = f"/Metadata {5 + 2 * count} 0 R" if xmp else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} {metadata} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = ""
        for line_number, line in enumerate(lines):
            size = title_size if number == line_number == 0 else 12
            escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            shown += f"/F1 {size} Tf ({escaped}) Tj T* "
        stream = f"BT 72 720 Td 14 TL {shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {info} >>")
    if xmp:
        objects.append(f"<< /Type /Metadata /Subtype /XML /Length {len(xmp)} >>\nstream\n{xmp}\nendstream")
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {4 + 2 * count} 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    )
    return data + end.encode()


def message(plain: str | None = f"{BODY}\n\n{MORE}\n", *, html: str = "", **headers: str) -> EmailMessage:
    """A mail; headers are named with underscores, as in List_Id."""
    mail = EmailMessage()
    if plain is not None:
        mail.set_content(plain)
    if html and plain is None:
        mail.set_content(html, subtype="html")
    elif html:
        mail.add_alternative(html, subtype="html")
    fields = {"From": "Ada Wick <ada@esterby.example>", "Subject": "Dam holds"}
    for name, value in {**fields, "Date": "Sat, 03 May 2031 08:00:00 +0200", **headers}.items():
        mail[name.replace("_", "-")] = value
    return mail
