"""An article taken apart: passages, claims, the pieces that are embedded, and the signature that finds its copies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from corpus import chunk_article, split_sentences
from corpus.syndication import SCHEME, Signature, sign_article
from corpus.types import Article, Passage, Span
from rag.attribution import Extractor, claims_of
from rag.store.entries import Entry, Kind, Unit
from rag.types import Claim

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

PIPELINE_VERSION = "7"
"""Raised whenever cleaning, chunking, labels or embedded texts change: what is stored is then made anew."""

_PLACE = {"id", "path", "record", "headline"}


class Piece(NamedTuple):
    """What becomes a unit: the kind and number of its owner, where it stands, and the text to embed."""

    kind: Kind
    owner: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article taken apart, not embedded yet: `pieces` are units without their vectors. The rest is `Entry`'s."""

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    pieces: tuple[Piece, ...]
    signature: Signature
    pipeline: str
    keeps_earlier: bool
    read_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What takes articles apart: an extractor and the size of passages, in characters."""

    extractor: Extractor
    passage_size: int

    @property
    def stamp(self) -> str:
        """The same for as long as the same is made of the same article."""
        return f"{PIPELINE_VERSION}|{self.extractor.name}|{self.passage_size}|{SCHEME}"

    def digest(self, article: Article) -> str:
        """SHA-256 of the stamp and of all that is stored of an article but its id and place."""
        plain = {name: value for name, value in asdict(article).items() if name not in _PLACE}
        return hashlib.sha256(f"{self.stamp}|{json.dumps(plain, sort_keys=True)}".encode()).hexdigest()

    def take_apart(self, article: Article, *, keeps_earlier: bool = False, read_at: float = 0.0) -> Draft:
        passages = chunk_article(article, size=self.passage_size)
        claims = claims_of(article, extractor=self.extractor)
        pieces = [Piece("passage", i, p.span, passage_text(article, p)) for i, p in enumerate(passages)]
        for i, claim in enumerate(claims):
            pieces += [Piece("claim", i, s, claim_text(article, claim, s)) for s in claim_pieces(article, claim)]
        return Draft(
            article=article,
            digest=self.digest(article),
            passages=passages,
            claims=claims,
            pieces=tuple(pieces),
            signature=sign_article(article),
            pipeline=self.stamp,
            keeps_earlier=keeps_earlier,
            read_at=read_at,
        )


def embed_drafts(drafts: Sequence[Draft], embeddings: Embeddings) -> list[Entry]:
    """Embed the pieces of several articles in one call."""
    import numpy as np

    texts = [piece.text for draft in drafts for piece in draft.pieces]
    vectors = iter(np.asarray(embeddings.embed_documents(texts), dtype=np.float32))
    return [
        Entry(
            article=draft.article,
            digest=draft.digest,
            passages=draft.passages,
            claims=draft.claims,
            units=tuple(
                Unit(kind=piece.kind, owner=piece.owner, span=piece.span, text=piece.text, vector=next(vectors))
                for piece in draft.pieces
            ),
            pipeline=draft.pipeline,
            signature=draft.signature,
            keeps_earlier=draft.keeps_earlier,
            read_at=draft.read_at,
        )
        for draft in drafts
    ]


def passage_text(article: Article, passage: Passage) -> str:
    """What is embedded and searched for a passage: its words under the article's headline."""
    if article.headline and passage.span.contains(article.headline):
        return passage.text
    return f"{article.title}\n{passage.text}" if article.title else passage.text


def claim_pieces(article: Article, claim: Claim) -> list[Span]:
    """The sentences of a claim's content, as spans: a long quotation is found by any of its sentences."""
    pieces = []
    for content in claim.content:
        for sentence in split_sentences(content.of(article.text)):
            pieces.append(Span(content.start + sentence.start, content.start + sentence.end))
    return pieces or [claim.extent]


def claim_text(article: Article, claim: Claim, piece: Span) -> str:
    """What is embedded and searched for a piece of a claim: the party, its words, and the headline they stand under."""
    cue = " ".join(span.of(article.text) for span in claim.cue)
    said = f"{claim.party.name} {cue}: {piece.of(article.text)}"
    if article.title and not (article.headline and article.headline.overlaps(piece)):
        said = f"{said}\n{article.title}"
    return said
