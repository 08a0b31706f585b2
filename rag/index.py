"""The ingest pipeline: files in, entries in the ledger; incremental and resumable, one writer at a time."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import chunk_article, find_files, read_file, split_sentences
from corpus.types import Article, Passage, Problem, Span
from rag.attribution import Extractor, claims_of
from rag.store.entries import Entry, Kind, SourceFile, Unit
from rag.types import Claim, Failure, IndexReport

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from rag.store.ledger import Ledger

PIPELINE_VERSION = "1"
"""Raised whenever cleaning, chunking or the texts that are embedded change: what is stored is then made anew."""

BATCH_UNITS = 512
"""Embedded pieces a transaction: about ten seconds of work is the most that an interruption can cost."""

BATCH_ARTICLES = 16
"""Stored articles that a rebuild makes anew in one transaction."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run has come: files done of how many, articles and claims written, problems met."""

    file: str
    files: int
    of_files: int
    articles: int
    claims: int
    failed: int

    def __str__(self) -> str:
        return (
            f"{self.files}/{self.of_files} files, {self.articles} articles, {self.claims} claims, "
            f"{self.failed} failed: {self.file}"
        )


class _Piece(NamedTuple):
    """What becomes a unit: the kind and number of its owner, where it stands, and the text to embed."""

    kind: Kind
    owner: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """An article taken apart, not embedded yet: `pieces` are units without their vectors."""

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    pieces: tuple[_Piece, ...]


