"""The vector and the keyword index of one folder, what they find, and damage done to their files."""

from __future__ import annotations

from pathlib import Path

from rag.store.keywords import KeywordIndex
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex
from tests.store.examples import make_entry, unit_vector

WORDS = ("ferry", "granite", "lantern", "orchard", "turbine", "violin", "walnut", "zephyr")


def text_of(number: int) -> str:
    """Texts with words of their own, so that each has one best match."""
    return f"Report {number}: the {WORDS[number % 8]} and the {WORDS[number // 8 % 8]} of quarter{number} were seen."


def write(ledger: Ledger, numbers: range, *, path: str = "f") -> None:
    ledger.write([make_entry(f"a{n}", text_of(n), seed=n) for n in numbers], path=path)


class Indexes:
    """Both indexes of one folder, and what they find: article ids for each of a few searches."""

    def __init__(self, folder: Path, ledger: Ledger | None = None) -> None:
        self.ledger = ledger or Ledger.open(folder, create=False)
        self.vectors = VectorIndex(folder, self.ledger)
        self.keywords = KeywordIndex(folder, self.ledger)

    def sync(self) -> None:
        self.vectors.sync()
        self.keywords.sync()

    def close(self) -> None:
        self.vectors.close()
        self.keywords.close()

    def found(self) -> list[list[str]]:
        by_vector = [self.vectors.search("passage", unit_vector(seed), 5) for seed in (3, 17, 21, 900)]
        by_vector.append(self.vectors.search("claim", unit_vector(1017), 5))
        by_words = [
            self.keywords.search("passage", text, 3)
            for text in ("quarter17", "the violin of quarter21", "quarter0 ferry")
        ]
        return [
            [unit.article_id for unit in self.ledger.stored_units([one for one, _ in hits])]
            for hits in by_vector + by_words
        ]

    def in_step(self) -> bool:
        """Whether both bases hold all of the ledger, so that nothing is searched in memory."""
        views = (self.vectors.view(), self.keywords.view())
        return all(view.generation and all(part.in_step for part in view.parts.values()) for view in views)


def damage_garbage(path: Path) -> None:
    path.write_bytes(b"\xa5" * path.stat().st_size)


def damage_flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 3, len(content), 97):
        content[at] ^= 0xFF
    path.write_bytes(content)


def damage_truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
