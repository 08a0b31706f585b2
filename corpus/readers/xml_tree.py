"""XML as a tree, safely: no entity of a document type is expanded, nothing outside the file is opened.

lxml stops at elements nested over 256 deep and at text nodes over 10 MB, here with an error and not in silence as with
HTML; so what is parsed is whole.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from corpus.errors import UnreadableFile
from corpus.readers.faults import said
from corpus.readers.opening import decode

_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_BEFORE_ROOT = re.compile(
    r"\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,8});")
_OF_XML = frozenset({"lt", "gt", "amp", "quot", "apos"})

_BLOCKS = frozenset(
    "p block hl1 hl2 h1 h2 h3 h4 h5 h6 ul ol li dl dt dd bq bq.source blockquote pre table caption tr td th div "
    "section article header footer figure figcaption note fn lead hr body".split()
)


def decode_xml(data: bytes) -> str:
    """The bytes of an XML file as text, in the encoding that they declare where they are not UTF-8."""
    declared = _DECLARED.match(data)
    return decode(data, declared=declared[1].decode() if declared else None)


def root_name(text: str) -> str:
    """The name of the first element, without its prefix; empty where the text is no XML."""
    at = 1 if text.startswith("\ufeff") else 0
    while before := _BEFORE_ROOT.match(text, at):
        at = before.end()
    root = _ROOT.match(text, at)
    return root[1] if root else ""


def without_declaration(text: str) -> str:
    """An XML text without the line that declares its encoding, and without characters that XML does not allow."""
    return _ILLEGAL.sub("", _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1))


def parse_xml(text: str) -> Any:
    """The root element of an XML text, with HTML's named characters ("&nbsp;") read as what they mean.

    Raises UnreadableFile where it is not well-formed, and where it defines entities of its own.
    """
    text = _NAMED.sub(_character, without_declaration(text))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, encoding="utf-8",
        remove_pis=True, remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.strip().encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"not well-formed XML: {said(error)}") from error
    document_type = root.getroottree().docinfo.internalDTD
    entity = next(root.iter(etree.Entity), None)
    if entity is not None or (document_type is not None and any(True for _ in document_type.iterentities())):
        name = "entities" if entity is None else entity.text
        raise UnreadableFile(f"uses {name} of its own document type, which is not read: save it with them resolved")
    return root


def _character(match: re.Match[str]) -> str:
    code = None if match[1] in _OF_XML else name2codepoint.get(match[1])
    return chr(code) if code else match[0]


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find_all(element: Any, path: str) -> list[Any]:
    """The elements at a path of names ("itemMeta/provider"), in any namespace; ".//" in front looks at any depth."""
    lead, names = (".//", path[3:]) if path.startswith(".//") else ("", path)
    return list(element.iterfind(lead + "/".join(f"{{*}}{name}" for name in names.split("/"))))


def find_text(element: Any, path: str) -> str:
    """The text of the first element at a path that has any, as one line."""
    return next((line for found in find_all(element, path) if (line := line_of(found))), "")


def find_attribute(element: Any, path: str, name: str) -> str:
    """The first value of an attribute that the elements at a path have."""
    return next((value for found in find_all(element, path) if (value := found.get(name, "").strip())), "")


def language_of(element: Any) -> str:
    """What xml:lang says of an element, on itself or on the nearest element around it."""
    values = element.xpath("ancestor-or-self::*[@xml:lang][1]/@xml:lang")
    return str(values[0]) if values else ""


def line_of(element: Any) -> str:
    """All text in an element, as one line."""
    return " ".join(text_of(element).split())


def text_of(element: Any, *, without: frozenset[str] = frozenset()) -> str:
    """The text of an element, its blocks as paragraphs. `without` names elements inside it to leave out."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, item in walk:
        name = local_name(item)
        is_left_out = name in without and item is not element
        if name == "br":
            pieces.append("\n" if event == "start" else "")
        elif name in _BLOCKS or is_left_out:
            pieces.append("\n\n")
        if event == "end":
            pieces.append("" if item is element else _spaced(item.tail))
        elif is_left_out:
            walk.skip_subtree()
        else:
            pieces.append(_spaced(item.text))
    return re.sub(r"\n[\n ]*\n *", "\n\n", "".join(pieces)).strip()


def _spaced(words: str | None) -> str:
    return re.sub(r"[^\S\u00a0]+", " ", words or "")
