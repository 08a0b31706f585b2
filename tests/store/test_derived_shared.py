"""Derived indexes that are shared: with processes that write, build or are killed; another ledger; a folder to read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.store.ledger import Ledger
from tests.store.conftest import ROOT
from tests.store.derived import Indexes, write
from tests.store.examples import unit_vector

Elsewhere = Callable[[str], subprocess.CompletedProcess[str]]


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
            "from tests.store.derived import Indexes\n"
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
