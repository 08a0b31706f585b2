"""An index opened: its ledger, what is searched, the models that read for it; articles added and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
from rag.attribution import Extractor, load_extractor
from rag.errors import IndexLocked, ModelMismatch, NoIndex
from rag.follower import Follower
from rag.index import Pipeline, Progress, Teller
from rag.index.forget import finish_forgetting, forget_stored
from rag.index.remove import Removed, remove_stored
from rag.models import embedding_fingerprint, load_embeddings
from rag.observe import watch_run
from rag.question import Corpus, PartyNames
from rag.settings import Settings, load_settings
from rag.store.checked import Checked
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from rag.store.vectors import VectorIndex
from rag.store.words import WordIndex
from rag.types import IndexReport

if TYPE_CHECKING:
    from typing import Self

    from langchain_core.embeddings import Embeddings

    from rag.observe.metrics import Metrics

SAMPLE = Path(corpus.__file__).parent / "sample"
"""The articles that come with this software: fictional, to try it on."""

_EMBEDDING = "embedding"


class OpenIndex:
    """An index folder: articles come in and go. Safe to use from several threads; one process at a time may write."""

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
    def open(cls, index: str | Path | Settings | None = None, *, create: bool = True) -> Self:
        """Open an index: a folder, or settings that name one.

        Without `create`, raises NoIndex where there is none. Raises DamagedIndex for a ledger that cannot be read.
        """
        settings = index if isinstance(index, Settings) else load_settings(index=index)
        return cls(settings, create=create)

    @classmethod
    def open_default(cls, settings: Settings | None = None) -> Self:
        """Open the index of the settings; where none is made yet, that of the sample articles, made at first use."""
        settings = settings or load_settings()
        try:
            return cls(settings, create=False)
        except NoIndex:
            return cls.open_sample(settings)

    @classmethod
    def open_sample(cls, settings: Settings, *, progress: Callable[[Progress], object] | None = None) -> Self:
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
        names, tell = names or {}, Teller(progress)
        with self._writing(tell) as pipeline:
            report = watch_run(
                lambda: pipeline.run(paths, progress=tell, prune=prune, mapping=mapping), metrics=self.metrics
            )
            tell.interrupted = report.interrupted
            if names:
                self.ledger.name_problems(names)
        failed = tuple(replace(failure, path=names.get(failure.path, failure.path)) for failure in report.failed)
        return tell.whole(replace(report, failed=failed))

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
        fingerprint, tell = embedding_fingerprint(self.settings.embedding), Teller(progress)
        with WriterLock(self.folder):
            self.ledger.set_manifest(_EMBEDDING, f"unfinished rebuild to {fingerprint}")
            report = watch_run(lambda: self._pipeline().rebuild(progress=tell), metrics=self.metrics)
            if not report.interrupted:
                self.ledger.set_manifest(_EMBEDDING, fingerprint)
                self._sync(tell)
        return tell.whole(report)

    def follow(self) -> None:
        """Bring what is searched in step with the ledger.

        Where another writes, it does that; where nobody may, it is searched in memory.
        """
        self._follower.follow()
        self._names = None

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

    def _pipeline(self) -> Pipeline:
        return Pipeline(
            ledger=self.ledger,
            embeddings=self.embeddings,
            extractor=self.extractor,
            passage_size=self.settings.passage_size,
            limits=self.settings.limits,
        )

    @contextmanager
    def _writing(self, tell: Teller) -> Iterator[Pipeline]:
        with WriterLock(self.folder):
            self._check_model()
            self.ledger.set_manifest(_EMBEDDING, embedding_fingerprint(self.settings.embedding))
            yield self._pipeline()
            if self.ledger.is_forgetting:
                finish_forgetting(self.ledger, self._follower.indexes)
            self._sync(tell)

    def _check_model(self) -> None:
        """Vectors of two models cannot be compared: refuse rather than answer nonsense."""
        made = self.ledger.manifest().get(_EMBEDDING)
        mine = embedding_fingerprint(self.settings.embedding)
        if made not in {None, mine}:
            raise ModelMismatch(
                f"the index {self.folder} was made with {made}, the settings say {mine}: "
                f"run `python -m rag rebuild --index {self.folder}`, or set ATTEST_EMBEDDING back"
            )

    def _refresh(self) -> None:
        """See what this or another process has written since the last question."""
        self._follower.refresh()

    def _notice(self) -> None:
        self._check_model()
        self._names = None
        self.checked.forget()

    def _sync(self, tell: Teller | None = None) -> None:
        self._follower.sync(tell.prepare if tell else None)
        self._names = None
