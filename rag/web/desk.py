"""The desk: the index that the page shows, which may not be there yet, and the work that goes on behind it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import CorpusError
from rag.assistant import Assistant
from rag.errors import NoIndex, RagError
from rag.index import Progress
from rag.index.progress import Tell
from rag.observe.metrics import Metrics
from rag.settings import Settings
from rag.types import IndexReport

_log = logging.getLogger(__name__)

FAULT = "Something went wrong here, by a fault of this program; its log on the server says what."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work that goes on behind the page or has ended: how far it is, and its report or the line that says why not."""

    title: str
    progress: Progress = field(default_factory=Progress)
    is_over: bool = False
    report: IndexReport | None = None
    error: str | None = None


class Desk:
    """Safe to use from several threads. Read `assistant` anew in each handler: it may be replaced at any time."""

    def __init__(self, settings: Settings, *, named: bool = False) -> None:
        self.settings = settings
        self.named = named
        self.metrics = Metrics() if settings.metrics else None
        self._assistant: Assistant | None = None
        self._is_sample = False
        self._work: Work | None = None
        self._lock = threading.Lock()

    @property
    def assistant(self) -> Assistant | None:
        """The open index; None as long as there is nothing to ask about."""
        return self._assistant

    @property
    def work(self) -> Work | None:
        """The work that goes on or was done last."""
        return self._work

    @property
    def is_sample_or_empty(self) -> bool:
        """Whether there are no articles of the reader's own."""
        return self._assistant is None or self._is_sample

    @property
    def is_working(self) -> bool:
        work = self._work
        return work is not None and not work.is_over

    @property
    def is_awaited(self) -> bool:
        """Whether there is nothing to ask about yet, and there will be when the work that goes on is done."""
        return self._assistant is None and self.is_working

    @property
    def uploads(self) -> Path:
        """The folder, beside the index, that keeps the articles added on the page."""
        return self.settings.index.parent / f"{self.settings.index.name}-added"

    def open(self) -> None:
        """Open the index of the settings if it holds articles, else that of the sample if it was made before.

        Raises DamagedIndex or StoreError where there is an index that cannot be used.
        """
        if self._assistant is not None and not self._is_sample:
            return
        if (found := _opened(self.settings)) is not None:
            self._take(found, is_sample=False)
            return
        beside = self.settings.index.parent / f"{self.settings.index.name}-sample"
        if self._assistant is not None or self.named or self.is_working:
            return
        if (made := _opened(self.settings.model_copy(update={"index": beside}))) is not None:
            self._take(made, is_sample=True)

    def load_sample(self) -> bool:
        """Make the index of the sample articles behind the page; False where other work goes on."""

        def make(tell: Tell) -> None:
            own = self._assistant if self._is_sample else None
            if own is not None:  # a second one over the same folder would open its indexes under the first
                own.update_sample(progress=tell)
                return
            assistant = Assistant.open_sample(self.settings, progress=tell)
            if self._assistant is None:
                self._take(assistant, is_sample=True)

        return self._start("Loading the sample articles", make)

    def add(self, path: Path) -> bool:
        """Index a file or folder behind the page; False where other work goes on."""

        def index(tell: Tell) -> IndexReport:
            own = self._assistant if self._assistant is not None and not self._is_sample else None
            assistant = own or Assistant.open(self.settings)
            report = assistant.add(path, progress=tell)
            if own is None and assistant.ledger.scope().articles:
                self._take(assistant, is_sample=False)
            return report

        return self._start("Adding articles", index)

    def _take(self, assistant: Assistant, *, is_sample: bool) -> None:
        """Ask this index from now on; it counts in `metrics`, where there are any."""
        assistant.metrics = self.metrics
        self._assistant, self._is_sample = assistant, is_sample

    def _start(self, title: str, run: Callable[[Tell], IndexReport | None]) -> bool:
        with self._lock:
            if self.is_working:
                return False
            self._work = Work(title=title)
        threading.Thread(target=self._run, args=(title, run), name="attest-work", daemon=True).start()
        return True

    def _run(self, title: str, run: Callable[[Tell], IndexReport | None]) -> None:
        now = Progress()

        def tell(progress: Progress) -> None:
            nonlocal now
            now = progress
            self._work = Work(title=title, progress=progress)

        try:
            report = run(tell)
            self._work = Work(title=title, report=report, progress=now, is_over=True)
        except (CorpusError, RagError) as error:
            self._work = Work(title=title, error=str(error), progress=now, is_over=True)
        except Exception:  # the reader gets a line, whoever runs the server the rest
            _log.exception("%s failed", title)
            self._work = Work(title=title, error=FAULT, progress=now, is_over=True)


def _opened(settings: Settings) -> Assistant | None:
    try:
        assistant = Assistant.open(settings, create=False)
    except NoIndex:
        return None
    return assistant if assistant.ledger.scope().articles else None
