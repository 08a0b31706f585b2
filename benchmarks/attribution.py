"""Write the attributions that an extractor finds, for a scorer of attributions.

usage: python -m benchmarks.attribution GOLD.jsonl[.gz] OUT.jsonl [--extractor rules|combined]

GOLD  lines {"id", "title", "text"}
OUT   lines {"id", "attributions": [{"source", "cue", "content"}]}, each a list of [start, end) character offsets into
      the text as it was given; without inner attributions of nested ones and quotations without a cue, which the
      annotation that this is measured on does not have
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any, get_args

from benchmarks.data import read_lines, require, write_lines
from corpus.types import Article, Span
from rag.attribution import Extractor, ExtractorName, load_extractor
from rag.attribution.headlines import headline_span


def read_article(row: dict[str, Any]) -> Article:
    """An article whose text is left as it was given."""
    title = row.get("title") or ""
    headline = headline_span(row["text"], title) if title else None
    return Article(id=row["id"], text=row["text"], title=title, headline=headline)


def prediction_row(article: Article, extractor: Extractor) -> dict[str, Any]:
    """One line for the scorer."""

    def offsets(spans: tuple[Span, ...]) -> list[list[int]]:
        return [[span.start, span.end] for span in spans]

    return {
        "id": article.id,
        "attributions": [
            {"source": offsets(made.source), "cue": offsets(made.cue), "content": offsets(made.content)}
            for made in extractor.extract(article)
            if made.outer is None and made.cue
        ],
    }


def main() -> None:
    """Read articles, write predictions, say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--extractor", choices=get_args(ExtractorName), default="combined")
    args = parser.parse_args()
    require(args.gold)
    extractor = load_extractor(args.extractor)
    articles = [read_article(row) for row in read_lines(args.gold)]
    started = time.perf_counter()
    count = write_lines(args.out, (prediction_row(article, extractor) for article in articles))
    seconds = time.perf_counter() - started
    print(f"{extractor.name}: {count} articles, {sum(len(a.text) for a in articles) / 1000:.0f} kB in {seconds:.1f} s")


if __name__ == "__main__":
    main()
