"""Copies of one report among the stored articles: found by their signatures, and told apart by what each carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from corpus.clean import body_of
from corpus.differences import keeps_figures, share_carried
from corpus.syndication import (
    WORTH_COMPARING,
    Copy,
    Signature,
    are_copies,
    are_twins,
    bands_of,
    estimate_resemblance,
    find_origins,
    shingles_of,
    words_of,
)
from rag.errors import DamagedIndex
from rag.store import rows
from rag.store.connected import Connected, chunked
from rag.store.entries import Carriage, Group
from rag.store.schema import articles, bands, claims, copies, signatures

MOST_NEIGHBOURS = 200
"""Pairs that an article is given when it is added, with those that came first: a page that a thousand addresses have,
each a little otherwise, does not make a million pairs."""

_SAME = 0.9
"""The share of a claim's runs of words that an article has for it to carry the claim,"""
_REWORDED = 0.4
"""and for it to carry it in part or in other words."""
_NOT_SAME = _SAME - 0.01
"""What an article has at most that words a figure or a denial of the claim otherwise."""
_WITH_COPIES = (
    select(articles.c.id)
    .join_from(articles, copies, copies.c.article == articles.c.key)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
    .distinct()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Related:
    """Articles and all that are reached from them by copies, by key."""

    copies: dict[int, Copy]
    origins: dict[int, int]

    def group_of(self, key: int) -> list[int]:
        return [other for other, origin in self.origins.items() if origin == self.origins[key]]


class Copies(Connected):
    """Which articles are one report. Each remains an article of its own, with its own claims."""

    def origins_of(self, ids: Collection[str]) -> dict[str, str]:
        """The id of each article's origin: its own id where it is nobody's copy. Ids that are not stored are left out.

        One query for articles without copies; a few more for those with.
        """
        keys: dict[int, str] = {}
        with self._reading() as connection:
            for some in chunked(sorted(set(ids))):
                query = select(articles.c.key, articles.c.id).where(articles.c.id.in_(some))
                keys |= {row.key: row.id for row in connection.execute(query)}
            related = _relate(connection, list(keys))
        own = {id_: related.origins.get(key, key) for key, id_ in keys.items()}
        return {id_: related.copies[origin].id if origin in related.copies else id_ for id_, origin in own.items()}

    def with_copies(self, ids: Collection[str]) -> set[str]:
        """Those of these articles whose report another carries too."""
        found: set[str] = set()
        with self._reading() as connection:
            for some in chunked(sorted(set(ids))):
                found |= set(connection.execute(_WITH_COPIES, {"ids": some}).scalars())
        return found

    def copies_of(self, article: str) -> Group | None:
        """The report that an article carries: its origin and all copies. None where no other article carries it."""
        with self._reading() as connection:
            key = connection.execute(select(articles.c.key).where(articles.c.id == article)).scalar()
            if key is None:
                return None
            related = _relate(connection, [key])
            if key not in related.origins or len(members := related.group_of(key)) < 2:
                return None
            query = select(articles.c.key, *rows.ARTICLE_REF).where(articles.c.key.in_(members))
            refs = {row.key: rows.read_article_ref(row) for row in connection.execute(query)}
        origin = related.origins[key]
        others = sorted((refs[other] for other in members if other != origin), key=lambda r: (r.published or "9", r.id))
        credits = dict.fromkeys(credit for other in members if (credit := related.copies[other].agency))
        return Group(origin=refs[origin], copies=tuple(others), credits=tuple(sorted(credits)))

    def carried_by(self, claim: str) -> Carriage | None:
        """In which articles of its report the words of a claim stand; None where no other article carries the report.

        An article carries the claim where it has nine tenths of the runs of three words in its content, wherever they
        stand and whoever is said to have said them, with its figures and denials among them.
        """
        query = select(claims.c.content, articles.c.id, articles.c.text).join_from(claims, articles)
        with self._reading() as connection:
            row = connection.execute(query.where(claims.c.id == claim)).one_or_none()
        group = self.copies_of(row.id) if row else None
        if row is None or group is None:
            return None
        content = [row.text[start:end] for start, end in row.content]
        refs = {ref.id: ref for ref in (group.origin, *group.copies)}
        own = refs.pop(row.id)
        with self._reading() as connection:
            texts = select(articles.c.id, articles.c.text).where(articles.c.id.in_(list(refs)))
            shares = {id_: _share(content, text) for id_, text in connection.execute(texts)}
        return Carriage(
            claim=claim,
            article=own,
            origin=group.origin,
            carrying=tuple(ref for id_, ref in refs.items() if shares.get(id_, 0) >= _SAME),
            rewording=tuple(ref for id_, ref in refs.items() if _REWORDED <= shares.get(id_, 0) < _SAME),
            lacking=tuple(ref for id_, ref in refs.items() if shares.get(id_, 0) < _REWORDED),
        )

    def groups(self) -> dict[str, tuple[str, ...]]:
        """All reports that several articles carry: the ids of their copies, sorted, by the origin's id."""
        with self._reading() as connection:
            keys = list(connection.execute(select(copies.c.article).distinct()).scalars())
            related = _relate(connection, keys)
        found: dict[str, list[str]] = {}
        for key, origin in related.origins.items():
            if key != origin:
                found.setdefault(related.copies[origin].id, []).append(related.copies[key].id)
        return {origin: tuple(sorted(ids)) for origin, ids in sorted(found.items())}


def add_signature(connection: Connection, signature: Signature, *, article: int) -> None:
    """Store an article's signature, and its copies among those stored before.

    Where one of these has the same text, the article is its twin: paired with it, and with nothing else.
    """
    connection.execute(insert(signatures), {"article": article, "size": signature.size, "hashes": signature.values})
    own = bands_of(signature)
    near, twin = _copies_among(connection, signature, own, article=article)
    if twin is None and own:
        connection.execute(insert(bands), [{"band": band, "article": article} for band in sorted(set(own))])
    others = near if twin is None else [twin]
    pairs = [pair for other in others for pair in ((article, other), (other, article))]
    if pairs:
        rows_ = [{"article": one, "other": other, "are_twins": twin is not None} for one, other in pairs]
        connection.execute(insert(copies), rows_)


def remove_signatures(connection: Connection, keys: Sequence[int]) -> None:
    """Forget what articles look like and their copies; their twins are compared with others anew."""
    left: set[int] = set()
    for some in chunked(keys):
        twins = select(copies.c.other).where(copies.c.article.in_(some), copies.c.are_twins)
        left |= set(connection.execute(twins.where(copies.c.other.not_in(select(bands.c.article)))).scalars())
    for some in chunked(keys):
        _forget(connection, some)
    for key in sorted(left.difference(keys)):
        row = connection.execute(select(signatures).where(signatures.c.article == key)).one_or_none()
        _forget(connection, [key])
        if row is None:  # by damage alone: it is made anew with its article
            continue
        add_signature(connection, Signature(size=row.size, values=row.hashes), article=key)


def _forget(connection: Connection, keys: Sequence[int]) -> None:
    connection.execute(delete(signatures).where(signatures.c.article.in_(keys)))
    connection.execute(delete(bands).where(bands.c.article.in_(keys)))
    connection.execute(delete(copies).where(or_(copies.c.article.in_(keys), copies.c.other.in_(keys))))


def _copies_among(
    connection: Connection, signature: Signature, own: Sequence[int], *, article: int
) -> tuple[list[int], int | None]:
    """The first of the stored articles that are copies, by key, and the first that is a twin.

    Those that share a band are looked at, and of those whose signature does not settle it, the text.
    """
    near: set[int] = set()
    for some in chunked(own):
        near |= set(connection.execute(select(bands.c.article).where(bands.c.band.in_(some)).distinct()).scalars())
    found: list[int] = []
    shingles: frozenset[str] | None = None
    for key in sorted(near):
        row = connection.execute(select(signatures).where(signatures.c.article == key)).one()
        other = Signature(size=row.size, values=row.hashes)
        if are_twins(signature, other):
            return [], key
        if len(found) < MOST_NEIGHBOURS and estimate_resemblance(signature, other) >= WORTH_COMPARING:
            shingles = _shingles(connection, article) if shingles is None else shingles
            if are_copies(shingles, _shingles(connection, key)):
                found.append(key)
    return found, None


def _shingles(connection: Connection, article: int) -> frozenset[str]:
    row = connection.execute(select(articles).where(articles.c.key == article)).one()
    return shingles_of(body_of(rows.read_article(row)))


def _relate(connection: Connection, keys: Sequence[int]) -> _Related:
    """All that is reached from some articles by copies, with its origins. Articles without copies are left out."""
    pairs: dict[bool, dict[int, list[int]]] = {False: {}, True: {}}
    seen: set[int] = set()
    reached = sorted(set(keys))
    while reached:
        found: set[int] = set()
        for some in chunked(reached):
            for row in connection.execute(select(copies).where(copies.c.article.in_(some))):
                pairs[row.are_twins].setdefault(row.article, []).append(row.other)
                found |= {row.article, row.other}
        seen |= found
        reached = sorted(found.difference(reached, pairs[False], pairs[True]))
    _check_both_ways(pairs.values())
    known: dict[int, Copy] = {}
    for some in chunked(sorted(seen)):
        columns = (articles.c.key, articles.c.id, articles.c.outlet, articles.c.agency, articles.c.published)
        for row in connection.execute(select(*columns).where(articles.c.key.in_(some))):
            known[row.key] = Copy(id=row.id, outlet=row.outlet, agency=row.agency, published=row.published)
    key_of = {copy.id: key for key, copy in known.items()}
    by_id = {
        kind: {known[one].id: [known[other].id for other in others] for one, others in found_.items()}
        for kind, found_ in pairs.items()
    }
    origins = find_origins(list(known.values()), by_id[False], twins=by_id[True])
    return _Related(copies=known, origins={key_of[id_]: key_of[origin] for id_, origin in origins.items()})


def _check_both_ways(kinds: Iterable[dict[int, list[int]]]) -> None:
    """Raise DamagedIndex where an article is said to be a copy of one that is not said to be its copy."""
    for pairs in kinds:
        stored = {(one, other) for one, others in pairs.items() for other in others}
        if any((other, one) not in stored for one, other in stored):
            raise DamagedIndex(
                "which articles carry the same report is not what was stored: "
                "python -m rag rebuild --index DIR finds it anew"
            )


def _share(content: Sequence[str], text: str) -> float:
    """The share of a content's words that a text has, over all its pieces; with another figure it is not the same."""
    lengths = [len(words_of(piece)) for piece in content]
    carried = sum(share_carried(piece, text) * length for piece, length in zip(content, lengths, strict=True))
    share = carried / max(1, sum(lengths))
    return share if all(keeps_figures(piece, text) for piece in content) else min(share, _NOT_SAME)
