"""Traits from late interaction: how near a claim's and a passage's words are to each word of the question.

A claim is read in its passage: its own words with those that name its speaker, what stands near it, and all of the
passage under its headline. A question's word may be answered by any of the three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.types import Span
from rag.late import FAR, Asked, Codes, compare, nearest
from rag.retrieval.search import Hits, Indexes, passages_under
from rag.retrieval.shortlist import Shortlist
from rag.retrieval.traits import Traits
from rag.store.entries import StoredUnit
from rag.types import Claim

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rag.store.words import WordIndex

    Array = NDArray[np.float32]

NEAR = 250
"""Characters before and after a claim that count as near it."""
SPEAKER_WITHIN = 300
"""Characters between a piece of a claim and the words that name its speaker, for them to be read as one."""
WORDED_TRAITS = frozenset(
    """
    late_claim late_claim_rare late_claim_weak late_near late_near_rare late_passage late_passage_rare late_passage_weak
    late_elsewhere late_words late_words_rare late_words_weak late_words_below_best
    """.split()
)
"""The traits of this module, of pieces and of passages."""
_WEAK = 3  # the third of a question's words that a text answers worst
_TITLE = -1  # the place of a word that stands above the passage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """A passage's words against the question's: cosines, shape (q, n), and where in its text each starts, rising, (n,).

    `above` is the length of the title that precedes the passage in its text.
    """

    span: Span
    above: int
    cosines: Array
    starts: NDArray[np.int64]

    def within(self, span: Span) -> Array:
        """For each word of the question the nearest word of the passage that starts in a span of the article."""
        before = self.above - self.span.start  # from an offset into the article to one into the text
        first, end = np.searchsorted(self.starts, (max(span.start + before, self.above), span.end + before))
        return nearest(self.cosines[:, first:end])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Worded:
    """The passages that were found, compared with a question's words, and their traits."""

    asked: Asked
    compared: Mapping[int, Compared]
    units: Mapping[int, StoredUnit]
    traits: Traits


def word_passages(passages: Hits, *, asked: Asked, words: WordIndex) -> Worded | None:
    """Compare passages with a question; None where any has no codes yet."""
    units = {unit.id: unit for unit in passages.units}
    compared = _compare(asked, units, words)
    if compared is None:
        return None
    traits = passage_wording([compared[unit.id] for unit in passages.units], asked.weights)
    return Worded(asked=asked, compared=compared, units=units, traits=traits)


def word_pieces(shortlist: Shortlist, worded: Worded, *, indexes: Indexes, words: WordIndex) -> Shortlist | None:
    """The shortlist with these traits too; None where a passage that a piece stands in has no codes yet."""
    known = list(worded.units.values())
    others = {unit.id: unit for unit in passages_under(shortlist.pieces, indexes.ledger, known=known)}
    compared = _compare(worded.asked, others, words)
    if compared is None:
        return None
    by_article: dict[str, list[Compared]] = {}
    for units, done in ((worded.units, worded.compared), (others, compared)):
        for one, unit in units.items():
            by_article.setdefault(unit.article_id, []).append(done[one])
    return replace(shortlist, traits=shortlist.traits | piece_wording(shortlist, by_article, worded.asked.weights))


def _compare(asked: Asked, units: Mapping[int, StoredUnit], words: WordIndex) -> dict[int, Compared] | None:
    codes = words.codes(list(units))
    return compare_words(asked, units, codes) if len(codes) == len(units) else None


def compare_words(asked: Asked, units: Mapping[int, StoredUnit], codes: Mapping[int, Codes]) -> dict[int, Compared]:
    """Compare the words of passages with those of a question."""
    cosines = compare(asked, [codes[one] for one in units])
    return {
        one: Compared(span=unit.span, above=above(unit), cosines=near, starts=codes[one].starts)
        for (one, unit), near in zip(units.items(), cosines, strict=True)
    }


def above(unit: StoredUnit) -> int:
    """How many characters of a passage's text are its title, which may precede it."""
    return len(unit.text) - len(unit.span)


def in_article(unit: StoredUnit, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Offsets into a passage's text, which its title may precede, as offsets into the article."""
    return np.where(starts < above(unit), _TITLE, starts - above(unit) + unit.span.start)


def piece_wording(shortlist: Shortlist, by_article: Mapping[str, Sequence[Compared]], weights: Array) -> Traits:
    """How near each piece's words, those near it and its passage's are: on average, by rarity, and at the worst."""
    said, near, around = [], [], []
    for claim, unit in zip(shortlist.claims, shortlist.pieces, strict=True):
        window = claim_window(claim, unit.span)
        wide = Span(max(0, window.start - NEAR), window.end + NEAR)
        here = [one for one in by_article.get(unit.article_id, ()) if one.span.overlaps(unit.span)]
        said.append(_best([one.within(window) for one in here], len(weights)))
        near.append(_best([one.within(wide) for one in here], len(weights)))
        around.append(_best([nearest(one.cosines) for one in here], len(weights)))
    own, beside, whole = (
        np.array(values, dtype=np.float32).reshape(-1, len(weights)) for values in (said, near, around)
    )
    return {
        "late_claim": own.mean(axis=1),
        "late_claim_rare": own @ weights,
        "late_claim_weak": _weakest(own),
        "late_near": beside.mean(axis=1),
        "late_near_rare": beside @ weights,
        "late_passage": whole.mean(axis=1),
        "late_passage_rare": whole @ weights,
        "late_passage_weak": _weakest(whole),
        "late_elsewhere": np.maximum(whole - own, 0) @ weights,
    }


def passage_wording(compared: Sequence[Compared], weights: Array) -> Traits:
    """The same for passages as wholes."""
    whole = np.array([nearest(one.cosines) for one in compared], dtype=np.float32).reshape(-1, len(weights))
    rare = whole @ weights
    return {
        "late_words": whole.mean(axis=1),
        "late_words_rare": rare,
        "late_words_weak": _weakest(whole),
        "late_words_below_best": rare - rare.max(initial=-1.0),
    }


def claim_window(claim: Claim, piece: Span) -> Span:
    """A piece of a claim with the words that name its speaker, where they stand near."""
    start, end = piece.start, piece.end
    for span in (*claim.source, *claim.cue):
        if span.start < start and start - span.end < SPEAKER_WITHIN:
            start = span.start
        if span.end > end and span.start - end < SPEAKER_WITHIN:
            end = span.end
    return Span(start, end)


def _best(found: Sequence[Array], length: int) -> Array:
    return np.max(found, axis=0) if len(found) else np.full(length, FAR, dtype=np.float32)


def _weakest(values: Array) -> Array:
    third = max(1, values.shape[1] // _WEAK)
    weakest: Array = np.sort(values, axis=1)[:, :third].mean(axis=1)
    return weakest
