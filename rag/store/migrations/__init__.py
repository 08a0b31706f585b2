"""Ledgers made by earlier versions, brought up to the tables of this one with Alembic's operations.

A ledger says in its manifest, under `schema`, which tables it has; every version of this program reads that first, so
an old one refuses a ledger that a later one has changed. When a ledger is opened, all steps from its version to this
one's are taken in one transaction: killed at any moment, it is as before or as after.

To change a table:

1. change it in `rag/store/schema.py`, and raise `VERSION` there by one;
2. add `versions/v<VERSION>_<what>.py`, like those that are there: `revision`, `down_revision`, and an `upgrade` that
   brings an existing ledger to the same tables with `alembic.op`. What it needs of the schema it spells out itself,
   because the schema will change again. A new column that may not be empty gets a `server_default`;
3. once a release is out, add what it makes of the articles in `tests/store/golden/`: `python -m tests.store.golden`.

`tests/store/test_upgrade.py` fails where a step is missing, or leads to other tables than a new ledger has.
https://alembic.sqlalchemy.org/en/latest/ops.html
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from rag.store import schema


def is_earlier(version: str) -> bool:
    """Whether there are steps from that version of the tables to this one's."""
    return version.isdecimal() and schema.FIRST <= int(version) < int(schema.VERSION)


def is_later(version: str) -> bool:
    return version.isdecimal() and int(version) > int(schema.VERSION)


def upgrade(connection: Connection, version: str) -> None:
    """Take all steps from a version of the tables to this one's, within the caller's transaction."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(Path(__file__).parent).iterate_revisions("head", version)
    with Operations.context(MigrationContext.configure(connection)):
        for step in reversed(list(steps)):
            step.module.upgrade()
    mine = schema.manifest.c.key == "schema"
    connection.execute(schema.manifest.update().where(mine).values(value=schema.VERSION))
