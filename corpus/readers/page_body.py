"""The body of a page's article: found by trafilatura (Barbaresi 2021, ACL demo), made whole from the page's own blocks.

trafilatura picks out most of a body and loses parts of it: the standfirst above, sub-headings, list items, the posts of
a live blog. What stands in the same place as the paragraphs that it found is taken, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from corpus.readers.page_blocks import Block, read_blocks
from corpus.readers.page_furniture import names_of, prune_furniture

FEWEST_PROSE_WORDS = 5
FEWEST_MATCHED = 20  # letters and spaces of a line that may be a part of a block, or hold one
SHARE_MATCHED = 0.8
MOST_ROUNDS = 3  # of adding what stands beside the body

_Placed = tuple[int | None, str]  # a line and the number of its block

_STANDFIRST = re.compile(
    r"(?:^|-)(?:standfirst|dek|deck|excerpt|sub-?head(?:line|ing)?|sub-?title|summary|key-?points?|strapline|abstract|"
    r"highlights|lede|lead-text|intro|introduction)(?:-|$)"
)
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*\s*\Z")


def read_body(tree: Any, *, title: str = "", authors: Sequence[str] = (), description: str = "") -> list[str]:
    """The paragraphs of the article in a parsed page, its standfirst first. Empty where there is none.

    `description` is what the page says to sum the article up: shown above the body, it is the standfirst. The headline
    and what is said about the authors below the text are no part of it.
    """
    pruned = deepcopy(tree)
    prune_furniture(pruned)
    blocks = list(read_blocks(pruned))
    found = [placed for placed in _match(_extract(pruned), blocks) if not _is_headline(placed[0], blocks)]
    body = _complete(found, blocks)
    first = min((at for at, _ in body if at is not None), default=None)
    standfirst = [] if first is None else _standfirst(blocks[:first], blocks[first].element, description=description)
    lines = [line for line in (*standfirst, *(line for _, line in body)) if not title or _words(line) != _words(title)]
    while lines and any(_is_about(author, lines[-1]) for author in authors):
        lines.pop()
    return lines


def _is_about(author: str, line: str) -> bool:
    """Whether a line introduces an author: "Ana Ruiz is the Gazette's correspondent in Esterby."."""
    name = rf"(?:\S+\s+){{0,2}}{re.escape(author)}(?:,[^,.]{{1,80}},)?"
    verb = "(?:is|was|has|covers|reports|writes|works|joined)"
    return len(author.split()) > 1 and bool(re.match(rf"{name}\s+{verb}\b", line))


def _is_headline(at: int | None, blocks: Sequence[Block]) -> bool:
    return at is not None and blocks[at].element.tag == "h1"


def _standfirst(above: Sequence[Block], body: Any, *, description: str) -> list[str]:
    """The lines between headline and body that sum the article up: named so, or the page's own description."""
    headings = [at for at, block in enumerate(above) if block.element.tag == "h1"]
    start = headings[-1] + 1 if headings else 0
    lines = []
    for block in above[start:]:
        is_described = bool(description) and _words(block.text) == _words(description)
        is_named = (
            bool(headings) and len(block.text.split()) >= FEWEST_PROSE_WORDS and _is_standfirst(block.element, body)
        )
        if (is_described or is_named) and block.text not in lines:
            lines.append(block.text)
    return lines


def _is_standfirst(element: Any, body: Any) -> bool:
    shared = set(body.iterancestors())
    for above in (element, *element.iterancestors()):
        if above in shared:
            return False
        if any(map(_STANDFIRST.search, names_of(above))):
            return True
    return False


def _extract(tree: Any) -> list[str]:
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    text = (getattr(document, "text", None) or "") if document else ""
    return [line for part in text.splitlines() if re.search(r"[^\W_]", line := part.strip())]


