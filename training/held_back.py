"""How attribution does on marked sentences that the tagger was not trained on, domain by domain.

python -m training.held_back [--data training/data/held_back.txt] [--model DIR] [--show]

Without --model what is measured is the extractor that the program uses; with it, the tagger in DIR alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Article
from rag.attribution import Extractor, load_extractor
from rag.attribution.tagger import TaggerExtractor
from rag.types import Attribution
from training.data import Example
from training.marked import read_marked
from training.matching import Matcher

DATA = Path(__file__).parent / "data" / "held_back.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Attributions marked, found and right: content and source as `training.matching` has it."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(gold=self.gold + other.gold, found=self.found + other.found, right=self.right + other.right)


def count_right(extractor: Extractor, example: Example) -> tuple[Count, Sequence[Attribution]]:
    """Count what is right in one example, of the outermost attributions: inner ones are not marked."""
    found = [a for a in extractor.extract(Article(id=example.id, text=example.text)) if a.outer is None]
    right = Matcher(example.text, example.attributions).find_right(found)
    return Count(gold=len(example.attributions), found=len(found), right=sum(right)), found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--show", action="store_true", help="show the sentences that went wrong, and what was found")
    args = parser.parse_args()
    extractor = TaggerExtractor(args.model) if args.model else load_extractor()
    totals: dict[str, Count] = {}
    for marked in read_marked(args.data):
        made, found = count_right(extractor, marked.example)
        totals[marked.domain] = totals.get(marked.domain, Count()) + made
        if args.show and not made.gold == made.found == made.right:
            print(marked.example.text)
            for a in found:
                parts = (" + ".join(s.of(marked.example.text) for s in role) for role in (a.source, a.cue, a.content))
                print("   ", " | ".join(parts), f"{a.confidence:.2f}")
    totals["all"] = sum(totals.values(), Count())
    for domain, c in totals.items():
        print(f"{domain:10} right {c.right} of {c.gold} marked, {c.found - c.right} of {c.found} found are wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
