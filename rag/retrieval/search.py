"""A query put to the indexes: passages and pieces of claims, each with its scores by meaning and by words.

Both kinds are searched by meaning (cosine of vectors) and by words (BM25). A question often names what stands beside a
claim and not in it, so the claims that stand in the best passages are candidates too, whatever their own scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from corpus.types import Span
from rag.question import Query
from rag.store.entries import Kind, StoredUnit

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

    from rag.store.keywords import KeywordIndex
    from rag.store.ledger import Ledger
    from rag.store.vectors import VectorIndex

    Vector = NDArray[np.float32]

Item = TypeVar("Item", bound=Hashable)

CLAIM_DEPTH = 150
"""Pieces of claims taken from each of the two rankings."""
PASSAGE_DEPTH = 50
"""Passages taken from each of the two rankings, and of both together, those whose claims are candidates."""
WORD_DEPTH = 200
"""Passages that tell how often the words of the question occur in an article."""
RANK_CONSTANT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """What is searched, and the model that embeds the question."""

    ledger: Ledger
    vectors: VectorIndex
    keywords: KeywordIndex
    embeddings: Embeddings


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Units with their cosine, BM25 and fused rank score, arrays of shape (n,), in no order."""

    units: tuple[StoredUnit, ...]
    cosine: Vector
    words: Vector
    fused: Vector

    def __len__(self) -> int:
        return len(self.units)


def search_passages(query: Query, vector: Vector, indexes: Indexes) -> Hits:
    """Passages by meaning and by words; those that only share words are there to weigh their articles."""
    among = _among(query, "passage", indexes.ledger)
    near = indexes.vectors.search("passage", vector, PASSAGE_DEPTH, among=among)
    worded = indexes.keywords.search("passage", query.text, WORD_DEPTH, among=among)
    return _hits(near, worded, vector, indexes.ledger, fused=fuse(_ids(near), _ids(worded)[:PASSAGE_DEPTH]))


def search_claims(query: Query, vector: Vector, indexes: Indexes, *, passages: Hits) -> Hits:
    """Pieces of claims by meaning and by words, and those that stand in the best passages."""
    among = _among(query, "claim", indexes.ledger)
    near = indexes.vectors.search("claim", vector, CLAIM_DEPTH, among=among)
    worded = indexes.keywords.search("claim", query.text, CLAIM_DEPTH, among=among)
    beside = _standing_in(best_passages(passages), indexes.ledger, among=among)
    found = list(dict.fromkeys((*_ids(near), *_ids(worded), *beside)))
    words = dict(indexes.keywords.search("claim", query.text, len(found), among=found)) if found else {}
    return _hits(near, [(one, words.get(one, 0.0)) for one in found], vector, indexes.ledger, fused={})


def best_passages(passages: Hits) -> list[StoredUnit]:
    """The passages of the best fused scores, best first."""
    order = np.argsort(-passages.fused, kind="stable")[:PASSAGE_DEPTH]
    return [passages.units[at] for at in order if passages.fused[at] > 0]


def fuse(*rankings: Iterable[Item]) -> dict[Item, float]:
    """Reciprocal rank fusion: each ranking gives 1 / (60 + rank) to what it lists, ranks counted from 1.

    Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114.
    """
    scores: dict[Item, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] += 1 / (RANK_CONSTANT + rank)
    return dict(scores)


def _ids(hits: Sequence[tuple[int, float]]) -> list[int]:
    return [one for one, _ in hits]


def _among(query: Query, kind: Kind, ledger: Ledger) -> list[int] | None:
    """The units that the query's filters leave, None where it has none."""
    speakers = [party.id for party in query.speakers] if kind == "claim" else []
    if not (speakers or query.outlets or query.since or query.until):
        return None
    return ledger.unit_ids(
        kind, outlets=query.outlets or None, party_ids=speakers or None, since=query.since, until=query.until
    )


def _standing_in(passages: Sequence[StoredUnit], ledger: Ledger, *, among: Sequence[int] | None) -> list[int]:
    """The pieces of claims that overlap one of these passages."""
    places: dict[str, list[Span]] = defaultdict(list)
    for passage in passages:
        places[passage.article_id].append(passage.span)
    found = ledger.overlapping("claim", places)
    if among is None:
        return found
    kept = set(among)
    return [one for one in found if one in kept]


def passages_under(
    pieces: Sequence[StoredUnit], ledger: Ledger, *, known: Sequence[StoredUnit] = ()
) -> list[StoredUnit]:
    """The passages that these pieces of claims stand in, but for those that are known."""
    places: dict[str, list[Span]] = defaultdict(list)
    for piece in pieces:
        places[piece.article_id].append(piece.span)
    seen = {passage.id for passage in known}
    found = [key for key in ledger.overlapping("passage", places) if key not in seen]
    return ledger.stored_units(found)


def _hits(
    near: Sequence[tuple[int, float]],
    worded: Sequence[tuple[int, float]],
    vector: Vector,
    ledger: Ledger,
    *,
    fused: dict[int, float],
) -> Hits:
    words = dict(worded)
    stored = tuple(ledger.stored_units(list(dict.fromkeys((*_ids(near), *words)))))
    matrix = np.stack([unit.vector for unit in stored]) if stored else np.zeros((0, len(vector)), dtype=np.float32)
    return Hits(
        units=stored,
        cosine=matrix @ vector,
        words=np.array([words.get(unit.id, 0.0) for unit in stored], dtype=np.float32),
        fused=np.array([fused.get(unit.id, 0.0) for unit in stored], dtype=np.float32),
    )
