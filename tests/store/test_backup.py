"""A backup holds all of a moment; restored, it is what is searched, whoever reads or has read before."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.errors import DamagedIndex, IndexLocked, NoIndex, StoreError
from rag.store.backup import back_up, restore
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from tests.store.derived import Indexes, write
from tests.store.examples import make_entry, unit_vector
from tests.store.golden import unpack
from tests.store.test_upgrade import set_version

Elsewhere = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def indexes(folder: Path, ledger: Ledger) -> Iterator[Indexes]:
    write(ledger, range(40))
    both = Indexes(folder, ledger)
    both.sync()
    yield both
    both.close()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "monday.backup"


def test_one_file_holds_all_of_it(folder: Path, indexes: Indexes, backup: Path, tmp_path: Path) -> None:
    copied = back_up(folder, backup)
    assert (copied.articles, copied.size) == (40, backup.stat().st_size)
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == [backup.name]
    other = tmp_path / "another machine" / "index"
    assert restore(backup, other).articles == 40
    restored = Indexes(other)
    assert restored.found() == indexes.found(), "searched in memory"
    restored.sync()
    assert restored.in_step()
    assert restored.found() == indexes.found(), "and from an index that was built without embedding"
    restored.close()


def test_what_came_after_it_is_gone(folder: Path, indexes: Indexes, backup: Path) -> None:
    expected = indexes.found()
    back_up(folder, backup)
    write(indexes.ledger, range(50, 60))
    indexes.ledger.remove_articles(["a3", "a17"])
    indexes.sync()
    assert indexes.found() != expected
    restore(backup, folder)
    assert indexes.found() == expected, "also for those who had it open"
    indexes.sync()
    assert indexes.in_step()
    assert indexes.found() == expected


@pytest.mark.parametrize("synced", [True, False])
def test_ids_that_are_given_again_are_not_mixed_up(
    folder: Path, indexes: Indexes, backup: Path, elsewhere: Elsewhere, synced: bool
) -> None:
    """A reader that had seen what is no more: in its base and in its memory the ids stand for other units."""
    back_up(folder, backup)
    write(indexes.ledger, range(50, 52))
    if synced:
        indexes.sync()
    assert indexes.keywords.search("passage", "quarter50", 3)
    done = elsewhere(
        "from rag.store.backup import restore\n"
        "from tests.store.derived import write\n"
        f"restore(Path({str(backup)!r}), folder)\n"
        "write(Ledger.open(folder, create=False), range(70, 72))\n"
    )
    assert done.returncode == 0, done.stderr
    for _ in range(2):
        ((one, similarity),) = indexes.vectors.search("passage", unit_vector(70), 1)
        assert indexes.ledger.stored_units([one])[0].article_id == "a70"
        assert similarity == pytest.approx(1.0, abs=1e-6)
        assert indexes.keywords.search("passage", "quarter50", 3) == []
        indexes.sync()


def test_it_is_made_while_others_write(folder: Path, ledger: Ledger, backup: Path, tmp_path: Path) -> None:
    """What is acknowledged before it begins is in it, and of every write all or nothing."""
    done = 0
    stop = threading.Event()

    def keep_writing() -> None:
        nonlocal done
        while not stop.is_set():
            ledger.write([make_entry(f"{done}{half}", seed=done) for half in "ab"], path="f")
            done += 1

    thread = threading.Thread(target=keep_writing)
    thread.start()
    try:
        for number in range(5):
            before = done
            back_up(folder, backup)
            restore(backup, tmp_path / str(number))
            with Ledger.open(tmp_path / str(number), create=False) as copy:
                ids = {ref.id for ref in copy.articles()}
            assert {f"{n}{half}" for n in range(before) for half in "ab"} <= ids
            assert len(ids) % 2 == 0
    finally:
        stop.set()
        thread.join()


def test_it_is_answered_while_a_backup_is_put_back(folder: Path, indexes: Indexes, backup: Path) -> None:
    back_up(folder, backup)
    expected = indexes.found()
    failures: list[BaseException] = []
    stop = threading.Event()

    def keep_asking() -> None:
        try:
            while not stop.is_set():
                assert indexes.found() == expected
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=keep_asking)
    thread.start()
    for _ in range(10):
        restore(backup, folder)
    stop.set()
    thread.join()
    assert failures == []


def test_killed_while_it_is_put_back(folder: Path, indexes: Indexes, backup: Path, elsewhere: Elsewhere) -> None:
    """The old ledger is whole, and what was left lying is removed by the next."""
    back_up(folder, backup)
    write(indexes.ledger, range(50, 60))
    expected = indexes.found()
    killed = elsewhere(
        "from rag.store import backup\n"
        "backup._replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"backup.restore(Path({str(backup)!r}), folder)\n"
    )
    assert killed.returncode == -9
    assert indexes.found() == expected
    restore(backup, folder)
    assert not list(folder.glob("restoring-*"))


def test_a_backup_of_an_earlier_version(folder: Path, backup: Path, tmp_path: Path) -> None:
    unpack("3", tmp_path / "old").replace(backup)
    assert restore(backup, folder).articles == 3
    with Ledger.open(folder, create=False, read_only=True) as ledger:
        assert {claim.act for claim in ledger.claims()} == {"speech"}
    with pytest.raises(sqlite3.OperationalError, match="act"):
        sqlite3.connect(backup).execute("SELECT act FROM claims")  # the backup itself is left as it is


class TestRefused:
    """And what is indexed is left as it is."""

    @pytest.fixture(autouse=True)
    def unchanged(self, folder: Path, ledger: Ledger) -> Iterator[None]:
        write(ledger, range(3))
        stamp = ledger.stamp()
        yield
        assert ledger.stamp() == stamp
        assert not list(folder.glob("restoring-*"))

    def test_a_file_that_is_not_there(self, folder: Path, backup: Path) -> None:
        with pytest.raises(StoreError, match="there is no file"):
            restore(backup, folder)

    @pytest.mark.parametrize("content", [b"", b"a letter, and no ledger\n" * 99])
    def test_a_file_that_is_none(self, folder: Path, backup: Path, content: bytes) -> None:
        backup.write_bytes(content)
        with pytest.raises(DamagedIndex, match=backup.name) as caught:
            restore(backup, folder)
        assert "restoring-" not in str(caught.value)

    def test_a_damaged_one(self, folder: Path, backup: Path) -> None:
        back_up(folder, backup)
        content = bytearray(backup.read_bytes())
        content[20000:40000] = b"\xa5" * 20000
        backup.write_bytes(content)
        with pytest.raises(DamagedIndex, match=backup.name):
            restore(backup, folder)

    def test_one_of_a_later_version(self, folder: Path, backup: Path) -> None:
        back_up(folder, backup)
        set_version(backup, "999")
        with pytest.raises(DamagedIndex, match="later version"):
            restore(backup, folder)

    def test_while_another_writes(self, folder: Path, backup: Path) -> None:
        back_up(folder, backup)
        with WriterLock(folder), pytest.raises(IndexLocked):
            restore(backup, folder)


def test_a_damaged_ledger_is_moved_aside_for_it(folder: Path, indexes: Indexes, backup: Path) -> None:
    back_up(folder, backup)
    expected = indexes.found()
    indexes.ledger.close()
    (folder / "ledger.db").write_bytes(b"\xa5" * 9999)
    with pytest.raises(DamagedIndex):
        Ledger.open(folder, create=False)
    aside = restore(backup, folder).set_aside
    assert aside
    assert aside.read_bytes() == b"\xa5" * 9999
    again = Indexes(folder)
    assert again.found() == expected
    again.close()


def test_no_backup_is_made_of_a_damaged_ledger(folder: Path, ledger: Ledger, backup: Path) -> None:
    """Nor is the last good one overwritten by it."""
    backup.write_bytes(b"the last one")
    write(ledger, range(100))
    ledger.close()
    content = bytearray((folder / "ledger.db").read_bytes())
    content[40000:60000] = b"\xa5" * 20000
    (folder / "ledger.db").write_bytes(content)
    with pytest.raises(DamagedIndex, match=r"ledger\.db is damaged"):
        back_up(folder, backup)
    assert backup.read_bytes() == b"the last one"
    assert {path.name for path in backup.parent.iterdir()} == {backup.name, folder.name}


def test_of_nothing(folder: Path, backup: Path) -> None:
    with pytest.raises(NoIndex):
        back_up(folder, backup)


def test_to_where_nothing_can_be_written(folder: Path, ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written") as caught:
        back_up(folder, tmp_path / "no" / "folder" / "backup")
    assert "\n" not in str(caught.value)
