"""Which attribution relays which: "Tarn News reported that Ruiz said ..." holds an inner attribution in its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.types import Span
from rag.types import Attribution


def nest(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Set `outer` by containment and settle overlaps; in the order of the text.

    An attribution whose cue and content lie within the content of another is inner to the smallest such one. Of two
    that overlap without one holding the other, the more confident stays, then the longer. A given `outer` is kept.
    """
    return tuple(made for cluster in _clusters(attributions) for made in _nest(cluster))


def _clusters(attributions: Sequence[Attribution]) -> Iterator[list[Attribution]]:
    """Runs of attributions whose extents overlap: only within one can any be nested or in conflict."""
    cluster: list[Attribution] = []
    reach = 0
    for extent, made in sorted(((_extent(a), a) for a in attributions), key=lambda found: found[0].start):
        if cluster and extent.start >= reach:
            yield cluster
            cluster = []
        cluster.append(made)
        reach = max(reach, extent.end)
    if cluster:
        yield cluster


def _nest(attributions: list[Attribution]) -> list[Attribution]:
    if len(attributions) == 1:
        return attributions
    kept: list[Attribution] = []
    for made in sorted(attributions, key=lambda a: (-a.confidence, -_length(a))):
        if not any(_conflict(made, other) for other in kept):
            kept.append(made)
    kept.sort(key=lambda a: (-_length(a), a.content[0].start))
    nested: list[Attribution] = []
    for made in kept:
        holders = [o for o in nested if made.outer is None and _holds(o, made)]
        nested.append(replace(made, outer=min(holders, key=_length)) if holders else made)
    return sorted(nested, key=lambda a: (_extent(a).start, -_length(a)))


def _extent(a: Attribution) -> Span:
    pieces = (*a.source, *a.cue, *a.content)
    return Span(min([p.start for p in pieces]), max([p.end for p in pieces]))


def _length(a: Attribution) -> int:
    return sum(len(p) for p in a.content)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Cue and content of `inner` lie within the content of `outer`."""
    return outer is not inner and all(_within(p, outer.content) for p in (*inner.cue, *inner.content))


def _within(span: Span, pieces: Sequence[Span]) -> bool:
    return any(piece.contains(span) for piece in pieces)


def _conflict(a: Attribution, b: Attribution) -> bool:
    if a.outer == b or b.outer == a:
        return False
    if _holds(a, b) or _holds(b, a):
        return any(x.overlaps(y) for x in a.cue for y in b.cue)
    mine, theirs = (*a.cue, *a.content), (*b.cue, *b.content)
    if any(x.overlaps(y) for x in mine for y in theirs):
        return True
    # a content may not swallow the other's source
    return any(x.overlaps(y) for x in a.content for y in b.source) or any(
        x.overlaps(y) for x in b.content for y in a.source
    )
