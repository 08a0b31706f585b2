"""The word index: the words of every passage as codes, to compare with a question's words in their places.

Nearly all questions paraphrase; a passage's one vector blurs what each of its words says, their own vectors do not (see
`rag.late`). A claim has no codes of its own: it is a stretch of its passage, read there with all that stands around it.
Not one file of this index is needed: see `DerivedIndex`. Passages that are not in it yet are ranked without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.late import WORD, Asked, Codes, unpack_words
from rag.models import load_words
from rag.store.derived import DerivedIndex
from rag.store.entries import KINDS, Kind, StoredUnit
from rag.store.views import Changes, OfAnotherModel, Unusable, foreign

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rag.store.ledger import Ledger
    from rag.word_encoder import WordEncoder

_BATCH = 256  # passages encoded at a time
_MADE_WITH = "encoder.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """Passages by rising id, shape (n,); their words lie one after the other, those of the i-th up to `ends[i]`."""

    ids: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[Any]

    def rows(self, at: int) -> NDArray[Any]:
        return self.words[self.ends[at - 1] if at else 0 : self.ends[at]]


class WordIndex(DerivedIndex[_Shelf, None]):
    """Codes by passage. `encoder` gives the model when it is needed."""

    name = "words"

    def __init__(self, folder: str | Path, ledger: Ledger, *, encoder: Callable[[], WordEncoder] = load_words) -> None:
        super().__init__(folder, ledger)
        self._encoder = encoder

    def ask(self, question: str) -> Asked:
        """A question's words."""
        return self._encoder().ask(question)

    def codes(self, ids: Sequence[int]) -> dict[int, Codes]:
        """The words of these passages, by id; those that are not in the index are left out."""
        base = self.view().parts["passage"].base
        if base is None or not len(base.ids):
            return {}
        places = np.minimum(np.searchsorted(base.ids, ids), len(base.ids) - 1)
        return {
            one: unpack_words(base.rows(at))
            for one, at in zip(ids, places.tolist(), strict=True)
            if base.ids[at] == one
        }

    def _is_found(self, unit: StoredUnit) -> bool:
        return unit.kind == "claim" or unit.id in self.codes([unit.id])

    def _open(self, folder: Path, ids: Mapping[Kind, NDArray[np.int64]]) -> Mapping[Kind, _Shelf]:
        with foreign():
            if (made := (folder / _MADE_WITH).read_text(encoding="utf-8")) != self._encoder().name:
                raise OfAnotherModel(f"{folder} was made with {made}, this is {self._encoder().name}")
            shelf = _Shelf(
                ids=ids["passage"],
                ends=np.load(folder / "ends.npy"),
                # A plain array over the mapped file: a slice of a memmap takes ten times as long.
                words=np.load(folder / "words.npy", mmap_mode="r").view(np.ndarray),
            )
        length = int(shelf.ends[-1]) if len(shelf.ends) else 0
        if len(shelf.ends) != len(shelf.ids) or len(shelf.words) != length or shelf.words.dtype != WORD:
            raise Unusable(f"{folder} holds {len(shelf.ends)} passages, and should hold {len(shelf.ids)}")
        nothing = _Shelf(ids=ids["claim"], ends=shelf.ends[:0], words=shelf.words[:0])
        return {"passage": shelf, "claim": nothing}

    def _close(self, base: _Shelf) -> None:
        """Nothing to let go of: a mapped file closes with its array."""

    def _write(self, folder: Path, changes: Mapping[Kind, Changes]) -> Mapping[Kind, Sequence[int]]:
        change = changes["passage"]
        kept: dict[int, NDArray[Any]] = {}
        if (folder / "words.npy").exists():
            with foreign():
                held = np.load(folder / "passage.npy")
                shelf = _Shelf(ids=held, ends=np.load(folder / "ends.npy"), words=np.load(folder / "words.npy"))
            gone = set(change.remove)
            kept = {one: shelf.rows(at) for at, one in enumerate(held.tolist()) if one not in gone}
        added = self._taken_over(change.add)
        added |= self._encoded([one for one in change.add if one not in added])
        shelved = dict(sorted((kept | added).items()))
        with foreign():
            (folder / _MADE_WITH).write_text(self._encoder().name, encoding="utf-8")
            np.save(folder / "ends.npy", np.cumsum([len(rows) for rows in shelved.values()], dtype=np.int64))
            np.save(folder / "words.npy", np.concatenate([np.zeros(0, dtype=WORD), *shelved.values()]))
        return {kind: list(added) if kind == "passage" else changes[kind].add for kind in KINDS}

    def _taken_over(self, ids: Sequence[int]) -> dict[int, NDArray[Any]]:
        """Of these passages those that the base of now holds: building afresh is no reason to encode again."""
        base = self.view().parts["passage"].base
        places = {one: at for at, one in enumerate(base.ids.tolist())} if base else {}
        return {one: base.rows(places[one]) for one in ids if base and one in places}

    def _encoded(self, ids: Sequence[int]) -> dict[int, NDArray[Any]]:
        encoder = self._encoder()
        coded: dict[int, NDArray[Any]] = {}
        for at in range(0, len(ids), _BATCH):
            self._told(at / len(ids))
            units = list(self.ledger.units("passage", ids=ids[at : at + _BATCH]))
            packed = encoder.code([unit.text for unit in units])
            coded |= {unit.id: np.frombuffer(words, dtype=WORD) for unit, words in zip(units, packed, strict=True)}
        return coded

    def _make_tail(self, _kind: Kind, /, ids: NDArray[np.int64], *, known: None) -> None:
        """Nothing: new passages are ranked without their words until `sync`."""
