"""The text that a parsed page shows, block by block, as a browser breaks it into lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.page_furniture import is_hidden

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html iframe legend li main menu nav ol option p pre search section select "
    "summary table tbody td tfoot th thead tr ul".split()
)
_UNSHOWN = frozenset("head script style template noscript svg math audio video canvas object textarea".split())

_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a page: its text, white space folded, and the innermost block element that it stands in."""

    text: str
    element: Any

    @property
    def place(self) -> Any:
        """The element that the block's paragraph, list or quotation stands in."""
        parent = self.element.getparent()
        is_part = parent is not None and (self.element.tag == "li" or parent.tag == "blockquote")
        return parent.getparent() if is_part else parent

    @property
    def kind(self) -> tuple[str, ...]:
        """What kind of place the block stands in: the names of `place` and of the element around it."""
        around = [self.place, self.place.getparent() if self.place is not None else None]
        return tuple(f"{element.tag}.{element.get('class') or ''}" for element in around if element is not None)

    @property
    def is_heading(self) -> bool:
        return self.element.tag in _HEADINGS or self.element.get("role") == "heading"


def read_blocks(tree: Any, *, hidden: bool = False) -> Iterator[Block]:
    """The blocks of a page in order; with `hidden`, also those that its own markup hides.

    Walks without recursion: pages are nested as deep as they like.
    """
    from lxml.etree import iterwalk

    pieces: list[str] = []
    owners = [tree]
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in {"comment", "pi"}:
            pieces.append(element.tail or "")
            continue
        is_block = element.tag in _BLOCKS
        if event == "start":
            if element.tag in _UNSHOWN or (not hidden and is_hidden(element)):
                walk.skip_subtree()
                continue
            if is_block:
                yield from _flush(pieces, owners[-1])
                owners.append(element)
            pieces.append(element.text or "")
        else:
            if is_block and element is owners[-1]:
                yield from _flush(pieces, owners.pop())
            if element is not tree:
                pieces.append(element.tail or "")
    yield from _flush(pieces, tree)


def _flush(pieces: list[str], owner: Any) -> Iterator[Block]:
    text = " ".join("".join(pieces).split())
    pieces.clear()
    if text:
        yield Block(text=text, element=owner)
