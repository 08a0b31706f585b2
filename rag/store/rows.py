"""Entries as rows of the ledger's tables, and rows as what they stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.identity import canonical_url
from corpus.types import Article, Passage, Span
from rag.errors import ModelMismatch
from rag.store.entries import Entry, StoredUnit, Version
from rag.store.schema import articles
from rag.types import ArticleRef, Claim, Party

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Row

    from rag.store.entries import Vector

_STORED = np.dtype("<f4")

ARTICLE_REF = tuple(articles.c[name] for name in ("id", "title", "outlet", "published", "url", "path"))
"""The columns of an article that `read_article_ref` reads."""


def article_row(entry: Entry, *, source: str) -> dict[str, Any]:
    article = entry.article
    return {
        "id": article.id,
        "source": source,
        "digest": entry.digest,
        "pipeline": entry.pipeline,
        "content": content_digest(article),
        "canonical": canonical_url(article.url),
        "read_at": entry.read_at,
        "title": article.title,
        "headline": _pairs((article.headline,) if article.headline else ()),
        "text": article.text,
        "outlet": article.outlet,
        "authors": article.authors,
        "published": article.published,
        "day": article.published[:10] if article.published else None,
        "updated": article.updated,
        "url": article.url,
        "language": article.language,
        "section": article.section,
        "agency": article.agency,
        "copyright": article.copyright,
        "is_summary": article.is_summary,
        "provenance": article.provenance,
        "path": article.path,
        "record": article.record,
    }


def read_article(row: Row[Any]) -> Article:
    headline = _spans(row.headline)
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        headline=headline[0] if headline else None,
        outlet=row.outlet,
        authors=tuple(row.authors),
        published=row.published,
        updated=row.updated,
        url=row.url,
        language=row.language,
        section=row.section,
        agency=row.agency,
        copyright=row.copyright,
        is_summary=row.is_summary,
        provenance=tuple((name, where) for name, where in row.provenance),
        path=row.path,
        record=row.record,
    )


def content_digest(article: Article) -> str:
    """SHA-256 of an article's text, in hex."""
    return text_digest(article.text)


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def version_row(version: Version, *, article: int) -> dict[str, Any]:
    return {
        "article": article,
        "source": version.source,
        "pipeline": version.pipeline,
        "content": content_digest(version.article),
        "updated": version.article.updated,
        "read_at": version.read_at,
        "fields": asdict(version.article),
    }


def read_version(row: Row[Any]) -> Version:
    return Version(article=_read_fields(row.fields), source=row.source, pipeline=row.pipeline, read_at=row.read_at)


def _read_fields(fields: Mapping[str, Any]) -> Article:
    headline = fields["headline"]
    given = {
        "headline": Span(headline["start"], headline["end"]) if headline else None,
        "authors": tuple(fields["authors"]),
        "provenance": tuple((name, where) for name, where in fields["provenance"]),
    }
    return Article(**{**fields, **given})


def read_article_ref(row: Row[Any]) -> ArticleRef:
    return ArticleRef(
        id=row.id, title=row.title, outlet=row.outlet, published=row.published, url=row.url, path=row.path
    )


def passage_row(passage: Passage, *, article: int) -> dict[str, Any]:
    return {"article": article, "number": passage.number, "start": passage.span.start, "stop": passage.span.end}


def read_passage(row: Row[Any]) -> Passage:
    """From a row of a passage with its article's id and `article_text`."""
    span = Span(row.start, row.stop)
    return Passage(article=row.article_id, number=row.number, span=span, text=span.of(row.article_text))


def party_row(party: Party, *, article: int) -> dict[str, Any]:
    return {
        "article": article,
        "id": party.id,
        "name": party.name,
        "kind": party.kind,
        "role": party.role,
        "side": party.side,
        "aliases": party.aliases,
    }


def read_party(row: Any) -> Party:
    return Party(
        id=row.party_id,
        name=row.party_name,
        kind=row.party_kind,
        role=row.party_role,
        side=row.party_side,
        aliases=tuple(row.party_aliases),
    )


