"""A damaged ledger: a named error, never an empty database, never a text that was not stored."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from benchmarks.torture.result import Result, not_run, share_of
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.errors import DamagedIndex
from rag.store.ledger import Ledger

TRIALS = 50
_PAGE = 4096
_THREAT = "a damaged ledger"
_TARGET = "50 of 50: a named error, or nothing of it changed; never an empty database"

Damage = Callable[[bytearray, random.Random], bytes]


def _flip(content: bytearray, chance: random.Random, *, times: int = 1) -> bytes:
    for _ in range(times):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def _overwrite(content: bytearray, chance: random.Random, *, garbage: bool) -> bytes:
    at = chance.randrange(1, len(content) // _PAGE) * _PAGE
    content[at : at + _PAGE] = chance.randbytes(_PAGE) if garbage else bytes(_PAGE)
    return content


def _exchange(content: bytearray, chance: random.Random) -> bytes:
    one, other = (at * _PAGE for at in chance.sample(range(1, len(content) // _PAGE), 2))
    content[one : one + _PAGE], content[other : other + _PAGE] = (
        content[other : other + _PAGE],
        content[one : one + _PAGE],
    )
    return content


DAMAGES: dict[str, Damage] = {
    "a bit": _flip,
    "twenty bits": lambda content, chance: _flip(content, chance, times=20),
    "cut short": lambda content, chance: content[: chance.randrange(len(content))],
    "cut at a page": lambda content, chance: content[: chance.randrange(len(content) // _PAGE) * _PAGE],
    "a page of zeros": lambda content, chance: _overwrite(content, chance, garbage=False),
    "a page of garbage": lambda content, chance: _overwrite(content, chance, garbage=True),
    "two pages exchanged": _exchange,
    "its first page": lambda content, chance: chance.randbytes(_PAGE) + content[_PAGE:],
    "emptied": lambda *_: b"",
    "another file": lambda *_: b"a letter to the editor\n" * 999,
}


def run(seed: int, share: float) -> Result:
    """Each damage in turn to a copy of one ledger, which is then opened, checked and read through."""
    if not FORK:
        return not_run(5, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    trials = share_of(TRIALS, share)
    problems: list[str] = []
    named = 0
    with workplace() as place:
        built = apart(lambda: _build(place))
        expected = apart(lambda: _content(place / "index")).value if not built.error else None
        for trial in range(trials):
            name = list(DAMAGES)[trial % len(DAMAGES)]
            folder = place / "copy"
            folder.mkdir()
            content = bytearray((place / "index" / "ledger.db").read_bytes())
            chance = random.Random(f"{seed} {trial}")  # noqa: S311
            (folder / "ledger.db").write_bytes(DAMAGES[name](content, chance))
            ended = apart(lambda: _content(folder))  # noqa: B023 -- called at once
            if ended.error.startswith(f"{DamagedIndex.__name__}:"):
                named += 1
            elif ended.value is None:
                problems.append(f"{name}, {trial}: {ended.why}")
            elif ended.value != expected:
                problems.append(f"{name}, {trial}: other content, and no error")
            shutil.rmtree(folder)
    return Result(
        row=5,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{trials - len(problems)} of {trials}: {named} named errors, "
        f"{trials - len(problems) - named} without effect",
        ok=not problems,
        detail=told(problems),
    )


def _build(place: Path) -> None:
    index = Index(place / "index")
    index.pipeline.run([write_feed(place / "news.jsonl", range(120))])
    index.close()
    connection = sqlite3.connect(place / "index" / "ledger.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _content(folder: Path) -> list[object]:
    """All that an index is asked for, checked first as `status` and `doctor` check it."""
    with Ledger.open(folder, create=True) as ledger:
        ledger.check()
        ledger.check_articles()
        ledger.check_vectors()
        units = [unit for kind in ("passage", "claim") for unit in ledger.units(kind)]
        return [
            [ledger.article(ref.id) for ref in ledger.articles()],
            ledger.claims(),
            ledger.parties(),
            [(unit.id, unit.owner_id, unit.article_id, unit.span, unit.text, unit.vector.tobytes()) for unit in units],
            [(source.path, source.digest) for source in ledger.sources()],
        ]
