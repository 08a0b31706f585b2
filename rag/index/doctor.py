"""Looking an index over, and mending what can be: everything but the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rag.errors import DamagedIndex, IndexLocked, ModelMismatch, StoreError
from rag.index.drafts import PIPELINE_VERSION
from rag.index.forget import finish_forgetting
from rag.index.judge import source_exists
from rag.store.derived import DerivedIndex
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from rag.store.probe import INDEXES, probe
from rag.store.seals import SET_ASIDE
from rag.types import Plain

MOST_NAMED = 5

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
            yield from _examine_articles(ledger, folder)
            yield from _examine_versions(ledger, folder)
            yield from _examine_copies(ledger)
            ledger.check_vectors()
            yield from _finish(ledger, folder)
            for kind in INDEXES:
                yield _mend(kind(folder, ledger), folder)
            yield from _notes(ledger, folder)
    except (DamagedIndex, ModelMismatch) as error:
        yield Finding(part="ledger", state="wrong", said=str(error))


def _examine_articles(ledger: Ledger, folder: Path) -> Iterator[Finding]:
    """Set aside the articles that are not as they were stored: none is answered from until it is read again."""
    if not (broken := dict(ledger.broken())):
        said = f"whole, with {ledger.scope().articles} articles as they were stored"
        yield Finding(part="ledger", state="sound", said=said)
        return
    files = {id_: [path for path in ledger.sources_of(id_) if source_exists(path)] for id_ in broken}
    told = {id_: f"{id_}: {why}" for id_, why in broken.items()}
    try:
        with WriterLock(folder):
            ledger.set_aside(broken)
    except StoreError as error:
        yield Finding(part="ledger", state="wrong", said=f"{_some(told.values())}; not set aside: {error}")
        return
    if again := [id_ for id_ in broken if files[id_]]:
        paths = _some(sorted({path for id_ in again for path in files[id_]}))
        said = f"{_some(told[id_] for id_ in again)}; set aside until read again: python -m rag index {paths}"
        yield Finding(part="ledger", state="mended", said=f"{said} --index {folder}")
    if lost := [told[id_] for id_ in broken if not files[id_]]:
        said = f"{_some(lost)}; set aside, and no file holds it any more: put back a backup, or the file"
        yield Finding(part="ledger", state="wrong", said=said)


def _examine_versions(ledger: Ledger, folder: Path) -> Iterator[Finding]:
    """Remove the earlier versions that are not as they were stored."""
    if not (broken := ledger.broken_versions()):
        return
    told = f"{len(broken)} not as stored (of {_some(sorted(set(broken.values())))})"
    try:
        with WriterLock(folder):
            ledger.remove_versions(broken)
    except StoreError as error:
        yield Finding(part="earlier versions", state="wrong", said=f"{told}; not removed: {error}")
    else:
        said = f"{told}; removed, and read again where a file still holds them: python -m rag index PATH"
        yield Finding(part="earlier versions", state="mended", said=f"{said} --index {folder}")


def _examine_copies(ledger: Ledger) -> Iterator[Finding]:
    try:
        ledger.groups()
    except DamagedIndex as error:
        yield Finding(part="copies", state="wrong", said=str(error))


def _some(items: Iterable[str]) -> str:
    named = list(items)
    left = len(named) - MOST_NAMED
    return "; ".join(named[:MOST_NAMED]) + (f"; and {left} more" if left > 0 else "")


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


def _mend(index: DerivedIndex[Any, Any], folder: Path) -> Finding:
    """Build an index anew from the ledger where it is not sound: without embedding, but for lost words."""
    if not (wrong := probe(folder, index.name)):
        return Finding(part=index.name, state="sound", said="in step with the ledger, a sample is found again")
    try:
        with WriterLock(folder):
            index.renew()
    except IndexLocked as error:
        return Finding(part=index.name, state="wrong", said=f"{wrong}; not mended: {error}")
    except StoreError as error:
        return Finding(part=index.name, state="wrong", said=f"{wrong}; searched in memory: {error}")
    finally:
        index.close()
    if still := probe(folder, index.name):
        return Finding(part=index.name, state="wrong", said=f"{wrong}; built again, and {still}")
    return Finding(part=index.name, state="mended", said=f"{wrong}; built again from the ledger")


def _notes(ledger: Ledger, folder: Path) -> Iterator[Finding]:
    if aside := ledger.set_aside_articles():
        said = f"{_some(aside)} wait to be read again: python -m rag index PATH --index {folder}"
        yield Finding(part="set aside", state="note", said=said)
    if unsealed := ledger.unsealed():
        said = (
            f"of {unsealed} articles, stored by an earlier version, only the text is checked: "
            f"python -m rag rebuild --index {folder}"
        )
        yield Finding(part="checksums", state="note", said=said)
    known = {made: count for made, count in ledger.pipelines().items() if made != SET_ASIDE}
    earlier = sum(count for made, count in known.items() if made.split("|")[0] != PIPELINE_VERSION)
    if earlier:
        said = f"{earlier} articles were labelled by another version: python -m rag rebuild --index {folder}"
        yield Finding(part="labels", state="note", said=said)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if (free := shutil.disk_usage(folder).free) < size:
        said = f"{free >> 20} MB are free, and the index takes {size >> 20}: make room before it is rebuilt"
        yield Finding(part="disk", state="note", said=said)
