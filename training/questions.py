"""Questions of our own over PolNeAR's training articles: read, split, checked, merged.

python -m training.questions --articles train.jsonl.gz [--merge FILE ...]

A question has the fields of the questions that the scorer of labelled answers reads, and two more: `reason` says why
one has no answer (`topic`: nothing on it in the corpus; `party silent`: that party says nothing on it; `no such claim`:
the topic is there, and nobody claims this), `story` names the articles that its gold stands in and all that share much
of their words. The split is by story, so that no held-back question is about what a training question is about.

The articles' sentences are not in the file: gold is an article's id and offsets into its text as PolNeAR has it, which
`locate` finds again in the cleaned text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from corpus.clean import clean_characters
from corpus.syndication import shingles_of, words_of
from corpus.types import Span
from rag.types import Stance
from training.data import read_examples

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
FOLDS = 5
"""One fold of so many is held back."""
REASONS = ("topic", "party silent", "no such claim")
SHARED = 0.2
"""The share of the shorter article's runs of four words that makes two articles one story."""
COPIED = 6
"""Words in a row that a question may not have in common with its evidence: a paraphrase is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One right answer: who says it, and where it stands in the article, in the first place and in others."""

    article: str
    party: str
    aliases: tuple[str, ...]
    stance: str
    via: str | None
    anonymous: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its right answers, none where it has none (`reason` then says why)."""

    id: str
    type: str
    question: str
    history: tuple[str, ...]
    gold: tuple[Gold, ...]
    forbidden_parties: tuple[str, ...]
    reason: str | None
    story: str | None

    @property
    def held_back(self) -> bool:
        """Whether nothing may be fitted to this question."""
        return fold_of(self) == 0

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(gold.article for gold in self.gold))


def fold_of(question: Question) -> int:
    """The fold of a question, the same on every machine: fold 0 is held back."""
    return hashlib.sha256((question.story or question.id).encode()).digest()[0] % FOLDS


def read_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """The questions of a file of JSON lines, ours or of the same fields."""
    with path.open(encoding="utf-8") as lines:
        return tuple(_question(json.loads(line)) for line in lines if line.strip())


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        id=row["id"],
        type=row["type"],
        question=row["question"],
        history=tuple(row.get("history") or ()),
        gold=tuple(_gold(item) for item in row["gold"]),
        forbidden_parties=tuple(row.get("forbidden_parties") or ()),
        reason=row.get("reason"),
        story=row.get("story"),
    )


def _gold(item: Mapping[str, Any]) -> Gold:
    others = item.get("alt_evidence") or item.get("alt") or ()
    places = [item, *(other for other in others if isinstance(other, Mapping))]
    return Gold(
        article=item["article"],
        party=item["party"],
        aliases=tuple(item.get("aliases") or ()),
        stance=item["stance"],
        via=item.get("via"),
        anonymous=bool(item.get("anonymous")),
        spans=tuple(Span(place["start"], place["end"]) for place in places),
    )


def to_row(question: Question) -> dict[str, Any]:
    """A question as a line of the file."""
    return {
        "id": question.id,
        "type": question.type,
        "history": list(question.history),
        "question": question.question,
        "gold": [
            {
                "party": gold.party,
                "aliases": list(gold.aliases),
                "stance": gold.stance,
                "via": gold.via,
                "anonymous": gold.anonymous,
                "article": gold.article,
                "start": gold.spans[0].start,
                "end": gold.spans[0].end,
                "alt_evidence": [{"start": span.start, "end": span.end} for span in gold.spans[1:]],
            }
            for gold in question.gold
        ],
        "forbidden_parties": list(question.forbidden_parties),
        "reason": question.reason,
        "story": question.story,
    }


def find_stories(texts: Mapping[str, str]) -> dict[str, str]:
    """The story of each article: the least id among those that it shares much of its words with, at any remove."""
    shingles = {name: shingles_of(text) for name, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(texts):
        for shingle in shingles[name]:
            holders[shingle].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in holders.values():
        if len(names) <= len(texts) // 20 + 2:  # what stands in every twentieth article is a phrase, not a story
            for at, one in enumerate(names):
                for other in names[at + 1 :]:
                    shared[one, other] += 1
    pairs = [pair for pair, number in shared.items() if number >= SHARED * min(len(shingles[name]) for name in pair)]
    return _joined(texts, pairs)


def _joined(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    root = {name: name for name in names}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        root[second] = first
    return {name: find(name) for name in root}


def tell_stories(questions: Sequence[Question], stories: Mapping[str, str]) -> list[Question]:
    """The questions with their stories; those of one question are one, and so are those of its other questions."""
    asked = [tuple(stories[name] for name in question.articles) for question in questions]
    links = [link for names in asked for link in pairwise(names)]
    joined = _joined(set(stories.values()), links)
    return [
        replace(question, story=joined[names[0]] if names else None)
        for question, names in zip(questions, asked, strict=True)
    ]


def find_faults(questions: Sequence[Question], texts: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the questions, in a line each."""
    seen: set[str] = set()
    for question in questions:
        faults = [] if question.id not in seen else ["its id is another's too"]
        seen.add(question.id)
        faults += _faults(question, texts)
        yield from (f"{question.id}: {fault}" for fault in faults)


