"""Folders of derived indexes that are built aside, sealed, and switched to in one step.

A generation is never changed once it is published: a kill at any moment leaves the last one whole, and a reader never
sees half of a write. Its seal (sizes and checksums) is looked at before anything parses its files, because damaged
index files can crash a process.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import IndexLocked

_BLOCK = 1 << 20
_TOO_OFTEN = 2
_PATIENCE = 10.0  # seconds; what is waited for takes less than a millisecond
_POLL = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """`stamp` is the ledger's when it was built, `removed` how many units were taken out since it was built afresh.

    `files` holds size and CRC-32 of each sealed file, by its path in `folder`, `content` the seal of what the other
    files hold, where they are written to even by reading.
    """

    folder: Path
    stamp: str
    removed: int
    files: dict[str, tuple[int, int]]
    content: str

    def is_whole(self) -> bool:
        try:
            return all(_seal(self.folder / name) == tuple(seal) for name, seal in self.files.items())
        except OSError:
            return False


class Generations:
    """The generations of one derived index, below `parent`; the file `current` names the one in use."""

    def __init__(self, parent: Path) -> None:
        self._parent = parent
        self._pointer = parent / "current"

    def current(self) -> Generation | None:
        """The one in use, None where there is none. Its files may be damaged: see `is_whole`."""
        try:
            found = json.loads(self._pointer.read_text(encoding="utf-8"))
            return Generation(
                folder=self._parent / Path(found["folder"]).name,
                stamp=str(found["stamp"]),
                removed=int(found["removed"]),
                files={str(name): (int(size), int(crc)) for name, (size, crc) in found["files"].items()},
                content=str(found["content"]),
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    @contextlib.contextmanager
    def building(self) -> Iterator[Path]:
        """A new folder's path to build in, with all that is there but unused removed before and after.

        Raises IndexLocked where another process builds, OSError where nothing can be written here.
        """
        self._parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._parent / "building.lock", thread_local=False)
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise IndexLocked(f"{self._parent} is being built by another process: wait until it is done") from error
        try:
            self._remove_unused()
            yield self._parent / uuid.uuid4().hex[:12]
        finally:
            self._remove_unused()
            lock.release()

    def publish(self, folder: Path, *, stamp: str, removed: int, sealed: Iterable[Path], content: str) -> None:
        """Switch to a folder that is built and closed; the files `sealed` in it never change any more."""
        files = {path.relative_to(folder).as_posix(): _seal(path) for path in sorted(sealed)}
        plain = asdict(Generation(folder=folder, stamp=stamp, removed=removed, files=files, content=content)) | {
            "folder": folder.name
        }
        new = self._pointer.with_suffix(".new")
        new.write_text(json.dumps(plain), encoding="utf-8")
        os.replace(new, self._pointer)

    @contextlib.contextmanager
    def opening(self, generation: Generation) -> Iterator[bool]:
        """Around parsing a generation's files; gives whether processes have died twice while they did that before.

        What is held locked here is left behind, unlocked, by a process that dies. Once may be somebody's kill.
        """
        name = f"opening-{generation.folder.name}-"
        mine = FileLock(self._parent / f"{name}{uuid.uuid4().hex[:8]}.lock", thread_local=False)
        died = 0
        # Where nothing can be written there are no marks.
        with contextlib.suppress(OSError), self._marking():
            died = sum(_is_left_behind(mark) for mark in self._parent.glob(f"{name}*.lock"))
            mine.acquire(timeout=0)
        try:
            yield died >= _TOO_OFTEN
        finally:
            with contextlib.suppress(OSError), self._marking():
                mine.release()
                Path(mine.lock_file).unlink(missing_ok=True)

    def _marking(self) -> FileLock:
        """Alone among processes, so that no mark is looked at half made or half removed."""
        return FileLock(self._parent / "opening.lock", timeout=_PATIENCE, poll_interval=_POLL)

    def drop(self) -> None:
        """Use none of them, and remove all."""
        self._pointer.unlink(missing_ok=True)
        self._remove_unused()

    def unused(self) -> list[Path]:
        """The folders that are there and not in use."""
        current = self.current()
        folders = self._parent.iterdir() if self._parent.is_dir() else ()
        return [path for path in folders if path.is_dir() and (current is None or path != current.folder)]

    def _remove_unused(self) -> None:
        for path in self.unused():
            shutil.rmtree(path, ignore_errors=True)  # one that a reader still holds goes the next time
        current = self.current()
        for path in self._parent.glob("opening-*.lock"):
            if current is None or not path.name.startswith(f"opening-{current.folder.name}-"):
                path.unlink(missing_ok=True)


def _is_left_behind(mark: Path) -> bool:
    """Whether the process that made it died: a living one holds it locked."""
    try:
        with FileLock(mark, timeout=0):
            return True
    except OSError:
        return False


def _seal(path: Path) -> tuple[int, int]:
    """Size in bytes and CRC-32 of a file."""
    size = checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size += len(block)
            checksum = zlib.crc32(block, checksum)
    return size, checksum
