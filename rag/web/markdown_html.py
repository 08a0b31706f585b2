"""The little Markdown that answers are worded in -> HTML: bold, italics, lists, [n]. What is escaped stays text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from markupsafe import Markup, escape

from rag.web.panel import joined

_PIECE = re.compile(
    r"\\(?P<escaped>[^\w\s])|(?P<entity>&(?:amp|lt|gt);)|\[(?P<number>\d+)\]|(?P<bold>\*\*)|(?P<italic>\*)"
)


def inline_html(text: str, *, cite: Callable[[int], Markup]) -> Markup:
    """One paragraph: `cite` makes the button of a citation of ours; "[3]" in an article is escaped, and stays text."""
    parts: list[Markup] = []
    opened: list[str] = []
    at = 0
    for found in _PIECE.finditer(text):
        parts.append(escape(text[at : found.start()]))
        at = found.end()
        if found["number"]:
            parts.append(cite(int(found["number"])))
        elif found["bold"] or found["italic"]:
            parts.append(_switch("b" if found["bold"] else "i", opened))
        else:
            parts.append(escape(found["escaped"] or html.unescape(found["entity"])))
    parts.append(escape(text[at:]))
    parts += [_switch(opened[-1], opened) for _ in tuple(opened)]
    return joined(parts)


def block_html(text: str, *, cite: Callable[[int], Markup]) -> Markup:
    """A paragraph, or a list of lines that begin with a dash."""
    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = joined(Markup("<li>{}</li>").format(inline_html(line[2:], cite=cite)) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(inline_html(" ".join(lines), cite=cite))


def plain_words(text: str) -> str:
    """The words of a Markdown text, as a reader sees them."""
    return inline_html(text, cite=lambda n: escape(f"[{n}]")).striptags()


def _switch(tag: str, opened: list[str]) -> Markup:
    """Open a tag, or close it where it is the one opened last; tags never cross."""
    if opened and opened[-1] == tag:
        opened.pop()
        return Markup("</{}>").format(tag)
    if tag in opened:
        return Markup()
    opened.append(tag)
    return Markup("<{}>").format(tag)
