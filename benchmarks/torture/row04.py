"""A damaged search index: it is noticed, answers are as before, and it is built again without embedding."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.torture.result import Result, not_run, share_of
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.store.ledger import Ledger

SEEDS = 20
_ARTICLES = range(120)
_SEARCHES = 30
_SECONDS = 300.0  # after which a process counts as hung: where the machine is busy, one may take a minute
_THREAT = "a damaged search index"
_TARGET = "11 damages, 20 times each: 220 answered as before and built again, 0 silent losses"

Damage = Callable[[Path, random.Random], object]


def _flip(path: Path, chance: random.Random, *, times: int = 1) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(times):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _truncate(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def _garbage(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def _empty(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def _remove(path: Path, _: random.Random) -> None:
    path.unlink()


def _zero_a_page(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at : at + 4096] = bytes(min(4096, len(content) - at))
    path.write_bytes(content)


def _any(pattern: str, damage: Damage) -> Damage:
    """Damage one of the files that fit a pattern."""

    def apply(folder: Path, chance: random.Random) -> None:
        found = sorted(path for path in folder.glob(pattern) if path.is_file() and path.stat().st_size)
        damage(chance.choice(found), chance)

    return apply


def _swap(folder: Path, _: random.Random) -> None:
    one, other = sorted(folder.glob("vectors/*/*/data_level0.bin"))
    aside = one.with_suffix(".aside")
    one.replace(aside)
    other.replace(one)
    aside.replace(other)


def _remove_a_segment(folder: Path, chance: random.Random) -> None:
    shutil.rmtree(chance.choice(sorted(folder.glob("vectors/*/*/"))))


_GRAPH, _ROWS, _WORDS = "vectors/*/*/*", "vectors/*/chroma.sqlite3", "keywords/*/*/*"
DAMAGES: dict[str, Damage] = {
    "a bit of a graph": _any(_GRAPH, _flip),
    "bits of a graph": _any(_GRAPH, lambda path, chance: _flip(path, chance, times=50)),
    "a graph cut short": _any(_GRAPH, _truncate),
    "a graph of garbage": _any(_GRAPH, _garbage),
    "a file removed": _any("*/*/**/*", _remove),
    "a file emptied": _any("*/*/**/*", _empty),
    "bits of Chroma's database": _any(_ROWS, lambda path, chance: _flip(path, chance, times=3)),
    "a page of Chroma's database": _any(_ROWS, _zero_a_page),
    "two graphs exchanged": _swap,
    "a segment removed": _remove_a_segment,
    "bits of the words": _any(_WORDS, lambda path, chance: _flip(path, chance, times=3)),
}


def run(seed: int, share: float) -> Result:
    """Each damage to so many copies of one index, opened in a process of its own."""
    if not FORK:
        return not_run(4, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    times = share_of(SEEDS, share)
    problems: list[str] = []
    noticed = 0
    with workplace() as place:
        expected: Sequence[list[int]] = apart(lambda: _build(place)).value
        for time in range(times):
            for name, damage in DAMAGES.items():
                folder = place / "copy"
                shutil.copytree(place / "index", folder)
                damage(folder, random.Random(f"{seed} {time} {name}"))  # noqa: S311
                ended = apart(lambda: _look(folder, expected), seconds=_SECONDS)  # noqa: B023 -- called at once
                noticed += bool(ended.value and ended.value[0])
                wrong = [ended.why] if ended.value is None else ended.value[1]
                problems += [f"{name}, {time}: {what}" for what in wrong]
                shutil.rmtree(folder)
    trials = times * len(DAMAGES)
    return Result(
        row=4,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{trials} damages, {noticed} noticed, the others without effect; {len(problems)} faults",
        ok=not problems,
        detail=told(problems),
    )


def _build(place: Path) -> list[list[int]]:
    index = Index(place / "index")
    index.pipeline.run([write_feed(place / "news.jsonl", _ARTICLES)])
    index.sync()
    assert index.has_bases
    found = index.found(_SEARCHES)
    index.close()
    return found


def _look(folder: Path, expected: Sequence[list[int]]) -> tuple[bool, list[str]]:
    """Whether the damage was noticed, and what is wrong in spite of that."""

    def no_writing(*_: object, **__: object) -> None:
        raise AssertionError("an article was made anew")

    Ledger.write = no_writing  # type: ignore[method-assign]
    index = Index(folder)
    wrong = [] if index.found(_SEARCHES) == expected else ["other units are found"]
    noticed = not index.has_bases
    index.sync()
    if not index.has_bases or index.vectors.behind() or index.keywords.behind():
        wrong.append("it was not built again")
    if index.found(_SEARCHES) != expected:
        wrong.append("other units are found once it is built again")
    return noticed, wrong
