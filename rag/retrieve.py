"""Query -> passages and claims, best first.

Two rankings of claims and two of passages (by meaning, from vectors; by words, BM25) are fused by rank: reciprocal
rank fusion, Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114. A claim also earns what the passage around it
earns, because a question often names what stands beside the claim and not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from corpus.types import Span
from rag.question import Query
from rag.types import Claim

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings

    from rag.store.entries import StoredUnit
    from rag.store.keywords import KeywordIndex
    from rag.store.ledger import Ledger
    from rag.store.vectors import VectorIndex

Item = TypeVar("Item", bound=Hashable)

RANK_CONSTANT = 60
CLAIM_DEPTH = 150
PASSAGE_DEPTH = 50
SECOND_LOOK = 24
"""Claims whose own words are compared with the question's topic: about fifty milliseconds on two cores."""
OWN_WORDS_WEIGHT = 2.0
"""How often the ranking by a claim's own words counts, where each of the other four counts once."""
STANCE_BONUS = 0.25
"""What a claim of the stance that is asked for gains, as a share of its score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim, the piece of it that fits best, its fused score, and how near its own words are to the topic.

    `similarity` (cosine) leaves headline and speaker out, which every claim of an article shares; it is 1
    where no topic is asked.
    """

    claim: Claim
    piece: Span
    score: float
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage: where it stands, its fused score and its similarity (cosine) to the question."""

    article: str
    span: Span
    score: float
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found, best first."""

    claims: tuple[FoundClaim, ...]
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """The indexes that a query is put to, and the model that embeds it."""

    ledger: Ledger
    vectors: VectorIndex
    keywords: KeywordIndex
    embeddings: Embeddings

    def retrieve(self, query: Query) -> Evidence:
        """Find the claims and passages that fit a query; both are empty where nothing does."""
        import numpy as np

        vector = np.asarray(self.embeddings.embed_query(query.text), dtype=np.float32)
        passages = self._rank(query, "passage", vector, depth=PASSAGE_DEPTH)
        claims = self._rank(query, "claim", vector, depth=CLAIM_DEPTH)
        return Evidence(
            claims=self._claims(query, claims, passages=passages),
            passages=tuple(
                FoundPassage(article=unit.article_id, span=unit.span, score=score, similarity=similarity)
                for unit, score, similarity in passages
            ),
        )

    def _rank(
        self, query: Query, kind: Literal["passage", "claim"], vector: np.ndarray, *, depth: int
    ) -> list[tuple[StoredUnit, float, float]]:
        among = self._among(query, kind)
        if among is not None and not among:
            return []
        dense = self.vectors.search(kind, vector, depth, among=among)
        words = self.keywords.search(kind, query.text, depth, among=among)
        scores = fuse([unit for unit, _ in dense], [unit for unit, _ in words])
        similarity = dict(dense)
        missing = [unit for unit in scores if unit not in similarity]
        if missing:
            similarity.update(zip(missing, (self.ledger.vectors(missing) @ vector).tolist(), strict=True))
        ranked = sorted(scores, key=lambda unit: (-scores[unit], unit))
        units = {unit.id: unit for unit in self.ledger.stored_units(ranked)}
        return [(units[unit], scores[unit], similarity[unit]) for unit in ranked if unit in units]

    def _among(self, query: Query, kind: Literal["passage", "claim"]) -> list[int] | None:
        """The units that the query's filters leave, None where it has none."""
        speakers = [party.id for party in query.speakers] if kind == "claim" else []
        if not (speakers or query.outlets or query.since or query.until):
            return None
        return self.ledger.unit_ids(
            kind,
            outlets=query.outlets or None,
            party_ids=speakers or None,
            since=query.since,
            until=query.until,
        )

    def _claims(
        self,
        query: Query,
        ranked: Sequence[tuple[StoredUnit, float, float]],
        *,
        passages: Sequence[tuple[StoredUnit, float, float]],
    ) -> tuple[FoundClaim, ...]:
        around: dict[str, list[tuple[Span, float]]] = defaultdict(list)
        for passage, score, _ in passages:
            around[passage.article_id].append((passage.span, score))
        best: dict[str, tuple[float, float, StoredUnit]] = {}
        for unit, score, similarity in ranked:
            context = max((s for span, s in around[unit.article_id] if span.overlaps(unit.span)), default=0.0)
            total = score + context
            if unit.owner_id not in best or total > best[unit.owner_id][0]:
                best[unit.owner_id] = (total, similarity, unit)
        claims = {claim.id: claim for claim in self.ledger.claims(list(best))}
        found = [
            FoundClaim(
                claim=claims[owner],
                piece=unit.span,
                score=total * (1 + STANCE_BONUS * (claims[owner].stance in query.stances)),
                similarity=similarity,
            )
            for owner, (total, similarity, unit) in best.items()
            if owner in claims
        ]
        looked = self._look_again(query, sorted(found, key=_best_first)[:SECOND_LOOK])
        return tuple(sorted(looked, key=_best_first))

    def _look_again(self, query: Query, found: Sequence[FoundClaim]) -> list[FoundClaim]:
        """Compare the claims' own words, without the headline above them, with the topic; a ranking more to fuse."""
        import numpy as np

        if not found or not query.topic:
            return [replace(claim, similarity=1.0) for claim in found]
        articles = {claim.claim.article: self.ledger.article(claim.claim.article) for claim in found}
        words = [claim.piece.of(article.text) if (article := articles[claim.claim.article]) else "" for claim in found]
        topic, *own = np.asarray(self.embeddings.embed_documents([query.topic, *words]), dtype=np.float32)
        similar = {claim.claim.id: float(vector @ topic) for claim, vector in zip(found, own, strict=True)}
        earned = fuse(sorted(similar, key=lambda claim: -similar[claim]))
        return [
            replace(
                claim,
                score=claim.score + OWN_WORDS_WEIGHT * earned[claim.claim.id],
                similarity=similar[claim.claim.id],
            )
            for claim in found
        ]


def _best_first(found: FoundClaim) -> tuple[float, str]:
    return -found.score, found.claim.id


def fuse(*rankings: Iterable[Item]) -> dict[Item, float]:
    """Reciprocal rank fusion: each ranking gives 1 / (60 + rank) to what it lists, ranks counted from 1."""
    scores: dict[Item, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] += 1 / (RANK_CONSTANT + rank)
    return dict(scores)
