"""Whatever happens to the derived indexes, they answer as the ledger's content says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelMismatch
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex
from tests.store.conftest import ROOT
from tests.store.examples import make_entry, unit_vector

Elsewhere = Callable[[str], subprocess.CompletedProcess[str]]
WORDS = ("ferry", "granite", "lantern", "orchard", "turbine", "violin", "walnut", "zephyr")


def text_of(number: int) -> str:
    """Texts with words of their own, so that each has one best match."""
    return f"Report {number}: the {WORDS[number % 8]} and the {WORDS[number // 8 % 8]} of quarter{number} were seen."


def write(ledger: Ledger, numbers: range, *, path: str = "f") -> None:
    ledger.write([make_entry(f"a{n}", text_of(n), seed=n) for n in numbers], path=path)


class Indexes:
    """Both indexes of one folder, and what they find: article ids for each of a few searches."""

    def __init__(self, folder: Path, ledger: Ledger | None = None) -> None:
        self.ledger = ledger or Ledger.open(folder, create=False)
        self.vectors = VectorIndex(folder, self.ledger)
        self.keywords = KeywordIndex(folder, self.ledger)

    def sync(self) -> None:
        self.vectors.sync()
        self.keywords.sync()

    def close(self) -> None:
        self.vectors.close()
        self.keywords.close()

    def found(self) -> list[list[str]]:
        by_vector = [self.vectors.search("passage", unit_vector(seed), 5) for seed in (3, 17, 21, 900)]
        by_vector.append(self.vectors.search("claim", unit_vector(1017), 5))
        by_words = [
            self.keywords.search("passage", text, 3)
            for text in ("quarter17", "the violin of quarter21", "quarter0 ferry")
        ]
        return [
            [unit.article_id for unit in self.ledger.stored_units([one for one, _ in hits])]
            for hits in by_vector + by_words
        ]

    def in_step(self) -> bool:
        """Whether both bases hold all of the ledger, so that nothing is searched in memory."""
        views = (self.vectors.view(), self.keywords.view())
        return all(view.generation and all(part.in_step for part in view.parts.values()) for view in views)


@pytest.fixture
def indexes(folder: Path, ledger: Ledger) -> Iterator[Indexes]:
    write(ledger, range(40))
    both = Indexes(folder, ledger)
    both.sync()
    yield both
    both.close()


def test_finds_what_it_should(indexes: Indexes) -> None:
    found = indexes.found()
    assert indexes.in_step()
    assert [hits[0] for hits in found[:3]] == ["a3", "a17", "a21"]
    assert found[4][0] == "a17"
    assert [hits[0] for hits in found[5:7]] == ["a17", "a21"]
    assert found[7][0] == "a0"


def test_with_and_without_a_base_the_same_is_found(folder: Path, indexes: Indexes) -> None:
    expected = indexes.found()
    indexes.close()
    for name in ("vectors", "keywords"):
        shutil.rmtree(folder / name)
    again = Indexes(folder)
    assert again.found() == expected, "searched in memory"
    assert not again.in_step()
    again.sync()
    assert again.in_step()
    assert again.found() == expected, "and from a base built anew"


def damage_garbage(path: Path) -> None:
    path.write_bytes(b"\xa5" * path.stat().st_size)


def damage_flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 3, len(content), 97):
        content[at] ^= 0xFF
    path.write_bytes(content)


def damage_truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [damage_garbage, damage_flip, damage_truncate, Path.unlink])
@pytest.mark.parametrize(
    "pattern", ["vectors/*/*/*", "vectors/*/chroma.sqlite3", "vectors/*/*.npy", "keywords/*/*/*", "*/current"]
)
def test_damaged_files_change_nothing(
    folder: Path, indexes: Indexes, damage: Callable[[Path], None], pattern: str
) -> None:
    expected = indexes.found()
    indexes.close()
    damaged = [path for path in folder.glob(pattern) if path.is_file() and path.stat().st_size]
    assert damaged
    for path in damaged:
        damage(path)
    again = Indexes(folder)
    assert again.found() == expected
    again.sync()
    assert again.in_step()
    assert again.found() == expected


def test_a_base_that_fails_while_it_is_open(folder: Path, indexes: Indexes) -> None:
    expected = indexes.found()
    for part in indexes.vectors.view().parts.values():
        assert part.base
        part.base.client.close()
    assert indexes.found() == expected
    assert not indexes.in_step()
    indexes.sync()
    assert indexes.in_step()
    assert indexes.found() == expected


def test_in_step_after_every_change(indexes: Indexes, caplog: pytest.LogCaptureFixture) -> None:
    """Added, replaced, removed; small changes, to a copy of the base, and one of nearly everything."""
    write(indexes.ledger, range(40, 45))
    write(indexes.ledger, range(17, 18), path="g")
    for change in (
        lambda: None,
        lambda: indexes.ledger.remove_source("g"),
        lambda: write(indexes.ledger, range(100, 300), path="h"),
        lambda: indexes.ledger.remove_source("f"),
        lambda: indexes.ledger.remove_source("h"),
    ):
        change()
        before = [hits[:1] for hits in indexes.found()]  # in memory, scores of words are near those of a base
        indexes.sync()
        assert indexes.in_step()
        assert [hits[:1] for hits in indexes.found()] == before
        for index in (indexes.vectors, indexes.keywords):
            for kind, part in index.view().parts.items():
                assert part.base_ids.tolist() == indexes.ledger.unit_ids(kind)
    assert indexes.found() == [[]] * 8, "in the end nothing is left"
    assert not caplog.records, "and nothing had to be built afresh because a change failed"


def test_old_generations_do_not_pile_up(folder: Path, indexes: Indexes) -> None:
    for number in range(50, 53):
        write(indexes.ledger, range(number, number + 1))
        indexes.sync()
    for name in ("vectors", "keywords"):
        assert len([path for path in (folder / name).iterdir() if path.is_dir()]) == 1


def test_nothing_is_built_where_nothing_changed(folder: Path, indexes: Indexes) -> None:
    before = [(folder / name / "current").read_bytes() for name in ("vectors", "keywords")]
    indexes.sync()
    indexes.ledger.set_manifest("noted", "something")
    indexes.sync()
    assert [(folder / name / "current").read_bytes() for name in ("vectors", "keywords")] == before


@pytest.mark.parametrize("number", [1, 40, 99, 120, 260])
def test_opened_again_it_is_as_it_was_left(
    folder: Path, ledger: Ledger, caplog: pytest.LogCaptureFixture, number: int
) -> None:
    """Whether Chroma has saved its graphs or not, which it does for every hundred units."""
    for count in (number, number + 3):
        write(ledger, range(count))
        left = Indexes(folder, ledger)
        left.sync()
        before, found = (folder / "vectors" / "current").read_bytes(), left.found()
        left.close()
        for _ in range(2):
            again = Indexes(folder)
            assert again.in_step()
            assert again.found() == found
            again.sync()
            again.close()
        assert (folder / "vectors" / "current").read_bytes() == before
    assert not caplog.records


def test_killed_between_commit_and_sync(folder: Path, indexes: Indexes, elsewhere: Elsewhere) -> None:
    indexes.close()
    killed = elsewhere(
        "ledger = Ledger.open(folder, create=False)\n"
        "ledger.write([make_entry('new', 'A comet over the harbour.', seed=77)], path='g')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert killed.returncode == -9
    again = Indexes(folder)
    for _ in range(2):
        (one, similarity), *_ = again.vectors.search("passage", unit_vector(77), 3)
        assert again.ledger.stored_units([one])[0].article_id == "new"
        assert similarity == pytest.approx(1.0, abs=1e-6)
        ((word, _),) = again.keywords.search("passage", "comets", 3)
        assert word == one
        again.sync()
        assert again.in_step()


@pytest.mark.parametrize("index", ["VectorIndex", "KeywordIndex"])
@pytest.mark.parametrize("point", ["_write", "_publish"])
def test_killed_while_building(folder: Path, indexes: Indexes, elsewhere: Elsewhere, index: str, point: str) -> None:
    """After the files are written, and before the switch to them: the last generation is still whole."""
    indexes.close()
    killed = elsewhere(
        f"inner = {index}.{point}\n"
        "def until(self, *args, **options):\n"
        f"    if {point!r} == '_write':\n"
        "        inner(self, *args, **options)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{index}.{point} = until\n"
        "ledger = Ledger.open(folder, create=False)\n"
        "ledger.write([make_entry('new', 'A comet over the harbour.', seed=77)], path='g')\n"
        f"{index}(folder, ledger).sync()"
    )
    assert killed.returncode == -9, killed.stderr
    again = Indexes(folder)
    assert again.found()[0][0] == "a3"
    again.sync()
    assert again.in_step()
    assert len(again.keywords.search("passage", "comet", 3)) == 1


def test_what_another_process_writes_is_seen(indexes: Indexes, elsewhere: Elsewhere) -> None:
    """By an index that is open: with and without that process bringing the base in step."""
    for name, seed, then in (
        ("one", 71, ""),
        ("two", 72, "VectorIndex(folder, ledger).sync()\nKeywordIndex(folder, ledger).sync()"),
    ):
        done = elsewhere(
            "ledger = Ledger.open(folder, create=False)\n"
            f"ledger.write([make_entry({name!r}, 'A {name}some comet.', seed={seed})], path={name!r})\n"
            "ledger.remove_source('f')\n" + then
        )
        assert done.returncode == 0, done.stderr
        hits = indexes.vectors.search("passage", unit_vector(seed), 1)
        words = indexes.keywords.search("passage", f"{name}some", 5)
        assert [one for one, _ in words] == [one for one, _ in hits]
        assert indexes.ledger.stored_units([hits[0][0]])[0].article_id == name
    assert indexes.keywords.search("passage", "violin", 5) == [], "and what it removes is not found"


def test_while_another_builds_it_is_searched_in_memory(indexes: Indexes) -> None:
    expected = indexes.found()
    write(indexes.ledger, range(60, 61))
    with indexes.vectors._generations.building(), indexes.keywords._generations.building():
        indexes.sync()
        assert not indexes.in_step()
        assert indexes.found()[1] == expected[1]
        assert len(indexes.keywords.search("passage", "quarter60", 3)) == 1
    indexes.sync()
    assert indexes.in_step()


def test_another_ledger_in_the_same_folder(folder: Path, indexes: Indexes) -> None:
    """Its units have the same ids, and nothing else in common with what the bases hold."""
    indexes.close()
    indexes.ledger.close()
    for file in folder.glob("ledger.db*"):
        file.unlink()
    fresh = Indexes(folder, Ledger.open(folder, create=True))
    write(fresh.ledger, range(200, 240))
    assert max(fresh.ledger.unit_ids("claim")) == 120, "the same ids"
    for _ in range(2):
        ((one, similarity),) = fresh.vectors.search("passage", unit_vector(205), 1)
        assert fresh.ledger.stored_units([one])[0].article_id == "a205"
        assert similarity == pytest.approx(1.0, abs=1e-6)
        assert len(fresh.keywords.search("passage", "quarter205", 3)) == 1
        fresh.sync()


def test_a_backup_put_back_and_written_to(folder: Path, indexes: Indexes, tmp_path: Path) -> None:
    """Then units of one id have two histories, and the base is of the other one."""
    indexes.close()
    indexes.ledger.close()
    shutil.copy(folder / "ledger.db", tmp_path / "backup.db")
    later = Indexes(folder)
    write(later.ledger, range(50, 52))
    later.sync()
    later.close()
    later.ledger.close()
    for file in folder.glob("ledger.db*"):
        file.unlink()
    shutil.copy(tmp_path / "backup.db", folder / "ledger.db")
    restored = Indexes(folder)
    write(restored.ledger, range(70, 72))
    for _ in range(2):
        ((one, similarity),) = restored.vectors.search("passage", unit_vector(70), 1)
        assert restored.ledger.stored_units([one])[0].article_id == "a70"
        assert similarity == pytest.approx(1.0, abs=1e-6)
        assert restored.keywords.search("passage", "quarter50", 3) == []
        restored.sync()


def test_threads_search_while_one_writes(indexes: Indexes) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                assert indexes.found()[1][0] == "a17"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(300, 305):
        write(indexes.ledger, range(number, number + 1), path="h")
        indexes.sync()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def open_to_all(path: Path) -> bool:
    """Whether any user may enter a folder: it and all above it."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


