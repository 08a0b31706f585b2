"""Killed anywhere and started again, an index is what it would have been in one go."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

import rag.index.pipeline
import rag.store.writing
from rag.attribution import load_extractor
from rag.index import Pipeline
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from tests.index.articles import ALL, LEAD, note, record
from tests.index.conftest import Feed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that was forked")

WRITES = ("write", "write_version", "finish_source", "remove_source", "fail_source")

Index = Callable[..., int]


class Dying:
    """Counts steps, and kills this process before, within or after the one that it is told."""

    def __init__(self, step: int, moment: str) -> None:
        self.step = step
        self.moment = moment
        self.steps = 0
        if moment == "within":
            rag.store.writing.add_signature = self.around(rag.store.writing.add_signature)
            return
        for name in WRITES:
            setattr(Ledger, name, self.around(getattr(Ledger, name)))

    def around(self, call: Callable[..., Any]) -> Any:
        def step(*args: Any, **kwargs: Any) -> Any:
            self.steps += 1
            if self.steps == self.step and self.moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*args, **kwargs)
            if self.steps == self.step:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return step


def run(folder: Path, articles: Path, *, step: int, moment: str, steps: Any) -> None:
    """Index articles, in a process of its own."""
    rag.index.pipeline.BATCH_UNITS = 12
    dying = Dying(step, moment)
    with WriterLock(folder), Ledger.open(folder, create=True) as ledger:
        Pipeline(
            ledger=ledger,
            embeddings=DeterministicFakeEmbedding(size=8),
            extractor=load_extractor("rules"),
            passage_size=400,
        ).run([articles], prune=True)
    steps.value = dying.steps


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Index the articles in another process, killed at a step. Returns how many steps it came to, -9 if it died."""
    processes = multiprocessing.get_context("fork")

    def start(folder: str, *, step: int = 0, moment: str = "before") -> int:
        steps = processes.Value("i", 0)
        work = partial(run, tmp_path / folder, tmp_path / "articles", step=step, moment=moment, steps=steps)
        process = processes.Process(target=work)
        process.start()
        process.join()
        return steps.value if process.exitcode == 0 else int(process.exitcode or 0)

    return start


@pytest.fixture
def articles(feed: Feed) -> None:
    """New articles, copies, versions in two files, a problem, and one file that holds what another holds, too."""
    feed("1.jsonl", record("ferry", updated="2031-05-04"), note(1), note(2), {"id": "empty"})
    feed("2.jsonl", record("ferry", LEAD.replace("212", "121"), *ALL[1:], updated="2031-05-05"), note(2))
    cut = record("copy", *ALL[:2], *ALL[3:], published="2031-05-06")
    feed("3.jsonl", {**cut, "url": "https://harbour.example/c"})
    feed("4.jsonl", {**record("copy", *ALL), "url": "https://lume.example/c", "published": "2031-05-03"})


def content(folder: Path) -> dict[str, Any]:
    """All that a ledger holds, without keys and times, which no two runs have in common."""
    with Ledger.open(folder, create=False) as ledger:
        ledger.check()
        ids = sorted(ref.id for ref in ledger.articles())
        return {
            "articles": [ledger.article(id_) for id_ in ids],
            "claims": [ledger.claims(article=id_) for id_ in ids],
            "units": sorted(
                (unit.kind, unit.article_id, unit.span, unit.text, unit.vector.tobytes())
                for kind in ("passage", "claim")
                for unit in ledger.units(kind)
            ),
            "versions": [[(v.article, v.source, v.pipeline) for v in ledger.versions_of(id_)] for id_ in ids],
            "changes": [ledger.changes_of(id_) for id_ in ids],
            "groups": ledger.groups(),
            "carried": [ledger.carried_by(claim.id) for claim in ledger.claims()],
            "held": [ledger.sources_of(id_) for id_ in ids],
            "digests": [(source.path, source.digest, source.stamp) for source in ledger.sources()],
            "problems": ledger.problems(),
        }


def killed_everywhere(index: Index, tmp_path: Path, *, moment: str, begin: Callable[[str], object]) -> None:
    """Compare what a run makes of an index with what two make of it, the first killed, for every step of it."""
    begin("whole")
    steps = index("whole", moment=moment)
    expected = content(tmp_path / "whole")
    assert steps >= 3
    for step in range(1, steps + 1):
        folder = f"killed{step}"
        begin(folder)
        assert index(folder, step=step, moment=moment) == -signal.SIGKILL
        assert index(folder) >= 0
        assert content(tmp_path / folder) == expected, f"killed {moment} step {step}"


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("moment", ["before", "after", "within"])
def test_a_first_run(index: Index, tmp_path: Path, moment: str) -> None:
    killed_everywhere(index, tmp_path, moment=moment, begin=lambda _: None)


@pytest.mark.usefixtures("articles")
def test_a_run_over_what_changed(index: Index, tmp_path: Path, feed: Feed) -> None:
    def begin(folder: str) -> None:
        feed("1.jsonl", record("ferry", updated="2031-05-04"), note(1), note(2), {"id": "empty"})
        feed("4.jsonl", {**record("copy", *ALL), "url": "https://lume.example/c", "published": "2031-05-03"})
        assert index(folder) > 0
        feed("1.jsonl", record("ferry", updated="2031-05-06"), note(2), note(9))
        (tmp_path / "articles" / "4.jsonl").unlink()

    killed_everywhere(index, tmp_path, moment="after", begin=begin)


def test_the_two_runs_are_compared_by_what_matters(index: Index, tmp_path: Path, articles: None, feed: Feed) -> None:
    """Against a comparison that finds everything equal."""
    assert index("one") > 0
    one = content(tmp_path / "one")
    assert one["groups"]
    assert [versions for versions in one["versions"] if versions]
    assert [carriage for carriage in one["carried"] if carriage and carriage.lacking]
    feed("2.jsonl", note(3))
    assert index("one") > 0
    two = content(tmp_path / "one")
    assert {name for name in one if one[name] != two[name]} >= {"articles", "claims", "units", "versions", "digests"}
