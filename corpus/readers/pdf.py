"""PDF, by pypdf: one article a file, its lines joined to paragraphs, without the heads and feet of its pages."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.dates import read_date
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, read_language, trace
from corpus.limits import limits_in_force, over_limit
from corpus.readers.faults import said
from corpus.readers.file_properties import sensible_author, sensible_title
from corpus.readers.opening import read_bytes
from corpus.readers.pdf_title import largest_type, set_apart
from corpus.readers.text import split_title
from corpus.readers.xml_tree import decode_xml, line_of, parse_xml
from corpus.types import Problem

if TYPE_CHECKING:
    from pypdf import PdfReader

EDGE_LINES = 2  # at the top and the bottom of a page, where running heads and page numbers stand
FEWEST_REPEATS = 3  # pages that have a line there, which makes it a running head
MOST_UNREADABLE = 0.2  # of a page's characters: what has more is no text
PRISM = "http://prismstandard.org/namespaces/basic/"  # publishers' metadata in XMP; versions end the namespace

_HYPHENATED = re.compile(r"(\w+)[-\u2010\u00ad]\n[ \t]*([a-zß-öø-ÿ]\w*)")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|pagina|página|s\.|p\.)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|von|de|di|/)\s*\d{1,4})?", re.I
)
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")  # of no known letter
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d'?\d\d)?'?")


def read_pdf(path: Path) -> Iterator[RawArticle | Problem]:
    """The article of a PDF file, and a `Problem` for pages without text. Raises UnreadableFile where it has none."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on each file's faults
    data = read_bytes(path)
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("not a PDF: it does not begin with %PDF-")
    try:
        reader = _open(data)
        pages, faults, total = _read_pages(reader)
        properties, largest = _read_properties(reader), largest_type(reader.pages[0]) if any(pages) else ""
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # whatever a broken file does to the parser is about the file
        raise UnreadableFile(f"not a PDF that can be read: {said(error)}") from error
    text = join_lines(_without_heads(pages))
    if not text.strip():  # of pages of figures, say, every line is like one of the page before
        text = join_lines(pages)
    if not text.strip():
        where = "its page" if total == 1 else f"its {total} pages"
        raise UnreadableFile(f"no text on {where}: {'; '.join(faults) or 'empty, or scanned'}")
    title, place = _choose_title(properties.title, printed=largest, text=text)
    if not title:
        (title, text), place = split_title(text), "first line"
    raw = replace(properties, text=set_apart(text, title).strip(), title=title, path=str(path))
    yield replace(raw, provenance=trace(raw, dict(raw.provenance) | {"title": place}))
    if len(pages) < total:
        what = f"only the first {len(pages)} of its {total} pages were read: split it"
        yield Problem(path=str(path), reason=str(over_limit(what, limit="pdf_pages")))
    for why, numbers in faults.items():
        shown = ", ".join(map(str, numbers[:10])) + (" ..." if len(numbers) > 10 else "")
        yield Problem(path=str(path), reason=f"{why}: page {shown}")


def _choose_title(stated: str, *, printed: str, text: str) -> tuple[str, str]:
    """The title that the file states, if it is printed too; else the largest type; else what is stated alone."""
    is_printed = "".join(stated.casefold().split()) in "".join(text.casefold().split())
    if stated and (is_printed or not printed):
        return stated, "PDF Title"
    return printed, "largest type"


def join_lines(pages: Sequence[str]) -> str:
    """The pages as one text. Words parted at the end of a line are joined, with a hyphen if they have one elsewhere."""
    text = "\n".join(pages)
    words = Counter(re.findall(r"\w+(?:-\w+)*", text.casefold()))

    def joined(match: re.Match[str]) -> str:
        first, second = match.groups()
        with_hyphen, without = f"{first}-{second}", f"{first}{second}"
        is_compound = words[with_hyphen.casefold()] > words[without.casefold()]
        return with_hyphen if is_compound or first[-1:].isdigit() else without

    return _HYPHENATED.sub(joined, text)