@dataclass(slots=True, kw_only=True)
class _Tally:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    claims: int = 0
    failed: list[Failure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """What turns files into entries: a ledger to write to, a model, an extractor and the size of passages."""

    ledger: Ledger
    embeddings: Embeddings
    extractor: Extractor
    passage_size: int

    def run(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Callable[[Progress], object] | None = None,
        prune: bool = False,
    ) -> IndexReport:
        """Index the files under `paths`; with `prune`, remove the articles of files that are gone from there.

        Ctrl-C ends the run between two transactions: the report then says `interrupted`, and the same call goes on
        where it stopped. Raises CorpusError where a path does not exist or holds nothing to read.
        """
        started = time.monotonic()
        files = find_files(paths)
        tally = _Tally(failed=[])
        interrupted = False
        try:
            for number, path in enumerate(files):
                for _ in self._index_file(path, roots=paths, tally=tally):
                    if progress:
                        progress(_progress(path, number, len(files), tally))
                if progress:
                    progress(_progress(path, number + 1, len(files), tally))
            if prune:
                tally.removed += self._prune(paths, files)
        except KeyboardInterrupt:
            interrupted = True
        return _report(tally, seconds=time.monotonic() - started, interrupted=interrupted)

    def rebuild(self, *, progress: Callable[[Progress], object] | None = None) -> IndexReport:
        """Make passages, claims and vectors of every stored article anew, from the ledger, reading no file."""
        started = time.monotonic()
        tally = _Tally(failed=[])
        paths = self.ledger.paths()
        interrupted = False
        try:
            for number, source in enumerate(paths):
                stored = self.ledger.digests(source)
                for ids in _batched(sorted(stored), size=BATCH_ARTICLES):
                    articles = [article for article in map(self.ledger.article, ids) if article]
                    drafts = [self._take_apart(a, digest=_digest(a, stamp=self._stamp())) for a in articles]
                    self._write(drafts, path=source, stored=stored, tally=tally, remade=True)
                    if progress:
                        progress(_progress(Path(source), number, len(paths), tally))
        except KeyboardInterrupt:
            interrupted = True
        return _report(tally, seconds=time.monotonic() - started, interrupted=interrupted)

    def _stamp(self) -> str:
        return f"{PIPELINE_VERSION}|{self.extractor.name}|{self.passage_size}|"

    def _index_file(self, path: Path, *, roots: Sequence[str | Path], tally: _Tally) -> Iterator[None]:
        """Index one file, a transaction at a time; yields after each. A file with problems is read again next time."""
        try:
            source = _source_file(path, stamp=self._stamp())
        except OSError as error:
            tally.failed.append(Failure(path=str(path), reason=f"cannot be read: {error.strerror or error}"))
            return
        stored = self.ledger.digests(source.path)
        known = self.ledger.source(source.path)
        if known and known.digest == source.digest:
            tally.unchanged += len(stored)
            return
        seen: set[str] = set()
        failures = len(tally.failed)
        drafts: list[_Draft] = []
        for item in read_file(path, root=_root_of(path, roots)):
            if isinstance(item, Problem):
                tally.failed.append(Failure(path=item.path, reason=item.reason, record=item.record))
                continue
            article = self._claim_id(item, path=source.path, seen=seen)
            seen.add(article.id)
            digest = _digest(article, stamp=self._stamp())
            if stored.get(article.id) == digest:
                tally.unchanged += 1
                continue
            drafts.append(self._take_apart(article, digest=digest))
            if sum(len(draft.pieces) for draft in drafts) >= BATCH_UNITS:
                self._write(drafts, path=source.path, stored=stored, tally=tally)
                drafts = []
                yield
        self._write(drafts, path=source.path, stored=stored, tally=tally)
        if len(tally.failed) == failures:
            tally.removed += self.ledger.finish_source(source, keep=seen)

    def _claim_id(self, article: Article, *, path: str, seen: set[str]) -> Article:
        """Keep the article's id its own: two articles of one id, in one file or in two, must both be kept."""
        candidate = article.id
        if candidate in seen:
            candidate = f"{article.id}~{article.record or len(seen) + 1}"
        owner = self.ledger.owner_of(candidate)
        if owner is not None and owner != path and Path(owner).exists():
            candidate = f"{candidate}~{hashlib.sha256(path.encode()).hexdigest()[:8]}"
        return replace(article, id=candidate)

    def _take_apart(self, article: Article, *, digest: str) -> _Draft:
        passages = chunk_article(article, size=self.passage_size)
        claims = claims_of(article, extractor=self.extractor)
        pieces = [_Piece("passage", i, p.span, passage_text(article, p)) for i, p in enumerate(passages)]
        for i, claim in enumerate(claims):
            pieces += [_Piece("claim", i, s, claim_text(article, claim, s)) for s in claim_pieces(article, claim)]
        return _Draft(article=article, digest=digest, passages=passages, claims=claims, pieces=tuple(pieces))

    def _write(
        self, drafts: Sequence[_Draft], *, path: str, stored: dict[str, str], tally: _Tally, remade: bool = False
    ) -> None:
        if not drafts:
            return
        self.ledger.write(embed_drafts(drafts, self.embeddings), path=path, remade=remade)
        for draft in drafts:
            tally.updated += draft.article.id in stored
            tally.added += draft.article.id not in stored
            tally.claims += len(draft.claims)

    def _prune(self, paths: Sequence[str | Path], files: Sequence[Path]) -> int:
        present = {str(path.resolve()) for path in files}
        roots = [Path(path).resolve() for path in paths]
        gone = [
            source.path
            for source in self.ledger.sources()
            if source.path not in present
            and any(Path(source.path).is_relative_to(root) for root in roots)
            and not Path(source.path).exists()
        ]
        return sum(self.ledger.remove_source(path) for path in gone)


def embed_drafts(drafts: Sequence[_Draft], embeddings: Embeddings) -> list[Entry]:
    """Embed the pieces of several articles in one call."""
    import numpy as np

    texts = [piece.text for draft in drafts for piece in draft.pieces]
    vectors = iter(np.asarray(embeddings.embed_documents(texts), dtype=np.float32))
    return [
        Entry(
            article=draft.article,
            digest=draft.digest,
            passages=draft.passages,
            claims=draft.claims,
            units=tuple(
                Unit(kind=piece.kind, owner=piece.owner, span=piece.span, text=piece.text, vector=next(vectors))
                for piece in draft.pieces
            ),
        )
        for draft in drafts
    ]


def passage_text(article: Article, passage: Passage) -> str:
    """What is embedded and searched for a passage: its words under the article's headline."""
    if article.headline and passage.span.contains(article.headline):
        return passage.text
    return f"{article.title}\n{passage.text}" if article.title else passage.text


def claim_pieces(article: Article, claim: Claim) -> list[Span]:
    """The sentences of a claim's content, as spans: a long quotation is found by any of its sentences."""
    pieces = []
    for content in claim.content:
        for sentence in split_sentences(content.of(article.text)):
            pieces.append(Span(content.start + sentence.start, content.start + sentence.end))
    return pieces or [claim.extent]


def claim_text(article: Article, claim: Claim, piece: Span) -> str:
    """What is embedded and searched for a piece of a claim: the party, its words, and the headline they stand under."""
    cue = " ".join(span.of(article.text) for span in claim.cue)
    said = f"{claim.party.name} {cue}: {piece.of(article.text)}"
    if article.title and not (article.headline and article.headline.overlaps(piece)):
        said = f"{said}\n{article.title}"
    return said


def _report(tally: _Tally, *, seconds: float, interrupted: bool) -> IndexReport:
    return IndexReport(
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        removed=tally.removed,
        failed=tuple(tally.failed),
        claims=tally.claims,
        seconds=round(seconds, 3),
        interrupted=interrupted,
    )


def _batched(items: Sequence[str], *, size: int) -> Iterator[Sequence[str]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def _progress(path: Path, files: int, of_files: int, tally: _Tally) -> Progress:
    return Progress(
        file=path.name,
        files=files,
        of_files=of_files,
        articles=tally.added + tally.updated,
        claims=tally.claims,
        failed=len(tally.failed),
    )


def _root_of(path: Path, roots: Sequence[str | Path]) -> Path:
    """The folder among `roots` that a file was found under, else the file's own folder."""
    resolved = path.resolve()
    for root in map(Path, roots):
        if root.is_dir() and resolved.is_relative_to(root.resolve()):
            return root
    return path.parent


def _source_file(path: Path, *, stamp: str) -> SourceFile:
    """A file as it is now; its digest (SHA-256, hex) covers the pipeline's stamp and all its bytes."""
    digest = hashlib.sha256(stamp.encode())
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    stat = path.stat()
    return SourceFile(path=str(path.resolve()), digest=digest.hexdigest(), size=stat.st_size, mtime=stat.st_mtime)


def _digest(article: Article, *, stamp: str) -> str:
    """SHA-256 of all that is stored of an article but its place."""
    plain = {f.name: getattr(article, f.name) for f in fields(article) if f.name not in {"path", "record", "headline"}}
    return hashlib.sha256((stamp + json.dumps(plain, sort_keys=True)).encode()).hexdigest()
