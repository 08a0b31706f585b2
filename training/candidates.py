"""What retrieval finds for each question, before anything is ranked, with grades: what rankings are learnt from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.types import Article, Span
from rag.answer.select import cited_span
from rag.assistant import Assistant
from rag.errors import RagError
from rag.retrieval.evidence import FoundClaim
from rag.retrieval.ranker import default_rankers
from rag.retrieval.search import Indexes, search_passages
from rag.retrieval.shortlist import Shortlist, make_shortlist
from rag.retrieval.traits import passage_traits
from rag.retrieval.wording import word_passages, word_pieces
from rag.store.entries import StoredUnit
from rag.types import Claim
from training.questions import Gold, Question, fold_of, locate
from training.ranking import EVIDENCE, RIGHT, Listed

_TITLES = re.compile(
    r"^(?:the|a|an|mr|mrs|ms|dr|sen|senator|rep|gov|governor|president|former|sir|prof|professor|judge)\s+"
)


_BEHIND = "the index is behind its ledger: run `python -m rag index` on it first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A question's candidates: passages and pieces of claims, and whether a party of the corpus was asked for."""

    question: Question
    passages: Listed
    pieces: Listed
    named: bool
    unknown: bool


def collect(assistant: Assistant, questions: Iterable[Question], *, raw: Mapping[str, str]) -> Iterator[Collected]:
    """Put every question to an index; `raw` holds the articles' texts that gold offsets are of."""
    indexes = indexes_of(assistant)
    for question in questions:
        query = assistant.read(question.question, history=question.history)
        vector = np.asarray(assistant.embeddings.embed_query(query.text), dtype=np.float32)
        asked = assistant._words.ask(query.text)
        passages = search_passages(query, vector, indexes)
        worded = word_passages(passages, asked=asked, words=assistant._words)
        if worded is None:
            raise RagError(_BEHIND)
        traits = passage_traits(passages) | worded.traits
        standing = default_rankers().worded.passages.score(traits)
        found = make_shortlist(query, vector, indexes, passages=passages, standing=standing, ranker=None)
        shortlist = word_pieces(found, worded, indexes=indexes, words=assistant._words)
        if shortlist is None:
            raise RagError(_BEHIND)
        places = find_gold(assistant, question, raw)
        yield Collected(
            question=question,
            passages=Listed(
                question=question.id,
                fold=fold_of(question),
                traits=traits,
                grades=_passage_grades(passages.units, question.gold, places),
                owners=np.arange(len(passages)),
                of_gold=np.array([unit.article_id in question.articles for unit in passages.units], dtype=bool),
            ),
            pieces=Listed(
                question=question.id,
                fold=fold_of(question),
                traits=shortlist.traits,
                grades=_claim_grades(assistant, shortlist, question.gold, places),
                owners=_numbered([claim.id for claim in shortlist.claims]),
                of_gold=np.array([claim.article in question.articles for claim in shortlist.claims], dtype=bool),
            ),
            named=bool(query.speakers),
            unknown=query.unknown is not None,
        )


def indexes_of(assistant: Assistant) -> Indexes:
    """The indexes of an assistant, as its own search uses them."""
    searcher = assistant._searcher()
    return Indexes(
        ledger=searcher.ledger,
        vectors=searcher.vectors,
        keywords=searcher.keywords,
        embeddings=searcher.embeddings,
    )


def find_gold(assistant: Assistant, question: Question, raw: Mapping[str, str]) -> list[list[Span]]:
    """For each right answer, its places in the article as it is stored."""
    found = []
    for gold in question.gold:
        article = assistant.ledger.article(gold.article)
        places = [locate(raw[gold.article], span, article.text) for span in gold.spans] if article else []
        found.append([place for place in places if place])
    return found


def _passage_grades(
    units: Sequence[StoredUnit], golds: Sequence[Gold], places: Sequence[Sequence[Span]]
) -> NDArray[np.int64]:
    """Whether each passage holds evidence, or at least stands in an article that does."""
    grades = np.zeros(len(units), dtype=np.int64)
    for at, unit in enumerate(units):
        for gold, spans in zip(golds, places, strict=True):
            if gold.article == unit.article_id:
                holds = any(unit.span.overlaps(span) for span in spans)
                grades[at] = max(grades[at], RIGHT if holds else EVIDENCE)
    return grades


def _claim_grades(
    assistant: Assistant, shortlist: Shortlist, golds: Sequence[Gold], places: Sequence[Sequence[Span]]
) -> NDArray[np.int64]:
    """Whether what would be cited for each piece stands on the evidence, and whether the party is the right one."""
    grades = np.zeros(len(shortlist.pieces), dtype=np.int64)
    wanted = {gold.article for gold in golds}
    articles: dict[str, Article | None] = {name: assistant.ledger.article(name) for name in wanted}
    for at, (unit, claim) in enumerate(zip(shortlist.pieces, shortlist.claims, strict=True)):
        article = articles.get(claim.article)
        if article is None:
            continue
        cited = cited_span(article, FoundClaim(claim=claim, piece=unit.span, score=0.0, similarity=0.0))
        for gold, spans in zip(golds, places, strict=True):
            if gold.article == claim.article and any(cited.overlaps(span) for span in spans):
                grades[at] = max(grades[at], RIGHT if same_party(claim, gold) else EVIDENCE)
    return grades


def same_party(claim: Claim, gold: Gold) -> bool:
    """Whether a claim's party goes by a name of the right one; titles, case and punctuation do not count."""
    if gold.anonymous and claim.voice == "unnamed":
        return True
    theirs = {_bare(name) for name in (claim.party.name, *claim.party.aliases)} - {""}
    ours = {_bare(name) for name in (gold.party, *gold.aliases)} - {""}
    return bool(theirs & ours) or any(f" {name} " in f" {other} " for name in ours if " " in name for other in theirs)


def _bare(name: str) -> str:
    bare = " ".join(re.sub(r"[^\w\s&]", "", re.sub(r"[’']s\b", "", name.casefold())).split())
    while (shorter := _TITLES.sub("", bare)) != bare:
        bare = shorter
    return bare


def _numbered(keys: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
