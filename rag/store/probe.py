"""Looking at a derived index in a process of its own: damaged files can crash one, or hold it for ever.

Run as `python -m rag.store.probe FOLDER vectors|keywords|words`, it prints one line of JSON.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex
from rag.store.words import WordIndex

SECONDS = 120.0
INDEXES = (VectorIndex, KeywordIndex, WordIndex)


def probe(folder: Path, name: str, *, seconds: float = SECONDS) -> str:
    """What is wrong with one derived index; nothing where it is sound and in step with the ledger."""
    command = [sys.executable, "-m", __name__, str(folder), name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"opening it takes more than {seconds:.0f} s"
    if done.returncode < 0:
        return f"opening it crashes ({signal.Signals(-done.returncode).name})"
    try:
        return str(json.loads(done.stdout.splitlines()[-1]))
    except (ValueError, IndexError):
        return " ".join(done.stderr.split())[-300:] or f"opening it ends with status {done.returncode}"


def main(folder: str, name: str) -> None:
    """Print what is wrong with an index."""
    with Ledger.open(folder, create=False, read_only=True) as ledger:
        (kind,) = (kind for kind in INDEXES if kind.name == name)
        print(json.dumps(kind(folder, ledger).examine()))


if __name__ == "__main__":
    main(*sys.argv[1:])
