"""Documents with bytes lost, changed and put in: articles, or problems with a reason, and never an exception."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Problem, read_file
from corpus.readers import OWN_FAULT
from tests.corpus.documents import (
    BODY,
    MORE,
    atom,
    component,
    docx,
    message,
    news_item,
    newsml1,
    ninjs,
    nitf,
    pdf,
    rss,
    word_paragraph,
)

_HTML = f"<p>{BODY}</p><table><tr><td>{MORE}</td></tr></table>"
_MAIL = bytes(message(html=_HTML, List_Id="<x.example>"))
_PROPERTIES = "<dc:title>Dam holds today</dc:title><dcterms:modified>2031-05-03T08:00:00Z</dcterms:modified>"
DOCUMENTS = {
    "dam.rss": rss(
        f"<title>Dam</title><content:encoded><![CDATA[{_HTML}]]></content:encoded>"
        "<pubDate>3 May 2031 08:00 GMT</pubDate>",
        f"<title>Gate</title><description>{BODY}</description><author>a@x.example (Ada)</author>",
    ).encode(),
    "dam.atom": atom(
        f'<title type="html">Dam</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_HTML}</div>'
        "</content><updated>2031-05-03T08:00:00Z</updated><author><name>Ada</name></author>"
    ).encode(),
    "dam.nitf": nitf(head='<docdata><date.issue norm="20310503T080000Z"/></docdata>').encode(),
    "dam.newsml": news_item().encode(),
    "dam.xml": newsml1(component(_HTML, lines="<HeadLine>Dam</HeadLine>")).encode(),
    "dam.json": ninjs(by="Ada Wick", versioncreated="2031-05-03T08:00:00Z", bodies=[{"value": _HTML}]).encode(),
    "dam.jsonld": json.dumps(
        {"@graph": [{"@type": "NewsArticle", "@id": "#a", "author": {"@id": "#b"}, "articleBody": BODY}, {"@id": "#b"}]}
    ).encode(),
    "dam.pdf": pdf([[BODY], [MORE]], info="/Title (Dam holds) /ModDate (D:20310503)", title_size=20),
    "dam.docx": docx(word_paragraph("Dam", style="Title") + word_paragraph(BODY), core=_PROPERTIES),
    "dam.eml": _MAIL,
    "dam.mbox": b"From a@x.example Sat May  3 08:00:00 2031\n"
    + _MAIL
    + b"\n\nFrom - Sat May 03 08:00:00 2031\n"
    + _MAIL,
}
_PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [
            b"<",
            b">",
            b"&",
            b"]]>",
            b"<![CDATA[",
            b"<!--",
            b"<p>" * 300,
            b"\x00",
            b"\xff\xfe",
            b'"',
            b"{",
            b"[",
            b"\r\n\r\n",
        ]
    ),
    st.sampled_from(
        [b"9" * 400, b"<!DOCTYPE x>", b"endobj", b"null", b"\xed\xa0\x80", b"=?utf-8?b?////?=", b"%00", b"-1"]
    ),
)
_CHANGE = st.tuples(st.floats(0, 1), st.integers(0, 40), _PIECES)


def damage(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The data with pieces in place of some of its bytes; each change is a place (share), a length and a piece."""
    for place, length, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


@pytest.mark.parametrize("name", DOCUMENTS)
def test_whole_they_are_articles(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(DOCUMENTS[name])
    assert all(isinstance(item, Article) for item in read_file(tmp_path / name))


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_CHANGE, min_size=1, max_size=4))
def test_damaged_they_are_articles_or_problems(
    tmp_path: Path, name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    path = tmp_path / name
    path.write_bytes(damage(DOCUMENTS[name], changes))
    for item in read_file(path):
        if isinstance(item, Problem):
            assert OWN_FAULT not in item.reason
            assert item.reason
            assert "\n" not in item.reason


@pytest.mark.parametrize("name", DOCUMENTS)
def test_broken_off_anywhere_they_are_articles_or_problems(tmp_path: Path, name: str) -> None:
    data, path = DOCUMENTS[name], tmp_path / name
    for end in range(0, len(data), max(1, len(data) // 40)):
        path.write_bytes(data[:end])
        found = list(read_file(path))
        assert found
        assert all(not isinstance(item, Problem) or OWN_FAULT not in item.reason for item in found)
