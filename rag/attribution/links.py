"""From spans to attributions: every content to the cue, every cue to the source, to which the tagger's links point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.attribution.decode import BEGIN_CONTENT, BEGIN_CUE, BEGIN_SOURCE, Floats, Run, Scores
from rag.attribution.pieces import Ints

TO_CUE, TO_SOURCE = 0, 1
"""The two kinds of links: from a content's piece to its cue, from a cue's piece to its source."""

Runs = dict[int, list[Run]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One attribution in pieces. `links` are the mean probabilities of content → cue and cue → source (or → none)."""

    source: Run | None
    cue: Run
    contents: tuple[Run, ...]
    links: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """How far links are trusted. A content whose best link to a cue is below `least` is left out; a cue has a source
    where its best link to one is at least `named` times as likely as its link to none."""

    least: float = 0.3
    named: float = 1.0


def mean_links(scores: Scores, kind: int, run: Run) -> tuple[int, Floats]:
    """The mean probability [w] that the run's pieces link to each position, and the piece before position 1.

    Where a long paragraph was cut inside the run, the first window speaks for all of it.
    """
    rows = slice(run.first, run.last + 1)
    origin = scores.origin[rows]
    mean: Floats = np.exp(scores.links[kind, rows][origin == origin[0]]).mean(axis=0)
    return int(origin[0]) - 1, mean


def _ends(runs: Sequence[Run]) -> Ints:
    """The first and the last piece of each run, as rows: [2, len(runs)]."""
    return np.array([[run.first for run in runs], [run.last for run in runs]], dtype=np.int64)


def _to(before: int, mean: Floats, targets: Ints) -> Floats:
    """The probability of a link to each target, whichever of its pieces the link meets: [len(targets)].

    `targets` are the ends of runs, as `_ends` gives them.
    """
    cumulated = np.concatenate(([0.0], np.cumsum(mean)))
    low, high = np.minimum(np.maximum(targets - before + [[0], [1]], 1), len(mean))
    found: Floats = cumulated[np.maximum(high, low)] - cumulated[low]
    return found


def group_runs(scores: Scores, runs: Runs, linking: Linking) -> list[Group]:
    """Make attributions of runs, in the order of their cues. A cue without content makes none, nor does a content that
    links lead from to no cue."""
    sources, cues = runs[BEGIN_SOURCE], runs[BEGIN_CUE]
    to_cues, to_sources = _ends(cues), _ends(sources)
    of_cue: dict[int, list[tuple[Run, float]]] = {}
    for content in runs[BEGIN_CONTENT] if cues else ():
        found = _to(*mean_links(scores, TO_CUE, content), to_cues)
        best = int(found.argmax())
        if found[best] >= linking.least:
            of_cue.setdefault(best, []).append((content, float(found[best])))
    return [
        _group(scores, cues[i], linked, (sources, to_sources), linking.named) for i, linked in sorted(of_cue.items())
    ]


def _group(
    scores: Scores,
    cue: Run,
    linked: Sequence[tuple[Run, float]],
    known: tuple[Sequence[Run], Ints],
    least_named: float,
) -> Group:
    sources, ends = known
    before, mean = mean_links(scores, TO_SOURCE, cue)
    found = _to(before, mean, ends) if sources else np.zeros(1, dtype=np.float32)
    best, none = int(found.argmax()), float(mean[0])
    named = bool(sources) and found[best] >= least_named * none
    sizes = [run.last - run.first + 1 for run, _ in linked]
    to_cue = sum(p * n for (_, p), n in zip(linked, sizes, strict=True)) / sum(sizes)
    return Group(
        source=sources[best] if named else None,
        cue=cue,
        contents=tuple(run for run, _ in linked),
        links=(to_cue, float(found[best]) if named else none),
    )
