"""An article as the tagger reads it: word pieces with their offsets, and windows of them that break at paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.types import Span

Ints = NDArray[np.int64]

CLS, SEP, MASK = 101, 102, 103
"""The special pieces of BERT's uncased vocabulary."""

LOWER, CAPITAL, UPPER, DIGIT, OTHER = range(5)
"""Case patterns: the encoder is uncased, so the pattern of a piece's word is an input of its own."""

QUOTED, FIRST = 1, 2
"""Bits of `layout`: the piece stands inside quotation marks (the marks included); it opens a paragraph."""

_MARKS = re.compile(r"[“”«»„\"]|(?<!\w)['‘‚](?=\w)|(?<=\S)['’](?!\w)|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LAST = frozenset('.?!”"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The word pieces of one text, one row a piece: vocabulary ids, character offsets, case, layout.

    `starts` and `ends` are half-open offsets into the text; `paragraph` and `word` count from 0 and never fall.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    layout: Ints
    paragraph: Ints
    word: Ints
    breaks: NDArray[np.bool_]
    """Where a long paragraph may be cut: True for a piece that can end a sentence."""

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, first: int, last: int) -> Span:
        """The characters from piece `first` to piece `last`, both included."""
        return Span(int(self.starts[first]), int(self.ends[last]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Pieces [start, end) are read together; those before `core` are context that an earlier window has decided."""

    start: int
    core: int
    end: int


def find_quoted(text: str) -> NDArray[np.bool_]:
    """Say of every character whether it stands inside quotation marks, the marks included.

    Curly, straight, low and angle marks pair up inside a paragraph; a quotation that its paragraph leaves open lasts
    to the paragraph's end, as multi-paragraph quotations are printed. Single marks count at the edge of a word and
    only where a closing one follows before the paragraph ends, so that apostrophes open nothing.
    """
    quoted = np.zeros(len(text) + 1, dtype=bool)
    double = single = -1
    for match in _MARKS.finditer(text + "\n"):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if double >= 0:
                quoted[double:at] = True
            double = single = -1
        elif mark in "“«„":
            double = at if double < 0 else double
        elif mark in "”»" or (mark == '"' and double >= 0):
            if double >= 0:
                quoted[double : at + 1] = True
            double = -1
        elif mark == '"':
            double = at
        elif mark in "‘‚" or (mark == "'" and text[at - 1 : at].strip() == "" and single < 0):
            single = at
        elif single >= 0:
            quoted[single : at + 1] = True
            single = -1
    return quoted[: len(text)]


def _case(word: str) -> int:
    if word[:1].isdigit():
        return DIGIT
    if not word[:1].isalpha():
        return OTHER
    if word.isupper() and len(word) > 1:
        return UPPER
    return CAPITAL if word[0].isupper() else LOWER


def cut_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut `text` into word pieces without special ones. `tokenizer` must neither truncate nor pad."""
    # A lone surrogate has no UTF-8 and the tokenizer refuses it.
    encoding = tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    words = np.array(encoding.word_ids, dtype=np.int64)
    opens = np.flatnonzero(np.diff(words, prepend=-1))
    closes = np.append(opens[1:], len(words)) - 1
    edges = zip(starts[opens].tolist(), ends[closes].tolist(), strict=True) if len(words) else ()
    spelt = [text[start:end] for start, end in edges]
    case_of = {word: _case(word) for word in set(spelt)}
    patterns = [case_of[word] for word in spelt]
    newlines = np.array([found.start() for found in re.finditer("\n", text)], dtype=np.int64)
    lines = np.searchsorted(newlines, starts)
    paragraph: Ints = np.cumsum(np.diff(lines, prepend=lines[:1]) > 0, dtype=np.int64)
    first = np.diff(paragraph, prepend=-1) > 0
    quoted = find_quoted(text)[starts] if len(words) else np.zeros(0, dtype=bool)
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int64),
        starts=starts,
        ends=ends,
        case=np.repeat(np.array(patterns, dtype=np.int64), closes - opens + 1),
        layout=QUOTED * quoted + FIRST * first.astype(np.int64),
        paragraph=paragraph,
        word=words,
        breaks=np.array([text[end - 1] in _LAST for end in ends.tolist()], dtype=bool),
    )


def cut_windows(pieces: Pieces, *, size: int, context: int, first: int | None = None) -> list[Window]:
    """Pack whole paragraphs into windows of at most `size` pieces, of which up to `context` are left context.

    Context begins at a paragraph where one fits, else at the piece that is `context` back. A paragraph longer than a
    window is cut after a sentence. `first` is the size of the first window, where it should differ.
    """
    total = len(pieces)
    ends = [*(int(i) for i in np.flatnonzero(np.diff(pieces.paragraph)) + 1), total]
    windows: list[Window] = []
    core = 0
    while core < total:
        start = _context_start(pieces, core, context)
        limit = start + (size if first is None or windows else first)
        fitting = [e for e in ends if core < e <= limit]
        end = fitting[-1] if fitting else _sentence_end(pieces, core, min(max(limit, core + 1), total))
        windows.append(Window(start=start, core=core, end=end))
        core = end
    return windows


def _context_start(pieces: Pieces, core: int, context: int) -> int:
    low = max(0, core - context)
    if low == core:
        return core
    opening = np.flatnonzero(pieces.layout[low:core] & FIRST)
    return low + int(opening[0]) if len(opening) else low


def _sentence_end(pieces: Pieces, low: int, high: int) -> int:
    ends = np.flatnonzero(pieces.breaks[low:high])
    return low + int(ends[-1]) + 1 if len(ends) else high
