"""Any order of writes, removals, restarts and searches leaves what a dict would hold."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from rag.store.entries import Entry, SourceFile
from rag.store.keywords import KeywordIndex, analyse
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex
from tests.store.examples import MAYOR, WORKS, make_entry, unit_vector

PATHS = st.sampled_from(["/news/a.jsonl", "/news/b.txt", "/news/\udcff.txt"])
NAMES = st.sampled_from(["n1", "n2", "n3", "n4"])
TEXTS = st.text(alphabet=st.characters(), min_size=2, max_size=40)
ENTRIES = st.builds(
    lambda name, text, seed, party: make_entry(name, text, seed=seed, party=party),
    NAMES,
    TEXTS,
    st.integers(0, 5),
    st.sampled_from([MAYOR, WORKS]),
)


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.ledger = Ledger.open(self.folder, create=True)
        self.indexes = self.opened()
        self.steps = 0
        self.stored: dict[str, tuple[str, Entry]] = {}
        self.finished: dict[str, SourceFile] = {}
        self.held: dict[str, set[str]] = {}

    def opened(self) -> tuple[VectorIndex, KeywordIndex]:
        return VectorIndex(self.folder, self.ledger), KeywordIndex(self.folder, self.ledger)

    def teardown(self) -> None:
        for index in self.indexes:
            index.close()
        self.ledger.close()
        self.temporary.cleanup()

    @rule(entries=st.lists(ENTRIES, max_size=3), path=PATHS)
    def write(self, entries: list[Entry], path: str) -> None:
        self.ledger.write(entries, path=path)
        self.stored |= {entry.article.id: (path, entry) for entry in entries}
        self.finished.pop(path, None)

    def let_go(self, path: str, keep: set[str]) -> int:
        """A file holds these articles now: the others that came from it go, and other files that held one are stale."""
        gone = {name for name, (owner, _) in self.stored.items() if owner == path and name not in keep}
        self.stored = {name: found for name, found in self.stored.items() if name not in gone}
        for other, source in self.finished.items():
            if other != path and self.held.get(other, set()) & gone:
                self.finished[other] = replace(source, digest="")
        self.held = {other: names - gone for other, names in self.held.items()} | {path: keep & self.stored.keys()}
        return len(gone)

    @rule(path=PATHS, keep=st.sets(NAMES), digest=st.text(max_size=3))
    def finish(self, path: str, keep: set[str], digest: str) -> None:
        source = SourceFile(path=path, digest=digest, size=len(digest), mtime=0.5)
        assert self.ledger.finish_source(source, keep=keep) == self.let_go(path, keep)
        self.finished[path] = source

    @rule(path=PATHS)
    def remove(self, path: str) -> None:
        assert self.ledger.remove_source(path) == self.let_go(path, set())
        self.finished.pop(path, None)

    @rule(names=st.sets(NAMES))
    def remove_articles(self, names: set[str]) -> None:
        assert self.ledger.remove_articles(names) == len(names & self.stored.keys())
        self.stored = {name: found for name, found in self.stored.items() if name not in names}
        self.held = {path: held - names for path, held in self.held.items()}

    @rule()
    def restart(self) -> None:
        for index in self.indexes:
            index.close()
        self.ledger.close()
        self.ledger = Ledger.open(self.folder, create=False)
        self.indexes = self.opened()

    @rule()
    def bring_in_step(self) -> None:
        for index in self.indexes:
            index.sync()
            assert index.behind() == 0

    @invariant()
    def finds_what_is_stored_and_nothing_else(self) -> None:
        self.steps += 1
        vectors, keywords = self.indexes
        for kind in ("passage", "claim"):
            everything = list(self.ledger.units(kind))
            hits = vectors.search(kind, unit_vector(1), len(everything) + 9)
            assert sorted(one for one, _ in hits) == [unit.id for unit in everything]
            for unit in everything:
                assert keywords.search(kind, unit.text, 9, among=[unit.id]) or not analyse(unit.text)

    @invariant()
    def holds_what_the_dict_holds(self) -> None:
        assert {ref.id for ref in self.ledger.articles()} == set(self.stored)
        for name, (path, entry) in self.stored.items():
            assert self.ledger.article(name) == entry.article
            assert self.ledger.claims(article=name) == list(entry.claims)
            assert self.ledger.digests(path)[name] == entry.digest
        assert {source.path: source for source in self.ledger.sources()} == self.finished
        for path, names in self.held.items():
            assert self.ledger.held(path) == names
        expected = sorted(
            (unit.kind, unit.text, unit.span) for _, entry in self.stored.values() for unit in entry.units
        )
        units = [*self.ledger.units("passage"), *self.ledger.units("claim")]
        assert sorted((unit.kind, unit.text, unit.span) for unit in units) == expected
        for unit in units:
            _, entry = self.stored[unit.article_id]
            assert any(np.array_equal(unit.vector, made.vector) for made in entry.units)
        assert {party.id for party, _ in self.ledger.parties()} == {
            entry.claims[0].party.id for _, entry in self.stored.values()
        }


LedgerMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestLedgerModel = LedgerMachine.TestCase
