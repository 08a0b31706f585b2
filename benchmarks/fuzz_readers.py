"""Read files that are damaged at random: every one must end in articles or in problems, and none may take long.

usage: python -m benchmarks.fuzz_readers [--format SUFFIX|all] [--inputs N] [--seed N] [--keep DIR]

It exits with 1 where a reader failed in a way that it does not expect, or where the process that reads was lost.
`--keep` writes the files that did it to a folder.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.seeds import Seed, seeds_for
from corpus.readers import CONTAINERS, KINDS, OWN_FAULT
from corpus.readers.isolation import open_reader
from corpus.types import Article, Problem

_TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n\r\n", b"\x1b[31m", b"<!--", b"-->",
    b"<![CDATA[",
    b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#x110000;", b"&#0;", b"</p>", b"<p", b"<script>",
    b"<div>" * 300,
    b"<svg><p>", b'"', b"'", b"{", b"[" * 2000, b"}", b"\\ud800", b"1e999", b"9" * 5000, b"-1", b"NaN", b"null",
    b"%s%n", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ", b"%PDF-", b"endobj", b"stream\n",
    b"<<" * 500, b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"charset=utf-7", b"../../", b"From ",
    b"boundary=", b"=?utf-8?b?",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of the inputs of one kind; `bad` are the numbers of those that must not be, each with its reason."""

    inputs: int = 0
    articles: int = 0
    problems: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    bad: list[tuple[int, str]] = field(default_factory=list)


def mutated(data: bytes, *, rng: random.Random) -> bytes:
    """The bytes with one to four faults in them."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(out) + 1)
        size = min(len(out) - at, int(2 ** rng.uniform(0, 10)))
        match rng.randrange(9):
            case 0 if at < len(out):
                out[at] ^= 1 << rng.randrange(8)
            case 1 if size:
                out[at : at + size] = rng.randbytes(size)
            case 2:
                del out[at : at + size]
            case 3:
                out[at:at] = out[at : at + size] * rng.choice((1, 2, 200))
            case 4:
                del out[at:]
            case 5:
                other = rng.randrange(len(out) + 1)
                out[at : at + size] = out[other : other + size]
            case 6 if numbers := list(re.finditer(rb"\d+", out)):
                number = rng.choice(numbers)
                out[number.start() : number.end()] = rng.choice((b"0", b"-1", b"2147483648", b"9" * 20, b"1"))
            case _:
                out[at:at] = rng.choice(_TOKENS)
    return bytes(out)


def inputs_of(seeds: Sequence[Seed], *, count: int, seed: int) -> Iterator[bytes]:
    """So many damaged files; half of those with parts are damaged in a part, and packed again."""
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")  # noqa: S311  # each can be made again alone
        origin = rng.choice(seeds)
        if len(origin.parts) > 1 and rng.random() < 0.5:
            name = rng.choice(sorted(origin.parts))
            yield bytes(replace(origin, parts={**origin.parts, name: mutated(origin.parts[name], rng=rng)}))
        else:
            yield mutated(bytes(origin), rng=rng)


def fuzz(kind: str, *, count: int, seed: int, folder: Path, isolate: bool = True) -> Outcome:
    """Read damaged files of one kind, written to `folder` one after another."""
    outcome = Outcome()
    started = time.perf_counter()
    path = folder / f"input{kind}"
    with open_reader(isolate=isolate) as reader:
        for number, content in enumerate(inputs_of(seeds_for(kind), count=count, seed=seed)):
            path.write_bytes(content)
            faults, began = reader.faults, time.perf_counter()
            found = list(reader.read(path, root=folder))
            outcome.slowest = max(outcome.slowest, time.perf_counter() - began)
            outcome.inputs += 1
            outcome.articles += sum(isinstance(item, Article) for item in found)
            problems = [item for item in found if isinstance(item, Problem)]
            outcome.problems += len(problems)
            if reader.faults > faults or any(OWN_FAULT in problem.reason for problem in problems):
                outcome.bad.append((number, problems[-1].reason))
            elif not found:
                outcome.bad.append((number, "neither an article nor a problem"))
    outcome.seconds = time.perf_counter() - started
    return outcome


def main() -> None:
    """Fuzz one kind or all, and print a line for each."""
    kinds = sorted({*KINDS, *CONTAINERS})
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--format", default="all", choices=["all", *(kind[1:] for kind in kinds)])
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    is_bad = False
    print(f"{'kind':10}{'inputs':>8}{'articles':>10}{'problems':>10}{'bad':>5}{'slowest s':>11}{'seconds':>9}")
    for kind in kinds if args.format == "all" else [f".{args.format}"]:
        with TemporaryDirectory() as folder:
            done = fuzz(kind, count=args.inputs, seed=args.seed, folder=Path(folder))
        print(
            f"{kind:10}{done.inputs:8}{done.articles:10}{done.problems:10}{len(done.bad):5}{done.slowest:11.2f}"
            f"{done.seconds:9.0f}",
            flush=True,
        )
        for number, reason in done.bad[:5]:
            print(f"    input {number}: {reason}")
        if args.keep and done.bad:
            wanted = {number for number, _ in done.bad}
            args.keep.mkdir(parents=True, exist_ok=True)
            for number, content in enumerate(inputs_of(seeds_for(kind), count=max(wanted) + 1, seed=args.seed)):
                if number in wanted:
                    (args.keep / f"{number}{kind}").write_bytes(content)
        is_bad = is_bad or bool(done.bad)
    sys.exit(1 if is_bad else 0)


if __name__ == "__main__":
    main()
