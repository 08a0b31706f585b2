"""What the doctor finds, mends, and leaves to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import NoIndex
from rag.index import Pipeline, doctor
from rag.index.doctor import examine
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from rag.store.probe import probe
from rag.store.words import WordIndex
from tests.index.articles import note
from tests.index.conftest import Feed
from tests.store.derived import Indexes, damage_flip, damage_garbage, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def indexes(folder: Path) -> Iterator[Indexes]:
    both = Indexes(folder, Ledger.open(folder, create=True))
    write(both.ledger, range(40))
    both.sync()
    WordIndex(folder, both.ledger).sync()
    yield both
    both.close()
    both.ledger.close()


def states(folder: Path) -> dict[str, str]:
    return {finding.part: finding.state for finding in examine(folder) if finding.part != "labels"}


def first_file(folder: Path, pattern: str) -> Path:
    return next(path for path in sorted(folder.glob(pattern)) if path.is_file() and path.stat().st_size)


def test_of_a_sound_index(folder: Path, indexes: Indexes) -> None:
    before = {path: path.read_bytes() for path in folder.glob("*/current")}
    assert states(folder) == {"ledger": "sound", "vectors": "sound", "keywords": "sound", "words": "sound"}
    assert {path: path.read_bytes() for path in folder.glob("*/current")} == before, "and nothing is built"


def test_what_is_derived_is_built_again(folder: Path, indexes: Indexes) -> None:
    expected = indexes.found()
    indexes.close()
    damage_flip(first_file(folder, "vectors/*/chroma.sqlite3"))
    damage_garbage(first_file(folder, "keywords/*/*/*.term"))
    damage_garbage(first_file(folder, "words/*/words.npy"))
    assert states(folder) == {"ledger": "sound", "vectors": "mended", "keywords": "mended", "words": "mended"}
    assert states(folder) == {"ledger": "sound", "vectors": "sound", "keywords": "sound", "words": "sound"}
    again = Indexes(folder)
    assert again.in_step()
    assert again.found() == expected
    again.close()


def test_while_another_writes_nothing_is_mended(folder: Path, indexes: Indexes) -> None:
    indexes.close()
    damage_garbage(first_file(folder, "vectors/*/chroma.sqlite3"))
    with WriterLock(folder):
        (finding,) = [found for found in examine(folder) if found.part == "vectors"]
    assert finding.state == "wrong"
    assert "not mended" in finding.said
    assert states(folder)["vectors"] == "mended"


def test_a_text_that_was_changed_in_the_file(folder: Path, indexes: Indexes) -> None:
    """Which no check of the database's own sees."""
    indexes.ledger.close()
    file = folder / "ledger.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file.write_bytes(file.read_bytes().replace(b"Report 17: the granite", b"Report 17: the granito"))
    with Ledger.open(folder, create=False) as ledger:
        ledger.check()
    lost, *_ = findings = list(examine(folder))
    assert lost.said.startswith("a17: its text is not what was stored")
    assert lost.state == "wrong", "no file holds it any more"
    assert {f.part: f.state for f in findings if f.part in {"vectors", "keywords"}} == dict.fromkeys(
        ["vectors", "keywords"], "mended"
    )
    with Ledger.open(folder, create=False) as ledger:
        assert "a17" not in {claim.article for claim in ledger.claims()}


def test_a_claim_that_was_changed_is_set_aside_until_its_file_is_read_again(
    tmp_path: Path, ledger: Ledger, pipeline: Pipeline, feed: Feed
) -> None:
    path = feed("1.jsonl", note(1), note(2))
    pipeline.run([path])
    before = ledger.claims(article="n1")
    with sqlite3.connect(tmp_path / "index" / "ledger.db") as connection:
        connection.execute("UPDATE claims SET stance = 'denies' WHERE article = 1")
    connection.close()
    (finding, *_) = examine(tmp_path / "index")
    assert finding.state == "mended"
    assert finding.said.startswith("n1: its claims")
    assert str(path) in finding.said
    assert not ledger.claims(article="n1")
    assert "n1 wait to be read again" in " ".join(found.said for found in examine(tmp_path / "index"))
    assert pipeline.rebuild().updated == 1, "what is stored of the other may be wrong anywhere"
    pipeline.run([path])
    assert ledger.claims(article="n1") == before
    assert not ledger.versions_of("n1"), "what was damaged is no version that anybody published"
    assert not ledger.set_aside_articles()


def test_what_was_to_be_forgotten_is_gone_after_it(folder: Path, indexes: Indexes) -> None:
    indexes.ledger.forget_articles(["a17"], gone=())
    assert states(folder)["forgotten articles"] == "mended"
    assert "forgotten articles" not in states(folder)
    indexes.ledger.close()
    assert not any(b"quarter17" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_articles_of_an_earlier_version_are_named(folder: Path, indexes: Indexes) -> None:
    (note,) = [finding for finding in examine(folder) if finding.part == "labels"]
    assert note.state == "note", "the examples name no pipeline"
    assert note.said.startswith("40 articles")


def test_of_nothing(folder: Path) -> None:
    with pytest.raises(NoIndex):
        list(examine(folder))


def test_one_that_crashes_or_hangs_is_told_apart(
    folder: Path, indexes: Indexes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Native code on damaged files; here a stand-in for it, found before the library itself."""
    indexes.close()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    stand_in = tmp_path / "chromadb" / "__init__.py"
    stand_in.parent.mkdir()
    stand_in.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    assert probe(folder, "vectors") == "opening it crashes (SIGSEGV)"
    stand_in.write_text("import time\ntime.sleep(60)\n")
    for path in (folder / "vectors").glob("opening-*"):
        path.unlink()
    assert probe(folder, "vectors", seconds=5) == "opening it takes more than 5 s"


def test_a_base_that_crashed_twice_is_not_opened_again(
    folder: Path, indexes: Indexes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expected = indexes.found()
    indexes.close()
    stand_in = tmp_path / "chromadb" / "__init__.py"
    stand_in.parent.mkdir()
    stand_in.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        for _ in range(2):
            assert "SIGSEGV" in probe(folder, "vectors")
        assert "died while they opened" in probe(folder, "vectors")
    assert not Indexes(folder).in_step()
    assert Indexes(folder).found() == expected, "searched in memory"
    assert states(folder)["vectors"] == "mended"
    assert not list(folder.glob("vectors/opening-*"))
    again = Indexes(folder)
    assert again.in_step()
    assert again.found() == expected


def test_an_index_that_cannot_be_mended(folder: Path, indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "probe", lambda *_: "it is beyond help")
    (finding,) = [found for found in examine(folder) if found.part == "vectors"]
    assert (finding.state, finding.said) == ("wrong", "it is beyond help; built again, and it is beyond help")