@pytest.mark.skipif(
    os.geteuid() == 0 and not (open_to_all(Path(sys.prefix)) and open_to_all(ROOT)),
    reason="root steps down to a user who cannot read this virtual environment or checkout",
)
def test_a_folder_that_may_only_be_read() -> None:
    """Answers come from the ledger, in memory; with and without bases. (Root may write anywhere: it steps down.)"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        both = Indexes(folder, Ledger.open(folder, create=True))
        write(both.ledger, range(40))
        both.sync()
        write(both.ledger, range(40, 42))
        expected = both.found()
        both.close()
        both.ledger.close()
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        code = (
            "import os, sys, chromadb, tantivy, numpy\n"
            "from pathlib import Path\n"
            "import chromadb.config, rag.errors\n"
            "from tests.store.test_derived import Indexes\n"
            "from rag.store.lock import WriterLock\n"
            "if os.geteuid() == 0:\n    os.setgid(65534); os.setuid(65534)\n"
            f"folder = Path({name!r})\n"
            "both = Indexes(folder)\n"
            "both.sync()\n"
            "print(both.found())\n"
            "for attempt in (lambda: both.ledger.remove_source('f'), WriterLock(folder).__enter__):\n"
            "    try:\n        attempt()\n"
            "    except rag.errors.StoreError as error:\n        print('refused')\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
    assert done.stdout.splitlines() == [str(expected), "refused", "refused"], done.stderr


def test_two_models_in_one_ledger_are_not_mixed_up(folder: Path, indexes: Indexes) -> None:
    with pytest.raises(ModelMismatch, match="rebuild"):
        indexes.vectors.search("passage", np.ones(12, dtype=np.float32), 3)
    indexes.ledger.write([make_entry("x", seed=1, dimension=12)], path="x")
    with pytest.raises(ModelMismatch, match="rebuild"):
        indexes.vectors.search("passage", unit_vector(3), 3, among=indexes.ledger.unit_ids("passage"))


def test_all_vectors_of_another_model(indexes: Indexes) -> None:
    """As after a rebuild with it."""
    indexes.ledger.write([make_entry(f"a{n}", text_of(n), seed=n, dimension=12) for n in range(40)], path="f")
    for _ in range(2):
        ((one, _),) = indexes.vectors.search("passage", unit_vector(9, dimension=12), 1)
        assert indexes.ledger.stored_units([one])[0].article_id == "a9"
        indexes.sync()
    assert indexes.in_step()
