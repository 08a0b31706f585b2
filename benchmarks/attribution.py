"""Write the attributions that an extractor finds, for a scorer: JSON lines of articles in, of predictions out.

    python benchmarks/attribution.py GOLD.jsonl[.gz] OUT.jsonl

Each line of GOLD holds {"id", "title", "text"}; each line of OUT {"id", "attributions"}, an attribution being
{"source", "cue", "content"}: lists of [start, end) character offsets into the text as it was given. Inner attributions
of nested ones are left out, and so are quotations without a cue: the annotation that this is measured on has neither.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.types import Article, Span
from rag.attribution import Extractor, RuleExtractor
from rag.attribution.headlines import headline_span


def read_articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            row = json.loads(line)
            title = row.get("title") or ""
            headline = headline_span(row["text"], title) if title else None
            yield Article(id=row["id"], text=row["text"], title=title, headline=headline)


def predictions(article: Article, extractor: Extractor) -> dict[str, Any]:
    def offsets(spans: tuple[Span, ...]) -> list[list[int]]:
        return [[span.start, span.end] for span in spans]

    return {
        "id": article.id,
        "attributions": [
            {"source": offsets(a.source), "cue": offsets(a.cue), "content": offsets(a.content)}
            for a in extractor.extract(article)
            if a.outer is None and a.cue
        ],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    if not args.gold.is_file():
        print(f"no such file: {args.gold}; give articles as JSON lines of id, title and text", file=sys.stderr)
        return 2
    extractor, characters, started = RuleExtractor(), 0, time.perf_counter()
    with args.out.open("w", encoding="utf-8") as out:
        for article in read_articles(args.gold):
            out.write(json.dumps(predictions(article, extractor), ensure_ascii=False) + "\n")
            characters += len(article.text)
    seconds = time.perf_counter() - started
    print(f"{extractor.name}: {characters / 1000:.0f} kB in {seconds:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
