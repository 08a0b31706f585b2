"""Text in places where parsers lose it: every marker is found in an article, or its loss is a problem."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file

MARKER = "the quillwort register names Tamsin Orlevar"
SENTENCES = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, said that it had asked an engineer from abroad to look at the northern gate.",
]
MARKED = f"In a note of the same day, {MARKER} as the engineer who closed the gate that night."
BODY = "\n\n".join([*SENTENCES, MARKED])
PLAIN = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
P = f"<p>{MARKED}</p>"


def page(body: str, *, head: str = "") -> bytes:
    return f"<html><head><title>Dam holds</title>{head}</head><body>{body}</body></html>".encode()


def article(body: str) -> bytes:
    return page(f"<article><h1>Dam holds</h1>{body}</article>")


def packed(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def mail(build: Callable[[EmailMessage], object]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Gazette <news@gazette.example>", "Dam holds"
    message["Date"] = "Fri, 02 May 2031 08:00:00 +0100"
    build(message)
    return bytes(message)


def feed(item: str) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Gazette</title><item><title>Dam holds</title><link>https://gazette.example/1</link>{item}</item>"
        "</channel></rss>"
    ).encode()


def nitf(content: str) -> bytes:
    head = "<body.head><hedline><hl1>Dam holds</hl1></hedline></body.head>"
    return f"<nitf><body>{head}<body.content>{PLAIN}{content}</body.content></body></nitf>".encode()


DOCUMENTS: dict[str, tuple[str, bytes]] = {
    "html: 300 elements deep": (".html", article(PLAIN + "<div>" * 300 + P + "</div>" * 300)),
    "html: 5,000 elements deep": (".html", article(PLAIN + "<div>" * 5000 + P + "</div>" * 5000)),
    "html: behind 300 elements never closed": (".html", article("<b><i>" * 150 + PLAIN + P)),
    "html: behind a NUL": (".html", article(PLAIN + "\0" + P)),
    "html: behind 11 MB in one paragraph": (".html", article(PLAIN + f"<p>{'All was quiet. ' * 750_000}</p>" + P)),
    "html: behind a closing tag too many": (".html", article(f"<div>{PLAIN}</div></div></p></section>{P}")),
    "html: behind </html>": (".html", page(f"<h1>Dam holds</h1>{PLAIN}</body></html>{P}")),
    "html: in a list": (".html", article(f"{PLAIN}<ul><li>{MARKED}</li><li>The gate is closed.</li></ul>")),
    "html: in a quotation": (".html", article(f"{PLAIN}<blockquote><p>{MARKED}</p></blockquote>{PLAIN}")),
    "html: in preformatted text": (".html", article(f"{PLAIN}<pre>{MARKED}</pre>")),
    "html: in an element of its own name": (".html", article(f"{PLAIN}<x-paragraph>{MARKED}</x-paragraph>")),
    "html: between line breaks": (".html", article("<div>" + "<br><br>".join([*SENTENCES, MARKED]) + "</div>")),
    "html: cut into many spans": (
        ".html", article(PLAIN + "<p>" + " ".join(f"<span>{word}</span>" for word in MARKED.split()) + "</p>")
    ),
    "html: in a noscript": (".html", page(f"<div id='app'></div><noscript><article>{PLAIN}{P}</article></noscript>")),
    "html: in utf-16": (".html", article(PLAIN + P).decode().encode("utf-16")),
    "html: in windows-1251 with a header": (
        ".html", page(f"<article>{PLAIN}<p>Плотина. {MARKED}</p></article>", head="<meta charset='windows-1251'>")
        .decode().encode("cp1251", errors="replace"),
    ),
    "html: with a conditional comment": (".html", article(f"{PLAIN}<![if !IE]>{P}<![endif]>")),
    "html: packed with bzip2": (".html.bz2", bz2.compress(article(PLAIN + P))),
    "json: markup escaped": (".json", json.dumps({"title": "Dam holds", "body_html": PLAIN + P}).encode()),
    "json: the article inside others": (".json", json.dumps({"response": {"results": [{"text": BODY}]}}).encode()),
    "json: in an old encoding": (".json", json.dumps({"text": f"Café. {BODY}"}, ensure_ascii=False).encode("cp1252")),
    "json: behind a lone surrogate": (".json", json.dumps({"text": f"\ud83d {BODY}"}).encode()),
    "jsonl: the last line, without its end": (".jsonl", b'{"text": "short"}\n' + json.dumps({"text": BODY}).encode()),
    "jsonl: separated by carriage returns": (".jsonl", b"\r\n".join([json.dumps({"text": BODY}).encode()] * 2)),
    "jsonl: with a line separator in the text": (
        ".jsonl", json.dumps({"text": BODY.replace("\n\n", "\u2028\u2028")}, ensure_ascii=False).encode()
    ),
    "csv: a cell over the library's usual limit": (".csv", f'text\n"{"All was quiet. " * 20_000}{BODY}"\n'.encode()),
    "csv: behind a quotation mark left open": (".csv", f'text,n\n"{SENTENCES[0]},1\n{MARKED},2\n'.encode()),
    "text: behind a form feed": (".txt", BODY.replace(MARKED, "\f" + MARKED).encode()),
    "text: between right-to-left marks": (".txt", BODY.replace(MARKED, f"\u202b{MARKED}\u202c").encode()),
    "text: in utf-16 without a mark": (".txt", BODY.encode("utf-16-le")),
    "markdown: in a code block": (".md", f"# Dam holds\n\n{BODY.replace(MARKED, '')}\n\n```\n{MARKED}\n```\n".encode()),
    "zip: in an archive inside": (".zip", packed({"a.zip": packed({"b.txt": BODY.encode()})})),
    "zip: two archives deep": (".zip", packed({"a.zip": packed({"b.zip": packed({"c.txt": BODY.encode()})})})),
    "tar: under a name of 300 letters": (".tar.gz", gzip.compress(tarred("a" * 300 + ".txt", BODY.encode()))),
    "feed: in a CDATA section": (".rss", feed(f"<content:encoded><![CDATA[{PLAIN}{P}]]></content:encoded>")),
    "feed: markup escaped twice": (
        ".rss", feed(f"<description>&lt;p&gt;{SENTENCES[0]} {MARKED}&lt;/p&gt;</description>")
    ),
    "nitf: in a table": (".nitf", nitf(f"<table><tr><td>{MARKED}</td></tr></table>")),
    "nitf: in a note": (".nitf", nitf(f"<note><body.content>{P}</body.content></note>")),
    "mail: only as HTML": (".eml", mail(lambda m: m.set_content(article(PLAIN + P).decode(), subtype="html"))),
    "mail: in quoted-printable": (".eml", mail(lambda m: m.set_content(BODY, cte="quoted-printable"))),
    "mailbox: behind a line that begins with From": (
        ".mbox", b"From a@example.org Fri May  2 08:00:00 2031\n"
        + mail(lambda m: m.set_content(f"{SENTENCES[0]}\n\nFrom the board:\n\n{MARKED}\n"))
    ),
}  # fmt: skip


def test_there_are_forty_documents() -> None:
    assert len(DOCUMENTS) >= 40


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_marker_is_found_or_its_loss_is_told(tmp_path: Path, name: str) -> None:
    suffix, content = DOCUMENTS[name]
    path = tmp_path / f"dam{suffix}"
    path.write_bytes(content)
    found = list(read_file(path))
    texts = [" ".join(item.text.split()) for item in found if isinstance(item, Article)]
    is_found = any(MARKER in text for text in texts)
    is_told = any(isinstance(item, Problem) for item in found)
    assert is_found or is_told, texts
