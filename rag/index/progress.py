"""How far a run has come: what the command line and the web page show while articles are indexed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from corpus.language import count_others
from corpus.types import Article, Problem
from rag.types import Failure, IndexReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run has come.

    `file` is the name of the file in work, `files` how many of `of_files` are done. `articles` and `claims` were
    written, `unchanged` articles had been before, `failed` could not be read. `fraction` (0 to 1) is the share of the
    work that is done, by bytes, and grows within a file of many articles where its number of lines is known. `rate` is
    in articles a second, `seconds_left` None as long as nothing tells it. When all articles are written, `preparing`
    names the index that is built of them, and `prepared` (0 to 1) how much of it is.
    """

    file: str = ""
    files: int = 0
    of_files: int = 0
    articles: int = 0
    unchanged: int = 0
    claims: int = 0
    failed: int = 0
    fraction: float = 0.0
    seconds: float = 0.0
    seconds_left: float | None = None
    preparing: str = ""
    prepared: float = 0.0

    @property
    def rate(self) -> float:
        return self.articles / self.seconds if self.seconds > 0 else 0.0

    @property
    def summary(self) -> str:
        """Articles, claims, rate, time left and problems, in one line."""
        if self.preparing:
            done = f"{self.articles} articles, {self.claims} claims"
            return f"{done}; preparing search: {self.preparing} {self.prepared:.0%}"
        left = "" if self.seconds_left is None else f", {_clock(self.seconds_left)} left"
        problems = f", {self.failed} problem{'s' * (self.failed != 1)}" if self.failed else ""
        return f"{self.articles} articles, {self.claims} claims, {self.rate:.1f} articles/s{left}{problems}"

    def __str__(self) -> str:
        return f"{self.fraction:.0%}, file {self.files}/{self.of_files} ({self.file}): {self.summary}"


Tell = Callable[[Progress], object]


@dataclass(slots=True)
class Teller:
    """Passes on how far a run has come and, when its articles are written, how far their indexes are."""

    tell: Tell | None
    now: Progress = field(default_factory=Progress)
    interrupted: bool = False
    started: float = field(default_factory=time.monotonic)

    def __call__(self, now: Progress) -> None:
        self.now = now
        if self.tell:
            self.tell(now)

    def prepare(self, name: str, share: float) -> None:
        if not self.interrupted:  # who stopped it once wants to be told, and to stop it, no more
            self(replace(self.now, preparing=name, prepared=share))

    def whole(self, report: IndexReport) -> IndexReport:
        """A run's report with the seconds that its indexes took, too."""
        return replace(report, seconds=round(time.monotonic() - self.started, 3))


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run has done so far, and of how much: `work` and `done` are in bytes, or in articles for a rebuild."""

    tell: Tell | None = None
    work: int = 0
    done: int = 0
    worked: int = 0  # the part of `done` that took time: not what was found unchanged
    now: Progress = field(default_factory=Progress)
    added: int = 0
    updated: int = 0
    removed: int = 0
    failed: list[Failure] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    other_languages: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)

    def fail(self, problem: Problem) -> None:
        self.failed.append(Failure(path=problem.path, reason=problem.reason, record=problem.record))

    def count(self, *, unchanged: int = 0, claims: int = 0, files: int = 0) -> None:
        self.now = replace(
            self.now,
            unchanged=self.now.unchanged + unchanged,
            claims=self.now.claims + claims,
            files=self.now.files + files,
        )

    def count_languages(self, articles: Iterable[Article]) -> None:
        self.other_languages += count_others(article.language for article in articles)

    def finish_file(self, *, size: int, was_read: bool) -> None:
        self.done += size
        self.worked += size if was_read else 0
        self.count(files=1)
        self.show(self.now.file)

    def show(self, file: str, *, within: float = 0.0) -> None:
        """Tell how far the run is, `within` bytes (or articles) into what is in work."""
        seconds = time.monotonic() - self.started
        done, worked = self.done + within, self.worked + within
        self.now = replace(
            self.now,
            file=file,
            articles=self.added + self.updated,
            failed=len(self.failed),
            fraction=max(self.now.fraction, min(1.0, done / self.work)) if self.work else 1.0,
            seconds=seconds,
            seconds_left=seconds * max(0.0, self.work - done) / worked if worked else None,
        )
        if self.tell:
            self.tell(self.now)

    def report(self, *, interrupted: bool) -> IndexReport:
        return IndexReport(
            added=self.added,
            updated=self.updated,
            unchanged=self.now.unchanged,
            removed=self.removed,
            failed=tuple(self.failed),
            claims=self.now.claims,
            seconds=round(time.monotonic() - self.started, 3),
            interrupted=interrupted,
            left_out=dict(sorted(self.left_out.items())),
            other_languages=dict(self.other_languages.most_common()),
        )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
