"""Files that ask for other files or for the network: nothing is opened but the file itself."""

from __future__ import annotations

import http.server
import io
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Article, read_file

SECRET = "the vault of Esterby opens with nine bells"
SENTENCES = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
]
PLAIN = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

RSS = (
    '{top}<rss version="2.0"><channel><title>G</title><item><title>Dam</title><description>{text}</description></item>'
    "</channel></rss>"
)
ATOM = (
    '{top}<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><id>urn:x:1</id><title>Dam</title>'
    "<content>{text}</content></entry></feed>"
)
NITF = (
    "{top}<nitf><body><body.head><hedline><hl1>Dam</hl1></hedline></body.head><body.content><p>{text}</p>"
    "</body.content></body></nitf>"
)
NEWSML = (
    '{top}<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><itemClass qcode="ninat:text"/></itemMeta>'
    '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html></inlineXML>'
    "</contentSet></newsItem>"
)
XHTML = (
    '{top}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Dam</title></head><body><article><p>{text}</p>'
    "</article></body></html>"
)
WORD = (
    '{top}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target='
    '"word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    '<Relationship Id="r2" TargetMode="External" Target="{url}" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)


def word(document: str, relations: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def payloads(file: str, url: str) -> dict[str, tuple[str, bytes]]:
    """20 files that ask for the file and the address, by what they use."""
    text = f"{' '.join(SENTENCES)} &x;"
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{file}">]>'
    remote = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{url}">]>'
    parameter = f'<!DOCTYPE a [<!ENTITY % y SYSTEM "{url}"> %y;]>'
    outside = f'<!DOCTYPE a SYSTEM "{url}">'
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'
    sheet = f'<?xml-stylesheet href="{url}" type="text/xsl"?>'
    calm = " ".join(SENTENCES)
    source = f'<content src="{url}">'
    shown = f"<iframe src='{file}'></iframe><img src='{url}'>"
    page = "<html><head>{head}<title>Dam</title></head><body><article>" + PLAIN + "{body}</article></body></html>"
    relations = RELATIONS.format(url=url)
    made = {
        "rss: a file as an entity": (".rss", RSS.format(top=entity, text=text)),
        "rss: an address as an entity": (".rss", RSS.format(top=remote, text=text)),
        "rss: a parameter entity": (".rss", RSS.format(top=parameter, text=calm)),
        "rss: a document type elsewhere": (".rss", RSS.format(top=outside, text=calm)),
        "rss: an inclusion": (".rss", RSS.format(top="", text=calm + include)),
        "atom: a file as an entity": (".atom", ATOM.format(top=entity, text=text)),
        "atom: content elsewhere": (".atom", ATOM.format(top="", text=calm).replace("<content>", source)),
        "nitf: a file as an entity": (".nitf", NITF.format(top=entity, text=text)),
        "nitf: a parameter entity": (".nitf", NITF.format(top=parameter, text=calm)),
        "nitf: a style sheet": (".nitf", NITF.format(top=sheet, text=calm)),
        "newsml: a file as an entity": (".newsml", NEWSML.format(top=entity, text=text)),
        "newsml: a document type elsewhere": (".xml", NEWSML.format(top=outside, text=calm)),
        "newsml: an inclusion": (".xml", NEWSML.format(top="", text=calm + include)),
        "xhtml: a file as an entity": (".xml", XHTML.format(top=entity, text=text)),
        "html: frames and pictures": (".html", page.format(head="", body=shown)),
        "html: style sheets and scripts": (
            ".html", page.format(head=f"<link rel='stylesheet' href='{url}'><script src='{url}'></script>", body="")
        ),
        "html: a base and a new address": (
            ".html", page.format(head=f"<base href='{url}'><meta http-equiv='refresh' content='0;url={url}'>", body="")
        ),
    }  # fmt: skip
    made_packed = {
        "docx: a file as an entity": (".docx", word(WORD.format(top=entity, text=text), relations)),
        "docx: a template elsewhere": (".docx", word(WORD.format(top="", text=calm), relations)),
        "docx: relations elsewhere": (".docx", word(WORD.format(top="", text=calm), outside + relations)),
    }
    return {name: (kind, content.encode()) for name, (kind, content) in made.items()} | made_packed


class Watch:
    """What Python opens and connects to while it is on; an audit hook stays for good, so one serves all tests."""

    def __init__(self) -> None:
        self.events: list[str] | None = None
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.events is not None and event in {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"}:
            self.events.append(f"{event} {arguments[0]} {arguments[1] if event != 'open' else ''}")


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the requests that it got."""
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_address[1]}/secret.dtd", requests
    running.shutdown()
    running.server_close()


def test_there_are_twenty_payloads() -> None:
    assert len(payloads("", "")) == 20


@pytest.mark.parametrize("name", payloads("", ""))
def test_nothing_outside_the_file_is_read(
    tmp_path: Path, server: tuple[str, list[str]], watch: Watch, name: str
) -> None:
    url, requests = server
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    suffix, content = payloads(secret.as_uri(), url)[name]
    path = tmp_path / f"dam{suffix}"
    path.write_bytes(content)
    list(read_file(path))  # what is imported at the first file is no answer to what the file asks for
    watch.events = []
    found = list(read_file(path))
    events, watch.events = watch.events, None
    assert found
    assert not requests
    assert not [event for event in events if "secret" in event or not event.startswith("open")]
    # lxml opens files without Python's knowledge: its text would show it
    assert not [item for item in found if isinstance(item, Article) and SECRET in item.text]
