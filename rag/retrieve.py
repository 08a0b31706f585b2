"""Query -> passages and claims, best first.

Passages and pieces of claims are searched by meaning and by words; weighted traits of each, the weights learnt on
questions over other articles (see training/README.md), order them. The best pieces are looked at again with the claims
that they belong to (who speaks, with which stance, through whom) and word by word, in their passages.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rag.question import Query
from rag.retrieval.evidence import Evidence, FoundClaim, FoundPassage
from rag.retrieval.nearness import nearness
from rag.retrieval.ranker import Rankers, Ranking, default_rankers
from rag.retrieval.search import PASSAGE_DEPTH, Hits, Indexes, fuse, search_passages
from rag.retrieval.shortlist import Shortlist, make_shortlist
from rag.retrieval.traits import passage_traits
from rag.retrieval.wording import word_passages, word_pieces

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

    from rag.late import Asked
    from rag.store.keywords import KeywordIndex
    from rag.store.ledger import Ledger
    from rag.store.vectors import VectorIndex
    from rag.store.words import WordIndex

__all__ = ["Evidence", "FoundClaim", "FoundPassage", "Searcher", "fuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """The indexes that a query is put to, the model that embeds it, and the learnt rankings.

    Without `words`, or while passages are not in it yet, what is found is ordered without comparing word by word.
    """

    ledger: Ledger
    vectors: VectorIndex
    keywords: KeywordIndex
    embeddings: Embeddings
    words: WordIndex | None = None
    rankers: Rankers = field(default_factory=default_rankers)

    def retrieve(self, query: Query) -> Evidence:
        """Find the claims and passages that fit a query; both are empty where nothing does.

        Each index is looked up once, and the ledger read as of then: what is written meanwhile is for the next query.
        """
        stamp = self.ledger.stamp()
        with ExitStack() as stack:
            for index in (self.vectors, self.keywords, self.words):
                if index is not None:
                    stack.enter_context(index.held(stamp))
            stack.enter_context(self.ledger.one_view())
            return self._found(query)

    def _found(self, query: Query) -> Evidence:
        indexes = Indexes(ledger=self.ledger, vectors=self.vectors, keywords=self.keywords, embeddings=self.embeddings)
        vector, asked = self._encode(query.text)
        passages = search_passages(query, vector, indexes)
        traits, ranking = passage_traits(passages), self.rankers.plain
        worded = word_passages(passages, asked=asked, words=self.words) if asked and self.words else None
        if worded:
            traits, ranking = traits | worded.traits, self.rankers.worded
        gains = self._gains(query, passages)
        standing = order = ranking.passages.score(traits) + gains
        shortlist = make_shortlist(query, vector, indexes, passages=passages, standing=standing, ranker=ranking.pieces)
        if worded and self.words:
            compared = word_pieces(shortlist, worded, indexes=indexes, words=self.words)
            if compared:
                shortlist = compared
            else:  # a passage of these pieces has no codes yet
                ranking = self.rankers.plain
                order = ranking.passages.score(traits) + gains
        scores = ranking.claims.score(shortlist.traits)
        return Evidence(
            claims=_found_claims(shortlist, scores, ranking),
            passages=_found_passages(passages, order),
            answerable=ranking.answerable.probability(_best(query, shortlist, scores)) if len(scores) else 0.0,
        )

    def _encode(self, text: str) -> tuple[NDArray[np.float32], Asked | None]:
        """A question's vector and its words, by both encoders at once: each runs on one thread."""
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(self.words.ask, text) if self.words else None
            vector = np.asarray(self.embeddings.embed_query(text), dtype=np.float32)
            return vector, asked.result() if asked else None

    def _gains(self, query: Query, passages: Hits) -> NDArray[np.float32]:
        """What each passage gains by when it was published, where the question is about these days."""
        if query.near is None:
            return np.zeros(len(passages.units), dtype=np.float32)
        days = self.ledger.days([unit.article_id for unit in passages.units])
        return nearness(passages.units, days, date.fromisoformat(query.near))


def _found_passages(passages: Hits, scores: NDArray[np.float32]) -> tuple[FoundPassage, ...]:
    found = [
        FoundPassage(article=unit.article_id, span=unit.span, score=score, similarity=similarity)
        for unit, score, similarity in zip(passages.units, scores.tolist(), passages.cosine.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda passage: (-passage.score, passage.article, passage.span)))[:PASSAGE_DEPTH]


def _found_claims(shortlist: Shortlist, scores: NDArray[np.float32], ranking: Ranking) -> tuple[FoundClaim, ...]:
    """Each claim once, with its best piece."""
    best: dict[str, FoundClaim] = {}
    for at in np.argsort(-scores, kind="stable"):
        claim, score = shortlist.claims[at], float(scores[at])
        if claim.id not in best:
            numbers = {"score": score, "below_best": score - float(scores.max())}
            best[claim.id] = FoundClaim(
                claim=claim,
                piece=shortlist.pieces[at].span,
                score=score,
                similarity=float(shortlist.traits["cosine"][at]),
                relevance=ranking.relevance.probability(numbers),
            )
    return tuple(sorted(best.values(), key=lambda found: (-found.score, found.claim.id)))


def _best(query: Query, shortlist: Shortlist, scores: NDArray[np.float32]) -> Mapping[str, float]:
    """The numbers of the piece with the best score, and whether a party is asked for."""
    best = int(np.argmax(scores))
    told = {name: float(values[best]) for name, values in shortlist.traits.items()}
    return {"score": float(scores[best]), "named": float(bool(query.speakers))} | told
