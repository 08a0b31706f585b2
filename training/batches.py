"""Windows of articles, padded to one length and stacked: what one training step sees."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from rag.attribution.decode import Floats
from rag.attribution.pieces import CLS, MASK, OTHER, SEP, Ints, Pieces, Window, cut_pieces, cut_windows
from training.data import Example, vary_quotes
from training.labels import NONE, UNKNOWN, Labels, label_pieces

SORTED_TOGETHER = 64
"""Batches are cut from this many batches' worth of windows sorted by length, so that little is padding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How windows are made. `quotes`: share of articles whose quotation marks are changed; `masked`: the
    shares of words hidden behind [MASK], of which one is drawn a window; `context`: the left contexts, in pieces, of
    which one is drawn an article; `emphasis`: what the pieces of `training.emphasis` weigh, others weighing 1."""

    size: int = 256
    context: tuple[int, ...] = (0, 32, 64)
    quotes: float = 0.2
    masked: tuple[float, ...] = (0.0, 0.0, 0.1)
    batch: int = 8
    emphasis: float = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One window, [CLS] and [SEP] added, with labels; links count positions in the window and 0 is none."""

    ids: Ints
    case: Ints
    layout: Ints
    tags: Ints
    cue_of: Ints
    source_of: Ints
    weight: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Everything [b, n]; `mask` is True where there is a piece, labels are UNKNOWN where there is none."""

    ids: Tensor
    case: Tensor
    layout: Tensor
    mask: Tensor
    tags: Tensor
    cue_of: Tensor
    source_of: Tensor
    weight: Tensor


def _links(links: Ints, window: Window) -> Ints:
    """Targets as positions in the window. One that the window does not hold is UNKNOWN."""
    shifted = links - window.start + 1
    inside = (links >= window.start) & (links < window.end)
    return np.where(links == NONE, 0, np.where(inside, shifted, UNKNOWN))


def make_row(pieces: Pieces, labels: Labels, window: Window) -> Row:
    cut = slice(window.start, window.end)

    def framed(values: Ints, left: int, right: int) -> Ints:
        return np.concatenate(([left], values, [right]))

    return Row(
        ids=framed(pieces.ids[cut], CLS, SEP),
        case=framed(pieces.case[cut], OTHER, OTHER),
        layout=framed(pieces.layout[cut], 0, 0),
        tags=framed(labels.tags[cut], UNKNOWN, UNKNOWN),
        cue_of=framed(_links(labels.cue_of[cut], window), UNKNOWN, UNKNOWN),
        source_of=framed(_links(labels.source_of[cut], window), UNKNOWN, UNKNOWN),
        weight=np.concatenate(([0], labels.weight[cut], [0])).astype(np.float32),
    )


def _rows(example: Example, tokenizer: Tokenizer, rng: random.Random, making: Making) -> Iterator[Row]:
    example = vary_quotes(example, rng, share=making.quotes)
    pieces = cut_pieces(example.text, tokenizer)
    labels = label_pieces(pieces, example, emphasis=making.emphasis)
    size, context = making.size - 2, rng.choice(making.context)
    for window in cut_windows(pieces, size=size, context=context, first=rng.randint(size // 4, size)):
        row = make_row(pieces, labels, window)
        row.ids[1:-1][_hidden(pieces.word[window.start : window.end], rng.choice(making.masked), rng)] = MASK
        yield row


def _hidden(word: Ints, share: float, rng: random.Random) -> NDArray[np.bool_]:
    """The pieces of a `share` of the words; `word` numbers the word of each piece."""
    drawn = {int(i) for i in np.unique(word) if rng.random() < share}
    return np.array([int(i) in drawn for i in word], dtype=bool)


def _stack(rows: Sequence[Row]) -> Batch:
    n = max(len(row.ids) for row in rows)

    def stacked(name: str, fill: int) -> Tensor:
        arrays = [getattr(row, name) for row in rows]
        padded = [np.pad(a, (0, n - len(a)), constant_values=fill) for a in arrays]
        return torch.from_numpy(np.stack(padded))

    mask = np.stack([np.arange(n) < len(row.ids) for row in rows])
    labels = {name: stacked(name, UNKNOWN) for name in ("tags", "cue_of", "source_of")}
    inputs = {name: stacked(name, 0) for name in ("ids", "case", "layout", "weight")}
    return Batch(mask=torch.from_numpy(mask), **inputs, **labels)


def make_epoch(examples: Sequence[Example], tokenizer: Tokenizer, rng: random.Random, making: Making) -> list[Batch]:
    """All articles once, in a new order, cut at other places than the epoch before."""
    rows = [row for example in examples for row in _rows(example, tokenizer, rng, making)]
    rng.shuffle(rows)
    pool = making.batch * SORTED_TOGETHER
    batches: list[Batch] = []
    for i in range(0, len(rows), pool):
        some = sorted(rows[i : i + pool], key=lambda row: len(row.ids))
        batches += [_stack(some[j : j + making.batch]) for j in range(0, len(some), making.batch)]
    rng.shuffle(batches)
    return batches
