"""What goes into the store and comes out of it: source files, entries and their units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.types import Article, Passage, Span
from rag.types import Claim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

Kind = Literal["passage", "claim"]
KINDS: tuple[Kind, ...] = ("passage", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read: `digest` of its content, `size` in bytes, `mtime` in seconds since 1970."""

    path: str
    digest: str
    size: int
    mtime: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unit:
    """A piece that is searched for: a passage, or one sentence of a claim's content.

    `owner` is the index into the entry's passages or claims, `span` where it stands in the article, `text` what was
    embedded and is indexed for keywords, `vector` float32 of shape (d,).
    """

    kind: Kind
    owner: int
    span: Span
    text: str
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One article with all that was made of it; `digest` tells two versions of it apart."""

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredUnit:
    """A unit in the ledger.

    `id` is never given to another unit. `owner_id` is the claim's id, or for a passage the key that `Ledger.passages`
    takes, in decimal.
    """

    id: int
    kind: Kind
    owner_id: str
    article_id: str
    span: Span
    text: str
    vector: Vector
