"""A ledger of any release opens in every later one; an earlier one says what to do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from rag.__main__ import main
from rag.assistant import Assistant
from rag.errors import DamagedIndex, IndexLocked, StoreError
from rag.store import database, migrations, schema
from rag.store.feedback import Feedback
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from tests.store.examples import make_entry
from tests.store.golden import VERSIONS, unpack

Elsewhere = Callable[[str], subprocess.CompletedProcess[str]]
QUESTION = "What did the company say about the leak?"


def stored(file: Path) -> dict[str, list[Any]]:
    """All rows that the ledger's file holds, by table, but what says which version it is."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    connection.close()
    return found


def set_version(file: Path, version: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'schema'", [version])
    connection.commit()
    connection.close()


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, folder: Path) -> Path:
    return unpack(request.param, folder)


def test_the_steps_lead_to_the_version_of_the_tables() -> None:
    steps = ScriptDirectory(Path(migrations.__file__).parent)
    assert steps.get_heads() == [schema.VERSION]
    assert [step.revision for step in steps.walk_revisions()][-1] == str(schema.FIRST)


def test_the_first_release_is_among_those_that_are_kept() -> None:
    assert str(schema.FIRST) in VERSIONS


def test_an_old_ledger_gets_the_tables_of_a_new_one(old: Path) -> None:
    Ledger.open(old.parent, create=False).close()
    with create_engine(f"sqlite:///{old}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_the_comparison_sees_a_column_that_is_missing(old: Path) -> None:
    """Against one that finds everything equal."""
    Ledger.open(old.parent, create=False).close()
    with create_engine(f"sqlite:///{old}").connect() as connection:
        connection.exec_driver_sql("ALTER TABLE claims DROP COLUMN act")
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata)


def test_nothing_that_was_stored_is_lost(old: Path) -> None:
    before = stored(old)
    with Ledger.open(old.parent, create=False) as ledger:
        ledger.check()
        assert len(ledger.claims()) == len(before["claims"])
        assert {claim.act for claim in ledger.claims()} <= {"speech", "attitude"}
    after = stored(old)
    assert {name: len(after[name]) for name in before} == {name: len(rows) for name, rows in before.items()}
    for name in ("articles", "units", "passages", "parties", "revisions", "sources", "problems"):
        assert after[name] == before[name]


def test_it_can_be_asked_and_written_to(old: Path) -> None:
    """With the model that made it: no vector of it is made again."""
    assistant = Assistant.open(old.parent, create=False)
    answer = assistant.ask(QUESTION)
    assert answer.status == "answered"
    assert "Bettina Roe" in {claim.party.name for claim in answer.claims}
    assistant.ledger.write([make_entry("new", dimension=384)], path="/news/new.txt")
    assert assistant.ledger.article("new")
    assistant.ledger.add_feedback(Feedback(question=QUESTION, verdict="up", given_at=1.0))
    assert len(assistant.ledger.feedback()) == 1


def test_the_ids_of_units_go_on_where_they_were(old: Path) -> None:
    """An index that still knows a removed unit must not take another for it."""
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA foreign_keys = ON")
    (last,) = connection.execute("SELECT max(key) FROM units").fetchone()
    connection.execute("DELETE FROM articles")
    connection.commit()
    connection.close()
    with Ledger.open(old.parent, create=False) as ledger:
        ledger.write([make_entry("new")], path="/news/new.txt")
        assert min(ledger.unit_ids("passage")) > last


def test_killed_before_the_steps_are_committed_it_is_as_it_was(old: Path, elsewhere: Elsewhere) -> None:
    before = stored(old)
    killed = elsewhere(
        "from rag.store import migrations\n"
        "inner = migrations.upgrade\n"
        "def upgrade(*args):\n    inner(*args)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "migrations.upgrade = upgrade\n"
        "Ledger.open(folder, create=False)"
    )
    assert killed.returncode == -9
    assert stored(old) == before
    Ledger.open(old.parent, create=False).check()


def test_two_that_open_it_at_once(old: Path) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(4)

    def start() -> None:
        together.wait()
        try:
            Ledger.open(old.parent, create=False).check()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_while_another_writes_to_it_nothing_is_changed(
    old: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: Elsewhere
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    before = stored(old)
    with WriterLock(old.parent), pytest.raises(IndexLocked, match="wait until it is done"):
        Ledger.open(old.parent, create=False)
    assert stored(old) == before


def test_where_nothing_can_be_written_it_says_what_to_do(old: Path) -> None:
    with pytest.raises(StoreError, match=r"earlier version.*open it once where it can be written"):
        Ledger.open(old.parent, create=False, read_only=True)


def test_one_of_a_later_version_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Ledger.open(folder, create=True).close()
    set_version(folder / "ledger.db", str(int(schema.VERSION) + 1))
    before = (folder / "ledger.db").read_bytes()
    for create in (False, True):
        with pytest.raises(DamagedIndex, match=r"later version .* install that version"):
            Ledger.open(folder, create=create)
    assert main(["status", "--index", os.fspath(folder)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / "ledger.db").read_bytes() == before


@pytest.mark.parametrize("version", ["2", "0", "-1", "x", ""])
def test_one_of_no_known_version(folder: Path, version: str) -> None:
    Ledger.open(folder, create=True).close()
    set_version(folder / "ledger.db", version)
    with pytest.raises(DamagedIndex, match="another version"):
        Ledger.open(folder, create=False)