def _faults(question: Question, texts: Mapping[str, str]) -> Iterator[str]:
    if bool(question.gold) == (question.reason in REASONS):
        yield f"needs gold or a reason, one of {REASONS}, and not both"
    asked = _runs(question.question)
    for gold in question.gold:
        text = texts.get(gold.article)
        if text is None:
            yield f"no article {gold.article}"
            continue
        if gold.stance not in get_args(Stance):
            yield f"no stance {gold.stance!r}"
        if gold.party in question.forbidden_parties:
            yield f"{gold.party} is right and forbidden"
        for span in gold.spans:
            words = span.of(text)
            if not words.strip() or span.end > len(text) or words != words.strip():
                yield f"[{span.start}, {span.end}) of {gold.article} is no evidence"
            elif asked & _runs(words):
                yield f"copies its evidence: {sorted(asked & _runs(words))[0]}"


def locate(raw: str, span: Span, text: str) -> Span | None:
    """Where the words at a span of the raw text stand in the cleaned text: of several places the one nearest."""
    wanted = "".join(letter for _, letter in _letters(raw[span.start : span.end]))
    stream = list(_letters(text))
    letters = "".join(letter for _, letter in stream)
    before = sum(1 for _ in _letters(raw[: span.start]))
    places = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", letters)] if wanted else []
    if not places:
        return None
    first = min(places, key=lambda at: abs(at - before))
    return Span(stream[first][0], stream[first + len(wanted) - 1][0] + 1)


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """The characters that cleaning leaves, with their offsets, white space apart."""
    for at, character in enumerate(text):
        for letter in clean_characters(character):
            if not letter.isspace():
                yield at, letter


def _runs(text: str) -> set[str]:
    words = words_of(text)
    return {" ".join(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True, help="the training articles, JSON lines")
    parser.add_argument("--merge", type=Path, nargs="+", default=[], help="files to make the questions' file from")
    args = parser.parse_args()
    texts = {example.id: example.text for example in read_examples(args.articles)}
    questions = [question for path in args.merge or [QUESTIONS] for question in read_questions(path)]
    faults = list(find_faults(questions, texts))
    print(*faults, sep="\n", file=sys.stderr)
    if args.merge and not faults:
        questions = tell_stories(questions, find_stories(texts))
        QUESTIONS.write_text("".join(json.dumps(to_row(q), ensure_ascii=False) + "\n" for q in questions), "utf-8")
    held = [question for question in questions if question.held_back]
    print(f"{len(questions)} questions, {sum(not q.gold for q in questions)} without an answer; held back {len(held)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
