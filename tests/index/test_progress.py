"""What a run tells while it goes on."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rag.index import Pipeline, Progress, Teller
from rag.index.progress import Tally
from rag.types import IndexReport
from tests.index.articles import note
from tests.index.conftest import Feed


def test_one_file_of_many_articles_shows_progress(
    pipeline: Pipeline, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.pipeline.BATCH_UNITS", 1)
    told: list[Progress] = []
    report = pipeline.run([feed("feed.jsonl", *(note(number) for number in range(1, 9)))], progress=told.append)
    fractions = [progress.fraction for progress in told]
    assert all(before <= after for before, after in pairwise(fractions))
    assert 0 < fractions[3] < fractions[5] < 1
    last = told[-1]
    assert (last.fraction, last.files, last.of_files, last.articles) == (1.0, 1, 1, 8)
    assert last.claims == report.claims > 0


def test_files_count_by_their_size(pipeline: Pipeline, feed: Feed) -> None:
    small = feed("1.jsonl", note(1))
    large = feed("2.jsonl", *(note(number) for number in range(2, 12)))
    told: list[Progress] = []
    pipeline.run([small, large], progress=told.append)
    after_first = next(progress for progress in told if progress.files == 1)
    sizes = small.stat().st_size, large.stat().st_size
    assert after_first.fraction == pytest.approx(sizes[0] / sum(sizes))


def test_what_is_unchanged_is_no_work(pipeline: Pipeline, feed: Feed) -> None:
    old = feed("1.jsonl", *(note(number) for number in range(1, 9)))
    pipeline.run([old])
    told: list[Progress] = []
    pipeline.run([old, feed("2.jsonl", note(20))], progress=told.append)
    assert told[0].files == 1
    assert told[0].fraction == 0.0
    assert (told[-1].unchanged, told[-1].articles) == (8, 1)


def test_problems_are_counted(pipeline: Pipeline, feed: Feed) -> None:
    told: list[Progress] = []
    pipeline.run([feed("1.jsonl", note(1), {"id": "x"})], progress=told.append)
    assert told[-1].failed == 1
    assert "1 problem" in told[-1].summary
    assert "problem" not in Progress(articles=3).summary


def test_time_left_comes_from_the_work_that_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.index.progress.time.monotonic", lambda: 100.0)
    tally = Tally(work=1000, started=80.0)
    tally.show("a.jsonl")
    assert tally.now.seconds_left is None
    tally.finish_file(size=100, was_read=False)  # found unchanged: says nothing of how long the others take
    assert tally.now.seconds_left is None
    tally.show("b.jsonl", within=200)
    assert tally.now.seconds_left == pytest.approx(20 * 700 / 200)
    assert "1:10 left" in tally.now.summary


def test_hours() -> None:
    assert "2:05:09 left" in Progress(seconds_left=7509).summary


def test_the_indexes_that_are_built_of_articles_are_told_and_their_time_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.index.progress.time.monotonic", lambda: 130.0)
    told: list[Progress] = []
    tell = Teller(told.append, started=100.0)
    tell(Progress(articles=3, claims=9, fraction=1.0))
    tell.prepare("words", 0.5)
    assert told[-1].summary == "3 articles, 9 claims; preparing search: words 50%"
    assert told[-1].fraction == 1.0
    assert (
        tell.whole(IndexReport(added=3, updated=0, unchanged=0, removed=0, failed=(), claims=9, seconds=20.0)).seconds
        == 30
    )
