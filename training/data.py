"""Articles with gold attributions, and the changes of punctuation that the training articles lack."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.types import Span
from rag.types import Attribution

# One character for one, so that spans stay true.
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
BRITISH = str.maketrans("“”‘’", "‘’“”")

JOINED = (1, 2, 4, 8)
"""How many sentences may become one article in training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One annotated article. Inside `ignored` nothing is known: neither an attribution nor that there is none."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]
    ignored: tuple[Span, ...] = ()


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in pairs)


def read_examples(path: Path) -> Iterator[Example]:
    """Read JSON lines, gzipped or not: {"id", "text", "attributions": [{"source", "cue", "content"}], "discard"}."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            record = json.loads(line)
            yield Example(
                id=record["id"],
                text=record["text"],
                attributions=tuple(
                    Attribution(source=_spans(a["source"]), cue=_spans(a["cue"]), content=_spans(a["content"]))
                    for a in record["attributions"]
                ),
                ignored=_spans(record.get("discard", [])),
            )


def vary_quotes(example: Example, rng: random.Random, *, share: float) -> Example:
    """Print a `share` of articles with straight quotation marks or, as often, with British single ones."""
    if rng.random() >= share:
        return example
    return replace(example, text=_british(example.text) if rng.random() < 0.5 else example.text.translate(STRAIGHT))


def join_examples(examples: Sequence[Example]) -> Example:
    """One article of which every example is a paragraph."""
    text, attributions = "", []
    for example in examples:
        text += "\n\n" if text else ""
        attributions += [_moved(attribution, len(text)) for attribution in example.attributions]
        text += example.text
    return Example(id="+".join(example.id for example in examples), text=text, attributions=tuple(attributions))


def _moved(attribution: Attribution, by: int) -> Attribution:
    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(span.start + by, span.end + by) for span in spans)

    source, cue, content = moved(attribution.source), moved(attribution.cue), moved(attribution.content)
    return replace(attribution, source=source, cue=cue, content=content)


def join_sometimes(examples: Sequence[Example], rng: random.Random) -> list[Example]:
    """The examples in a new order, alone or some joined, so that a paragraph has neighbours as in an article."""
    shuffled = rng.sample(examples, len(examples))
    joined, at = [], 0
    while at < len(shuffled):
        size = rng.choice(JOINED)
        joined.append(join_examples(shuffled[at : at + size]))
        at += size
    return joined


def _british(text: str) -> str:
    """Swap double and single curly marks, but leave apostrophes."""
    swapped = list(text.translate(BRITISH))
    for i, mark in enumerate(text):
        if mark == "’" and text[i + 1 : i + 2].isalnum():
            swapped[i] = mark
    return "".join(swapped)
