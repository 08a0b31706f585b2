from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.store.ledger import Ledger
from tests.store.derived import Indexes, write

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with Ledger.open(folder, create=True) as opened:
        yield opened


@pytest.fixture
def indexes(folder: Path, ledger: Ledger) -> Iterator[Indexes]:
    write(ledger, range(40))
    both = Indexes(folder, ledger)
    both.sync()
    yield both
    both.close()


@pytest.fixture
def elsewhere(folder: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run code in another process, with `folder` and the index's classes at hand."""
    names = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from rag.store.keywords import KeywordIndex\n"
        "from rag.store.ledger import Ledger\n"
        "from rag.store.lock import WriterLock\n"
        "from rag.store.vectors import VectorIndex\n"
        "from tests.store.examples import make_entry, unit_vector\n"
        f"folder = Path({str(folder)!r})\n"
    )

    def run(code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", names + code], capture_output=True, text=True, cwd=ROOT, check=False
        )

    return run
