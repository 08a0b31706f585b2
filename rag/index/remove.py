"""Taking articles out of an index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import StoreError
from rag.index.judge import source_exists

if TYPE_CHECKING:
    from rag.store.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many articles were removed, and the files still there that hold them: they come back when these change."""

    articles: int
    still_in: tuple[str, ...]


def remove_stored(ledger: Ledger, target: str) -> Removed:
    """Remove an article by its id, or all articles of a file, or of the files below a folder.

    Raises StoreError where nothing of that name is stored.
    """
    if ledger.owner_of(target) is not None:
        holding = [path for path in ledger.sources_of(target) if source_exists(path)]
        return Removed(articles=ledger.remove_articles([target]), still_in=tuple(holding))
    if not (paths := stored_under(ledger, target)):
        raise StoreError(f"no article and no file of this index is called {target!r}: give an article's id or a path")
    removed = sum(ledger.remove_source(path) for path in paths)
    return Removed(articles=removed, still_in=tuple(path for path in paths if source_exists(path)))


def stored_under(ledger: Ledger, target: str) -> list[str]:
    """The stored files of that name, or below that folder."""
    place = Path(target).resolve()
    stored = {*ledger.paths(), *(source.path for source in ledger.sources())}
    return sorted(path for path in stored if path == target or Path(path).is_relative_to(place))
