"""A full disk: what was acknowledged is there, the error says what to do, and the same call then goes on."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.torture.result import Result, not_run, share_of
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.store.ledger import Ledger

POINTS = 20
_ARTICLES = 200
_SMALLEST, _STEP = 300, 40  # kilobytes: from too small for an empty index to too small for the last articles
_ENOUGH = "64m"
_THREAT = "a full disk"
_TARGET = "20 sizes of disk: a clear error, 0 acknowledged articles lost, the same call goes on with room"


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- the sizes are what differs
    """Index into disks of several sizes that are too small, look, make room, and call again."""
    if not FORK:
        return not_run(6, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    points = share_of(POINTS, share)
    problems: list[str] = []
    full = 0
    with workplace() as place:
        feed = write_feed(place / "news.jsonl", range(_ARTICLES))
        for point in range(points):
            size = _SMALLEST + _STEP * (point * POINTS // points)
            disk = place / f"disk{point}"
            disk.mkdir()
            try:
                with _mounted(disk, size=f"{size}k"):
                    filled, wrong = _fill(disk, feed)
            except PermissionError as error:
                return not_run(6, threat=_THREAT, target=_TARGET, reason=f"needs a file system of its own: {error}")
            full += filled
            problems += [f"{size} KB: {what}" for what in wrong]
    return Result(
        row=6,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{full} of {points} disks were full, {len(problems)} faults",
        ok=not problems and full == points,
        detail=told(problems),
    )


@contextlib.contextmanager
def _mounted(disk: Path, *, size: str) -> Iterator[None]:
    """A file system in memory. Raises PermissionError where none may be mounted."""
    _mount("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk))
    try:
        yield
    finally:
        _mount("umount", str(disk))


def _mount(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise PermissionError(str(error)) from error
    if done.returncode:
        raise PermissionError(done.stderr.strip())


def _fill(disk: Path, feed: Path) -> tuple[bool, list[str]]:
    """Whether the disk was full before all was indexed, and what is wrong."""
    acknowledged = disk.with_suffix(".acknowledged")
    acknowledged.touch()
    stopped = apart(lambda: _index(disk, feed, acknowledged))
    if stopped.value is not None:
        return False, ["all found room"]
    wrong = [] if "is full" in stopped.error or "No space left" in stopped.error else [stopped.why]
    ids = acknowledged.read_text(encoding="utf-8").split()
    if ids:
        looked = apart(lambda: _look(disk, ids))
        wrong += looked.value if looked.value is not None else [f"cannot be read while it is full: {looked.why}"]
    _mount("mount", "-o", f"remount,size={_ENOUGH}", str(disk))
    again = apart(lambda: _index(disk, feed, acknowledged))
    if again.value is None:
        return True, [*wrong, f"did not go on: {again.why}"]
    looked = apart(lambda: _look(disk, [f"n{number}" for number in range(_ARTICLES)]))
    return True, wrong + (looked.value if looked.value is not None else [looked.why])


def _index(disk: Path, feed: Path, acknowledged: Path) -> bool:
    write = Ledger.write

    def acknowledge(self: Ledger, entries: Any, **options: Any) -> None:
        write(self, entries, **options)
        with acknowledged.open("a", encoding="utf-8") as file:
            file.write("".join(f"{entry.article.id}\n" for entry in entries))

    Ledger.write = acknowledge  # type: ignore[method-assign]
    index = Index(disk / "index")
    index.pipeline.run([feed])
    index.sync()
    return True


def _look(disk: Path, ids: list[str]) -> list[str]:
    index = Index(disk / "index")
    sample = ids[:: max(1, len(ids) // 40)]
    wrong = [f"{id_} is not stored" for id_ in index.not_stored(ids)]
    return wrong + [f"{id_} is not found" for id_ in index.not_found(sample)]
