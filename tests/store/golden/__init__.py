"""Ledgers that earlier versions have made of a few of the sample articles, as SQL.

v3.sql is the first release's. A later version's is added with `python -m tests.store.golden FOLDER`, which prints what
that version has made: index the same files with it, in a folder `/news`, so that no path says whose machine it was.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = sorted(path.stem.removeprefix("v") for path in HERE.glob("v*.sql"))


def unpack(version: str, folder: Path) -> Path:
    """Put the ledger of a version into a folder; returns its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "ledger.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript((HERE / f"v{version}.sql").read_text(encoding="utf-8"))
    connection.close()
    return file
