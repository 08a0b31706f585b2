"""What goes into the store and comes out of it: source files, entries and their units, versions and copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.syndication import Signature
from corpus.types import Article, Passage, Span
from rag.types import ArticleRef, Claim, Plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

Kind = Literal["passage", "claim"]
KINDS: tuple[Kind, ...] = ("passage", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read: `digest` of its content, `size` in bytes, `mtime` in seconds since 1970.

    `stamp` says what it was read with, `root` under which folder it was found, `read_at` (seconds since 1970) when
    reading began. One whose digest is empty is to be read again.
    """

    path: str
    digest: str
    size: int
    mtime: float
    stamp: str = ""
    root: str | None = None
    read_at: float = 0.0


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
    """One article with all that was made of it.

    `digest` covers all of the article and what it was made with, `pipeline` names the latter. `signature` finds its
    copies; without one it has none. With `keeps_earlier`, the article it takes the place of becomes an earlier version.
    `read_at` is when it was read, in seconds since 1970.
    """

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    units: tuple[Unit, ...]
    pipeline: str = ""
    signature: Signature | None = None
    keeps_earlier: bool = False
    read_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Plain):
    """An earlier text of an article: the article as it was, the file and when (seconds since 1970) it was read.

    `pipeline` names what cleaned it.
    """

    article: Article
    source: str
    pipeline: str
    read_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What tells an earlier version of an article from another text of it: `content` is the text's SHA-256."""

    content: str
    updated: str | None
    source: str
    pipeline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored of an article, to tell whether another is a version of it."""

    article: Article
    source: str
    digest: str
    content: str
    pipeline: str
    canonical: str | None
    earlier: tuple[Trace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Plain):
    """What became of an article from one version to the next: paragraphs, as texts, and titles where they differ.

    `changed` holds pairs of a paragraph before and after. `published` and `updated` are those of the two versions.
    """

    published: tuple[str | None, str | None]
    updated: tuple[str | None, str | None]
    title: tuple[str, str] | None
    removed: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Plain):
    """A report and its copies: the origin, the copies by date, and the agencies that any of them credits."""

    origin: ArticleRef
    copies: tuple[ArticleRef, ...]
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage(Plain):
    """In which articles of its group the words of a claim stand: all, in part or changed, or none.

    `article` is the claim's own, `origin` the group's; neither list names `article`.
    """

    claim: str
    article: ArticleRef
    origin: ArticleRef
    carrying: tuple[ArticleRef, ...]
    rewording: tuple[ArticleRef, ...]
    lacking: tuple[ArticleRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Plain):
    """Numbers of what the ledger holds, for a person to read.

    `versions` are earlier texts of articles, `groups` reports that several articles carry, `copies` the articles in
    them besides their origins, `problems` what could not be read when its file was last read.
    """

    files: int
    articles: int
    versions: int
    groups: int
    copies: int
    problems: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A named party in one article (its key), with the role that the article gives it."""

    party: str
    role: str | None
    article: int
