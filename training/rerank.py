"""Learn the rankings of retrieval and the threshold of abstention from the training questions, and write them.

python -m training.rerank --index DIR --articles train.jsonl.gz [dev.jsonl.gz] [--report dev.jsonl] [--cache FILE]

DIR        an index of these articles (python -m benchmarks.questions makes one, as does python -m rag index)
--articles the articles as they are given, in whose texts the offsets of gold count
--report   questions that are only measured, never learnt from
--cache    keeps what retrieval finds for each question: delete it when the index or the traits have changed
--dry      measure, write nothing

How a piece's passage is ranked is a trait of the piece, by the weights of now: after a change of the passages' weights
run this twice.

Prints, for the folds that are learnt from (each scored with weights learnt on the others), the fold held back, and the
questions of --report: shares of questions with evidence (e) and with the right party too (r) among the first k.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from rag.assistant import Assistant
from rag.retrieval.ranker import WEIGHTS, Ranker
from rag.retrieval.shortlist import MOST_PIECES
from rag.retrieval.traits import STANDING_TRAITS, UNIT_TRAITS
from rag.retrieval.wording import WORDED_TRAITS
from training.abstention import Asked, best_claim, fit_answerable, fit_relevance, show_curve
from training.candidates import Collected, collect
from training.data import read_examples
from training.questions import QUESTIONS, Question, read_questions
from training.ranking import Array, Listed, fit_weights, measure

Pick = Callable[[Collected], Listed]


def shorten(one: Listed, weights: dict[str, float], *, most: int = MOST_PIECES) -> Listed:
    """The candidates that a first ranking keeps, as at run time."""
    kept = np.argsort(-Ranker(weights=weights).score(one.traits), kind="stable")[:most]
    return replace(
        one,
        traits={name: values[kept] for name, values in one.traits.items()},
        grades=one.grades[kept],
        owners=one.owners[kept],
        of_gold=one.of_gold[kept],
    )


def across_folds(lists: Sequence[Listed], names: Sequence[str]) -> list[Array]:
    """Scores of every list by weights that were learnt on the other folds."""
    scores: dict[str, Array] = {}
    for fold in sorted({one.fold for one in lists}):
        weights = fit_weights([one for one in lists if one.fold != fold], names)
        scores |= {one.question: Ranker(weights=weights).score(one.traits) for one in lists if one.fold == fold}
    return [scores[one.question] for one in lists]


def with_weights(lists: Sequence[Listed], weights: dict[str, float]) -> list[Array]:
    return [Ranker(weights=weights).score(one.traits) for one in lists]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Questions with the candidates of one stage and their scores."""

    questions: tuple[Question, ...]
    lists: tuple[Listed, ...]
    scores: tuple[Array, ...]

    def show(self, title: str) -> None:
        """Print how well they are ordered, of those that have an answer."""
        kept = [at for at, question in enumerate(self.questions) if question.gold]
        if kept:
            print(f"  {title:9} {measure([self.lists[at] for at in kept], [self.scores[at] for at in kept])}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One ranking: its weights, and how it scores the folds (by weights of the others), the held back, the reported."""

    weights: dict[str, float]
    folds: Scored
    held: Scored
    reported: Scored


def fit_stage(name: str, found: Mapping[str, Sequence[Collected]], pick: Pick, *, names: Collection[str] = ()) -> Stage:
    """Learn the weights of one ranking; prints how well it orders."""
    groups = {
        "folds": [one for one in found["learnt"] if not one.question.held_back],
        "held": [one for one in found["learnt"] if one.question.held_back],
        "reported": list(found["reported"]),
    }
    lists = {title: tuple(pick(one) for one in some) for title, some in groups.items()}
    known = [trait for trait in lists["folds"][0].traits if not names or trait in names]
    weights = fit_weights(lists["folds"], known)
    scored = {
        title: Scored(
            questions=tuple(one.question for one in some),
            lists=lists[title],
            scores=tuple(
                across_folds(lists[title], known) if title == "folds" else with_weights(lists[title], weights)
            ),
        )
        for title, some in groups.items()
    }
    print(f"{name}, {len(known)} traits")
    for title, one in scored.items():
        one.show(title)
    return Stage(weights=weights, **scored)


def load(args: argparse.Namespace) -> dict[str, list[Collected]]:
    """The candidates of the training questions, and of those that are only measured."""
    if args.cache and args.cache.is_file():
        cached: dict[str, list[Collected]] = pickle.loads(args.cache.read_bytes())  # noqa: S301 -- our own file
        return cached
    raw = {example.id: example.text for path in args.articles for example in read_examples(path)}
    assistant = Assistant.open(args.index, create=False)
    found = {"learnt": list(collect(assistant, read_questions(QUESTIONS), raw=raw)), "reported": []}
    if args.report:
        found["reported"] = list(collect(assistant, read_questions(args.report), raw=raw))
    if args.cache:
        args.cache.write_bytes(pickle.dumps(found))
    return found


def learn(found: Mapping[str, Sequence[Collected]]) -> dict[str, Any]:
    """All weights, as they are written; prints how well they do."""
    return {
        "plain": learn_ranking("plain", found),
        "worded": learn_ranking("worded", found),
    }


def learn_ranking(name: str, found: Mapping[str, Sequence[Collected]]) -> dict[str, Any]:
    """The weights of one ranking: "plain", of traits that need no words' codes, or "worded", of all."""
    left_out = WORDED_TRAITS | STANDING_TRAITS if name == "plain" else frozenset()
    known = {kind: set(getattr(found["learnt"][0], kind).traits) - left_out for kind in ("passages", "pieces")}
    passages = fit_stage(f"{name} passages", found, lambda one: one.passages, names=known["passages"])
    before_reading = (UNIT_TRAITS | STANDING_TRAITS) - left_out
    pieces = fit_stage(f"{name} pieces", found, lambda one: one.pieces, names=before_reading)
    claims = fit_stage(f"{name} claims", found, lambda one: shorten(one.pieces, pieces.weights), names=known["pieces"])
    collected = {one.question.id: one for some in found.values() for one in some}
    asked = {title: ask_twice(getattr(claims, title), collected) for title in ("folds", "held", "reported")}
    answerable = fit_answerable(asked["folds"])
    show_curve(asked, answerable)
    return {
        "passages": passages.weights,
        "pieces": pieces.weights,
        "claims": claims.weights,
        "relevance": fit_relevance(claims.folds.lists, claims.folds.scores),
        "answerable": answerable,
    }


def ask_twice(scored: Scored, collected: Mapping[str, Collected]) -> list[Asked]:
    """The best claim of each question, and once more without what stands in the articles of its evidence."""
    asked = []
    for question, one, scores in zip(scored.questions, scored.lists, scored.scores, strict=True):
        found = collected[question.id]
        for kind, without in ((bool(question.gold), None), (None, one.of_gold)):
            best = best_claim(one, scores, named=found.named, without=without)
            if best and (kind is not None or question.gold):
                asked.append(Asked(question=question.id, best=best, answerable=kind, refused_anyway=found.unknown))
    return asked


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--dry", action="store_true")
    args = parser.parse_args()
    weights = learn(load(args))
    if not args.dry:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
