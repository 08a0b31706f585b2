"""XML: which format a file is in, and that nothing outside it is ever read."""

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Article, Problem
from corpus.readers.xml_tree import parse_xml, root_name, text_of
from tests.corpus.documents import (
    BODY,
    MORE,
    atom,
    docx,
    message,
    news_item,
    newsml1,
    ninjs,
    nitf,
    pdf,
    read_all,
    read_one,
    read_problem,
    rss,
    word_paragraph,
)

PAGE = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Dam holds</title></head>"
    f"<body><p>{BODY} {MORE}</p></body></html>"
)


@pytest.mark.parametrize(
    "document",
    [
        rss(f"<title>Dam holds</title><description>{BODY}</description>"),
        atom(f"<title>Dam holds</title><content>{BODY}</content>"),
        nitf(),
        news_item(),
        PAGE,
    ],
)
@pytest.mark.parametrize(
    "start", ["", "\n", "<!-- <rss> -->", "<?xml-stylesheet href='x'?>\n", "<!DOCTYPE x SYSTEM 'x.dtd'>"]
)
def test_the_first_element_says_what_a_file_is(tmp_path: Path, document: str, start: str) -> None:
    document = document.removeprefix('<?xml version="1.0"?>')
    assert BODY in read_one(tmp_path, "dam.xml", f'<?xml version="1.0"?>{start}{document}').text


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "not XML"),
        ("Dam holds.", "not XML"),
        ("<dam/>", "with <dam> as its first element"),
        ("<urlset/>", "a sitemap"),
        ("<opml/>", "a list of feeds"),
        ("<nitf>", "not well-formed XML"),
        ("<nitf><body></nitf>", "not well-formed XML"),
        ("<nitf><![CDATA[\nDam\nholds.\n", "not well-formed XML"),  # the parser's message has lines of it
        ("<x:newsItem/>", "not well-formed XML"),
        ("<nitf>" + "<p>" * 400 + BODY + "</p>" * 400 + "</nitf>", "not well-formed XML"),
    ],
)
def test_other_files_are_problems_that_say_what_they_are(tmp_path: Path, document: str, reason: str) -> None:
    assert reason in read_problem(tmp_path, "dam.xml", document).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    document = f'<?xml version="1.0" encoding="{declared}"?>{nitf("<p>Der Damm über Zürich hält, sagte die Wehr.</p>")}'
    assert "über Zürich hält" in read_one(tmp_path, "dam.xml", document.encode(encoding)).text


def test_control_characters_that_xml_forbids_cost_nothing(tmp_path: Path) -> None:
    assert read_one(tmp_path, "dam.xml", nitf(f"<p>\x0b{BODY}\x00</p>")).text == f"Dam holds\n\n{BODY}"


def test_the_name_of_the_first_element() -> None:
    assert root_name("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '<c>'>]><!-- <d> --><e:f/>") == "f"


def test_text_of_blocks_and_runs() -> None:
    assert text_of(
        parse_xml("<a>One <b>two</b>.<p>Three<br/>four</p>five<p/><x>six</x></a>"), without=frozenset("x")
    ) == ("One two.\n\nThree\nfour\n\nfive")