def _open(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            is_open = bool(reader.decrypt(""))  # most that are locked are so against changes alone
        except (DependencyError, NotImplementedError):
            is_open = False
        if not is_open:
            raise UnreadableFile("locked with a password: save a copy without one")
    return reader


def _read_pages(reader: PdfReader) -> tuple[list[str], dict[str, list[int]], int]:
    """The text of each page up to the limit, the pages without it by the reason, and how many pages there are."""
    total = len(reader.pages)
    pages: list[str] = []
    faults: dict[str, list[int]] = {}
    for number in range(min(total, limits_in_force().pdf_pages)):
        text, why = "", ""
        try:
            page = reader.pages[number]
            text = page.extract_text()
            if not text.strip() and _has_pictures(page):
                why = "only pictures and no text, run text recognition (OCR) on it"
            elif len(_UNREADABLE.findall(text)) > MOST_UNREADABLE * len(text):
                text, why = "", "its fonts do not say which letters they show, run text recognition (OCR) on it"
        except MemoryError:
            raise
        except Exception as error:  # one page must not cost the others
            why = f"could not be read ({said(error)})"
        pages.append(text)
        if why:
            faults.setdefault(why, []).append(number + 1)
    return pages, faults, total


def _has_pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects.get_object()) if objects is not None else False


def _without_heads(pages: Sequence[str]) -> list[str]:
    """The pages without their numbers and the lines that most of them have at the edge, but for the numbers in them."""
    lines = [page.strip().splitlines() for page in pages]
    edges = [{_key(line) for line in [*page[:EDGE_LINES], *page[-EDGE_LINES:]]} for page in lines]
    counts = Counter(key for keys in edges for key in keys)
    repeated = {key for key, count in counts.items() if count >= max(FEWEST_REPEATS, len(pages) / 2)}

    def is_head(line: str) -> bool:
        return not line.strip() or _key(line) in repeated or bool(_PAGE_NUMBER.fullmatch(line.strip()))

    for page in lines:
        for edge in (0, -1):
            for _ in range(EDGE_LINES):
                if page and is_head(page[edge]):
                    page.pop(edge)
    return ["\n".join(page) for page in lines]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _read_properties(reader: PdfReader) -> RawArticle:
    info: Mapping[str, Any] = reader.metadata or {}
    modified, created = (_read_pdf_date(info.get(name)) for name in ("/ModDate", "/CreationDate"))
    author = sensible_author(info.get("/Author"))
    root: Any = reader.trailer["/Root"]
    raw = RawArticle(
        text="",
        title=sensible_title(info.get("/Title")),
        authors=(author,) if author else (),
        published=_read_xmp_date(root),  # a file's creation is no publication
        updated=modified or created,
        language=read_language(str(root.get("/Lang", ""))),
    )
    places = {
        "authors": "PDF Author", "published": "XMP prism:publicationDate",
        "updated": "PDF ModDate" if modified else "PDF CreationDate", "language": "PDF Lang",
    }  # fmt: skip
    return replace(raw, provenance=trace(raw, places))


def _read_xmp_date(root: Any) -> str | None:
    """The date of publication in a publisher's metadata (PRISM, in XMP), as an element or an attribute."""
    if "/Metadata" not in root:
        return None
    try:
        xmp = parse_xml(decode_xml(root["/Metadata"].get_object().get_data()))
    except Exception:  # XMP is often broken where the text is not
        return None
    for element in xmp.iter("{*}publicationDate", "{*}Description"):
        names = [name for name in element.attrib if name.startswith(f"{{{PRISM}") and name.endswith("}publicationDate")]
        is_prism = element.tag.startswith(f"{{{PRISM}")
        for value in [*([line_of(element)] if is_prism else []), *(element.get(name) for name in names)]:
            if day := read_date(value):
                return day
    return None


def _read_pdf_date(value: object) -> str | None:
    """A date of PDF 32000-1, 7.9.4: "D:20310502081500+02'00'"."""
    match = _PDF_DATE.fullmatch(str(value or "").strip())
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{(zone or '').replace(chr(39), '')}" if hour else ""
    return read_date(f"{year}-{month}-{day}{clock}")
