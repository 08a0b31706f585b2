"""Looking an index over, and mending what can be: everything but the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.errors import DamagedIndex, IndexLocked, ModelMismatch, StoreError
from rag.index.drafts import PIPELINE_VERSION
from rag.index.forget import finish_forgetting
from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from rag.store.probe import INDEXES, probe
from rag.store.vectors import VectorIndex
from rag.types import Plain

State = Literal["sound", "mended", "wrong", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Plain):
    """What was found of one part of an index, and what was done; a note asks for something and nothing is wrong."""

    part: str
    state: State
    said: str


def examine(folder: Path) -> Iterator[Finding]:
    """Look at the ledger, then at what is derived from it, which is mended. Raises NoIndex where nothing is."""
    try:
        ledger = Ledger.open(folder, create=False)
        with ledger:
            ledger.check()
            ledger.check_content()
            said = f"whole, with the texts of {ledger.scope().articles} articles as they were stored"
            yield Finding(part="ledger", state="sound", said=said)
            yield from _finish(ledger, folder)
            for kind in INDEXES:
                yield _mend(kind, ledger, folder)
            yield from _notes(ledger, folder)
    except (DamagedIndex, ModelMismatch) as error:
        yield Finding(part="ledger", state="wrong", said=str(error))


def _finish(ledger: Ledger, folder: Path) -> Iterator[Finding]:
    if not ledger.is_forgetting:
        return
    try:
        with WriterLock(folder):
            finish_forgetting(ledger, [kind(folder, ledger) for kind in INDEXES])
    except StoreError as error:
        yield Finding(part="forgotten articles", state="wrong", said=f"not all of them is gone from disk: {error}")
    else:
        yield Finding(part="forgotten articles", state="mended", said="what was left of them on disk is gone")


def _mend(kind: type[VectorIndex | KeywordIndex], ledger: Ledger, folder: Path) -> Finding:
    """Build an index anew from the ledger, without embedding, where it is not sound."""
    if not (wrong := probe(folder, kind.name)):
        return Finding(part=kind.name, state="sound", said="in step with the ledger, a sample is found again")
    index = kind(folder, ledger)
    try:
        with WriterLock(folder):
            index.renew()
    except IndexLocked as error:
        return Finding(part=kind.name, state="wrong", said=f"{wrong}; not mended: {error}")
    except StoreError as error:
        return Finding(part=kind.name, state="wrong", said=f"{wrong}; searched in memory: {error}")
    finally:
        index.close()
    if still := probe(folder, kind.name):
        return Finding(part=kind.name, state="wrong", said=f"{wrong}; built again, and {still}")
    return Finding(part=kind.name, state="mended", said=f"{wrong}; built again from the ledger")


def _notes(ledger: Ledger, folder: Path) -> Iterator[Finding]:
    earlier = sum(count for made, count in ledger.pipelines().items() if made.split("|")[0] != PIPELINE_VERSION)
    if earlier:
        said = f"{earlier} articles were labelled by another version: python -m rag rebuild --index {folder}"
        yield Finding(part="labels", state="note", said=said)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if (free := shutil.disk_usage(folder).free) < size:
        said = f"{free >> 20} MB are free, and the index takes {size >> 20}: make room before it is rebuilt"
        yield Finding(part="disk", state="note", said=said)
