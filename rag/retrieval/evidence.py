"""What retrieval finds: claims and passages, best first, and how sure it is that they answer."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Span
from rag.types import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim and the piece of it that fits best.

    `score` orders the claims of one question and says nothing across questions. `relevance`, in [0, 1], is how likely
    the claim is to answer. `similarity` (cosine) is how near its words are to the topic; 1 where no topic is asked.
    """

    claim: Claim
    piece: Span
    score: float
    similarity: float
    relevance: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage: where it stands, its score (comparable within one question) and its cosine to the question."""

    article: str
    span: Span
    score: float
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found, best first. `answerable`, in [0, 1], is how likely any of it answers the question."""

    claims: tuple[FoundClaim, ...]
    passages: tuple[FoundPassage, ...]
    answerable: float = 1.0
