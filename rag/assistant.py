"""The assistant: an index opened, articles added, questions answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
from rag.answer.compose import compose_answer
from rag.answer.memory import OneReading
from rag.answer.portrait import Portrait, portray_all
from rag.answer.select import fitting_claims, select_evidence
from rag.attribution import Extractor, load_extractor
from rag.errors import IndexLocked, ModelMismatch, NoIndex, QuestionError
from rag.follower import Follower
from rag.index import Pipeline, Progress
from rag.index.forget import finish_forgetting, forget_stored
from rag.index.remove import Removed, remove_stored
from rag.models import embedding_fingerprint, load_embeddings
from rag.observe import timed, watch_answer, watch_run
from rag.question import Corpus, Filters, PartyNames, Query, asks_who_else, read_question
from rag.retrieve import Evidence, Searcher
from rag.settings import Settings, load_settings
from rag.store.browsing import SpeakerOrder
from rag.store.checked import Checked
from rag.store.feedback import Feedback, Verdict
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from rag.store.vectors import VectorIndex
from rag.store.words import WordIndex
from rag.types import Answer, Claim, IndexReport, Party, Stance

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from rag.answer.worded import ChatModel
    from rag.observe.metrics import Metrics

SAMPLE = Path(corpus.__file__).parent / "sample"
"""The articles that come with this software: fictional, to try it on."""

TIMELINE_SHARE = 3
"""How many times as many claims a timeline shows as another answer."""

_EMBEDDING = "embedding"


class Assistant:
    """Answers questions over one index folder. Safe to call from several threads; one process at a time may add."""

    def __init__(self, settings: Settings, *, create: bool = True) -> None:
        self.settings = settings
        self.folder = settings.index
        self.ledger = Ledger.open(self.folder, create=create)
        self.ledger.check_sample()
        self._vectors = VectorIndex(self.folder, self.ledger)
        self._keywords = KeywordIndex(self.folder, self.ledger)
        self._words = WordIndex(self.folder, self.ledger)
        self._names: Corpus | None = None
        self.checked = Checked(self.ledger)
        self._follower = Follower(
            self.folder, self.ledger, [self._vectors, self._keywords, self._words], on_change=self._notice
        )
        self.metrics: Metrics | None = None
        """Who counts answers and index runs, if anybody does."""

    @classmethod
    def open(cls, index: str | Path | Settings | None = None, *, create: bool = True) -> Assistant:
        """Open an index: a folder, or settings that name one.

        Without `create`, raises NoIndex where there is none. Raises DamagedIndex for a ledger that cannot be read.
        """
        settings = index if isinstance(index, Settings) else load_settings(index=index)
        return cls(settings, create=create)

    @classmethod
    def open_default(cls, settings: Settings | None = None) -> Assistant:
        """Open the index of the settings; where none is made yet, that of the sample articles, made at first use."""
        settings = settings or load_settings()
        try:
            return cls(settings, create=False)
        except NoIndex:
            return cls.open_sample(settings)

    @classmethod
    def open_sample(cls, settings: Settings, *, progress: Callable[[Progress], object] | None = None) -> Assistant:
        """Open the index of the sample articles, beside that of the settings; it is made or brought up to date."""
        beside = settings.index.parent / f"{settings.index.name}-sample"
        sample = cls(settings.model_copy(update={"index": beside}))
        sample.update_sample(progress=progress)
        return sample

    def update_sample(self, *, progress: Callable[[Progress], object] | None = None) -> None:
        """Bring the sample articles up to date; where another process does so, what is there is used meanwhile."""
        try:
            self.add(SAMPLE, prune=True, progress=progress)
        except IndexLocked:
            if not self.ledger.sources():
                raise

    @property
    def is_sample(self) -> bool:
        """Whether what is indexed are the sample articles."""
        sources = self.ledger.sources()
        return bool(sources) and all(Path(source.path).is_relative_to(SAMPLE.resolve()) for source in sources)

    @cached_property
    def embeddings(self) -> Embeddings:
        """The embedding model; loaded when first needed."""
        return load_embeddings(self.settings.embedding, cache_dir=self.settings.cache)

    @cached_property
    def chat_model(self) -> ChatModel | None:
        """The language model that words answers, if the settings name one. Raises ModelError where none can be made."""
        if self.settings.llm is None:
            return None
        from rag.answer.worded import load_chat_model

        return load_chat_model(
            self.settings.llm, base_url=self.settings.llm_base_url, timeout=self.settings.llm_timeout
        )

    @cached_property
    def extractor(self) -> Extractor:
        """What finds attributions; loaded when first needed."""
        return load_extractor(self.settings.attribution)

    def add(
        self,
        *paths: str | Path,
        progress: Callable[[Progress], object] | None = None,
        prune: bool = False,
        mapping: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> IndexReport:
        """Index files and folders; what is indexed already and unchanged is skipped.

        `prune` removes articles whose files are gone from there; `mapping` names the columns of a table or the fields
        of JSON, as {"text": "body"}; `names` says what a path is called where something could not be read of it: the
        address that it was fetched from. Ctrl-C stops between two transactions, and the same call later goes on.
        Raises CorpusError for a path that does not exist or holds nothing to read, IndexLocked where another process
        is adding, ModelMismatch where the index was made by another embedding model.
        """
        names = names or {}
        with self._writing() as pipeline:
            report = watch_run(
                lambda: pipeline.run(paths, progress=progress, prune=prune, mapping=mapping), metrics=self.metrics
            )
            if names:
                self.ledger.name_problems(names)
        failed = tuple(replace(failure, path=names.get(failure.path, failure.path)) for failure in report.failed)
        return replace(report, failed=failed)

    def remove(self, target: str) -> Removed:
        """Remove an article by its id, or all of a file or folder, with all that was made of it.

        Raises StoreError where nothing of that name is stored, IndexLocked while another process is adding.
        """
        with WriterLock(self.folder):
            removed = remove_stored(self.ledger, target)
            self._sync()
        return removed

    def forget(self, target: str) -> Removed:
        """Remove an article by its id, or all of a file or folder, and leave no byte of it in the index folder.

        Its earlier versions, the feedback on answers that showed it, and a page that was fetched for it go too. Raises
        StoreError where nothing of that name is stored, IndexLocked while another process is adding.
        """
        with WriterLock(self.folder):
            removed = forget_stored(self.ledger, target, cache=self.settings.cache)
            finish_forgetting(self.ledger, self._follower.indexes)
            self._sync()
        return removed

    def rebuild(self, *, progress: Callable[[Progress], object] | None = None) -> IndexReport:
        """Make claims, passages and vectors of all stored articles anew, with the settings' embedding model."""
        fingerprint = embedding_fingerprint(self.settings.embedding)
        with WriterLock(self.folder):
            self.ledger.set_manifest(_EMBEDDING, f"unfinished rebuild to {fingerprint}")
            report = watch_run(lambda: self._pipeline().rebuild(progress=progress), metrics=self.metrics)
            if not report.interrupted:
                self.ledger.set_manifest(_EMBEDDING, fingerprint)
                self._sync()
        return report

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

    @property
    def names(self) -> PartyNames:
        """The names of the corpus's parties."""
        return self._corpus().names

    def _corpus(self) -> Corpus:
        if self._names is None:
            scope = self.ledger.scope()
            self._names = Corpus(
                names=PartyNames((party for party, _ in self.ledger.parties()), self.ledger.appearances()),
                outlets=scope.outlets,
                latest=date.fromisoformat(scope.until) if scope.until else None,
            )
        return self._names

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

    def _pipeline(self) -> Pipeline:
        return Pipeline(
            ledger=self.ledger,
            embeddings=self.embeddings,
            extractor=self.extractor,
            passage_size=self.settings.passage_size,
            limits=self.settings.limits,
        )

    @contextmanager
    def _writing(self) -> Iterator[Pipeline]:
        with WriterLock(self.folder):
            self._check_model()
            self.ledger.set_manifest(_EMBEDDING, embedding_fingerprint(self.settings.embedding))
            yield self._pipeline()
            if self.ledger.is_forgetting:
                finish_forgetting(self.ledger, self._follower.indexes)
            self._sync()

    def _check_model(self) -> None:
        """Vectors of two models cannot be compared: refuse rather than answer nonsense."""
        made = self.ledger.manifest().get(_EMBEDDING)
        mine = embedding_fingerprint(self.settings.embedding)
        if made not in {None, mine}:
            raise ModelMismatch(
                f"the index {self.folder} was made with {made}, the settings say {mine}: "
                f"run `python -m rag rebuild --index {self.folder}`, or set ATTEST_EMBEDDING back"
            )

    def follow(self) -> None:
        """Bring what is searched in step with the ledger.

        Where another writes, it does that; where nobody may, it is searched in memory.
        """
        self._follower.follow()
        self._names = None

    def _refresh(self) -> None:
        """See what this or another process has written since the last question."""
        self._follower.refresh()

    def _notice(self) -> None:
        self._check_model()
        self._names = None
        self.checked.forget()

    def _sync(self) -> None:
        self._follower.sync()
        self._names = None
