"""What is read from the ledger to look through it: claims and speakers, filtered, sorted and a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Select, case, distinct, func, or_, select

from rag.store import rows
from rag.store.connected import Connected, chunked
from rag.store.reading import CLAIM_COLUMNS, PARTY_COLUMNS
from rag.store.schema import articles, claims, parties
from rag.types import ArticleRef, Claim, Party, Plain, Stance

ClaimOrder = Literal["newest", "oldest", "party", "outlet", "stance", "surest"]
SpeakerOrder = Literal["claims", "name", "denials", "accusations", "latest"]

MOST_WORDS = 10
"""Words of a search that are looked at."""
MOST_OUTLETS = 3
"""Outlets that a speaker is shown with, of those that quote it most."""

_TABLES = claims.join(articles, claims.c.article == articles.c.key).join(parties, claims.c.party == parties.c.key)
_IS_NAMED = parties.c.kind.not_in(("unnamed", "outlet"))
_REF = tuple(column.label(f"ref_{column.name}") for column in rows.ARTICLE_REF)
_ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (articles.c.day.desc().nulls_last(),),
    "oldest": (articles.c.day.asc().nulls_last(),),
    "party": (func.lower(parties.c.name),),
    "outlet": (func.lower(articles.c.outlet).nulls_last(),),
    "stance": (claims.c.stance,),
    "surest": (claims.c.confidence.desc(),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims: all that is given must fit.

    `speaker` is the id of a named party; `party` stands in a party's name or role, `text` are words that stand in the
    claim, upper and lower case alike; `since` and `until` are ISO dates, both included.
    """

    speaker: str = ""
    party: str = ""
    text: str = ""
    stances: tuple[Stance, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim(Plain):
    """A claim with the article it stands in."""

    claim: Claim
    article: ArticleRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker(Plain):
    """A party in numbers: of its claims, of the articles they stand in, and of the outlets, with the first three.

    `first` and `latest` are ISO dates.
    """

    party: Party
    claims: int
    articles: int
    outlets: int
    most_in: tuple[str, ...]
    denials: int
    accusations: int
    first: str | None
    latest: str | None


@dataclass(slots=True)
class _Sums:
    """What is summed up for the speakers of one page."""

    names: dict[str, Party] = field(default_factory=dict)
    outlets: dict[str, list[str]] = field(default_factory=dict)


class Browsing(Connected):
    """Each page is found by its keys first, so that sorting never carries the texts along."""

    def browse_claims(
        self, which: ClaimFilter, *, order: ClaimOrder = "newest", offset: int = 0, limit: int = 50
    ) -> list[FoundClaim]:
        """One page of the claims that fit; of those that are equal in the order, the one stored first comes first."""
        keys = _fitting(select(claims.c.key), which).order_by(*_ORDERS[order], claims.c.key)
        with self._reading() as connection:
            page = list(connection.execute(keys.offset(offset).limit(limit)).scalars())
            found: dict[int, FoundClaim] = {}
            for some in chunked(page):
                full = _full().where(claims.c.key.in_(some))
                found |= {row.key: _read(row) for row in connection.execute(full)}
        return [found[key] for key in page]

    def count_claims(self, which: ClaimFilter) -> int:
        """How many claims fit."""
        with self._reading() as connection:
            return int(connection.execute(_fitting(select(func.count()), which)).scalar_one())

    def each_claim(self, which: ClaimFilter) -> Iterator[FoundClaim]:
        """All claims that fit, in the order they were stored."""
        return self._pages(_full().where(*_conditions(which)), claims.c.key, _read)

    def speakers(
        self, *, name: str = "", order: SpeakerOrder = "claims", offset: int = 0, limit: int = 25
    ) -> list[Speaker]:
        """One page of the named parties; `name` stands in a name or role of theirs."""
        denials, accusations = (func.sum(case((claims.c.stance == one, 1), else_=0)) for one in ("denies", "accuses"))
        numbers = (
            func.count().label("claims"),
            func.count(distinct(claims.c.article)).label("articles"),
            func.count(distinct(articles.c.outlet)).label("outlets"),
            denials.label("denials"),
            accusations.label("accusations"),
            func.min(articles.c.day).label("first"),
            func.max(articles.c.day).label("latest"),
        )
        orders: dict[str, Any] = {
            "claims": numbers[0].desc(),
            "name": func.lower(func.min(parties.c.name)),
            "denials": denials.desc(),
            "accusations": accusations.desc(),
            "latest": numbers[6].desc().nulls_last(),
        }
        query = _named(select(parties.c.id.label("party_id"), *numbers), name).group_by(parties.c.id)
        page_query = query.order_by(orders[order], func.count().desc(), parties.c.id).offset(offset).limit(limit)
        with self._reading() as connection:
            page = connection.execute(page_query).all()
            sums = _sums(connection, [row.party_id for row in page])
        return [
            Speaker(
                party=sums.names[row.party_id],
                claims=row.claims,
                articles=row.articles,
                outlets=row.outlets,
                most_in=tuple(sums.outlets.get(row.party_id, ())[:MOST_OUTLETS]),
                denials=row.denials,
                accusations=row.accusations,
                first=row.first,
                latest=row.latest,
            )
            for row in page
        ]

    def count_speakers(self, *, name: str = "") -> int:
        """How many named parties fit."""
        with self._reading() as connection:
            query = _named(select(func.count(distinct(parties.c.id))), name)
            return int(connection.execute(query).scalar_one())

    def articles_quoting(self, party_ids: Collection[str]) -> set[str]:
        """The ids of the articles with claims of these parties."""
        found: set[str] = set()
        with self._reading() as connection:
            for some in chunked(list(party_ids)):
                query = select(articles.c.id).join_from(parties, articles).where(parties.c.id.in_(some))
                found |= set(connection.execute(query).scalars())
        return found

    def words_of(
        self, party_ids: Collection[str], *, stances: Sequence[Stance] = (), most: int
    ) -> dict[str, list[str]]:
        """The texts of claims of each of these parties, the latest `most` of each."""
        found: dict[str, list[str]] = {}
        newest = select(claims.c.text).select_from(_TABLES).order_by(claims.c.key.desc()).limit(most)
        if stances:
            newest = newest.where(claims.c.stance.in_(stances))
        with self._reading() as connection:
            for one in party_ids:
                found[one] = list(connection.execute(newest.where(parties.c.id == one)).scalars())
        return found


def _sums(connection: Any, ids: Sequence[str]) -> _Sums:
    """Names and outlets of the parties of a page."""
    by_name = select(*PARTY_COLUMNS, func.count(claims.c.key).label("number")).select_from(_TABLES)
    by_outlet = select(parties.c.id, articles.c.outlet, func.count().label("number")).select_from(_TABLES)
    sums = _Sums()
    for some in chunked(ids):
        here = parties.c.id.in_(some)
        found = connection.execute(by_name.where(here).group_by(parties.c.key, *parties.c))
        named = rows.merge_parties((rows.read_party(row), row.number) for row in found)
        sums.names |= {party.id: party for party, _ in named}
        outlets = by_outlet.where(here, articles.c.outlet.is_not(None)).group_by(parties.c.id, articles.c.outlet)
        for row in connection.execute(outlets.order_by(func.count().desc(), articles.c.outlet)):
            sums.outlets.setdefault(row.id, []).append(row.outlet)
    return sums


def _full() -> Select[Any]:
    return select(*CLAIM_COLUMNS, *_REF).select_from(_TABLES)


def _fitting(query: Select[Any], which: ClaimFilter) -> Select[Any]:
    return query.select_from(_TABLES).where(*_conditions(which))


def _named(query: Select[Any], name: str) -> Select[Any]:
    return query.select_from(_TABLES).where(_IS_NAMED, *_says_who(name))


def _conditions(which: ClaimFilter) -> list[Any]:
    conditions = [_IS_NAMED, parties.c.id == which.speaker] if which.speaker else []
    conditions += _says_who(which.party)
    conditions += [claims.c.text.icontains(word, autoescape=True) for word in which.text.split()[:MOST_WORDS]]
    if which.stances:
        conditions.append(claims.c.stance.in_(which.stances))
    if which.outlets:
        conditions.append(articles.c.outlet.in_(which.outlets))
    if which.since:
        conditions.append(articles.c.day >= which.since[:10])
    if which.until:
        conditions.append(articles.c.day <= which.until[:10])
    return conditions


def _says_who(name: str) -> list[Any]:
    """Conditions that each word of a name stands in a party's name or role."""
    return [
        or_(parties.c.name.icontains(word, autoescape=True), parties.c.role.icontains(word, autoescape=True))
        for word in name.split()[:MOST_WORDS]
    ]


def _read(row: Any) -> FoundClaim:
    article = ArticleRef(**{column.name: getattr(row, f"ref_{column.name}") for column in rows.ARTICLE_REF})
    return FoundClaim(claim=rows.read_claim(row), article=article)
