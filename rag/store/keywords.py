"""The keyword index: BM25 over the units' texts, with tantivy.

Robertson & Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and Beyond, https://doi.org/10.1561/1500000019.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.store.derived import DerivedIndex
from rag.store.entries import KINDS, Kind, StoredUnit
from rag.store.views import Changes, Part, Unusable, foreign

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEAP = 64 << 20
_MOST_TERMS = 128  # of a question; one as long as an article would be slow and no better
_K1, _B = 1.2, 0.75  # tantivy's


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """A tantivy index, on disk or in memory, with the ids of its units where it is in memory."""

    index: Any
    ids: frozenset[int] = frozenset()

    def search(self, terms: Sequence[str], k: int, among: Sequence[int] | None) -> list[tuple[int, float]]:
        """Unit ids and BM25 scores, best first. Raises Unusable."""
        from tantivy import Occur, Query

        with foreign():
            searcher, schema = self.index.searcher(), self.index.schema
            any_of = [(Occur.Should, Query.term_query(schema, "text", term, "freq")) for term in terms]
            query = Query.boolean_query(any_of)
            if among is not None:
                one_of = Query.const_score_query(Query.term_set_query(schema, "id", list(among)), 0.0)
                query = Query.boolean_query([(Occur.Must, query), (Occur.Must, one_of)])
            hits = searcher.search(query, limit=k, count=False).hits
            ids = searcher.fast_field_values("id", [address for _, address in hits])
            return [(int(one), float(score)) for one, (score, _) in zip(ids, hits, strict=True)]

    def size(self) -> int:
        with foreign():
            return int(self.index.searcher().num_docs)

    def frequency(self, term: str) -> int:
        """In how many units a term occurs."""
        with foreign():
            return int(self.index.searcher().doc_freq("text", term))


class KeywordIndex(DerivedIndex[_Words, _Words]):
    """Units by their words, English stems. Not one of its files is needed: see `DerivedIndex`."""

    name = "keywords"

    def search(self, kind: Kind, text: str, k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k units that fit the words of `text` best: unit ids and BM25 scores. With `among`, only of these ids."""
        terms = list(dict.fromkeys(analyse(text)))[:_MOST_TERMS]
        if k < 1 or not terms or (among is not None and not among):
            return []
        view = self.view()
        try:
            return self._search(view.parts[kind], terms, k, among)
        except Unusable as error:
            return self._search(self.give_up(view, error).parts[kind], terms, k, among)

    def _is_found(self, unit: StoredUnit) -> bool:
        return not analyse(unit.text) or bool(self.search(unit.kind, unit.text, 1, among=[unit.id]))

    def _search(
        self, part: Part[_Words, _Words], terms: Sequence[str], k: int, among: Sequence[int] | None
    ) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        if part.base and part.alive:
            hits = part.base.search(terms, k + len(part.dead), among)
            found = [hit for hit in hits if hit[0] not in part.dead]
        if part.tail:
            new = part.tail.search(terms, k, among)
            found += self._rescore(new, terms, part.base, part.tail) if part.base and part.alive else new
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _rescore(
        self, hits: Sequence[tuple[int, float]], terms: Sequence[str], base: _Words, tail: _Words
    ) -> list[tuple[int, float]]:
        """The tail's hits as the base would score them: how rare a word is, few units cannot tell."""
        units = self.ledger.stored_units([one for one, _ in hits])
        number = base.size() + tail.size()
        rarity = {}
        for term in terms:
            frequency = base.frequency(term) + tail.frequency(term)
            rarity[term] = math.log(1 + (number - frequency + 0.5) / (frequency + 0.5))
        words = [Counter(analyse(unit.text)) for unit in units]
        usual = sum(counts.total() for counts in words) / max(1, len(words))
        return [
            (unit.id, sum(rarity[term] * _saturate(counts[term], counts.total() / usual) for term in terms))
            for unit, counts in zip(units, words, strict=True)
        ]

    def _open(self, folder: Path, ids: Mapping[Kind, NDArray[np.int64]]) -> Mapping[Kind, _Words]:
        from tantivy import Index

        opened: dict[Kind, _Words] = {}
        for kind in KINDS:
            with foreign():
                opened[kind] = _Words(index=_prepared(Index.open(str(folder / kind))))
            if (size := opened[kind].size()) != len(ids[kind]):
                raise Unusable(f"tantivy holds {size} units, and should hold {len(ids[kind])}")
        return opened

    def _close(self, base: _Words) -> None:
        """Nothing to let go of: tantivy's files close when the last search is done."""

    def _write(self, folder: Path, changes: Mapping[Kind, Changes]) -> Mapping[Kind, Sequence[int]]:
        from tantivy import Index

        added: dict[Kind, Sequence[int]] = {}
        for kind, change in changes.items():
            path = folder / kind
            path.mkdir(exist_ok=True)
            with foreign():
                index = _prepared(Index(_schema(), path=str(path)))
            added[kind] = _change(index, self.ledger.units(kind, ids=change.add), remove=change.remove)
        return added

    def _make_tail(self, kind: Kind, /, ids: NDArray[np.int64], *, known: _Words | None) -> _Words:
        from tantivy import Index

        wanted = frozenset(ids.tolist())
        if known is None:
            with foreign():
                known = _Words(index=_prepared(Index(_schema())))
        added = _change(
            known.index,
            self.ledger.units(kind, ids=sorted(wanted - known.ids)),
            remove=sorted(known.ids - wanted),
        )
        return _Words(index=known.index, ids=(known.ids & wanted) | frozenset(added))


def analyse(text: str) -> list[str]:
    """The terms of a text, in order: words without case, accents, endings, and without the commonest English ones."""
    with foreign():
        terms: list[str] = _analyser().analyze(_encodable(text))
    return terms


@cache
def _analyser() -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    steps = [Filter.remove_long(80), Filter.lowercase(), Filter.stopword("english"), Filter.ascii_fold()]
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (*steps, Filter.stemmer("english")):
        builder = builder.filter(step)
    return builder.build()


@cache
def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="words", index_option="freq")
    return builder.build()


def _prepared(index: Any) -> Any:
    index.register_tokenizer("words", _analyser())
    return index


def _change(index: Any, units: Iterable[StoredUnit], *, remove: Sequence[int]) -> list[int]:
    """Take units out of an index and put others in, in one commit; returns the ids of those put in."""
    from tantivy import Document, Query

    added: list[int] = []
    with foreign():
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        if remove:
            # By query: delete_documents_by_term takes the number for a signed one, and finds nothing without a word.
            writer.delete_documents_by_query(Query.term_set_query(index.schema, "id", list(remove)))
    for unit in units:
        with foreign():
            document = Document()
            document.add_unsigned("id", unit.id)
            document.add_text("text", _encodable(unit.text))
            writer.add_document(document)
        added.append(unit.id)
    with foreign():
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
    return added


def _encodable(text: str) -> str:
    """The text with a question mark for every lone surrogate, which has no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _saturate(count: int, length: float) -> float:
    """BM25's weight of a term that occurs so often in a unit of so many times the usual length."""
    return count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length))
