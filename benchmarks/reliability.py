"""How often attributions of a given confidence are right.

usage: python -m benchmarks.reliability GOLD.jsonl[.gz] [--extractor rules|combined]

GOLD  lines {"id", "title", "text", "attributions": [{"source", "cue", "content"}], "discard"}, spans as [start, end)
An attribution is right where its content shares half its words with a marked one and its source is the same.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import get_args

from benchmarks.attribution import read_article
from benchmarks.data import read_lines, require
from corpus.types import Span
from rag.attribution import ExtractorName, load_extractor
from rag.types import Attribution
from training.matching import Matcher

TENTHS = 10


def read_gold(row: dict[str, list[dict[str, list[list[int]]]]]) -> list[Attribution]:
    """The marked attributions of one article."""

    def spans(offsets: list[list[int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in offsets)

    return [
        Attribution(source=spans(made["source"]), cue=spans(made["cue"]), content=spans(made["content"]))
        for made in row["attributions"]
    ]


def main() -> None:
    """Print a line for each tenth of confidence: how many, their mean confidence, and the share that is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--extractor", choices=get_args(ExtractorName), default="combined")
    args = parser.parse_args()
    require(args.gold)
    extractor = load_extractor(args.extractor)
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row in read_lines(args.gold):
        found = [made for made in extractor.extract(read_article(row)) if made.outer is None]
        right = Matcher(row["text"], read_gold(row)).find_right(found)
        for made, fits in zip(found, right, strict=True):
            bins[min(int(made.confidence * TENTHS), TENTHS - 1)].append((made.confidence, fits))
    for tenth, pairs in sorted(bins.items()):
        mean, share = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
        print(f"{tenth / TENTHS:.1f}  {len(pairs):5}  mean confidence {mean:.2f}  right {share:.2f}")


if __name__ == "__main__":
    main()