SECRET = "the-words-of-another-file"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port, and the connections that were made to it."""
    seen: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    done = threading.Event()

    def accept() -> None:
        while not done.is_set():
            try:
                connection, address = server.accept()
            except TimeoutError:
                continue
            seen.append(address)
            connection.close()

    thread = threading.Thread(target=accept)
    thread.start()
    yield server.getsockname()[1], seen
    done.set()
    thread.join()
    server.close()


_watched: list[list[tuple[str, str]]] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watched and (
        event == "open" or event.startswith(("socket.connect", "socket.getaddrinfo", "urllib", "subprocess"))
    ):
        _watched[-1].append((event, str(arguments[0])))


sys.addaudithook(_hook)


@pytest.fixture
def opened() -> Iterator[list[tuple[str, str]]]:
    """What Python opens and connects to. (libxml2 and expat open nothing through Python: hence the listener.)"""
    events: list[tuple[str, str]] = []
    _watched.append(events)
    yield events
    _watched.pop()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
TYPES: dict[str, Callable[[str, int], tuple[str, str, str]]] = {
    # the document type, a reference for text, one for an attribute
    "entity": lambda path, port: (f'[<!ENTITY x "{SECRET}">]', "&x;", ""),
    "laughs": lambda path, port: (f'[<!ENTITY l0 "ha">{LAUGHS}]', "&l9;", ""),
    "laughs in an attribute": lambda path, port: (f'[<!ENTITY l0 "ha">{LAUGHS}]', "", "&l9;"),
    "quadratic": lambda path, port: (f'[<!ENTITY x "{"ha" * 50_000}">]', "&x;" * 2_000, ""),
    "file": lambda path, port: (f'[<!ENTITY x SYSTEM "file://{path}">]', "&x;", ""),
    "bare path": lambda path, port: (f'[<!ENTITY x SYSTEM "{path}">]', "&x;", ""),
    "address": lambda path, port: (f'[<!ENTITY x SYSTEM "http://127.0.0.1:{port}/">]', "&x;", ""),
    "parameter entity": lambda path, port: (f'[<!ENTITY % x SYSTEM "http://127.0.0.1:{port}/"> %x;]', "", ""),
    "document type elsewhere": lambda path, port: (f'SYSTEM "http://127.0.0.1:{port}/x.dtd"', "", ""),
    "public document type": lambda path, port: (f'PUBLIC "-//X//X" "http://127.0.0.1:{port}/x.dtd"', "", ""),
}


def documents_with(declared: str, text: str, attribute: str) -> dict[str, bytes]:
    """Each format with a document type of its own."""

    def start(root: str) -> str:
        return f'<?xml version="1.0"?><!DOCTYPE {root} {declared}>'

    shown = f"<p>{BODY} {text}</p>"
    feed = rss(f'<title>Dam</title><description>{BODY} {text}</description><guid isPermaLink="{attribute}">1</guid>')
    entry = atom(f'<title>Dam</title><content>{BODY} {text}</content><link href="{attribute}"/>')
    inner = start("nitf") + nitf(shown)
    return {
        "dam.rss": (start("rss") + feed.removeprefix('<?xml version="1.0"?>')).encode(),
        "dam.atom": (start("feed") + entry.removeprefix('<?xml version="1.0"?>')).encode(),
        "dam.nitf": (start("nitf") + nitf(shown, head=f'<pubdata name="{attribute}"/>')).encode(),
        "dam.xml": (
            start("newsItem") + news_item(f"<inlineXML>{shown}</inlineXML>", meta=f'<by x="{attribute}"/>')
        ).encode(),
        "dams.xml": (start("NewsML") + newsml1(f'<Role FormalName="{attribute}"/>{text}')).encode(),
        "dam.json": ninjs(body_text="", body_nitf=inner).encode(),
        "dam.docx": docx(word_paragraph(BODY) + f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", start=start("w:document")),
        "core.docx": docx(
            word_paragraph(BODY),
            parts={"docProps/core.xml": start("c") + f'<c><title x="{attribute}">{text}</title></c>'},
        ),
        "dam.pdf": pdf([[BODY]], xmp=start("x") + f'<x><publicationDate y="{attribute}">{text}</publicationDate></x>'),
        "dam.eml": bytes(message(html=start("html") + f"<html><body>{shown}</body></html>")),
    }


@pytest.mark.parametrize("kind", TYPES)
def test_no_entity_brings_in_anything_from_outside_nor_grows(
    tmp_path: Path, kind: str, listener: tuple[int, list[object]], opened: list[tuple[str, str]]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    port, connections = listener
    for name, data in documents_with(*TYPES[kind](str(secret), port)).items():
        folder = tmp_path / "read"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        opened.clear()
        found = read_all(folder, name, data)
        assert found
        for item in found:
            said = item.text if isinstance(item, Article) else item.reason
            assert kind == "entity" or SECRET not in said
            assert len(said) < 10_000
        own = {str(folder / name)}
        foreign = [path for event, path in opened if path not in own and not _is_program(path)]
        assert [path for _, path in opened if path in own], "the watch sees what is opened"
        assert foreign == [], name
    assert connections == []


def _is_program(path: str) -> bool:
    """Whether a path is of Python's or a package's own files, which are loaded at first use."""
    return (
        any(part in path for part in ("site-packages", "lib/python", "__pycache__", "/work", os.getcwd()))
        or path == "None"
    )


def test_an_entity_of_its_own_is_a_problem_and_not_lost_in_silence(tmp_path: Path) -> None:
    document = f'<!DOCTYPE nitf [<!ENTITY x "{MORE}">]>{nitf(f"<p>{BODY} &x;</p>")}'
    (found,) = read_all(tmp_path, "dam.xml", document)
    assert isinstance(found, Problem)
    assert "document type" in found.reason
