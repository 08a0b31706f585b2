"""The assistant: an open index that answers questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from rag.answer.compose import compose_answer
from rag.answer.memory import OneReading
from rag.answer.portrait import Portrait, portray_all
from rag.answer.select import fitting_claims, select_evidence
from rag.errors import QuestionError
from rag.observe import timed, watch_answer
from rag.opened import OpenIndex
from rag.question import Filters, Query, asks_who_else, read_question
from rag.retrieve import Evidence, Searcher
from rag.store.browsing import SpeakerOrder
from rag.store.feedback import Feedback, Verdict
from rag.types import Answer, Claim, Party, Stance

if TYPE_CHECKING:
    from rag.answer.worded import ChatModel

TIMELINE_SHARE = 3
"""How many times as many claims a timeline shows as another answer."""


class Assistant(OpenIndex):
    """Answers questions over one index folder. Safe to call from several threads; one process at a time may add."""

    @cached_property
    def chat_model(self) -> ChatModel | None:
        """The language model that words answers, if the settings name one. Raises ModelError where none can be made."""
        if self.settings.llm is None:
            return None
        from rag.answer.worded import load_chat_model

        return load_chat_model(
            self.settings.llm, base_url=self.settings.llm_base_url, timeout=self.settings.llm_timeout
        )

    def ask(  # noqa: PLR0913 -- the filters are part of the public interface
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        outlets: Sequence[str] | None = None,
        parties: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        worded: bool = True,
    ) -> Answer:
        """Answer a question; `history` holds the questions before it, oldest first.

        Where the settings name a language model it words the answer, which takes as long as it takes; without `worded`
        the plain answer comes at once, for `word` to be called later.

        `outlets` and `parties` are names, `since` and `until` ISO dates, both included. Not knowing is an Answer of
        status `no_evidence`. Raises QuestionError for an empty question or a filter that cannot be read.
        """
        filters = Filters(outlets=tuple(outlets or ()), parties=tuple(parties or ()), since=since, until=until)
        return self._watched(question, lambda: self._ask(question, history, filters, worded=worded))

    def word(self, answer: Answer) -> Answer:
        """A plain answer with a language model's wording above it, if it stood the check.

        The same answer where the settings name no model. Raises ModelError for a model that cannot be used.
        """
        if self.chat_model is None:
            return answer
        from rag.answer.worded import with_wording, word_answer

        with timed("word"):
            worded = word_answer(answer, model=self.chat_model, timeout=self.settings.llm_timeout)
        return with_wording(answer, worded) if worded else answer

    def compare(self, parties: Sequence[str], about: str = "") -> Answer:
        """What two or more parties say on a topic, side by side, with where they differ.

        Raises QuestionError for fewer than two parties, or one that no claim belongs to.
        """
        self._refresh()
        speakers = tuple(dict.fromkeys(party for name in parties for party in self._parties(name)))
        if len(speakers) < 2:
            raise QuestionError("compare needs two parties or more; see: python -m rag claims")
        names = " and ".join(parties)
        asked = f"Compare {names} on {about}" if about else f"Compare {names}"
        query = Query(question=asked, text=f"{names} {about}".strip(), topic=about, intent="compare", speakers=speakers)
        return self._watched(asked, lambda: self._answer(query))

    def timeline(self, about: str) -> Answer:
        """What is said on a topic, in the order of the articles' dates. Raises QuestionError for an empty topic."""
        if not about.strip():
            raise QuestionError("timeline needs a topic; for example: the Kessling leak")
        self._refresh()
        query = Query(question=f"Timeline of {about}", text=about, topic=about, intent="timeline")
        return self._watched(query.question, lambda: self._answer(query))

    def read(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Query:
        """How a question is understood. Raises QuestionError as `ask` does."""
        self._refresh()
        return read_question(question, corpus=self._corpus(), history=history, filters=filters)

    def search(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Evidence:
        """What is found for a question, best first, before anything is chosen. Raises QuestionError as `ask` does."""
        return self._searcher().retrieve(self.read(question, history=history, filters=filters))

    def claims(
        self, *, party: str | None = None, about: str | None = None, stance: Stance | None = None
    ) -> list[Claim]:
        """The claims of a party, about a topic (best first), of a stance; all of them where nothing is asked.

        Raises QuestionError for a party that no claim belongs to.
        """
        self._refresh()
        speakers = self._parties(party) if party else ()
        if not about:
            ids = [p.id for p in speakers] or None
            return self.checked.claims(self.ledger.claims(party_ids=ids, stance=stance))
        query = Query(question=about, text=about, topic=about, intent="topic", speakers=speakers)
        found = fitting_claims(self._searcher().retrieve(query).claims)
        return self.checked.claims([item.claim for item in found if stance in {None, item.claim.stance}])

    def portraits(
        self, *, name: str = "", order: SpeakerOrder = "claims", offset: int = 0, limit: int = 25
    ) -> list[Portrait]:
        """One page of the named parties: how often each speaks and where, about what, against whom.

        `name` stands in a name or role of theirs. Topics and opponents are those of its latest claims. Raises
        DamagedIndex where an article of those that are looked at is not as it was stored.
        """
        self._refresh()
        speakers = self.checked.speakers(name=name, order=order, offset=offset, limit=limit)
        return portray_all(speakers, ledger=self.ledger, names=self.names)

    def add_feedback(  # noqa: PLR0913 -- what a reader may say
        self,
        question: str,
        *,
        verdict: Verdict,
        note: str = "",
        claims: Sequence[str] = (),
        filters: Sequence[str] = (),
        reader: str | None = None,
    ) -> None:
        """Keep what a reader thought of the answer to a question; `claims` are the ids of those that it showed.

        Raises StoreError where the index cannot be written.
        """
        self.ledger.add_feedback(
            Feedback(
                question=question,
                verdict=verdict,
                note=note,
                claims=tuple(claims),
                filters=tuple(filters),
                reader=reader,
                given_at=time.time(),
            )
        )

    def feedback(self) -> list[Feedback]:
        """What readers thought of answers, the oldest first."""
        return self.ledger.feedback()

    def _watched(self, question: str, make: Callable[[], Answer]) -> Answer:
        logged = question if self.settings.log_questions else None
        return watch_answer(make, metrics=self.metrics, question=logged)

    def _ask(self, question: str, history: Sequence[str], filters: Filters, *, worded: bool) -> Answer:
        with timed("question"):
            query = self.read(question, history=history, filters=filters)
        if history and asks_who_else(query.question):
            told = self._ask(history[-1], history[:-1], filters, worded=False)
            query = replace(query, exclude=tuple({claim.party.id for claim in told.claims}))
        return self._answer(query, worded=worded)

    def _answer(self, query: Query, *, worded: bool = True) -> Answer:
        with timed("retrieve"):
            evidence = self._searcher().retrieve(query)
        with timed("compose"), self.ledger.one_view():
            store = OneReading(self.ledger, evidence)
            selection = select_evidence(
                query,
                evidence,
                store=store,
                most_claims=self.settings.answer_claims * (TIMELINE_SHARE if query.intent == "timeline" else 1),
                most_passages=self.settings.answer_passages,
            )
            scope = self.ledger.scope(
                outlets=query.outlets or None, since=query.since, until=query.until, filters=query.filters
            )
            answer = compose_answer(query, selection, scope=scope, store=store)
            self._check_shown(answer)
        return self.word(answer) if worded else answer

    def _check_shown(self, answer: Answer) -> None:
        """Look whether the articles of an answer are as they were stored. Raises DamagedIndex."""
        refs = [ref for cited in answer.citations for ref in (cited.article, *cited.copies, *cited.lacking)]
        self.checked.check({ref.id for ref in refs} | {claim.article for claim in answer.claims})

    def _parties(self, name: str) -> tuple[Party, ...]:
        found = self.names.find(name, cased=name != name.lower()) or self.names.find_surname(name)
        if not found:
            raise QuestionError(f"no claim in this index belongs to a party named {name!r}; see: python -m rag claims")
        return found

    def _searcher(self) -> Searcher:
        return Searcher(
            ledger=self.ledger,
            vectors=self._vectors,
            keywords=self._keywords,
            embeddings=self.embeddings,
            words=self._words,
        )
