"""The pieces of claims that are worth reading the claims of, with all that a ranking is learnt from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rag.question import Query
from rag.retrieval.ranker import Ranker
from rag.retrieval.search import Hits, Indexes, search_claims
from rag.retrieval.traits import Traits, claim_traits, unit_traits
from rag.store.entries import StoredUnit
from rag.types import Claim

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PIECES = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Pieces of claims, the claim that each belongs to, and their traits, arrays of the same length."""

    pieces: tuple[StoredUnit, ...]
    claims: tuple[Claim, ...]
    traits: Traits


def make_shortlist(  # noqa: PLR0913
    query: Query,
    vector: NDArray[np.float32],
    indexes: Indexes,
    *,
    passages: Hits,
    standing: NDArray[np.float32],
    ranker: Ranker | None,
    most: int = MOST_PIECES,
) -> Shortlist:
    """The pieces that a ranker likes best; without a ranker, all that were found.

    `standing` are the scores of the passages, which say more than a piece's own fit: they are compared word by word.
    """
    hits = search_claims(query, vector, indexes, passages=passages)
    traits = unit_traits(hits, passages, standing=standing)
    kept = np.argsort(-ranker.score(traits), kind="stable")[:most] if ranker else np.arange(len(hits))
    pieces = [hits.units[at] for at in kept]
    claims = {claim.id: claim for claim in indexes.ledger.claims(list({unit.owner_id for unit in pieces}))}
    # A claim may be gone between two reads.
    there = [at for at, unit in enumerate(pieces) if unit.owner_id in claims]
    pieces = [pieces[at] for at in there]
    owners = [claims[unit.owner_id] for unit in pieces]
    told = {name: values[kept[there]] for name, values in traits.items()}
    return Shortlist(pieces=tuple(pieces), claims=tuple(owners), traits=told | claim_traits(query, owners, pieces))
