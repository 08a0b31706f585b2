"""What is read from the ledger to answer: articles, passages, claims, parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from corpus.language import count_others
from corpus.types import Article, Passage, Span
from rag.store import rows
from rag.store.connected import Connected, chunked
from rag.store.database import damaged
from rag.store.entries import Appearance
from rag.store.schema import articles, claims, manifest, parties, passages, revisions, units
from rag.store.units import of_articles
from rag.types import ArticleRef, Claim, Party, Scope, Stance

PARTY_COLUMNS = tuple(
    parties.c[name].label(f"party_{name}") for name in ("id", "name", "kind", "role", "side", "aliases")
)
CLAIM_COLUMNS = (
    *(column for column in claims.c if column.name not in {"party", "article"}),
    articles.c.id.label("article_id"),
    *PARTY_COLUMNS,
)
_OF_IDS = claims.c.id.in_(bindparam("ids", expanding=True))
_IN_ARTICLES = articles.c.id.in_(bindparam("ids", expanding=True))
_ARTICLES = select(articles).where(_IN_ARTICLES)
_ATTRIBUTED = select(articles.c.id, claims.c.content, claims.c.cue).join_from(articles, claims).where(_IN_ARTICLES)


class Reading(Connected):
    """Articles and what was made of them."""

    def revision(self) -> int:
        """A number that grows with every write."""
        with self._reading() as connection:
            return int(connection.execute(select(func.max(revisions.c.number))).scalar_one())

    def stamp(self) -> str:
        """The last write: no other, of this or of any ledger, has the same stamp."""
        query = select(revisions).order_by(revisions.c.number.desc()).limit(1)
        with self._reading() as connection:
            last = connection.execute(query).one()
            return f"{last.number}:{last.token}"

    def remembers(self, stamp: str) -> bool:
        """Whether the write of that stamp was made to this ledger, so that all units since then have new ids."""
        number, _, token = stamp.partition(":")
        with self._reading() as connection:
            query = select(revisions.c.token).where(revisions.c.number == int(number))
            return connection.execute(query).scalar() == token

    def manifest(self) -> dict[str, str]:
        """What the index was made with: models and the version of the tables."""
        with self._reading() as connection:
            return {row.key: row.value for row in connection.execute(select(manifest))}

    def check(self) -> None:
        """Read the whole database through. Raises DamagedIndex where a part of it is broken (SQLite only)."""
        if self._engine.dialect.name == "sqlite":
            with self._reading() as connection:
                said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            if said != "ok":
                raise damaged(self.place, str(said))

    def check_vectors(self) -> None:
        """Look at all vectors. Raises DamagedIndex where they are not of one length."""
        lengths = select(func.length(units.c.vector)).distinct()
        with self._reading() as connection:
            if len(connection.execute(lengths).all()) > 1:
                raise damaged(self.place, "its vectors are not of one length")

    def pipelines(self) -> dict[str, int]:
        """How many articles were taken apart by what."""
        query = select(articles.c.pipeline, func.count().label("number")).group_by(articles.c.pipeline)
        with self._reading() as connection:
            return {row.pipeline: row.number for row in connection.execute(query)}

    # Articles, passages, claims, parties

    def article(self, article: str) -> Article | None:
        return self.read_articles([article]).get(article)

    def read_articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Those of these articles that are there, by id."""
        found: dict[str, Article] = {}
        with self._reading() as connection:
            for some in chunked(sorted(set(ids))):
                found |= {row.id: rows.read_article(row) for row in connection.execute(_ARTICLES, {"ids": some})}
        return found

    def attributed(self, ids: Collection[str]) -> dict[str, list[Span]]:
        """The words of these articles that somebody says, and those that say so: contents and cues, by article."""
        found: dict[str, list[Span]] = {}
        with self._reading() as connection:
            for some in chunked(sorted(set(ids))):
                for article, content, cue in connection.execute(_ATTRIBUTED, {"ids": some}).all():
                    found.setdefault(article, []).extend(Span(start, end) for start, end in (*content, *cue))
        return found

    def articles(
        self, *, outlets: Collection[str] | None = None, since: str | None = None, until: str | None = None
    ) -> Iterator[ArticleRef]:
        """All articles in the order they came in; `since` and `until` are ISO dates, both included."""
        query = select(articles.c.key, *rows.ARTICLE_REF).where(*of_articles(outlets, since, until))
        return self._pages(query, articles.c.key, rows.read_article_ref)

    def passages(self, keys: Sequence[str | int]) -> list[Passage]:
        """The passages of these keys, in their order; those that are gone are left out."""
        wanted = [int(key) for key in keys]
        found: dict[int, Passage] = {}
        query = select(passages, articles.c.id.label("article_id"), articles.c.text.label("article_text")).join_from(
            passages, articles
        )
        with self._reading() as connection:
            for some in chunked(wanted):
                for row in connection.execute(query.where(passages.c.key.in_(some))):
                    found[row.key] = rows.read_passage(row)
        return [found[key] for key in wanted if key in found]

    def claims(  # noqa: PLR0913 -- one filter each
        self,
        ids: Sequence[str] | None = None,
        *,
        party_ids: Collection[str] | None = None,
        article: str | None = None,
        stance: Stance | None = None,
        outlets: Collection[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[Claim]:
        """Claims that fit all that is given; in the order of `ids` (those that are gone left out), else of the text.

        Each has its party as its own article names it.
        """
        query = select(*CLAIM_COLUMNS).select_from(claims.join(articles).join(parties, claims.c.party == parties.c.key))
        query = query.where(*of_articles(outlets, since, until)).order_by(claims.c.key)
        if party_ids is not None:
            query = query.where(parties.c.id.in_(party_ids))
        if article is not None:
            query = query.where(articles.c.id == article)
        if stance is not None:
            query = query.where(claims.c.stance == stance)
        if ids is None:
            return list(self._pages(query, claims.c.key, rows.read_claim))
        found: dict[str, Claim] = {}
        with self._reading() as connection:
            for some in chunked(ids):
                for row in connection.execute(query.where(_OF_IDS), {"ids": some}).all():
                    found[row.id] = rows.read_claim(row)
        return [found[one] for one in ids if one in found]

    def parties(self) -> list[tuple[Party, int]]:
        """Every party, its names merged over all articles, with the number of its claims; most claims first."""
        counts = func.count(claims.c.key)
        query = select(*PARTY_COLUMNS, counts.label("number")).join_from(
            parties, claims, claims.c.party == parties.c.key
        )
        with self._reading() as connection:
            found = connection.execute(query.group_by(parties.c.key, *parties.c))
            return rows.merge_parties((rows.read_party(row), row.number) for row in found)

    def appearances(self) -> list[Appearance]:
        """In which articles each party that is named speaks, and the role that each of them gives it."""
        query = select(parties.c.id, parties.c.role, parties.c.article).where(
            parties.c.kind.not_in(("unnamed", "outlet"))
        )
        with self._reading() as connection:
            found = connection.execute(query.distinct()).all()
        return [Appearance(party=row.id, role=row.role, article=row.article) for row in found]

    def scope(
        self,
        *,
        outlets: Collection[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        filters: Sequence[str] = (),
    ) -> Scope:
        """How many articles fit, of which outlets, and the first and last day they were published on."""
        fitting = of_articles(outlets, since, until)
        query = select(func.count(), func.min(articles.c.day), func.max(articles.c.day)).where(*fitting)
        names = select(articles.c.outlet).where(articles.c.outlet.is_not(None), *fitting).distinct()
        with self._reading() as connection:
            number, first, last = connection.execute(query.select_from(articles)).one()
            found = tuple(sorted(connection.execute(names).scalars()))
        return Scope(articles=number, outlets=found, since=first, until=last, filters=tuple(filters))

    def other_languages(self) -> dict[str, int]:
        """How many articles are not in English, by language; those with most of them first."""
        query = select(articles.c.language, func.count()).group_by(articles.c.language)
        found: Counter[str] = Counter()
        with self._reading() as connection:
            for tag, number in connection.execute(query):
                found.update(dict.fromkeys(count_others([tag]), number))
        return dict(found.most_common())

    def days(self, article_ids: Collection[str]) -> dict[str, date]:
        """The days these articles were published on, of those that say it."""
        found: dict[str, date] = {}
        with self._reading() as connection:
            for some in chunked(sorted(set(article_ids))):
                query = select(articles.c.id, articles.c.day).where(
                    articles.c.id.in_(some), articles.c.day.is_not(None)
                )
                found |= {row.id: date.fromisoformat(row.day) for row in connection.execute(query)}
        return found
