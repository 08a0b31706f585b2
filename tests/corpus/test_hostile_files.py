"""A small share of what `benchmarks.fuzz_readers`, `benchmarks.bombs` and `benchmarks.large_files` do in full."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.bombs import BOMBS
from benchmarks.fuzz_readers import fuzz, inputs_of, mutated
from benchmarks.large_files import BROKEN_AT, LONG_AT, WRITERS, text_of
from benchmarks.seeds import seeds_for
from corpus import Article, Problem, read_file
from corpus.limits import Limits
from corpus.readers import CONTAINERS, KINDS, OWN_FAULT
from corpus.readers.isolation import FileReader, open_reader

QUICK_BOMBS = (
    "zip: members that overlap",
    "xz: a dictionary of 4 GB",
    "tar: a size of 8 TB",
    "tar: long names in a row",
    "pdf: pages in a circle",
    "docx: entities",
    "xml: one large entity often",
    "html: formatting never closed",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with open_reader() as opened:
        yield opened


@pytest.mark.parametrize("kind", sorted({*KINDS, *CONTAINERS}))
def test_every_kind_has_seeds_that_are_articles(tmp_path: Path, kind: str) -> None:
    for number, seed in enumerate(seeds_for(kind)):
        path = tmp_path / f"{number}{kind}"
        path.write_bytes(bytes(seed))
        assert any(isinstance(item, Article) for item in read_file(path))


@pytest.mark.parametrize("kind", sorted({*KINDS, *CONTAINERS}))
def test_damage_ends_in_articles_or_problems(tmp_path: Path, kind: str) -> None:
    outcome = fuzz(kind, count=12, seed=7, folder=tmp_path, isolate=False)
    assert not outcome.bad
    assert outcome.inputs == 12


@pytest.mark.parametrize("kind", [".html", ".eml", ".tgz", ".docx"])
def test_the_same_seed_makes_the_same_inputs_and_another_others(kind: str) -> None:
    first, again, other = (list(inputs_of(seeds_for(kind), count=5, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_an_empty_file_can_be_damaged() -> None:
    assert mutated(b"", rng=random.Random(1)) is not None


@pytest.mark.parametrize("name", QUICK_BOMBS)
def test_a_bomb_ends_in_a_problem(tmp_path: Path, reader: FileReader, name: str) -> None:
    suffix, make = BOMBS[name]
    path = tmp_path / f"bomb{suffix}"
    path.write_bytes(make())
    reasons = [item.reason for item in reader.read(path) if isinstance(item, Problem)]
    assert reasons
    assert not [reason for reason in reasons if OWN_FAULT in reason or "the process that read it" in reason]


def test_there_are_thirty_bombs() -> None:
    assert len(BOMBS) >= 30


def test_a_large_file_is_read_in_less_memory_than_it_is_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.large_files.LONG_AT", None)
    path = tmp_path / "articles.jsonl"
    with path.open("wb") as out:
        records = WRITERS["jsonl"](out, 25_000_000)
    with open_reader(limits=Limits(memory=90_000_000)) as reader:  # Python itself takes 55 MB of it
        found = [type(item) for item in reader.read(path)]
    assert found.count(Article) == records - records // BROKEN_AT
    assert found.count(Problem) == records // BROKEN_AT


@pytest.mark.parametrize("kind", ["csv", "tar", "warc", "parquet"])
def test_every_record_of_a_stream_is_accounted_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("benchmarks.large_files.LONG_AT", None)
    monkeypatch.setattr("benchmarks.large_files.BROKEN_AT", 7)
    path = tmp_path / f"articles.{kind}"
    with path.open("wb") as out:
        records = WRITERS[kind](out, 200_000)
    found = list(read_file(path))
    assert len(found) == records
    assert sum(isinstance(item, Problem) for item in found) == records // 7


def test_a_line_of_ten_megabytes_is_an_article(tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "long.txt"
    path.write_text(text_of(LONG_AT), encoding="utf-8")
    (found,) = reader.read(path)
    assert isinstance(found, Article)
    assert len(found.text) > 9_900_000
