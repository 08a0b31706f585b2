"""Word documents (.docx), by mammoth: one article a file, as it reads with its tracked changes accepted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.dates import read_date
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, read_language, trace
from corpus.limits import limits_in_force, over_limit
from corpus.readers.faults import said
from corpus.readers.file_properties import sensible_author, sensible_title
from corpus.readers.markup import html_text
from corpus.readers.opening import read_bytes
from corpus.readers.text import split_title
from corpus.readers.xml_tree import decode_xml, find_text, local_name, parse_xml
from corpus.types import Problem

SHARE_KEPT = 0.98  # of the letters of a document; a reading that keeps less is told

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
# mammoth's marks of footnotes: "[1]" in the text, and an arrow back to it from the note
_NOTE_MARKS = re.compile(
    r'<sup><a href="#(?:foot|end)note-[^"]*"[^>]*>\[\d+\]</a></sup>|<a href="#(?:foot|end)note-ref-[^"]*">↑</a>'
)
_H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of encrypted .docx


def read_word(path: Path) -> Iterator[RawArticle | Problem]:
    """The article of a .docx file, and a `Problem` where some of its text was lost. Raises UnreadableFile."""
    data = read_bytes(path)
    if data.startswith(_OLE):
        raise UnreadableFile("an encrypted or an old Word document: save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
            page, letters = _to_html(data), _count_letters(package)
            properties = _read_properties(package)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # whatever a broken package does to the parsers is about the file
        raise UnreadableFile(f"not a Word document that can be read: {said(error)}") from error
    text = html_text(page).strip()
    heading = _H1.search(page)
    title, place = " ".join(html_text(heading[1]).split()) if heading else "", "Heading 1"
    if not title:
        title, place = properties.title, "docProps title"
    if not title:
        (title, text), place = split_title(text), "first line"
    raw = replace(properties, text=text, title=title, path=str(path))
    yield replace(raw, provenance=trace(raw, dict(properties.provenance) | {"title": place}))
    kept = sum(map(len, f"{title if place == 'first line' else ''} {text}".split()))
    if kept < SHARE_KEPT * letters:
        yield Problem(
            path=str(path), reason=f"{letters - kept} of its {letters} letters were not read: save it as text"
        )


def _check(package: zipfile.ZipFile) -> None:
    """Raise UnreadableFile where the parts that are read unpack to too much, or have a document type."""
    limit = limits_in_force().page_bytes
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            if part.file_size > limit:
                raise over_limit(f"its part {part.filename[:80]} is too large", limit="page_bytes")
            head = package.read(part)
            if (
                b"<!DOCTYPE" in head
                or "<!DOCTYPE".encode("utf-16-le") in head
                or "<!DOCTYPE".encode("utf-16-be") in head
            ):
                raise UnreadableFile("has a document type of its own, which no Word document has: not read, for safety")


def _to_html(data: bytes) -> str:
    import mammoth

    result = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
    )
    return _NOTE_MARKS.sub("", str(result.value))


def _count_letters(package: zipfile.ZipFile) -> int:
    """How many letters (characters but white space) the document shows, what was deleted left out."""
    names = [name for name in package.namelist() if re.fullmatch(r"word/(?:document\d*|footnotes|endnotes)\.xml", name)]
    return sum(_letters(parse_xml(decode_xml(package.read(name)))) for name in names)


def _letters(element: Any) -> int:
    name = local_name(element)
    if name in {"moveFrom", "del", "Choice"}:
        return 0
    return len("".join((element.text or "").split())) if name == "t" else sum(map(_letters, element))


def _read_properties(package: zipfile.ZipFile) -> RawArticle:
    if "docProps/core.xml" not in package.namelist():
        return RawArticle(text="")
    core = parse_xml(decode_xml(package.read("docProps/core.xml")))
    author = sensible_author(find_text(core, "creator"))
    modified, created = (read_date(find_text(core, name)) for name in ("modified", "created"))
    raw = RawArticle(
        text="",
        title=sensible_title(find_text(core, "title")),
        authors=(author,) if author else (),
        updated=modified or created,
        language=read_language(find_text(core, "language")),
    )
    places = {"authors": "creator", "updated": "modified" if modified else "created", "language": "language"}
    return replace(raw, provenance=trace(raw, {field: f"docProps {place}" for field, place in places.items()}))
