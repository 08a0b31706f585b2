"""Whether what was found answers a question at all: if not, nothing is said to.

How sure the best claim makes one is learnt (`rag.retrieval.ranker`). Three rules stand beside it, for questions that
the learnt ones are not like: a party's words on any matter, who did something, and a bare subject.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from rag.answer.overlap import around, content_words, speakers_words
from rag.question import Query
from rag.retrieve import Evidence

if TYPE_CHECKING:
    from rag.answer.select import Store

ANSWERABLE = 0.40
"""Least probability that what was found answers a question on a topic. Its curve over questions on training articles
is in benchmarks/RESULTS.md."""
SURELY_ANSWERED = 0.65
"""From this probability on an answer is sure, whatever words of the question stand near it."""
NEAR_IN_WORDS = 0.33
"""Where it is asked who did something, the least similarity (cosine) to the question that one of the best claims has,
if not all words of the topic stand near one: a passage can be on the race that is asked about, and no claim in it tell
who won. Of the questions with an answer on training articles that find it, 2 of 223 lie below; of dev, none."""
LOOKED_AT = 3
"""Of how many claims, the best, it is looked at what stands near them."""


Nearby = Callable[[], list[set[str]]]
"""The words near each of the best claims; read when they are first asked for, and once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether what was found answers at all, and whether it may be said to be on what was asked."""

    answered: bool
    sure: bool


def judge_evidence(query: Query, evidence: Evidence, store: Store) -> Verdict:
    """Whether the claims that were found are to be shown for a question, and whether surely."""
    nearby = cache(partial(_words_near, evidence, store))
    return Verdict(answered=_is_answered(query, evidence, nearby), sure=_is_sure(query, evidence, nearby))


def _is_answered(query: Query, evidence: Evidence, nearby: Nearby) -> bool:
    """Whether the claims that were found are to be shown for a question. One without a topic is answered by any."""
    if not query.topic:
        return True
    likely = evidence.answerable >= ANSWERABLE and _is_on_topic(query, evidence, nearby)
    return (likely and _is_told(query, evidence, nearby)) or _is_on_subject(query, nearby)


def _is_sure(query: Query, evidence: Evidence, nearby: Nearby) -> bool:
    """Whether what is shown may be said to be on what was asked; otherwise it is only the nearest that there is.

    Where the claims are not surely an answer, all words of the topic must stand near one of the best of them. Whether
    somebody denied it is told with what the claims do say, and so is always sure. Where somebody's
    brother is asked for and nobody is known to be that, what others say is no sure answer.
    """
    if query.unmatched:
        return False
    is_told = query.intent == "whether" and bool(query.speakers and query.stances)
    if not query.topic or is_told or evidence.answerable >= SURELY_ANSWERED:
        return True
    wanted = _topic_words(query)
    return any(wanted <= words for words in nearby())


def _is_on_topic(query: Query, evidence: Evidence, nearby: Nearby) -> bool:
    """Whether what a party says is on what it was asked about: other words of it are always at hand.

    Where the claims are not surely an answer, one word of the topic must stand near one of the best of them.
    """
    filtered = query.outlets or query.since or query.until  # then "in the Gazette since May" may be all that is asked
    if not query.speakers or filtered or evidence.answerable >= SURELY_ANSWERED:
        return True
    wanted = _topic_words(query)
    return not wanted or any(wanted & words for words in nearby())


def _is_told(query: Query, evidence: Evidence, nearby: Nearby) -> bool:
    """Whether a claim itself, and not its passage alone, may tell who did what is asked."""
    if query.intent != "who_said" or query.speakers:
        return True
    if max((found.similarity for found in evidence.claims[:LOOKED_AT]), default=0.0) >= NEAR_IN_WORDS:
        return True
    wanted = _topic_words(query)
    return any(wanted <= words for words in nearby())


def _topic_words(query: Query) -> set[str]:
    """The words of the topic, without the names of those who are asked for."""
    return content_words(query.topic) - speakers_words(query)


def _is_on_subject(query: Query, nearby: Nearby) -> bool:
    """Whether all that is known of a subject is asked for, and its words stand near one of the best claims.

    So short a question fits nothing well; whatever is about its subject answers it.
    """
    wanted = content_words(query.topic) if query.intent in {"topic", "timeline"} else set()
    return bool(wanted) and any(wanted <= words for words in nearby())


def _words_near(evidence: Evidence, store: Store) -> list[set[str]]:
    best = [(found, store.article(found.claim.article)) for found in evidence.claims[:LOOKED_AT]]
    return [content_words(around(article, found.piece)) if article else set() for found, article in best]