def claim_row(claim: Claim, *, article: int, party: int) -> dict[str, Any]:
    return {
        "article": article,
        "id": claim.id,
        "party": party,
        "text": claim.text,
        "voice": claim.voice,
        "stance": claim.stance,
        "via": claim.via,
        "quote_type": claim.quote_type,
        "act": claim.act,
        "source": _pairs(claim.source),
        "cue": _pairs(claim.cue),
        "content": _pairs(claim.content),
        "start": claim.extent.start,
        "stop": claim.extent.end,
        "confidence": claim.confidence,
    }


def read_claim(row: Row[Any]) -> Claim:
    """From a row of a claim with its article's id and its party's columns."""
    return Claim(
        id=row.id,
        text=row.text,
        party=read_party(row),
        voice=row.voice,
        stance=row.stance,
        via=tuple(row.via),
        quote_type=row.quote_type,
        source=_spans(row.source),
        cue=_spans(row.cue),
        content=_spans(row.content),
        article=row.article_id,
        confidence=row.confidence,
        act=row.act,
    )


def unit_rows(entry: Entry, *, article: int, passages: Sequence[int], claims: Sequence[int]) -> list[dict[str, Any]]:
    """Rows of an entry's units; `passages` and `claims` are the keys of its passages and claims, in their order."""
    owners = {"passage": passages, "claim": claims}
    return [
        {
            "article": article,
            "kind": unit.kind,
            "owner": owners[unit.kind][unit.owner],
            "start": unit.span.start,
            "stop": unit.span.end,
            "text": unit.text,
            "vector": np.asarray(unit.vector, dtype=_STORED).tobytes(),
        }
        for unit in entry.units
    ]


def read_unit(row: Row[Any]) -> StoredUnit:
    """From a row of a unit with its article's id and, for a claim, `claim_id`."""
    return StoredUnit(
        id=row.key,
        kind=row.kind,
        owner_id=str(row.owner) if row.claim_id is None else row.claim_id,
        article_id=row.article_id,
        span=Span(row.start, row.stop),
        text=row.text,
        vector=read_vector(row.vector),
    )


def read_vector(stored: bytes) -> Vector:
    return np.frombuffer(stored, dtype=_STORED).astype(np.float32, copy=False)


def stack_vectors(stored: Iterable[bytes]) -> NDArray[np.float32]:
    """Vectors as one matrix of shape (n, d). Raises ModelMismatch where they differ in length."""
    pieces = list(stored)
    if len({len(piece) for piece in pieces}) > 1:
        raise ModelMismatch("the index holds vectors of two embedding models: run `python -m rag rebuild`")
    flat = np.frombuffer(b"".join(pieces), dtype=_STORED).astype(np.float32, copy=False)
    return flat.reshape(len(pieces), -1) if pieces else np.zeros((0, 0), dtype=np.float32)


def merge_parties(versions: Iterable[tuple[Party, int]]) -> list[tuple[Party, int]]:
    """One party for each id, from how its articles name it and in how many claims each; those of most claims first.

    Its name, kind, role and side are those of most of its claims; all its other names become aliases.
    """
    by_id: dict[str, list[tuple[Party, int]]] = {}
    for party, count in versions:
        by_id.setdefault(party.id, []).append((party, count))
    merged = [(_merge(same), sum(count for _, count in same)) for same in by_id.values()]
    return sorted(merged, key=lambda item: (-item[1], item[0].name, item[0].id))


def _merge(same: Sequence[tuple[Party, int]]) -> Party:
    def most(field: str) -> Any:
        counts: dict[Any, int] = {}
        for party, count in same:
            if (value := getattr(party, field)) is not None:
                counts[value] = counts.get(value, 0) + count
        # Of two as frequent, the longer says more; the last part makes the choice the same every time.
        return max(counts, key=lambda value: (counts[value], len(value), value), default=None)

    name = most("name")
    others = {other for party, _ in same for other in (party.name, *party.aliases)} - {name}
    return Party(
        id=same[0][0].id,
        name=name,
        kind=most("kind"),
        role=most("role"),
        side=most("side"),
        aliases=tuple(sorted(others)),
    )


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
