"""The ingest pipeline: files in, entries in the ledger; incremental and resumable, one writer at a time."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import find_files
from corpus.errors import NothingToRead
from corpus.identity import canonical_url
from corpus.limits import Limits
from corpus.types import Article, Problem
from rag.attribution import Extractor
from rag.errors import RagError
from rag.index.drafts import Draft, Workshop, embed_drafts
from rag.index.files import Reader, Reading, digest_file, is_untouched, look_at, root_of
from rag.index.judge import Verdict, judge_article, keeps_earlier, source_exists
from rag.index.progress import Tally, Tell
from rag.observe import timed, timed_items
from rag.store.entries import Known, SourceFile, Version
from rag.store.rows import content_digest
from rag.types import IndexReport

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from rag.store.ledger import Ledger

BATCH_UNITS = 512
"""Embedded pieces a transaction: about ten seconds of work is the most that an interruption can cost."""

FAULT = "could not be taken apart, by a fault of this program"

BATCH_ARTICLES = 16
"""Stored articles that a rebuild makes anew in one transaction."""

AT_ONCE = 2
"""Articles that are taken apart at a time: while the rules read one, on one core, the encoder reads the next."""


_log = logging.getLogger(__name__)


class _Making(NamedTuple):
    """An article that is being taken apart."""

    article: Article
    draft: Future[Draft]
    is_new: bool


@dataclass(slots=True, kw_only=True)
class _Work:
    """A file in work: what was seen in it, and what is to be written of it next."""

    source: SourceFile
    name: str
    seen: set[str] = field(default_factory=set)
    failed: list[Problem] = field(default_factory=list)
    places: list[Article] = field(default_factory=list)
    making: deque[_Making] = field(default_factory=deque)
    drafts: list[Draft] = field(default_factory=list)
    added: int = 0  # of the drafts
    pending: set[str | None] = field(default_factory=set)  # ids and addresses of all that is not written yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """What turns files into entries: a ledger to write to, a model, an extractor, the size of passages, and limits."""

    ledger: Ledger
    embeddings: Embeddings
    extractor: Extractor
    passage_size: int
    limits: Limits = field(default_factory=Limits)
    _threads: ThreadPoolExecutor = field(
        default_factory=partial(ThreadPoolExecutor, AT_ONCE, thread_name_prefix="attribute"), repr=False, compare=False
    )

    @property
    def workshop(self) -> Workshop:
        return Workshop(extractor=self.extractor, passage_size=self.passage_size)

    def run(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Tell | None = None,
        prune: bool = False,
        mapping: Mapping[str, str] | None = None,
    ) -> IndexReport:
        """Index the files under `paths`; with `prune`, remove the articles of files that are gone from there.

        `mapping` gives the columns of tables and the fields of JSON, by the field of an article that they hold. What
        could not be read is in the report, also where it was found so in an earlier run. Ctrl-C ends the run between
        two transactions: the report then says `interrupted`, and the same call goes on where it stopped. Raises
        CorpusError where a path does not exist or holds nothing to read.
        """
        others: Counter[str] = Counter()
        files = self._find(paths, prune=prune, others=others)
        reading = Reading(mapping=mapping or {}, limits=self.limits)
        stamp = f"{self.workshop.stamp}|{reading.stamp}"
        tally = Tally(tell=progress, left_out=others)
        interrupted = False
        try:
            with Reader(reading) as reader:
                sources = self._look(((path, root_of(path, paths)) for path in files), stamp=stamp, tally=tally)
                self._skip_untouched(sources, tally=tally)
                for path, source in sources.items():
                    self._index_file(path, source, reader=reader, tally=tally)
                if prune:
                    tally.removed += self._prune(paths, files)
                # What was removed with one file, another may hold too.
                again = [(Path(s.path), Path(s.root or ".")) for s in self.ledger.sources() if not s.digest]
                for path, source in self._look(again, stamp=stamp, tally=tally).items():
                    self._index_file(path, source, reader=reader, tally=tally)
        except KeyboardInterrupt:
            interrupted = True
        return tally.report(interrupted=interrupted)

    def rebuild(self, *, progress: Tell | None = None) -> IndexReport:
        """Make passages, claims and vectors of every stored article anew, from the ledger, reading no file."""
        paths = self.ledger.paths()
        # One that was set aside as damaged has no digest: it is made anew from its file alone.
        ids = {source: sorted(id_ for id_, made in self.ledger.digests(source).items() if made) for source in paths}
        tally = Tally(tell=progress, work=sum(map(len, ids.values())))
        tally.now = replace(tally.now, of_files=len(paths))
        interrupted = False
        try:
            for source in paths:
                for some in _batched(ids[source], size=BATCH_ARTICLES):
                    articles = [article for article in map(self.ledger.article, some) if article]
                    with timed("attribute"):
                        drafts = list(self._threads.map(self.workshop.take_apart, articles))
                    with timed("embed"):
                        entries = embed_drafts(drafts, self.embeddings)
                    with timed("store"):
                        self.ledger.write(entries, path=source, remade=True)
                    tally.updated += len(drafts)
                    tally.count(claims=sum(len(draft.claims) for draft in drafts))
                    tally.count_languages(articles)
                    tally.done += len(some)
                    tally.worked += len(some)
                    tally.show(Path(source).name)
                tally.finish_file(size=0, was_read=True)
        except KeyboardInterrupt:
            interrupted = True
        return tally.report(interrupted=interrupted)

    def _find(self, paths: Sequence[str | Path], *, prune: bool, others: Counter[str]) -> list[Path]:
        try:
            return find_files(paths, others=others)
        except NothingToRead:
            if prune and any(_is_below(path, paths) for path in self._stored_paths()):
                return []
            raise

    def _look(self, files: Iterable[tuple[Path, Path]], *, stamp: str, tally: Tally) -> dict[Path, SourceFile]:
        """The files as they are now, with how much work they are at the most; those that cannot be opened fail."""
        found = {}
        for path, root in files:
            try:
                found[path] = look_at(path, root=root, stamp=stamp)
            except OSError as error:
                self._fail(path, error, tally=tally)
        tally.work += sum(source.size for source in found.values())
        tally.now = replace(tally.now, of_files=tally.now.of_files + len(found))
        return found

    def _skip_untouched(self, sources: dict[Path, SourceFile], *, tally: Tally) -> None:
        """Take out the files whose size and date say that they are as they were."""
        known = {source.path: source for source in self.ledger.sources()}
        held = self.ledger.numbers_held()
        problems = self.ledger.problems_by_source()
        for path, source in list(sources.items()):
            if is_untouched(source, known.get(source.path)):
                del sources[path]
                tally.work -= source.size
                tally.count(unchanged=held.get(source.path, 0), files=1)
                for problem in problems.get(source.path, ()):
                    tally.fail(problem)

    def _index_file(self, path: Path, source: SourceFile, *, reader: Reader, tally: Tally) -> None:
        """Index one file, a transaction at a time."""
        tally.show(path.name)
        try:
            source = digest_file(source)
        except OSError as error:
            self._fail(path, error, tally=tally)
            tally.finish_file(size=source.size, was_read=False)
            return
        known = self.ledger.source(source.path)
        if known and (known.digest, known.stamp) == (source.digest, source.stamp):
            self.ledger.refresh_source(source)
            tally.count(unchanged=len(self.ledger.held(source.path)))
            for problem in self.ledger.problems(source.path):
                tally.fail(problem)
            tally.finish_file(size=source.size, was_read=False)
            return
        self._read(path, source, reader=reader, tally=tally)
        tally.finish_file(size=source.size, was_read=True)

    def _read(self, path: Path, source: SourceFile, *, reader: Reader, tally: Tally) -> None:
        work = _Work(source=source, name=path.name)
        for item, share in timed_items(reader.read(path, root=Path(source.root or path.parent)), "read"):
            if isinstance(item, Problem):
                work.failed.append(item)
                tally.fail(item)
                continue
            self._take(item, work=work, tally=tally)
            if sum(len(draft.pieces) for draft in work.drafts) >= BATCH_UNITS:
                self._write(work, tally=tally)
                tally.show(path.name, within=share * source.size)
        self._write_all(work, tally=tally)
        if any(problem.record is None and problem.path == str(path) for problem in work.failed):
            self.ledger.fail_source(source.path, work.failed)
            return
        # A record that cannot be read may be an article that could be: nothing is removed for it.
        keep = work.seen | self.ledger.held(source.path) if work.failed else work.seen
        tally.removed += self.ledger.finish_source(source, keep=keep, places=work.places, failed=work.failed)

    def _take(self, article: Article, *, work: _Work, tally: Tally) -> None:
        """Settle what an article is to those that are stored, and keep it for the next transaction where it is new."""
        path = work.source.path
        # Two articles of one id, in one file or in two, must both be kept.
        names = (
            article.id,
            f"{article.id}~{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}",
            f"{article.id}~{content_digest(article)[:16]}",
        )
        canonical = canonical_url(article.url)
        if not work.pending.isdisjoint({*names, canonical} - {None}):
            self._write_all(work, tally=tally)
        stored = self.ledger.known(names, canonical=canonical)
        digest = self.workshop.digest(article)
        for known in stored:
            again = known.article.id in work.seen
            verdict = judge_article(article, known, digest=digest, path=path, is_again=again)
            if verdict != "apart":
                self._settle(replace(article, id=known.article.id), known, verdict, work=work, tally=tally)
                return
        taken = {known.article.id for known in stored}
        new = replace(article, id=next((name for name in names if name not in taken), names[-1]))
        self._draft(new, work=work, tally=tally, is_new=True)

    def _settle(self, article: Article, known: Known, verdict: Verdict, *, work: _Work, tally: Tally) -> None:
        """Do with an article, which has the stored one's id, what its verdict says."""
        source = work.source
        work.seen.add(article.id)  # also where it cannot be taken apart: what is stored stays
        if verdict == "same":
            tally.count(unchanged=1)
            moved = (source.path, article.path, article.record) != (
                known.source, known.article.path, known.article.record
            )  # fmt: skip
            is_latest = content_digest(article) == known.content
            if moved and is_latest and (known.source == source.path or not source_exists(known.source)):
                work.places.append(article)
        elif verdict == "older":
            version = Version(article=article, source=source.path, pipeline=self.workshop.stamp, read_at=source.read_at)
            self.ledger.write_version(version, article=article.id)
            tally.updated += 1
        else:
            keeps = keeps_earlier(article, known, verdict=verdict, stamp=self.workshop.stamp, path=source.path)
            self._draft(article, work=work, tally=tally, keeps=keeps)

    def _draft(self, article: Article, *, work: _Work, tally: Tally, keeps: bool = False, is_new: bool = False) -> None:
        """Have an article taken apart, to be written in its turn."""
        make = partial(self.workshop.take_apart, keeps_earlier=keeps, read_at=work.source.read_at)
        work.pending |= {article.id, canonical_url(article.url)}
        work.making.append(_Making(article, self._threads.submit(make, article), is_new))
        if len(work.making) >= AT_ONCE:
            self._collect(work, tally=tally)

    def _collect(self, work: _Work, *, tally: Tally) -> None:
        """Wait for the first of the drafts in the making. One that cannot be made, by a fault of this program, is a
        problem."""
        made = work.making.popleft()
        article = made.article
        try:
            with timed("attribute"):
                draft = made.draft.result()
        except RagError:
            raise
        except Exception as error:  # one article must not cost the others
            _log.warning("%s: %s", article.id, FAULT, exc_info=True)
            what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            problem = Problem(path=article.path or work.source.path, record=article.record, reason=f"{FAULT}: {what}")
            work.failed.append(problem)
            tally.fail(problem)
            return
        work.seen.add(article.id)
        work.drafts.append(draft)
        work.added += made.is_new

    def _write_all(self, work: _Work, *, tally: Tally) -> None:
        while work.making:
            self._collect(work, tally=tally)
        self._write(work, tally=tally)

    def _write(self, work: _Work, *, tally: Tally) -> None:
        if not work.drafts:
            return
        with timed("embed"):
            entries = embed_drafts(work.drafts, self.embeddings)
        with timed("store"):
            self.ledger.write(entries, path=work.source.path)
        tally.added += work.added
        tally.updated += len(work.drafts) - work.added
        tally.count(claims=sum(len(draft.claims) for draft in work.drafts))
        tally.count_languages(draft.article for draft in work.drafts)
        work.added = 0
        work.drafts.clear()
        work.pending = {name for made in work.making for name in (made.article.id, canonical_url(made.article.url))}

    def _fail(self, path: Path, error: OSError, *, tally: Tally) -> None:
        problem = Problem(path=str(path), reason=f"cannot be read: {error.strerror or error}")
        tally.fail(problem)
        self.ledger.fail_source(str(path.resolve()), [problem])

    def _prune(self, paths: Sequence[str | Path], files: Sequence[Path]) -> int:
        present = {str(path.resolve()) for path in files}
        gone = [
            path
            for path in self._stored_paths()
            if path not in present and _is_below(path, paths) and not source_exists(path)
        ]
        return sum(self.ledger.remove_source(path) for path in gone)

    def _stored_paths(self) -> list[str]:
        return sorted({*self.ledger.paths(), *(source.path for source in self.ledger.sources())})


def _is_below(path: str, roots: Sequence[str | Path]) -> bool:
    return any(Path(path).is_relative_to(Path(root).resolve()) for root in roots)


def _batched(items: Sequence[str], *, size: int) -> Iterator[Sequence[str]]:
    return (items[at : at + size] for at in range(0, len(items), size))
