"""Evidence -> what an answer shows: the claims that fit the question, and the outlets' own words beside them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from corpus.types import Article, Span
from rag.answer.abstention import judge_evidence
from rag.answer.figures import read_figures
from rag.answer.headlines import bodies_first
from rag.answer.order import RELEVANT, asked_first
from rag.answer.overlap import content_words
from rag.answer.own_words import own_claim, own_sentence, paragraphs_around, sentences_around
from rag.answer.telling import tells
from rag.answer.verify import PIECES, claim_stands
from rag.question import Query
from rag.retrieve import Evidence, FoundClaim, FoundPassage
from rag.store.entries import Carriage
from rag.types import Claim

logger = logging.getLogger(__name__)

CLAIM_FLOOR = 0.30
"""Least similarity (cosine) to the question of a claim that is shown."""
CLAIM_MARGIN = 0.25
"""How far below the best claim's similarity another may lie."""
CLAIM_ENOUGH = 0.45
"""A claim at least this near is shown, however much nearer the best one is."""
CLAIMS_A_PARTY = 3
"""Claims of one party that an answer shows where nobody's words are asked for by name: others shall have a turn."""
PASSAGE_FLOOR = 0.40
"""Least similarity of a passage whose words are shown."""
LED_BY = 3
"""Of how many claims, the best, one must tell the time or place that is asked for; else the outlets' own words lead."""
OWN_DEPTH = 8
"""Passages that are looked through for an outlet's own words."""
MOST_NEAR = 2
MOST_UNSURE = 4
"""Claims that an answer shows where it is not sure that any of them answers."""
CLAIMS_AN_ARTICLE = 5
"""Claims of one article that an answer shows before other articles have had their turn."""


class Store(Protocol):
    """Where articles are looked up, the words in them that parties say, and their copies."""

    def article(self, article_id: str) -> Article | None: ...

    def attributed(self, ids: Collection[str]) -> Mapping[str, Sequence[Span]]: ...

    def origins_of(self, ids: Collection[str]) -> dict[str, str]: ...

    def with_copies(self, ids: Collection[str]) -> Collection[str]: ...

    def carried_by(self, claim: str) -> Carriage | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A claim to be shown, the span of its article that is cited for it, and the words of it that fit the question.

    `relevance`, in [0, 1], is how likely the claim is to answer; 0 where that is not known.
    """

    claim: Claim
    cited: Span
    words: str
    relevance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What an answer shows, best first, and how many items were left out because they did not verify.

    `sure` is false where the claims are only the few that come nearest, and may be on something else. Where nothing
    fits, `near` names what came nearest: topics that the party asked for does speak on, or articles.
    `own_first` is true where a time or a place is asked for that the outlets tell and no claim among the best.
    """

    claims: tuple[Shown, ...]
    own_words: tuple[Shown, ...]
    own_first: bool = False
    sure: bool = True
    left_out: int = 0
    near: tuple[str, ...] = ()


def select_evidence(
    query: Query,
    evidence: Evidence,
    *,
    store: Store,
    most_claims: int,
    most_passages: int,
) -> Selection:
    """Choose what to show, and verify it against the articles: what does not stand there is left out and counted."""
    verdict = judge_evidence(query, evidence, store)
    fitting = fitting_claims(evidence.claims) if verdict.answered else []
    if not fitting and query.inherited and query.speakers:
        fitting = list(evidence.claims)  # "And what did P say?": on something else, where not on that
    asked = asked_first(query, fitting, words=partial(_words_of, store=store))
    ordered = bodies_first(asked, store, most=2 * most_claims)
    most = most_claims if verdict.sure else min(most_claims, MOST_UNSURE)
    shown, left_out = _verified(query, ordered, store=store, most=most)
    near = () if shown else _near(query, evidence, store)
    own = [] if query.speakers else _own_words(query, evidence.passages, store=store, most=most_passages)
    untold = query.intent in {"when", "where"} and not any(tells(query.intent, one.words) for one in shown[:LED_BY])
    own_first = untold and bool(own) and tells(query.intent, own[0].words)
    return Selection(
        claims=tuple(shown),
        own_words=tuple(own),
        own_first=own_first,
        sure=verdict.sure or not shown or own_first,
        left_out=left_out,
        near=near,
    )


def _verified(query: Query, fitting: Sequence[FoundClaim], *, store: Store, most: int) -> tuple[list[Shown], int]:
    """The first claims that stand in their articles, each said once, and how many did not stand.

    Where nobody's words are asked for, or a country's, one party takes few places; one article takes few before others
    had a turn.
    """
    origins = store.origins_of({found.claim.article for found in fitting})
    shown: list[Shown] = []
    waiting: list[Shown] = []
    of_article: Counter[str] = Counter()
    left_out = 0
    for found in fitting:
        if len(shown) == most:
            break
        if found.claim.party.id in query.exclude:
            continue
        article = store.article(found.claim.article)
        if article is None or not claim_stands(article, found.claim) or found.piece.end > len(article.text):
            logger.error("claim %s does not stand in article %s", found.claim.id, found.claim.article)
            left_out += 1
            continue
        of_party = [other for other in (*shown, *waiting) if other.claim.party.id == found.claim.party.id]
        turn = (bool(query.speakers) and not query.state) or len(of_party) < CLAIMS_A_PARTY
        if not turn or any(_same_words(found.claim, other.claim, origins) for other in (*shown, *waiting)):
            continue
        of_article[article.id] += 1
        late = of_article[article.id] > CLAIMS_AN_ARTICLE
        (waiting if late else shown).append(_shown(article, found, figures=query.intent == "figure"))
    return [*shown, *waiting][:most], left_out


