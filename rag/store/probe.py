"""Looking at a derived index in a process of its own: damaged files can crash one, or hold it for ever.

Run as `python -m rag.store.probe FOLDER vectors|keywords|words`, it prints one line of JSON.
"""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from rag.models import load_words
from rag.store.derived import DerivedIndex
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex

SECONDS = 120.0
INDEXES = (VectorIndex, KeywordIndex)
_WORDS = "rag.retrieval.words"  # lies above this package: loaded where it is looked at


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
        print(json.dumps(_open(name, folder, ledger).examine()))


def _open(name: str, folder: str, ledger: Ledger) -> DerivedIndex[Any, Any]:
    for kind in INDEXES:
        if kind.name == name:
            return kind(folder, ledger)
    words: DerivedIndex[Any, Any] = importlib.import_module(_WORDS).WordIndex(folder, ledger, encoder=load_words)
    return words


if __name__ == "__main__":
    main(*sys.argv[1:])
