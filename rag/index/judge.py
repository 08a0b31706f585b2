"""Whether an article that was read is new, known, another version of one that is stored, or another of the same id."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus.identity import canonical_url
from corpus.syndication import SHORT, measure_overlap, shingles_of
from corpus.types import Article
from rag.store.entries import Known
from rag.store.rows import content_digest

Verdict = Literal["same", "remade", "newer", "older", "apart"]

_ALIKE = 0.2
"""The share of the shorter text that two versions have in common at least, under one address, or in one place of a file
before and after it changed."""

_VERY_ALIKE = 0.5
"""The same where nothing but an id says that two articles are one, which may be a mere number, and their title. Without
a title in common it is the share of both texts, and texts too short to tell are held apart: what is taken for a version
is found by no search."""


def judge_article(article: Article, known: Known, *, digest: str, path: str, is_again: bool = False) -> Verdict:
    """What an article is to one that is stored under its id or address.

    same    it is stored as it is, as the latest or as an earlier version
    remade  its text is stored, but what was made of it, or its metadata, is not as it would be made now
    newer   it is a later version of it, or the latest of those that its file holds
    older   it is an earlier version of it that is not stored
    apart   it is another article

    `path` is its file, `is_again` says that this file has held an article of that id before in this reading, `digest`
    covers the article and what it would be made with.
    """
    if digest == known.digest:
        return "same"
    content = content_digest(article)
    is_from_there = known.source == path
    if content == known.content and _agree(article.updated, known.article.updated):
        return "remade" if is_from_there or not source_exists(known.source) else "same"
    is_older = _is_older(article, known.article)
    if any(content == trace.content and _agree(article.updated, trace.updated) for trace in known.earlier):
        return "newer" if is_from_there and not is_older else "same"
    if not _are_related(article, known, takes_its_place=is_from_there and not is_again):
        return "remade" if is_from_there and not is_again else "apart"
    return "older" if is_older else "newer"


def keeps_earlier(article: Article, known: Known, *, verdict: Verdict, stamp: str, path: str) -> bool:
    """Whether what an article takes the place of is a version that somebody published.

    It is none where it differs only by how it was read: by an older pipeline, from the same file, of the same date.
    """
    if verdict != "newer":
        return False
    return (
        (known.pipeline, known.source) == (stamp, path)
        or known.source != path
        or (known.article.updated != article.updated)
    )


def source_exists(source: str) -> bool:
    """Whether what an article was read from is still there; of an address nobody asks."""
    return "://" in source or Path(source).exists()


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _are_related(article: Article, known: Known, *, takes_its_place: bool) -> bool:
    canonical = canonical_url(article.url)
    has_one_address = canonical is not None and canonical == known.canonical
    has_one_title = bool(article.title) and article.title == known.article.title
    if has_one_address and has_one_title:
        return True
    one, other = shingles_of(article.text), shingles_of(known.article.text)
    overlap = measure_overlap(one, other)
    if has_one_address or takes_its_place:
        return overlap.containment >= _ALIKE
    if has_one_title:
        return overlap.containment >= _VERY_ALIKE
    return overlap.resemblance >= _VERY_ALIKE and min(len(one), len(other)) >= SHORT


def _is_older(article: Article, than: Article) -> bool:
    """Whether an article is certainly the earlier of two versions. A summary counts as earlier than the full text."""
    if article.is_summary != than.is_summary:
        return article.is_summary
    one, other = (_moment(version.updated or version.published) for version in (article, than))
    if one is None or other is None:
        return False
    if isinstance(one, datetime) and isinstance(other, datetime) and (one.tzinfo is None) == (other.tzinfo is None):
        return one < other
    return _day(one) < _day(other)


def _moment(value: str | None) -> datetime | str | None:
    """A date with a time as such, in UTC where its zone is known, a date alone as text; None for neither."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if len(value) <= len("2026-01-31"):
        return value
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _day(moment: datetime | str) -> str:
    return moment if isinstance(moment, str) else moment.date().isoformat()