def _match(lines: Sequence[str], blocks: Sequence[Block]) -> list[_Placed]:
    """The lines as the blocks that they are, in order; a line that is none as itself, without a number."""
    words = [_words(block.text) for block in blocks]
    places: dict[str, list[int]] = {}
    for at, text in enumerate(words):
        places.setdefault(text, []).append(at)
    placed: list[_Placed] = []
    cursor = 0
    for line in lines:
        wanted = _words(line)
        same = places.get(wanted) or _similar(wanted, words, start=cursor)
        ahead = [at for at in same if at >= cursor]
        if same and len(places.get(wanted, same)) == len(same) and wanted in places:
            same = [ahead[0] if ahead else same[0]]  # one of several with the same words
        placed += [(at, blocks[at].text) for at in same] or [(None, line)]
        cursor = max([cursor, *(at + 1 for at in same)])
    return placed


def _similar(wanted: str, words: Sequence[str], *, start: int) -> list[int]:
    """The block that a line is most of, or the blocks that it joins."""
    if len(wanted) < FEWEST_MATCHED:
        return []
    order = [*range(start, len(words)), *range(start)]
    if (whole := next((at for at in order if wanted in words[at]), None)) is not None:
        return [whole]
    parts = [at for at in order if len(words[at]) >= FEWEST_MATCHED and words[at] in wanted]
    if sum(len(words[at]) for at in parts) >= SHARE_MATCHED * len(wanted):
        return sorted(parts)
    line = Counter(wanted.split())
    shared = (
        (sum((line & Counter(words[at].split())).values()), at) for at in order if len(words[at]) >= FEWEST_MATCHED
    )
    most, at = max(shared, default=(0, -1))
    return [at] if most >= SHARE_MATCHED * line.total() else []


def _complete(found: Sequence[_Placed], blocks: Sequence[Block]) -> list[_Placed]:
    """The lines found, with the blocks that belong with them, in the order of the page."""
    taken = {at for at, _ in found if at is not None}
    if not taken:
        return list(found)
    body = set(taken)
    for _ in range(MOST_ROUNDS):
        added = _missing(body, blocks)
        if not added:
            break
        body |= added
    return _in_order([*found, *((at, blocks[at].text) for at in body - taken)])


def _in_order(placed: Sequence[_Placed]) -> list[_Placed]:
    """The lines in the order of the page, each block once; a line that is no block stays behind the one before it."""
    numbered: list[tuple[int, int | None, str]] = []
    last = -1
    for at, line in placed:
        last = last if at is None else at
        numbered.append((last, at, line))
    seen: set[int | None] = set()
    ordered = []
    for _, at, line in sorted(numbered, key=lambda item: item[0]):
        if at is None or at not in seen:
            ordered.append((at, line))
        seen.add(at)
    return ordered


def _missing(body: set[int], blocks: Sequence[Block]) -> set[int]:
    """The blocks that stand where the body's paragraphs stand, and the headings right above any of the body's."""
    prose = [blocks[at] for at in body if _is_prose(blocks[at].text)]
    places = {block.place for block in prose}
    kinds = {block.kind for block in prose if any(not name.endswith(".") for name in block.kind)}
    tags = {block.element.tag for block in prose} | {"p", "blockquote", "pre", "li"}
    first, last = min(body), max(body)
    beside = set()
    for at, block in enumerate(blocks):
        tag, inside = block.element.tag, first < at < last
        is_near = block.place in places and tag != "div"
        is_sure = inside or (tag != "li" and (is_near or _is_prose(block.text)))
        # Loose among the paragraphs, or in an element that HTML does not know.
        is_loose = block.element in places and _is_prose(block.text)
        if is_loose or (tag in tags and is_sure and (is_near or block.kind in kinds)):
            beside.add(at)
    above = {at for at in range(len(blocks) - 1) if at + 1 in body | beside and _heads(blocks[at], blocks[at + 1])}
    return (beside | above) - body


def _heads(heading: Block, below: Block) -> bool:
    """Whether a heading stands with the block that follows it, not in a box of its own."""
    above = heading.element.getparent()
    return heading.is_heading and any(parent is above for parent in below.element.iterancestors())


def _is_prose(text: str) -> bool:
    return len(text.split()) >= FEWEST_PROSE_WORDS and bool(_SENTENCE_END.search(text))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
