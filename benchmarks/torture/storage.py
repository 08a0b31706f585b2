"""What the storage campaigns share: made-up articles, an index without models, and processes that may be killed."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import chromadb  # noqa: F401 -- here, so that no process that is forked has to import it
import numpy as np
import tantivy  # noqa: F401
from chromadb.config import Settings  # noqa: F401
from langchain_core.embeddings import DeterministicFakeEmbedding

from rag.attribution import load_extractor
from rag.index import Pipeline
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex

FORK = hasattr(os, "fork")
NO_FORK = "this system cannot fork a process"
DIMENSION = 16
_PATIENCE = 300.0  # seconds after which a process counts as hung


def article(number: int) -> dict[str, Any]:
    """A report of its own, like no other: its words find it, and it has one claim."""
    road = f"Lane{number} between Mill{number} and Quay{number}"
    text = f"{road} is open again, said Ona Brill of council {number}. It was shut for {number} weeks of work."
    return {"id": f"n{number}", "title": f"Note {number}", "text": text}


def write_feed(path: Path, numbers: Sequence[int]) -> Path:
    """A file of one article a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(article(number)) + "\n" for number in numbers), encoding="utf-8")
    return path


class Index:
    """The ledger and the indexes of a folder, and a pipeline that embeds with nothing."""

    def __init__(self, folder: Path) -> None:
        self.ledger = Ledger.open(folder, create=True)
        self.vectors = VectorIndex(folder, self.ledger)
        self.keywords = KeywordIndex(folder, self.ledger)

    @property
    def pipeline(self) -> Pipeline:
        return Pipeline(
            ledger=self.ledger,
            embeddings=DeterministicFakeEmbedding(size=DIMENSION),
            extractor=load_extractor("rules"),
            passage_size=1000,
        )

    def sync(self) -> None:
        self.vectors.sync()
        self.keywords.sync()

    @property
    def has_bases(self) -> bool:
        """Whether both indexes are searched from disk."""
        return bool(self.vectors.view().generation and self.keywords.view().generation)

    def close(self) -> None:
        self.vectors.close()
        self.keywords.close()
        self.ledger.close()

    def not_stored(self, ids: Collection[str]) -> list[str]:
        return [id_ for id_ in ids if self.ledger.article(id_) is None]

    def not_found(self, ids: Collection[str]) -> list[str]:
        """The articles that a search by their vectors, or by their words, does not find first."""
        units = [unit for kind in ("passage", "claim") for unit in self.ledger.units(kind) if unit.article_id in ids]
        lost = set(ids) - {unit.article_id for unit in units}
        for unit in units:
            hits = self.vectors.search(unit.kind, unit.vector, 3)
            words = self.keywords.search("passage", f"Quay{unit.article_id[1:]}", 3)
            first = [found.article_id for found in self.ledger.stored_units([one for one, _ in words[:1]])]
            if not hits or hits[0][0] != unit.id or first != [unit.article_id]:
                lost.add(unit.article_id)
        return sorted(lost)

    def found(self, number: int) -> list[list[int]]:
        """What so many searches find, by vectors and by words: to be compared with what another index finds."""
        vectors = np.random.default_rng(5).normal(size=(number, DIMENSION)).astype(np.float32)
        found = [[one for one, _ in self.vectors.search("passage", vector, 5)] for vector in vectors]
        found += [[one for one, _ in self.vectors.search("claim", vector, 5)] for vector in vectors]
        return found + [[one for one, _ in self.keywords.search("passage", f"Mill{n}", 3)] for n in range(number)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a process ended: its status, negative for a signal, None where it hung; what it returned or raised."""

    status: int | None
    value: Any = None
    error: str = ""

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL

    @property
    def why(self) -> str:
        return "it hung" if self.status is None else self.error or f"it ended with status {self.status}"


def apart(work: Callable[[], Any], *, seconds: float = _PATIENCE) -> Ended:
    """Do some work in a process of its own, which may die of it."""
    processes = multiprocessing.get_context("fork")
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=_work, args=(work, there))
    process.start()
    there.close()
    told: tuple[Any, str] = (None, "")
    with contextlib.suppress(EOFError):
        if here.poll(seconds):
            told = here.recv()
    process.join(seconds if told == (None, "") else _PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return Ended(status=None)
    return Ended(status=process.exitcode, value=told[0], error=told[1])


def _work(work: Callable[[], Any], pipe: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        pipe.send((work(), ""))
    except BaseException as error:  # it is the supervisor's to judge
        pipe.send((None, f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"))
    pipe.close()
    os._exit(0)  # no library's clean-up: it is not what is looked at


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder, removed after use."""
    with TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def told(problems: Sequence[str]) -> str:
    """The first few problems, in a line."""
    return "; ".join(problems[:3]) + (f"; and {len(problems) - 3} more" if len(problems) > 3 else "")
