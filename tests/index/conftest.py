from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from rag.attribution import load_extractor
from rag.index import Pipeline
from rag.store.ledger import Ledger

Feed = Callable[..., Path]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "index", create=True) as opened:
        yield opened


@pytest.fixture
def pipeline(ledger: Ledger) -> Pipeline:
    """A pipeline that embeds with nothing."""
    return Pipeline(
        ledger=ledger,
        embeddings=DeterministicFakeEmbedding(size=8),
        extractor=load_extractor("rules"),
        passage_size=1000,
    )


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Write a file of one article a line, long enough ago for its date to be trusted."""

    def write(name: str, *records: dict[str, Any]) -> Path:
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        long_ago(path)
        return path

    return write


def long_ago(path: Path) -> None:
    """Date a file back, differently each time: what was written this moment may be written again within its date."""
    then = time.time_ns() - 3_600_000_000_000
    os.utime(path, ns=(then, then))