def _words_of(found: FoundClaim, *, store: Store) -> str:
    article = store.article(found.claim.article)
    return found.piece.of(article.text) if article else found.claim.text


def fitting_claims(found: Sequence[FoundClaim]) -> list[FoundClaim]:
    """The claims that likely answer, and those near to the question, by themselves or beside the nearest."""
    best = max((claim.similarity for claim in found), default=0.0)
    least = max(CLAIM_FLOOR, min(CLAIM_ENOUGH, best - CLAIM_MARGIN))
    return [claim for claim in found if claim.relevance >= RELEVANT or claim.similarity >= least]


def _shown(article: Article, found: FoundClaim, *, figures: bool) -> Shown:
    """What is shown of a claim: its fitting piece and, where a figure is asked for, the one beside it that has one."""
    pieces = [found.piece]
    if figures and not read_figures(found.piece.of(article.text)):
        paragraph = paragraphs_around(article.text, found.piece)
        with_figure = [
            span for span in found.claim.content if paragraph.contains(span) and read_figures(span.of(article.text))
        ]
        pieces = sorted({*pieces, *with_figure[:1]})
    cited = [cited_span(article, replace(found, piece=piece)) for piece in pieces]
    return Shown(
        claim=found.claim,
        cited=Span(min(span.start for span in cited), max(span.end for span in cited)),
        words=PIECES.join(piece.of(article.text) for piece in pieces),
        relevance=found.relevance,
    )


def cited_span(article: Article, found: FoundClaim) -> Span:
    """The words to cite for a claim: the sentences from its speaker to the fitting piece, where they are neighbours.

    A piece far from its speaker (a later paragraph of a long quotation) is cited alone.
    """
    anchors = [*found.claim.source, *found.claim.cue]
    paragraph = paragraphs_around(article.text, found.piece)
    near = [span for span in anchors if paragraph.contains(span)]
    start = min([found.piece.start, *(span.start for span in near)])
    end = max([found.piece.end, *(span.end for span in near)])
    inside = [s for s in sentences_around(article.text, found.piece) if s.start < end and start < s.end]
    return Span(min([start, *(s.start for s in inside)]), max([end, *(s.end for s in inside)]))


def _near(query: Query, evidence: Evidence, store: Store) -> tuple[str, ...]:
    """What comes nearest where nothing fits: what the party asked for does say, or titles of articles on the topic."""
    said = []
    for found in evidence.claims if query.speakers else ():
        article = store.article(found.claim.article)
        if article and claim_stands(article, found.claim):
            said.append(f"{found.claim.party.name}: “{found.claim.text.strip('“”')}” ({article.title or article.id})")
    if query.speakers:
        return tuple(said[:MOST_NEAR])
    articles = [store.article(p.article) for p in evidence.passages if p.similarity >= PASSAGE_FLOOR]
    return tuple(dict.fromkeys(f"“{article.title or article.id}”" for article in articles if article))[:MOST_NEAR]


def _own_words(query: Query, passages: Sequence[FoundPassage], *, store: Store, most: int) -> list[Shown]:
    """Of each of the best passages the sentence that no party says and that fits the question best."""
    wanted = content_words(query.text)
    near = [passage for passage in passages[:OWN_DEPTH] if passage.similarity >= PASSAGE_FLOOR]
    attributed = store.attributed({passage.article for passage in near})
    shown: list[Shown] = []
    for passage in near:
        if len(shown) == most:
            break
        article = store.article(passage.article)
        if article is None:
            continue
        said = attributed.get(article.id, ())
        best = own_sentence(article, passage.span, wanted=wanted, attributed=said, intent=query.intent)
        if best and best.of(article.text) not in {item.words for item in shown}:
            own = own_claim(article, best)
            shown.append(Shown(claim=own, cited=best, words=own.text))
    return shown


def _same_words(a: Claim, b: Claim, origins: Mapping[str, str]) -> bool:
    """Whether two claims of one party say the same: in a headline and the body, or in two copies of one report."""
    is_one_report = origins.get(a.article, a.article) == origins.get(b.article, b.article)
    parties = (_within_report(a), _within_report(b)) if is_one_report else (a.party.id, b.party.id)
    if parties[0] != parties[1] or a.stance != b.stance:
        return False
    words, others = content_words(a.text), content_words(b.text)
    if not is_one_report:
        return words == others
    return bool(words) and len(words & others) >= 0.9 * min(len(words), len(others))


def _within_report(claim: Claim) -> str:
    """The party's id; of one that is known in its article alone ("the ministry"), the same in all copies of it."""
    return claim.party.id.removesuffix(f"@{claim.article}")
