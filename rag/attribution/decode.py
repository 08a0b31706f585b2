"""From the tagger's scores to spans and links: constrained Viterbi over the tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.attribution.pieces import Ints, Pieces, Window

Floats = NDArray[np.float32]

OUTSIDE = 0
BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT = 1, 3, 5
"""The tag of a span's first piece; the next number is that of its other pieces (BIO)."""
TAGS = 7

IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the tagger says about every piece of a text, as log probabilities.

    `tags` [n, 7]. `links` [2, n, w]: from piece i, position 0 is "none" and position p is piece `origin[i] + p - 1`.
    """

    tags: Floats
    links: Floats
    origin: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """Added to a tag's log probability before decoding: above 0 finds more spans of that role, below 0 fewer."""

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Pieces [first, last], both included, that one role covers; `score` is their mean probability of that role."""

    first: int
    last: int
    score: float


def log_softmax(x: Floats) -> Floats:
    shifted = x - x.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def join_windows(windows: Sequence[Window], scores: Sequence[tuple[Floats, Floats]]) -> Scores:
    """Put together what the windows say about their cores. A pair of scores: tags [m, 7], links [2, m, m], with [CLS]
    first and [SEP] last."""
    width = max(links.shape[-1] for _, links in scores) - 1
    total = windows[-1].end
    tags = np.empty((total, TAGS), dtype=np.float32)
    joined = np.full((2, total, width), IMPOSSIBLE, dtype=np.float32)
    origin = np.empty(total, dtype=np.int64)
    for window, (tag_scores, link_scores) in zip(windows, scores, strict=True):
        core, inner = slice(window.core, window.end), slice(window.core - window.start + 1, -1)
        tags[core] = log_softmax(tag_scores[inner])
        joined[:, core, : link_scores.shape[-1] - 1] = log_softmax(link_scores[:, inner, :-1])
        origin[core] = window.start
    return Scores(tags=tags, links=joined, origin=origin)


def find_runs(pieces: Pieces, tags: Floats, weighing: Weighing) -> dict[int, list[Run]]:
    """The best sequence of tags in each paragraph, as runs by role (the key is the tag that begins the role).

    A run begins and ends with whole words and never leaves its paragraph. Viterbi over words, all paragraphs at once.
    """
    runs: dict[int, list[Run]] = {BEGIN_SOURCE: [], BEGIN_CUE: [], BEGIN_CONTENT: []}
    if not len(pieces):
        return runs
    added = np.array([0, *(w for w in (weighing.source, weighing.cue, weighing.content) for _ in "BI")], np.float32)
    weighed = tags + added
    opens = np.flatnonzero(np.diff(pieces.word, prepend=-1))
    inside = weighed[:, [0, 2, 2, 4, 4, 6, 6]]
    per_word = np.add.reduceat(inside, opens, axis=0)
    for begin in runs:
        per_word[:, begin] += weighed[opens, begin] - weighed[opens, begin + 1]
    paragraph = pieces.paragraph[opens]
    best = _viterbi(per_word, paragraph)
    # Lists from here on: single numbers are slow to take out of arrays.
    tag, place, edges = best.tolist(), paragraph.tolist(), [*opens.tolist(), len(pieces)]
    probabilities = np.exp(tags)
    of_role = {begin: probabilities[:, begin] + probabilities[:, begin + 1] for begin in runs}
    for start in np.flatnonzero(best % 2 == 1).tolist():
        begin, stop = tag[start], start + 1
        while stop < len(tag) and tag[stop] == begin + 1 and place[stop] == place[start]:
            stop += 1
        first, last = edges[start], edges[stop] - 1
        score = float(of_role[begin][first : last + 1].mean())
        runs[begin].append(Run(first=first, last=last, score=score))
    return runs


def _allowed() -> Floats:
    """[from, to]: a span's inner tag follows only its own begin or inner tag."""
    table = np.zeros((TAGS, TAGS), dtype=np.float32)
    for begin in (BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT):
        table[:, begin + 1] = IMPOSSIBLE
        table[[begin, begin + 1], begin + 1] = 0
    return table


_ALLOWED = _allowed()


def _viterbi(emissions: Floats, paragraph: Ints) -> Ints:
    """The best tags [n] for `emissions` [n, 7], each paragraph by itself."""
    opens = np.flatnonzero(np.diff(paragraph, prepend=-1))
    lengths = np.diff(np.append(opens, len(paragraph)))
    longest = int(lengths.max())
    column = np.arange(len(paragraph)) - np.repeat(opens, lengths)
    row = np.repeat(np.arange(len(opens)), lengths)
    table = np.zeros((len(opens), longest, TAGS), dtype=np.float32)
    table[row, column] = emissions
    back = np.zeros((longest, len(opens), TAGS), dtype=np.int64)
    reached = np.empty_like(table)
    at = reached[:, 0] = table[:, 0] + _ALLOWED[OUTSIDE]
    for t in range(1, longest):
        ways = at[:, :, None] + _ALLOWED
        back[t] = ways.argmax(axis=1)
        at = reached[:, t] = ways.max(axis=1) + table[:, t]
    path = np.zeros((len(opens), longest), dtype=np.int64)
    everyone = np.arange(len(opens))
    ends = reached[everyone, lengths - 1].argmax(axis=1)
    tag = ends
    for t in range(longest - 1, -1, -1):
        path[:, t] = tag = np.where(lengths == t + 1, ends, tag)  # beyond a paragraph: not looked at
        tag = back[t, everyone, tag]
    result: Ints = path[row, column]
    return result
