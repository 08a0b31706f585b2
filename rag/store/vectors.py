"""The vector index: Chroma over the ledger's vectors, and exact search where Chroma has none or cannot be used."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.errors import ModelMismatch
from rag.store.derived import DerivedIndex
from rag.store.entries import KINDS, Kind, StoredUnit
from rag.store.graphs import clear_spare_room, is_saved
from rag.store.views import Changes, Part, Unusable, foreign

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_COLLECTIONS: dict[Kind, str] = {"passage": "passages", "claim": "claims"}
_EF_SEARCH = 300  # recall@10 at 100,000 vectors: .87 with 20, .98 with 100, .997 with 300
_SAVE_EVERY = 100  # rows that may be left to be read from Chroma's log when a base is opened
_MOST_DEAD = 1000  # what is asked of Chroma beyond k; with more dead units than that, exact search is quicker
_PROBES = 8
_SAME = 0.999
_BUSY = 5.0  # seconds that another process may take to open Chroma's database


@dataclass(frozen=True, slots=True, kw_only=True)
class _Collection:
    """A collection in Chroma: how many units it holds (`size`), of how many dimensions (`length`, None if empty)."""

    client: Any
    collection: Any
    size: int
    length: int | None

    def query(self, vector: Matrix, k: int) -> list[tuple[int, float]]:
        """Unit ids and cosine similarities of the k nearest. Raises Unusable, and ModelMismatch for another length."""
        if not self.size:
            return []
        if self.length not in {None, len(vector)}:
            raise _mismatch(self.length or 0, len(vector))
        with foreign():
            found = self.collection.query(
                query_embeddings=vector[None, :], n_results=min(k, self.size), include=["distances"]
            )
            pairs = zip(found["ids"][0], found["distances"][0], strict=True)
            return [(int(one), min(1.0, 1.0 - float(distance))) for one, distance in pairs]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matrix:
    ids: list[int]
    vectors: Matrix


class VectorIndex(DerivedIndex[_Collection, _Matrix]):
    """Nearest units by cosine. Not one of its files is needed: see `DerivedIndex`."""

    name = "vectors"

    def search(
        self, kind: Kind, vector: Matrix, k: int, *, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The k units nearest to a vector of shape (d,), nearest first: unit ids and cosine similarities.

        With `among`, the nearest of these ids, exactly. Raises ModelMismatch for a vector of another length than the
        index's.
        """
        vector = np.asarray(vector, dtype=np.float32)
        if k < 1 or not np.linalg.norm(vector):
            return []
        if among is not None:
            ids, matrix = self.ledger.present_vectors(list(dict.fromkeys(among)))
            return _nearest(ids, matrix, vector, k)
        view = self.view()
        try:
            return self._search(view.parts[kind], vector, k)
        except Unusable as error:
            return self._search(self.give_up(view, error).parts[kind], vector, k)

    def _is_found(self, unit: StoredUnit) -> bool:
        hits = self.search(unit.kind, unit.vector, 10)
        return not np.linalg.norm(unit.vector) or unit.id in dict(hits) or bool(hits and hits[0][1] > _SAME)

    def _search(self, part: Part[_Collection, _Matrix], vector: Matrix, k: int) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        if part.base and part.alive and len(part.dead) > _MOST_DEAD:
            alive = [one for one in part.base_ids.tolist() if one not in part.dead]
            found = _nearest(*self.ledger.present_vectors(alive), vector, k)
        elif part.base and part.alive:
            found = [hit for hit in part.base.query(vector, k + len(part.dead)) if hit[0] not in part.dead]
        if part.tail:
            found += _nearest(part.tail.ids, part.tail.vectors, vector, k)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _sealed(self, folder: Path) -> Iterable[Path]:
        """Chroma writes to its database even when it only reads, and to a graph that it has not saved once.

        Such a graph is made anew from the database whenever it is opened, so damage to its files does no harm.
        """
        for path in super()._sealed(folder):
            if (path.parent == folder or is_saved(path.parent)) and not path.name.startswith("chroma.sqlite3"):
                yield path

    def _content(self, folder: Path) -> str:
        """CRC-32 over the rows of Chroma's database, but those of the table that it writes to when it opens it.

        Of the table that is as long as the index, and of which search reads nothing, sums do.
        """
        with foreign(), contextlib.closing(_database(folder)) as connection:
            names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            seal = 0
            for (name,) in connection.execute(names).fetchall():
                columns = "count(*), sum(id), sum(seq_id), sum(embedding_id)" if name == "embeddings" else "*"
                if name != "acquire_write":
                    for row in connection.execute(f'SELECT {columns} FROM "{name}"'):  # noqa: S608 -- of a fixed database
                        seal = zlib.crc32(repr(row).encode(), seal)
            return f"{seal:08x}"

    def _open(self, folder: Path, ids: Mapping[Kind, NDArray[np.int64]]) -> Mapping[Kind, _Collection]:
        opened: dict[Kind, _Collection] = {}
        with foreign():
            # One for each kind, so that each can be closed; they share what is open.
            clients = {kind: _client(folder) for kind in KINDS}
        try:
            for kind, client in clients.items():
                opened[kind] = self._open_collection(client, kind, ids[kind])
            with contextlib.suppress(Unusable):  # another opens it at this moment, and clears what it writes itself
                clear_spare_room(folder, unsaved_only=True)
        except Unusable:
            for client in clients.values():
                client.close()
            raise
        return opened

    def _open_collection(self, client: Any, kind: Kind, ids: NDArray[np.int64]) -> _Collection:
        """Raise Unusable unless a collection holds that many units and some of them find themselves."""
        with foreign():
            collection = client.get_collection(_COLLECTIONS[kind], embedding_function=None)
            size = collection.count()
        if size != len(ids):
            raise Unusable(f"Chroma holds {size} units, and should hold {len(ids)}")
        sample = ids[np.linspace(0, len(ids) - 1, num=min(_PROBES, len(ids)), dtype=np.int64)].tolist()
        # Units that were removed from the ledger since have no vector to probe with.
        present, vectors = self.ledger.present_vectors(sample)
        base = _Collection(
            client=client, collection=collection, size=size, length=vectors.shape[1] if present else None
        )
        missed = sum(not _finds(base, one, vector) for one, vector in zip(present, vectors, strict=True))
        # Approximate search misses one in a hundred; a damaged graph misses most.
        if missed > len(present) // 4:
            raise Unusable(f"{missed} of {len(present)} units are not found by their own vectors")
        return base

    def _close(self, base: _Collection) -> None:
        base.client.close()

    def _write(self, folder: Path, changes: Mapping[Kind, Changes]) -> Mapping[Kind, Sequence[int]]:
        added: dict[Kind, list[int]] = {}
        with foreign():
            client = _client(folder)
        try:
            for kind, change in changes.items():
                added[kind] = self._change(client, kind, change)
        finally:
            with foreign():
                client.close()
        clear_spare_room(folder)
        return added

    def _change(self, client: Any, kind: Kind, change: Changes) -> list[int]:
        with foreign():
            batch = client.get_max_batch_size()
            collection = client.get_or_create_collection(
                _COLLECTIONS[kind],
                embedding_function=None,
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_search": _EF_SEARCH,
                        "batch_size": _SAVE_EVERY,
                        "sync_threshold": _SAVE_EVERY,
                    }
                },
            )
        for at in range(0, len(change.remove), batch):
            with foreign():
                collection.delete(ids=[str(one) for one in change.remove[at : at + batch]])
        added: list[int] = []
        for at in range(0, len(change.add), batch):
            ids, vectors = self.ledger.present_vectors(change.add[at : at + batch])
            if ids:
                with foreign():
                    collection.add(ids=[str(one) for one in ids], embeddings=vectors)
                added += ids
        return added

    def _make_tail(self, _kind: Kind, /, ids: NDArray[np.int64], *, known: _Matrix | None) -> _Matrix:
        if known is None:
            known = _Matrix(ids=[], vectors=np.zeros((0, 0), dtype=np.float32))
        old = np.isin(known.ids, ids)
        kept = [one for one, keep in zip(known.ids, old, strict=True) if keep]
        new, new_vectors = self.ledger.present_vectors(np.setdiff1d(ids, known.ids).tolist())
        if not kept or not new:
            return _Matrix(ids=kept or new, vectors=known.vectors[old] if kept else new_vectors)
        if new_vectors.shape[1] != known.vectors.shape[1]:
            raise _mismatch(known.vectors.shape[1], new_vectors.shape[1])
        return _Matrix(ids=kept + new, vectors=np.vstack([known.vectors[old], new_vectors]))


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder.resolve()), settings=Settings(anonymized_telemetry=False))


