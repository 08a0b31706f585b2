"""Rank articles for questions, for a scorer of retrieval.

usage: python -m benchmarks.retrieval QUESTIONS.jsonl OUT.jsonl ARTICLES.jsonl[.gz] [ARTICLES ...] --index DIR

QUESTIONS  lines {"id", "question"}
ARTICLES   lines {"id", "title", "text", ...}; indexed once into DIR, reused when called again
OUT        lines {"id", "articles": [ids, best first]}: articles by their best passage
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.data import read_lines, require, write_lines
from rag.assistant import Assistant

DEPTH = 10


def ranked_articles(assistant: Assistant, question: str) -> list[str]:
    """Ids of the articles with the best passages, each once, best first."""
    found = assistant.search(question).passages
    return list(dict.fromkeys(passage.article for passage in found))[:DEPTH]


def main() -> None:
    """Index the articles where that is not done yet, then rank."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--index", type=Path, required=True)
    args = parser.parse_args()
    require(args.questions, *args.articles)
    assistant = Assistant.open(args.index)
    assistant.add(*args.articles, progress=print)
    rankings = (
        {"id": question["id"], "articles": ranked_articles(assistant, question["question"])}
        for question in read_lines(args.questions)
    )
    print(f"{write_lines(args.out, rankings)} questions ranked: {args.out}")


if __name__ == "__main__":
    main()
