"""Quotations: which quotation marks belong together, in every usual style.

“ ” and ‘ ’, « », „ “ and » «, the straight " and ' and the doubled '' of some agencies. A quotation that runs over
several paragraphs opens anew in each and closes once; a quotation without its closing mark ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Span

MARK = re.compile(r"''|[“”„‟\"«»‘’‚']")
CLOSERS = {
    "“": "”“",
    "”": "”",
    "„": "“”",
    "‟": "”",
    '"': '"”',
    "''": "''",
    "«": "»",
    "»": "«»",
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
}
SINGLE = frozenset("‘’‚'")
ELISION = re.compile(r"['’](?:\d0s\b|(?:em|tis|twas|til|cause)\b|n['’](?!\w))", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation, its marks included: a piece for each paragraph that it runs over.

    `closed` is false where no closing mark was found.
    """

    pieces: tuple[Span, ...]
    closed: bool


def pair_quotes(text: str, paragraphs: Sequence[Span]) -> tuple[Quote, ...]:
    """Find the outermost quotations of `text`, in order; quotations inside quotations belong to their outer one."""
    quotes: list[Quote] = []
    pending: list[Span] = []  # pieces of a quotation still open at the end of the previous paragraph
    pending_mark = ""
    for number, paragraph in enumerate(paragraphs):
        first, mark = _leading_mark(text, paragraph)
        if pending and mark != pending_mark:
            quotes.append(Quote(pieces=tuple(pending), closed=False))
            pending = []
        for piece, closed in _pair_paragraph(text, paragraph):
            if pending and piece.start == first:
                pending.append(piece)
                if closed:
                    quotes.append(Quote(pieces=tuple(pending), closed=True))
                    pending = []
            elif closed:
                quotes.append(Quote(pieces=(piece,), closed=True))
            elif _goes_on(text, paragraphs, number, piece):
                pending, pending_mark = [piece], MARK.match(text, piece.start).group()  # type: ignore[union-attr]
            else:
                quotes.append(Quote(pieces=(piece,), closed=False))
    if pending:
        quotes.append(Quote(pieces=tuple(pending), closed=False))
    return tuple(quotes)


def _leading_mark(text: str, paragraph: Span) -> tuple[int, str]:
    found = MARK.match(text, paragraph.start, paragraph.end)
    return (found.start(), found.group()) if found else (-1, "")


def _goes_on(text: str, paragraphs: Sequence[Span], number: int, piece: Span) -> bool:
    """An open quotation goes on where the next paragraph opens with the same mark again."""
    if number + 1 >= len(paragraphs):
        return False
    mark = MARK.match(text, piece.start)
    return mark is not None and _leading_mark(text, paragraphs[number + 1])[1] == mark.group()


def _pair_paragraph(text: str, paragraph: Span) -> list[tuple[Span, bool]]:
    """The top-level quotations of one paragraph and whether each is closed."""
    marks = [m for m in MARK.finditer(text, paragraph.start, paragraph.end) if not _is_apostrophe(text, m, paragraph)]
    found: list[tuple[Span, bool]] = []
    at = 0
    while at < len(marks):
        opening = marks[at]
        if not _opens(text, opening, paragraph):
            at += 1
            continue
        close = _closing(text, marks, at, paragraph)
        if close is not None:
            found.append((Span(opening.start(), marks[close].end()), True))
            at = close + 1
        elif opening.group() in SINGLE:  # more likely an apostrophe than a quotation left open
            at += 1
        else:
            found.append((Span(opening.start(), paragraph.end), False))
            break
    return [(piece, closed) for piece, closed in found if WORD.search(text, piece.start, piece.end)]


def _closing(text: str, marks: list[re.Match[str]], opening: int, paragraph: Span) -> int | None:
    """The mark that closes `marks[opening]`; nested quotations of the same kind are counted over."""
    mark = marks[opening].group()
    depth = 0
    inner = False  # within straight marks inside curly ones
    weak: int | None = None
    for at in range(opening + 1, len(marks)):
        here = marks[at].group()
        if mark in "“„«" and here == mark and _opens(text, marks[at], paragraph):
            depth += 1
        elif mark == "“" and here == '"' and depth == 0:  # “It is late," she said: closed by the other kind
            if not inner and not _opens(text, marks[at], paragraph) and _closes(text, marks[at], paragraph):
                return at
            inner = not inner
        elif here in CLOSERS[mark] and (mark != "''") == (here != "''"):
            if mark in SINGLE:
                if _opens(text, marks[at], paragraph) or not _closes(text, marks[at], paragraph):
                    continue
                if _maybe_plural(text, marks[at]):
                    weak = at if weak is None else weak
                    continue
                return at
            if depth == 0:
                return at
            depth -= 1
    if mark == '"' or depth == 0:
        return weak
    # “A “b” c: one closing mark is missing; the last one there is closes the whole
    return max((at for at in range(opening + 1, len(marks)) if marks[at].group() in CLOSERS[mark]), default=None)


def _is_apostrophe(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    if mark.group() not in "’'":
        return False
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return (before.isalnum() and after.isalnum()) or ELISION.match(text, mark.start()) is not None


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if mark.group() in "“„‟«‚‘":
        return True
    if mark.group() in "”’":
        return False
    return (before.isspace() or before in "([{—–-/“‘\"'") and not after.isspace()


def _closes(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return not before.isspace() and not after.isalnum()


def _maybe_plural(text: str, mark: re.Match[str]) -> bool:
    """workers’ strike: an apostrophe after an s and before a lower-case word."""
    return text[mark.start() - 1] in "sS" and bool(re.match(r" [a-z]", text[mark.end() : mark.end() + 2]))