def _database(folder: Path) -> sqlite3.Connection:
    file = (folder / "chroma.sqlite3").resolve()
    return sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=_BUSY)


def _finds(base: _Collection, one: int, vector: Matrix) -> bool:
    """Whether a unit's own vector finds it, or others in its place that are the same."""
    hits = base.query(vector, 10)
    return not np.linalg.norm(vector) or one in dict(hits) or bool(hits and hits[0][1] > _SAME)


def _mismatch(one: int, other: int) -> ModelMismatch:
    return ModelMismatch(
        f"the index holds vectors of {one} dimensions, not {other}: run `python -m rag rebuild`, "
        "or set the embedding model back"
    )


def _nearest(ids: Sequence[int], matrix: Matrix, vector: Matrix, k: int) -> list[tuple[int, float]]:
    """The k rows of the greatest cosine to a vector, exactly; of two as near, the one of the lower id first."""
    if not len(ids):
        return []
    if matrix.shape[1] != len(vector):
        raise _mismatch(matrix.shape[1], len(vector))
    lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
    cosines = np.divide(matrix @ vector, lengths, out=np.zeros(len(ids), dtype=np.float32), where=lengths > 0)
    best = np.lexsort((np.asarray(ids), -cosines))[:k]
    return [(int(ids[row]), min(1.0, float(cosines[row]))) for row in best]
