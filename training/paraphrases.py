"""Questions that paraphrase one claim each, over PolNeAR's training articles: what the comparison of words learns from.

A line has the question, the article's id and the offsets, in PolNeAR's text, of the claim that answers it. Some
articles are held back with all their questions. No article here shares a story with a question of `training.questions`,
so that rankings learnt on those see the comparison as it will be on articles that it has not been trained on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Span

PARAPHRASES = Path(__file__).parent / "data" / "paraphrases.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrase:
    """A question and where its answer stands; those `held_back` are over articles of their own, only measured on."""

    question: str
    article: str
    span: Span
    held_back: bool


def read_paraphrases(path: Path = PARAPHRASES) -> Iterator[Paraphrase]:
    """The questions of a file of JSON lines: {"question", "article", "start", "end"}, and "held_back" where it is."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        span = Span(row["start"], row["end"])
        held_back = row.get("held_back", False)
        yield Paraphrase(question=row["question"], article=row["article"], span=span, held_back=held_back)
