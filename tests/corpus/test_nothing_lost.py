"""A sentence in the places of a document where parsers lose text without a word: it is found, or its loss is told."""

import base64
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus import Article
from tests.corpus.documents import (
    BODY,
    atom,
    component,
    docx,
    message,
    news_item,
    newsml1,
    ninjs,
    nitf,
    pdf,
    read_all,
    rss,
    word_paragraph,
)

MARK = "The northern gate was shut at four."
XHTML = "http://www.w3.org/1999/xhtml"
DEEP = "<div>" * 300 + f"<p>{MARK}</p>" + "</div>" * 300
LONG = "It rained on. " * 800_000 + MARK  # over the 10 MB that lxml allows a text
BREAKS = "\n\n"


def _encoded(cte: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Dam"
    mail.set_content(f"{BODY} {MARK}", cte=cte)
    return bytes(mail)


def _forwarded() -> bytes:
    mail = message()
    mail.add_attachment(message(MARK))
    return bytes(mail)


def _html_with(content: str) -> str:
    return f"<![CDATA[<p>{BODY}</p>{content}]]>"


DOCUMENTS: dict[str, tuple[str, str | bytes]] = {
    "rss, deep": ("dam.rss", rss(f"<description>{_html_with(DEEP)}</description>")),
    "rss, escaped twice": ("dam.rss", rss(f"<description>{BODY} &lt;p&gt;{MARK}&lt;/p&gt;</description>")),
    "rss, bare text between blocks": (
        "dam.rss",
        rss(f"<description>{_html_with(f'<div>x</div>{MARK}')}</description>"),
    ),
    "rss, tag never closed": ("dam.rss", rss(f"<description>{_html_with(f'<p <b>{MARK}')}</description>")),
    "rss, table": ("dam.rss", rss(f"<description>{_html_with(f'<table><td>{MARK}</table>')}</description>")),
    "rss, in the whole text alone": (
        "dam.rss",
        rss(f"<description>{BODY}</description><content:encoded>{_html_with(MARK)}</content:encoded>"),
    ),
    "rss, after a null": ("dam.rss", rss(f"<description>{BODY}\0 {MARK}</description>")),
    "rss, second item after a bad one": (
        "dam.rss",
        rss("<description>x & y</p>", f"<description>{BODY}{MARK}</description>"),
    ),
    "atom, xhtml without div": (
        "dam.atom",
        atom(f'<content type="xhtml"><p xmlns="{XHTML}">{BODY} {MARK}</p></content>'),
    ),
    "atom, prefixed xhtml": (
        "dam.atom",
        atom(f'<content type="xhtml"><h:div xmlns:h="{XHTML}"><h:p>{BODY}</h:p><h:p>{MARK}</h:p></h:div></content>'),
    ),
    "atom, html": ("dam.atom", atom(f'<content type="html">{BODY} &lt;ul&gt;&lt;li&gt;{MARK}&lt;/ul&gt;</content>')),
    "nitf, list": ("dam.xml", nitf(f"<p>{BODY}</p><ol><li><p>{MARK}</p></li></ol>")),
    "nitf, subheading": ("dam.xml", nitf(f"<p>{BODY}</p><hl2>{MARK}</hl2>")),
    "nitf, text without a block": ("dam.xml", nitf(f"<p>{BODY}</p>{MARK}")),
    "nitf, after a comment": ("dam.xml", nitf(f"<p>{BODY}<!-- - -->{MARK}</p>")),
    "nitf, after an instruction": ("dam.xml", nitf(f"<p>{BODY}<?x y?>{MARK}</p>")),
    "nitf, packed": ("dam.xml", nitf(f"<p>{BODY}<![CDATA[{MARK}]]></p>")),
    "nitf, named characters": ("dam.xml", nitf(f"<p>{BODY}&nbsp;{MARK}</p>")),
    "nitf, deep": ("dam.xml", nitf(f"<p>{BODY}</p>{DEEP}")),
    "nitf, long": ("dam.xml", nitf(f"<p>{LONG}</p>")),
    "newsml-g2, second paragraph of two in one": (
        "dam.xml",
        news_item(f"<inlineXML><p>{BODY}</p><p>{MARK}</p></inlineXML>"),
    ),
    "newsml-g2, base64": (
        "dam.xml",
        news_item(f'<inlineData encoding="base64">{base64.b64encode(f"{BODY} {MARK}".encode()).decode()}</inlineData>'),
    ),
    "newsml 1, cdata": ("dam.xml", newsml1(component(_html_with(f"<p>{MARK}</p>")))),
    "ninjs, html": ("dam.json", ninjs(body_text=None, body_html=f"<p>{BODY}</p>{DEEP}")),
    "ninjs, body in nitf that is broken": ("dam.json", ninjs(body_text=None, body_nitf=f"<nitf><body>{MARK}")),
    "ninjs, packed in a record": ("dam.json", json.dumps({"data": [json.loads(ninjs(body_text=f"{BODY} {MARK}"))]})),
    "pdf, second page": ("dam.pdf", pdf([[BODY], [MARK]])),
    "pdf, font that is missing": ("dam.pdf", pdf([[BODY], [MARK]]).replace(b"/F1 3 0 R", b"/F2 3 0 R")),
    "docx, nested table": (
        "dam.docx",
        docx(
            word_paragraph(BODY)
            + "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>"
            + word_paragraph(MARK)
            + "</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
        ),
    ),
    "docx, field": (
        "dam.docx",
        docx(word_paragraph(BODY) + f'<w:p><w:fldSimple w:instr="X"><w:r><w:t>{MARK}</w:t></w:r></w:fldSimple></w:p>'),
    ),
    "docx, element of no known name": (
        "dam.docx",
        docx(word_paragraph(BODY) + f"<w:new>{word_paragraph(MARK)}</w:new>"),
    ),
    "docx, moved to": (
        "dam.docx",
        docx(word_paragraph(BODY) + f'<w:p><w:moveTo w:id="1"><w:r><w:t>{MARK}</w:t></w:r></w:moveTo></w:p>'),
    ),
    "docx, split into runs": (
        "dam.docx",
        docx(
            word_paragraph(BODY)
            + "<w:p>"
            + "".join(f'<w:r><w:t xml:space="preserve">{letter}</w:t></w:r>' for letter in MARK)
            + "</w:p>"
        ),
    ),
    "mail, base64": ("dam.eml", _encoded("base64")),
    "mail, quoted-printable": ("dam.eml", _encoded("quoted-printable")),
    "mail, deep": ("dam.eml", bytes(message(None, html=f"<p>{BODY}</p>{DEEP}"))),
    "mail, cell of a layout": (
        "dam.eml",
        bytes(message(None, html=f"<table><tr><td>{BODY}</td><td>{MARK}</td></table>")),
    ),
    "mail, forwarded inside": ("dam.eml", _forwarded()),
    "mailbox, line that begins with From": (
        "dam.mbox",
        f"From a@x.example Sat May  3 08:00:00 2031\nSubject: Dam{BREAKS}{BODY}{BREAKS}From then on, dry. {MARK}\n",
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_sentence_is_found_or_its_loss_is_told(tmp_path: Path, kind: str) -> None:
    found = read_all(tmp_path, *DOCUMENTS[kind])
    texts = [item.text for item in found if isinstance(item, Article)]
    problems = [item for item in found if not isinstance(item, Article)]
    assert any(MARK in text for text in texts) or problems
