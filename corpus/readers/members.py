"""The members of a container, one after another: which are unpacked to be read, and what is said of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.readers.containers import Budget, BudgetSpent, Mark, Member, Place, Skipped, in_words, unpack
from corpus.readers.opening import PACKINGS
from corpus.types import Problem

Found = RawArticle | Problem | Mark | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A member as a file in the temporary folder, until the next is asked for."""

    path: Path
    kind: str
    place: Place
    member: Member

    def finish(self, item: Found) -> Found:
        """What was read in the member, with its number and what the container says of it."""
        if isinstance(item, RawArticle):
            return self.member.finish(replace(item, record=self.member.record or item.record))
        if isinstance(item, Problem):
            return replace(item, record=self.member.record or item.record)
        return item


def unpack_members(
    members: Iterator[Member],
    *,
    place: Place,
    folder: Path,
    budget: Budget,
    kind_of: Callable[[PurePosixPath], str | None],
) -> Iterator[Unpacked | Found]:
    """Unpack the members of a container one at a time, with a mark before each, from behind `place.after`.

    `kind_of` gives the kind of a member's name, None for what is not to be read. Raises UnreadableFile where no member
    is to be read, and BudgetSpent.
    """
    left_out: Counter[str] = Counter()
    is_any = bool(place.after)
    for number, member in enumerate(members, 1):
        if member.name:
            budget.add_member()
        inner = place.inside(number, member.name)
        yield inner.mark(record=member.record)
        name = PurePosixPath(member.name.replace("\\", "/"))
        kind = member.kind or kind_of(name)
        if not member.refused and (kind is None or member.skipped):
            left_out["files of other kinds" if kind is None else member.skipped] += 1
            continue
        is_any = True
        if place.is_behind(number):
            continue
        if member.refused:
            yield Problem(path=inner.shown, record=member.record, reason=f"{member.refused}; not unpacked")
            continue
        packing = name.suffix.lower() if name.suffix.lower() in PACKINGS else ""
        path = folder / f"member{kind}{packing}"
        try:
            for _ in unpack(member, path, budget=budget):
                yield inner.mark(record=member.record)
        except BudgetSpent:
            raise
        except UnreadableFile as error:
            yield Problem(path=inner.shown, record=member.record, reason=str(error))
        else:
            yield Unpacked(path=path, kind=str(kind), place=inner, member=member)
        path.unlink(missing_ok=True)
    if left_out:
        yield Skipped(path=place.shown, counts=dict(left_out))
    if not is_any:
        what = f"only {in_words(left_out)}" if left_out else "it is empty"
        raise UnreadableFile(f"no articles in it{',' if left_out else ':'} {what}")
