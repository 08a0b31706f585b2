"""Taking articles out of an index so that none of its bytes tells of them.

A copy of the index that was made elsewhere (a backup, a snapshot of the disk) still holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import StoreError
from rag.index.judge import source_exists
from rag.index.remove import Removed, stored_under

if TYPE_CHECKING:
    from rag.store.derived import DerivedIndex
    from rag.store.ledger import Ledger


def forget_stored(ledger: Ledger, target: str, *, cache: Path) -> Removed:
    """Remove an article by its id, or all of a file or folder, and what else tells of it: see `finish_forgetting`.

    Pages that were fetched into `cache` go with their articles. Raises StoreError where nothing of that name is stored,
    unless something was removed before, which it may have been.
    """
    if ledger.owner_of(target) is None and not stored_under(ledger, target):
        if ledger.has_removed:
            ledger.forget_articles((), gone=())
        if ledger.is_forgetting:
            return Removed(articles=0, still_in=())  # what was begun is only to be finished
    if ledger.owner_of(target) is not None:
        ids, paths = {target}, []
    elif paths := stored_under(ledger, target):
        ids = {id_ for path in paths for id_ in (*ledger.digests(path), *ledger.held(path))}
    else:
        raise StoreError(f"no article and no file of this index is called {target!r}: give an article's id or a path")
    holding = {path for id_ in ids for path in ledger.sources_of(id_)} | set(paths)
    for path in holding:
        if Path(path).is_relative_to(cache.resolve()):
            Path(path).unlink(missing_ok=True)
    gone = [path for path in holding if not source_exists(path)]
    removed = ledger.forget_articles(ids, gone=gone)
    return Removed(articles=removed, still_in=tuple(sorted(holding.difference(gone))))


def finish_forgetting(ledger: Ledger, indexes: Sequence[DerivedIndex[Any, Any]]) -> None:
    """Leave no byte of what was removed: build the indexes afresh, and write the ledger anew without it.

    Where this is cut short, the ledger remembers, and the next that writes to the index finishes it.
    """
    for index in indexes:
        index.renew()
    ledger.scrub()
