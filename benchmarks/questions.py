"""Answer a file of questions over articles, for a scorer of labelled answers.

usage: python -m benchmarks.questions QUESTIONS.jsonl OUT.jsonl ARTICLES.jsonl[.gz] [...] --index DIR [--passages]

QUESTIONS  lines {"id", "question", "history": [earlier questions]}
ARTICLES   lines {"id", "title", "text", ...}; indexed once into DIR, reused when called again
OUT        lines {"id", "status", "sure", "claims": [{party, aliases, voice, stance, via, article, quote}]}, the best
           claim first
--passages writes the three best passages in the place of claims: what retrieval alone finds, as a plain chain would
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.data import as_given, read_lines, require, write_lines
from rag.assistant import Assistant
from rag.types import Answer, Claim

PASSAGES = 3


def answer_row(question: dict[str, Any], answer: Answer, *, texts: Mapping[str, str]) -> dict[str, Any]:
    """One line for the scorer: each claim with the quote of its citation, as the article's own text has it."""
    return {
        "id": question["id"],
        "status": answer.status,
        "sure": answer.sure,
        "claims": [
            {
                "party": claim.party.name,
                "aliases": list(claim.party.aliases),
                "voice": claim.voice,
                "stance": claim.stance,
                "via": list(claim.via),
                "article": claim.article,
                "quote": as_given(texts[claim.article], cited_words(claim, answer)),
            }
            for claim in answer.claims
        ],
    }


def cited_words(claim: Claim, answer: Answer) -> str:
    """The quote of a claim's citation; an outlet's own words have one that names no claim, and holds all of them."""
    for citation in answer.citations:
        own = citation.claim is None and citation.article.id == claim.article
        if citation.claim == claim.id or (own and all(citation.span.contains(piece) for piece in claim.content)):
            return citation.quote
    return claim.text


def passage_row(question: dict[str, Any], assistant: Assistant) -> dict[str, Any]:
    """One line for the scorer: the best passages, whoever speaks in them."""
    passages = assistant.search(question["question"], history=question.get("history", ())).passages[:PASSAGES]
    texts = [(passage.article, assistant.ledger.article(passage.article), passage.span) for passage in passages]
    return {
        "id": question["id"],
        "status": "answered",
        "claims": [
            {"party": None, "voice": "outlet", "article": name, "quote": span.of(article.text)}
            for name, article, span in texts
            if article
        ],
    }


def rows(questions: Path, assistant: Assistant, *, texts: Mapping[str, str] | None) -> Iterator[dict[str, Any]]:
    """A line for each question: of labelled claims, or of bare passages where no texts are given."""
    for question in read_lines(questions):
        if texts is None:
            yield passage_row(question, assistant)
        else:
            answer = assistant.ask(question["question"], history=question.get("history", ()))
            yield answer_row(question, answer, texts=texts)


def told(questions: Path, out: Path) -> str:
    """How many of the questions with an answer, and of those without, were answered surely, unsurely and not at all."""
    has_answer = {row["id"]: bool(row.get("gold", True)) for row in read_lines(questions)}
    counts = Counter(
        (has_answer[row["id"]], "refused" if row["status"] == "no_evidence" else "sure" if row["sure"] else "unsure")
        for row in read_lines(out)
    )
    return "\n".join(
        f"{title}: {', '.join(f'{counts[kind, how]} {how}' for how in ('sure', 'unsure', 'refused'))}"
        for title, kind in (("with an answer", True), ("without", False))
    )


def main() -> None:
    """Index the articles where that is not done yet, then answer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--passages", action="store_true")
    args = parser.parse_args()
    require(args.questions, *args.articles)
    assistant = Assistant.open(args.index)
    report = assistant.add(*args.articles, progress=print)
    print(f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {len(report.failed)} failed")
    texts = None if args.passages else {row["id"]: row["text"] for path in args.articles for row in read_lines(path)}
    count = write_lines(args.out, rows(args.questions, assistant, texts=texts))
    if texts is not None:
        print(told(args.questions, args.out))
    print(f"{count} questions answered: {args.out}")


if __name__ == "__main__":
    main()
