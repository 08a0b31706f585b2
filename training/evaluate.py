"""Write what the tagger finds in annotated articles, for a scorer, and say how fast it was.

python -m training.evaluate --data dev.jsonl.gz --out predictions.jsonl [--model DIR] [--threads 1]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from corpus.types import Article, Span
from rag.attribution.tagger import MODEL, TaggerExtractor
from rag.types import Attribution
from training.data import read_examples


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def to_record(attribution: Attribution) -> dict[str, object]:
    """An attribution as the scorer reads it."""
    roles = {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}
    return {role: _pairs(spans) for role, spans in roles.items()} | {"confidence": round(attribution.confidence, 4)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--threads", type=int)
    args = parser.parse_args()
    extractor = TaggerExtractor(args.model, threads=args.threads)
    articles = [Article(id=example.id, text=example.text) for example in read_examples(args.data)]
    start = time.perf_counter()
    found = [extractor.extract(article) for article in articles]
    seconds = time.perf_counter() - start
    with args.out.open("w", encoding="utf-8") as file:
        for article, attributions in zip(articles, found, strict=True):
            file.write(json.dumps({"id": article.id, "attributions": [to_record(a) for a in attributions]}) + "\n")
    words = sum(len(article.text.split()) for article in articles)
    rate = words / 700 / seconds
    print(f"{len(articles)} articles, {words} words, {seconds:.1f} s: {rate:.1f} articles of 700 words a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
