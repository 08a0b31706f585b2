"""Files that hold files: what their members are, and how they are unpacked one at a time, under limits."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.limits import limits_in_force, over_limit
from corpus.readers.faults import said
from corpus.readers.opening import DAMAGED_PACKING, RATIO_FROM, check_unpacked

# What the standard library's and warcio's readers raise for damage, and for methods that they do not know.
DAMAGED = (
    *DAMAGED_PACKING,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
_BLOCK = 1 << 20  # bytes
_SIGN_OF_LIFE = 128 * _BLOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file in a container, while the container stands at it.

    It goes by a name, or by a number from 1 (`record`). `kind` is its suffix in the readers' table where its name does
    not say it. `open` gives its bytes; it is called at most once, before the next member is asked for. `packed` is its
    size in the container, in bytes, where it is compressed on its own. `refused` says why it must not be unpacked,
    `skipped` that it is no article, and why; else both are empty. `finish` adds to its articles what the container says
    of them.
    """

    name: str = ""
    record: int | None = None
    kind: str | None = None
    open: Callable[[], IO[bytes]]
    packed: int | None = None
    refused: str = ""
    skipped: str = ""
    finish: Callable[[RawArticle], RawArticle] = lambda raw: raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where the reading of a container has come to: the member that is next, as its path and its place.

    `position` counts the members from 1, with one number for each container inside another.
    """

    path: str
    position: tuple[int, ...]
    record: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something lies: what messages call it, its position as in `Mark`, and behind which position to go on."""

    shown: str
    position: tuple[int, ...] = ()
    after: tuple[int, ...] = ()

    def mark(self, *, record: int | None = None) -> Mark:
        return Mark(path=self.shown, position=self.position, record=record)

    def inside(self, number: int, name: str) -> Place:
        """The place of a container's member."""
        return Place(
            shown=f"{self.shown}!/{shown_name(name)}" if name else self.shown,
            position=(*self.position, number),
            after=self.after[1:] if self.after[:1] == (number,) else (),
        )

    def is_behind(self, number: int) -> bool:
        """Whether a member was read before: it comes before the one to go on behind, or is that one."""
        return bool(self.after) and (number < self.after[0] or self.after == (number,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """How many members of a container were no articles, by what they are: {"files of other kinds": 12}."""

    path: str
    counts: Mapping[str, int]

    def __str__(self) -> str:
        return f"{self.path}: left out {in_words(self.counts)}"


def in_words(counts: Mapping[str, int]) -> str:
    """How many of what: "2 empty files, 12 files of other kinds"."""
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))


class BudgetSpent(UnreadableFile):
    """A limit on a whole container is reached: the rest of it is not read."""


class Budget:
    """What the members of one container, with those of containers inside it, have taken so far."""

    def __init__(self, *, packed: int) -> None:
        self._packed = packed
        self._members = 0
        self._unpacked = 0

    def add_member(self) -> None:
        self._members += 1
        if self._members > limits_in_force().members:
            raise BudgetSpent(str(over_limit("holds too many files: the rest was not read", limit="members")))

    def add_bytes(self, size: int) -> None:
        self._unpacked += size
        try:
            check_unpacked(self._unpacked, packed=self._packed)
        except UnreadableFile as error:
            raise BudgetSpent(f"{error}; the rest was not read") from error


def unpack(member: Member, to: Path, *, budget: Budget) -> Iterator[int]:
    """Write a member's bytes to a file; yields now and then how many there are, for whoever waits.

    Raises BudgetSpent, or UnreadableFile where only this member is at fault.
    """
    limits = limits_in_force()
    size = 0
    try:
        with member.open() as packed, to.open("wb") as out:
            while block := packed.read(_BLOCK):
                size += len(block)
                budget.add_bytes(len(block))
                if size > limits.member_bytes:
                    raise over_limit("too large, unpacked", limit="member_bytes")
                if member.packed is not None and size > max(RATIO_FROM, limits.ratio * member.packed):
                    what = f"unpacks to more than {limits.ratio} times its size, as a decompression bomb does"
                    raise over_limit(what, limit="ratio")
                out.write(block)
                if size // _SIGN_OF_LIFE > (size - len(block)) // _SIGN_OF_LIFE:
                    yield size
    except DAMAGED as error:
        raise UnreadableFile(f"cannot be unpacked: {said(error)}") from error


def shown_name(name: str) -> str:
    """A member's name for a message: on one line, without what terminals act upon."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)[:500]


def leads_outside(name: str) -> bool:
    """Whether a member's name, taken as a path, leads out of the folder that it is unpacked into."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or ":" in parts[0] or "\0" in name
