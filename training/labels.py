"""Gold attributions as what the tagger learns: a tag a piece, and links from piece to piece."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.types import Span
from rag.attribution.decode import BEGIN_CONTENT, BEGIN_CUE, BEGIN_SOURCE, OUTSIDE, Floats
from rag.attribution.pieces import Ints, Pieces
from training.data import Example
from training.emphasis import emphasised

UNKNOWN = -100
"""A label that the loss leaves out."""
NONE = -1
"""A link to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A row a piece. `cue_of`: the first piece of the cue of the content in which the piece is, NONE if in none.
    `source_of`: for the pieces of a cue the first piece of its source or NONE, UNKNOWN for all others.
    `weight`: how much the piece counts in the loss, 1 but for those of `training.emphasis`."""

    tags: Ints
    cue_of: Ints
    source_of: Ints
    weight: Floats


def label_pieces(pieces: Pieces, example: Example, *, emphasis: float = 1.0) -> Labels:
    n = len(pieces)
    tags, cue_of = np.full(n, OUTSIDE, dtype=np.int64), np.full(n, NONE, dtype=np.int64)
    source_of = np.full(n, UNKNOWN, dtype=np.int64)
    weight = np.ones(n, dtype=np.float32)

    def find(span: Span) -> Ints:
        low, high = np.searchsorted(pieces.ends, span.start, "right"), np.searchsorted(pieces.starts, span.end)
        return np.arange(low, high)

    def tag(rows: Ints, begin: int) -> None:
        tags[rows] = begin + 1
        tags[rows[:1]] = begin

    for attribution in example.attributions:
        contents = [rows for span in attribution.content if len(rows := find(span))]
        sources = [rows for span in attribution.source if len(rows := find(span))]
        cues = [rows for span in attribution.cue if len(rows := find(span))]
        for rows in contents:
            tag(rows, BEGIN_CONTENT)
            cue_of[rows] = cues[0][0] if cues else UNKNOWN
        for rows in sources:
            tag(rows, BEGIN_SOURCE)
        for rows in cues:
            tag(rows, BEGIN_CUE)
            source_of[rows] = sources[0][0] if sources else NONE
        for span in emphasised(attribution, example.text):
            weight[find(span)] = emphasis
    for span in example.ignored:
        rows = find(span)
        tags[rows], cue_of[rows], source_of[rows] = UNKNOWN, UNKNOWN, UNKNOWN
    return Labels(tags=tags, cue_of=cue_of, source_of=source_of, weight=weight)
