"""How the rankings of retrieval and the threshold of abstention are learnt."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.types import Span
from rag.retrieval.ranker import SURE_BY, Curve, Ranker, default_rankers
from rag.retrieval.traits import STANDING_TRAITS, UNIT_TRAITS
from rag.retrieval.wording import WORDED_TRAITS
from training.abstention import Asked, best_claim, fit_answerable
from training.questions import FOLDS, fold_of, locate, read_questions
from training.ranking import EVIDENCE, RIGHT, Listed, best_grades, fit_weights, measure


def listed(number: int, *, right: int, noise: np.random.Generator) -> Listed:
    """Six candidates; `tells` marks the right one, `noise` says nothing."""
    tells = np.zeros(6, dtype=np.float32)
    tells[right] = 1
    grades = np.zeros(6, dtype=np.int64)
    grades[right] = RIGHT
    return Listed(
        question=str(number),
        fold=number % FOLDS,
        traits={"tells": tells, "noise": noise.standard_normal(6).astype(np.float32)},
        grades=grades,
        owners=np.arange(6),
        of_gold=grades > 0,
    )


def test_a_trait_that_tells_gets_the_weight() -> None:
    noise = np.random.default_rng(0)
    lists = [listed(number, right=number % 6, noise=noise) for number in range(40)]
    weights = fit_weights(lists, ["tells", "noise"])
    assert weights["tells"] > 5 * abs(weights["noise"])
    scores = [Ranker(weights=weights).score(one.traits) for one in lists]
    assert measure(lists, scores)["r@1"] == 100.0


def test_the_pieces_of_a_claim_count_once_by_the_best() -> None:
    one = Listed(
        question="q",
        fold=1,
        traits={},
        grades=np.array([0, RIGHT, EVIDENCE]),
        owners=np.array([0, 0, 1]),
        of_gold=np.zeros(3, dtype=bool),
    )
    assert best_grades(one, np.array([0.9, 0.5, 0.1], dtype=np.float32), depth=2) == [0, EVIDENCE]


def test_without_its_story_a_question_has_another_best_claim() -> None:
    one = listed(1, right=2, noise=np.random.default_rng(3))
    traits = {name: np.arange(6, dtype=np.float32) for name in SURE_BY if name not in {"score", "named"}}
    one = Listed(question="q", fold=1, traits=traits, grades=one.grades, owners=one.owners, of_gold=np.arange(6) == 5)
    scores = np.arange(6, dtype=np.float32)
    best, other = (best_claim(one, scores, named=True, without=out) for out in (None, one.of_gold))
    assert best
    assert other
    assert (best["score"], other["score"], best["named"]) == (5.0, 4.0, 1.0)
    assert best_claim(one, scores, named=True, without=np.ones(6, dtype=bool)) is None


def test_the_curve_of_abstention_tells_sure_from_unsure() -> None:
    def asked(score: float, *, answerable: bool) -> Asked:
        return Asked(question="q", best={"score": score, "named": 0.0}, answerable=answerable)

    sample = [asked(4 + at % 3, answerable=True) for at in range(20)]
    sample += [asked(0 + at % 3, answerable=False) for at in range(20)]
    curve = Curve(**fit_answerable(sample))  # type: ignore[arg-type]
    assert curve.probability({"score": 5.0, "named": 0.0}) > 0.5 > curve.probability({"score": 1.0, "named": 0.0})


def test_the_weights_that_are_shipped_name_known_traits() -> None:
    rankers = default_rankers()
    assert set(rankers.plain.pieces.weights) <= UNIT_TRAITS
    assert set(rankers.worded.pieces.weights) <= UNIT_TRAITS | STANDING_TRAITS
    assert not WORDED_TRAITS & set(rankers.plain.claims.weights)
    assert WORDED_TRAITS & set(rankers.worded.claims.weights)
    assert WORDED_TRAITS & set(rankers.worded.passages.weights)


def test_a_fifth_of_the_questions_is_held_back_and_no_story_is_on_both_sides() -> None:
    questions = read_questions()
    held = [question for question in questions if question.held_back]
    assert 0.15 < len(held) / len(questions) < 0.25
    stories = {question.story for question in held if question.story}
    assert not stories & {question.story for question in questions if not question.held_back}
    assert {fold_of(question) for question in questions} == set(range(FOLDS))


@pytest.mark.parametrize(
    ("raw", "words", "text"),
    [
        ("Rain fell.\u200b He said  no.", "He said  no.", "Rain fell.\n\nHe said no."),
        ("No. Yes. No.", "No.", "No. Yes. No."),
    ],
)
def test_gold_is_found_again_in_the_cleaned_text(raw: str, words: str, text: str) -> None:
    start = raw.rindex(words)
    found = locate(raw, Span(start, start + len(words)), text)
    assert found
    assert "".join(found.of(text).split()) == "".join(words.split())
    assert found.end == len(text)


def test_a_better_fit_never_makes_less_sure() -> None:
    """Weights of both signs would fit the accidents of few questions without an answer."""
    for ranking in (default_rankers().plain, default_rankers().worded):
        weights = ranking.answerable.weights
        assert weights["score"] > 0
        assert min(weight for name, weight in weights.items() if name != "named") >= 0
