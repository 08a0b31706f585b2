"""Rank articles for questions, for a scorer of retrieval.

usage: python -m benchmarks.retrieval QUESTIONS.jsonl OUT.jsonl ARTICLES.jsonl[.gz] [ARTICLES ...] --index DIR [--alone]
       [--no-claims]

QUESTIONS  lines {"id", "question", "date"}: with a date (2031-06-18 or 2031/06/18), articles of later days are left out
           in every way of ranking, and "this week" is counted from it
ARTICLES   lines {"id", "title", "text", ...}; indexed once into DIR, reused when called again
OUT        lines {"id", "articles": [ids, best first]}: articles by their best passage
--no-claims indexes passages alone: the ranking of passages asks for nothing else, and most of the time goes into claims
--alone    also OUT.words and OUT.meaning: by BM25 of passages alone, and by cosine alone, in the same run
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.data import read_lines, require, write_lines
from corpus.types import Article
from rag.assistant import Assistant
from rag.question import Filters
from rag.types import Attribution

DEPTH = 10
PASSAGES = 200
"""Passages that are read of a ranking of its own: enough for ten articles."""


class NoClaims:
    """An extractor that finds nothing."""

    name = "none"

    def extract(self, article: Article) -> tuple[Attribution, ...]:  # noqa: ARG002 -- an Extractor's
        return ()


def ranked_articles(assistant: Assistant, question: str, until: str | None) -> list[str]:
    """Ids of the articles with the best passages, each once, best first."""
    found = assistant.search(question, filters=Filters(until=until))
    return _once(passage.article for passage in found.passages)


def by_words(assistant: Assistant, question: str, until: str | None) -> list[str]:
    """The same by BM25 alone."""
    among = assistant.ledger.unit_ids("passage", until=until) if until else None
    hits = assistant._keywords.search("passage", question, PASSAGES, among=among)
    return _once(unit.article_id for unit in assistant.ledger.stored_units([one for one, _ in hits]))


def by_meaning(assistant: Assistant, question: str, until: str | None) -> list[str]:
    """The same by the cosine of passages alone."""
    import numpy as np

    vector = np.asarray(assistant.embeddings.embed_query(question), dtype=np.float32)
    among = assistant.ledger.unit_ids("passage", until=until) if until else None
    hits = assistant._vectors.search("passage", vector, PASSAGES, among=among)
    return _once(unit.article_id for unit in assistant.ledger.stored_units([one for one, _ in hits]))


def _once(articles: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(articles))[:DEPTH]


def rankings(questions: Path, rank: Callable[[str, str | None], list[str]]) -> Iterator[dict[str, Any]]:
    """A line for each question."""
    for question in read_lines(questions):
        asked = question.get("date")
        until = asked.replace("/", "-") if asked else None
        yield {"id": question["id"], "articles": rank(question["question"], until)}


def main() -> None:
    """Index the articles where that is not done yet, then rank."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--no-claims", action="store_true")
    args = parser.parse_args()
    require(args.questions, *args.articles)
    assistant = Assistant.open(args.index)
    if args.no_claims:
        assistant.extractor = NoClaims()
    assistant.add(*args.articles, progress=print)
    ways = {args.out: ranked_articles}
    if args.alone:
        ways |= {Path(f"{args.out}.words"): by_words, Path(f"{args.out}.meaning"): by_meaning}
    for out, way in ways.items():
        count = write_lines(out, rankings(args.questions, partial(way, assistant)))
        print(f"{count} questions ranked: {out}")


if __name__ == "__main__":
    main()
