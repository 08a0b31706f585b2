"""What the vector and the keyword index share: following the ledger.

Each is a *base*, a sealed generation on disk, and a *tail* in memory: the units that the ledger has and the base has
not. Both are searched, and units that the ledger has no more are left out, so an answer is in step with the ledger
whoever wrote to it last. `sync` builds a base without a tail. Where no base can be used, the tail is everything.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic

import numpy as np

from rag.errors import IndexLocked, StoreError
from rag.store.entries import KINDS, Kind, StoredUnit
from rag.store.generations import Generation, Generations
from rag.store.views import Base, Changes, Part, Tail, Unusable, View, foreign

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rag.store.ledger import Ledger

_SAMPLE = 50  # units of each kind that are searched for to examine a base

_log = logging.getLogger(__name__)


class DerivedIndex(ABC, Generic[Base, Tail]):
    """An index over the ledger's units that can be lost at any time. Safe to use from several threads."""

    name: str

    def __init__(self, folder: str | Path, ledger: Ledger) -> None:
        self.ledger = ledger
        self._generations = Generations(Path(folder) / self.name)
        self._syncing = threading.Lock()
        self._lock = threading.RLock()  # not held while a base is built: others search the last one meanwhile
        self._seen: View[Base, Tail] | None = None
        self._held = threading.local()  # `view`, while a thread holds one
        self._given_up: Path | None = None
        self.tell: Callable[[float], object] | None = None  # how much of a base is built, from 0 to 1

    def sync(self) -> None:
        """Bring the base in step with the ledger; where it cannot be written, searching goes on without it."""
        with self._syncing:
            if self._is_done(self.view()):
                return
            try:
                with self._generations.building() as folder:
                    view = self.view()  # another may have built it meanwhile
                    if not self._is_done(view):
                        self._told(0.0)
                        self._build(folder, view)
                self.view()
            except (IndexLocked, OSError, Unusable) as error:
                _log.warning("the %s index stays behind the ledger and is searched in memory: %s", self.name, error)

    def _told(self, share: float) -> None:
        if self.tell:
            self.tell(share)

    def renew(self) -> None:
        """Build the base afresh from what the ledger holds now, and remove all that was built before.

        Raises IndexLocked where another process builds, StoreError where what was built before cannot be removed.
        """
        with self._syncing:
            try:
                with self._generations.building() as folder:
                    self._build_afresh(folder)
            except Unusable as error:
                _log.warning("the %s index cannot be built and is searched in memory: %s", self.name, error)
                self._generations.drop()
            except OSError as error:
                raise StoreError(f"the {self.name} index cannot be built anew ({error.strerror or error})") from error
            self.view()
            if left := self._generations.unused():
                raise StoreError(f"{left[0]} cannot be removed: remove it, and run the same command again")

    def examine(self) -> str:
        """What is wrong with the base; nothing where it is sound and in step with the ledger.

        For a process of its own: the base is opened, and may be such that this crashes or never ends.
        """
        generation = self._generations.current()
        if generation is None:
            return "" if self._is_done(self.view()) else "there is none"
        if not self.ledger.remembers(generation.stamp):
            return "it was made of another ledger, or of what a backup has replaced"
        try:
            bases, _ = self._open_sealed(generation)
            for base in bases.values():
                self._close(base)
        except Unusable as error:
            return str(error)
        if missing := self.behind():
            return f"it is {missing} units behind the ledger"
        lost = [unit.id for kind in KINDS for unit in self._sample(kind) if not self._is_found(unit)]
        # Approximate search may miss one, as it does in a sound base.
        return f"{len(lost)} of a sample of units are not found again" if len(lost) > 1 else ""

    def behind(self) -> int:
        """How many units the base has too many or too few."""
        return sum(len(part.dead) + len(part.tail_ids) for part in self.view().parts.values())

    @abstractmethod
    def _is_found(self, unit: StoredUnit) -> bool:
        """Whether a search for a unit finds it, or another that is the same."""

    def _sample(self, kind: Kind) -> list[StoredUnit]:
        ids = self.ledger.unit_ids(kind)
        return self.ledger.stored_units(sorted({ids[at * len(ids) // _SAMPLE] for at in range(_SAMPLE)}) if ids else [])

    def close(self) -> None:
        """Let go of the base. The next search opens it again."""
        with self._lock:
            view, self._seen = self._seen, None
            if view:
                self._close_parts(view)

    @contextlib.contextmanager
    def held(self, stamp: str) -> Iterator[None]:
        """Within, this thread searches the index as of one moment, whose stamp it has read just before."""
        self._held.view = self.view(stamp)
        try:
            yield
        finally:
            self._held.view = None

    def view(self, stamp: str | None = None) -> View[Base, Tail]:
        """The index as of now: what this or another process has written to the ledger is in it."""
        held: View[Base, Tail] | None = getattr(self._held, "view", None)
        if held:
            return held
        with self._lock, self.ledger.anew():
            stamp = stamp or self.ledger.stamp()
            self._forget_other_histories(stamp)
            seen, generation = self._seen, self._generations.current()
            if generation and not (seen and seen.generation == generation):
                generation = self._usable(generation)
            if seen and seen.stamp == stamp and seen.generation == generation:
                return seen
            self._seen = self._look(stamp, generation, seen)
            return self._seen

    def give_up(self, view: View[Base, Tail], why: Exception) -> View[Base, Tail]:
        """A view without the base, which failed; `sync` then builds another."""
        self._held.view = None
        with self._lock:
            if view.generation and self._generations.current() == view.generation:
                _log.warning("the %s index is damaged and will be built again: %s", self.name, why)
                self._given_up = view.generation.folder
            if self._seen is view:
                self._close_parts(view)
                self._seen = None
            return self.view()

    def _sealed(self, folder: Path) -> Iterable[Path]:
        """The files of a closed base that reading never changes."""
        return (path for path in folder.rglob("*") if path.is_file())

    def _content(self, folder: Path) -> str:  # noqa: ARG002
        """A seal of what the files of a closed base hold that reading does change. Raises Unusable."""
        return ""

    @abstractmethod
    def _open(self, folder: Path, ids: Mapping[Kind, NDArray[np.int64]]) -> Mapping[Kind, Base]:
        """Open a base and check that it holds these ids. Raises Unusable."""

    @abstractmethod
    def _close(self, base: Base) -> None: ...

    @abstractmethod
    def _write(self, folder: Path, changes: Mapping[Kind, Changes]) -> Mapping[Kind, Sequence[int]]:
        """Change the base in `folder`, or make one where there is none, and close it; returns what was added.

        Units that the ledger has no more need not be added. Raises Unusable.
        """

    @abstractmethod
    def _make_tail(self, kind: Kind, /, ids: NDArray[np.int64], *, known: Tail | None) -> Tail:
        """An index in memory over these units; `known` is the one before, over others."""

    def _is_done(self, view: View[Base, Tail]) -> bool:
        in_step = all(part.in_step for part in view.parts.values())
        return in_step and (view.generation is not None or not any(len(part.base_ids) for part in view.parts.values()))

    def _usable(self, generation: Generation) -> Generation | None:
        """None for one that failed, or that was made from another ledger (a backup, say, that was restored since)."""
        failed = generation.folder == self._given_up
        return generation if not failed and self.ledger.remembers(generation.stamp) else None

    def _forget_other_histories(self, stamp: str) -> None:
        """After a backup was put back, ids that were given since it was made are given again, to other units."""
        seen = self._seen
        if seen and seen.stamp != stamp and not self.ledger.remembers(seen.stamp):
            self._close_parts(seen)
            self._seen = None

    def _look(self, stamp: str, generation: Generation | None, seen: View[Base, Tail] | None) -> View[Base, Tail]:
        if seen and seen.generation == generation:
            opened = {kind: (part.base, part.base_ids) for kind, part in seen.parts.items()}
        else:
            if seen:
                self._close_parts(seen)
                seen = None
            opened = {kind: (None, np.zeros(0, dtype=np.int64)) for kind in KINDS}
            if generation:
                try:
                    bases, ids = self._open_sealed(generation)
                    opened = {kind: (bases[kind], ids[kind]) for kind in KINDS}
                except Unusable as error:
                    _log.warning("the %s index %s and will be built again: %s", self.name, error.fault, error)
                    self._given_up, generation = generation.folder, None
        in_step = generation is not None and generation.stamp == stamp
        return View(
            stamp=stamp,
            generation=generation,
            parts={
                kind: self._part(kind, base, base_ids, in_step=in_step, seen=seen.parts[kind] if seen else None)
                for kind, (base, base_ids) in opened.items()
            },
        )

    def _open_sealed(self, generation: Generation) -> tuple[Mapping[Kind, Base], dict[Kind, NDArray[np.int64]]]:
        """Open a generation whose files are as they were written. Raises Unusable for any other.

        Native libraries crash on damaged files, or never come back: one that did so twice is not opened again.
        """
        with self._generations.opening(generation) as died:
            if died:
                raise Unusable(f"processes died while they opened {generation.folder}")
            ids = _check_seal(generation)
            if self._content(generation.folder) != generation.content:
                raise Unusable(f"what {generation.folder} holds was changed")
            return self._open(generation.folder, ids), ids

    def _part(
        self,
        kind: Kind,
        base: Base | None,
        base_ids: NDArray[np.int64],
        *,
        in_step: bool,
        seen: Part[Base, Tail] | None,
    ) -> Part[Base, Tail]:
        live = base_ids if in_step else np.asarray(self.ledger.unit_ids(kind), dtype=np.int64)
        tail_ids = np.setdiff1d(live, base_ids, assume_unique=True)
        return Part(
            base=base,
            base_ids=base_ids,
            dead=frozenset(np.setdiff1d(base_ids, live, assume_unique=True).tolist()),
            tail_ids=tail_ids,
            tail=self._make_tail(kind, tail_ids, known=seen.tail if seen else None) if len(tail_ids) else None,
        )

    def _close_parts(self, view: View[Base, Tail]) -> None:
        for part in view.parts.values():
            if part.base is not None:
                with contextlib.suppress(Unusable), foreign():
                    self._close(part.base)

    def _build(self, folder: Path, view: View[Base, Tail]) -> None:
        """Build the next generation: a changed copy of this one where that is worth it, else afresh."""
        if view.generation and view.is_worth_copying:
            stamp = self.ledger.stamp()
            live = {kind: self.ledger.unit_ids(kind) for kind in KINDS}
            try:
                # Of what is copied, only sealed files are known to be whole; the others are checked when it is opened.
                shutil.copytree(view.generation.folder, folder)
                removed = sum(len(part.dead) for part in view.parts.values())
                self._fill(folder, live, held={kind: view.parts[kind].base_ids for kind in KINDS})
            except (Unusable, OSError) as error:
                _log.warning("the %s index cannot be changed and is built afresh: %s", self.name, error)
                folder = folder.with_name(f"{folder.name}-afresh")
            else:
                self._publish(folder, stamp, removed=view.generation.removed + removed)
                return
        self._build_afresh(folder)

    def _build_afresh(self, folder: Path) -> None:
        stamp = self.ledger.stamp()
        folder.mkdir()
        live = {kind: self.ledger.unit_ids(kind) for kind in KINDS}
        self._fill(folder, live, held={kind: np.zeros(0, dtype=np.int64) for kind in KINDS})
        self._publish(folder, stamp, removed=0)

    def _publish(self, folder: Path, stamp: str, *, removed: int) -> None:
        content, sealed = self._content(folder), self._sealed(folder)
        self._generations.publish(folder, stamp=stamp, removed=removed, sealed=sealed, content=content)

    def _fill(
        self, folder: Path, live: Mapping[Kind, Sequence[int]], *, held: Mapping[Kind, NDArray[np.int64]]
    ) -> None:
        """Make a base hold what is live, write down what it holds, and check that it opens."""
        changes = {
            kind: Changes(
                add=np.setdiff1d(live[kind], held[kind], assume_unique=True).tolist(),
                remove=np.setdiff1d(held[kind], live[kind], assume_unique=True).tolist(),
            )
            for kind in KINDS
        }
        added = self._write(folder, changes)
        ids = {}
        for kind in KINDS:
            kept = np.setdiff1d(held[kind], changes[kind].remove, assume_unique=True)
            ids[kind] = np.sort(np.concatenate([kept, np.asarray(added[kind], dtype=np.int64)]))
            np.save(folder / f"{kind}.npy", ids[kind])
        for base in self._open(folder, ids).values():
            with foreign():
                self._close(base)


def _check_seal(generation: Generation) -> dict[Kind, NDArray[np.int64]]:
    """The ids in a generation. Raises Unusable where a file of it is not as it was written."""
    if not generation.is_whole():
        raise Unusable(f"a file in {generation.folder} is missing or was changed")
    with foreign():
        return {kind: np.load(generation.folder / f"{kind}.npy") for kind in KINDS}
