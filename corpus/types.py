"""What an article is, once it is read and cleaned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into the cleaned text of one article."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article.

    `text` is cleaned and is the coordinate system of every span: it begins with the headline, as a paragraph of its
    own, where there is one (`headline` says where), and paragraphs are parted by an empty line. `published` is ISO
    8601, a date or a date and time with its time zone, as precise as the source gave it; `updated` likewise, of the
    last change. `language` is a BCP 47 tag, `agency` the credit of a news agency as it is printed ("AP/dpa"). What the
    source did not give is None, never a guess. `is_summary` marks what stands for a longer article: a feed's teaser, a
    page cut by a paywall. `provenance` says for each field of metadata where it was found, as pairs such as
    ("published", "JSON-LD datePublished"). `path` and `record` (from 1, for files of many articles) say where the
    article was read; the path of a member of an archive is "archive.zip!/folder/member.html".
    """

    id: str
    text: str
    title: str = ""
    headline: Span | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    agency: str | None = None
    copyright: str | None = None
    is_summary: bool = False
    provenance: tuple[tuple[str, str], ...] = ()
    path: str | None = None
    record: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences of one article: `text` is `span.of(article.text)`, `number` counts from 0."""

    article: str
    number: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read: the file, the record in it (from 1) where known, and why, in one line."""

    path: str
    reason: str
    record: int | None = None
