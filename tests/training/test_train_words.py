"""How the encoder of words is taught: its questions, its places, its loss, and the graph that is shipped."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import onnxruntime
import torch

from corpus.types import Span
from rag.late import BITS
from rag.minilm_graph import word_graph
from training.export_words import HEAD, as_bert
from training.model import Shape
from training.optimise import Rates
from training.paraphrases import read_paraphrases
from training.questions import read_questions
from training.train_words import Model, Plan, Scorer, find_places, measure, measure_loss, score_batch, split, train
from training.word_model import WordModel, signs
from training.word_readings import Asking, Read, Reading, make_epoch

SMALL = Shape(layers=1, width=384, heads=12, inner=96, vocabulary=400)


def read(ids: list[int], starts: list[int]) -> Read:
    return Read(ids=np.array(ids), starts=np.array(starts), spoken=np.ones(len(ids), dtype=bool))


def reading(name: str, first: int) -> Reading:
    """An article of one passage with two claims of three words, and a question that has the words of the second."""
    asked = read([first + 3, first + 4, first + 5], [0, 5, 10])
    return Reading(
        article=name,
        passages=(read(list(range(first, first + 6)), [0, 5, 10, 1000, 1005, 1010]),),
        spans=(Span(0, 1015),),
        windows=(Span(0, 15), Span(1000, 1015)),
        within=((0,), (0,)),
        topic=np.eye(4, dtype=np.float32)[first // 100],
        askings=(
            Asking(
                read=asked,
                rarity=np.ones(3, dtype=np.float32),
                claims=np.array([False, True]),
                passages=np.array([True]),
            ),
        ),
    )


def small_model(seed: int = 0) -> Model:
    torch.manual_seed(seed)
    return Model(WordModel(SMALL, dropout=0.0), Scorer(0.1))


READINGS = [reading("a", 10), reading("b", 110), reading("c", 210)]


def test_no_article_is_also_one_of_those_that_rankings_are_learnt_on() -> None:
    """Else the ranking would trust the comparison of words more than it deserves on new articles."""
    ranked = {name for question in read_questions() for name in question.articles}
    asked = list(read_paraphrases())
    assert len(asked) > 2000
    assert ranked.isdisjoint(one.article for one in asked)
    assert max(Counter(one.question for one in asked).values()) == 1


def test_an_article_is_held_back_with_all_its_questions() -> None:
    trained, held_back = split(read_paraphrases())
    assert len(held_back) > 0.2 * len(trained)
    assert {one.article for one in trained}.isdisjoint(one.article for one in held_back)


def test_the_words_of_a_claim_are_those_in_its_window() -> None:
    places = find_places(READINGS[:2])
    assert [some.tolist() for some in places.claims] == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    assert places.article_of == [0, 0, 1, 1]
    assert places.passage_of == [0, 0, 1, 1]
    assert [some.tolist() for some in places.near[:2]] == [[0, 1, 2], [3, 4, 5]], "250 characters away is not near"


def test_signs_pass_gradients_as_if_they_were_the_vectors() -> None:
    vectors = torch.tensor([[3.0, -4.0] * (BITS // 2)], requires_grad=True)
    coded = signs(vectors)
    assert torch.allclose(coded.detach().abs(), torch.full((1, BITS), BITS**-0.5))
    coded[0, 0].backward()
    assert vectors.grad is not None
    assert vectors.grad[0, 0] > 0


def test_only_what_answers_the_question_counts_as_right() -> None:
    claims, passages = score_batch(small_model(), READINGS)
    assert claims.right.tolist() == [[at == 2 * row + 1 for at in range(6)] for row in range(3)]
    assert claims.own.tolist() == [[at // 2 == row for at in range(6)] for row in range(3)]
    assert passages.right.tolist() == np.eye(3, dtype=bool).tolist()
    everything, own = measure_loss(claims, own=False), measure_loss(claims, own=True)
    assert everything > own > 0, "there is less to confuse it with in its own article"


def test_training_brings_a_claim_nearer_to_its_question() -> None:
    model = small_model()
    with torch.no_grad():
        before = sum(float(measure_loss(some, own=False)) for some in score_batch(model, READINGS))
    plan = Plan(epochs=12, size=3, half=False)
    train(model, READINGS, plan, Rates(encoder=3e-3, heads=3e-3, mean=0.5))
    with torch.no_grad():
        after = sum(float(measure_loss(some, own=False)) for some in score_batch(model, READINGS))
    assert after < before / 2
    assert measure(model, READINGS)["all@1"] == 100


def test_an_epoch_has_every_article_once_and_puts_like_to_like() -> None:
    alike = [reading(f"x{at}", 10) for at in range(4)] + [reading(f"y{at}", 110) for at in range(4)]
    batches = list(make_epoch(alike, random.Random(1), size=2, alike=1.0))
    assert sorted(one.article for batch in batches for one in batch) == sorted(one.article for one in alike)
    assert all(len({one.article[0] for one in batch}) == 1 for batch in batches)


def test_the_graph_that_is_shipped_computes_what_the_model_computes() -> None:
    torch.manual_seed(1)
    model = WordModel(Shape(vocabulary=400), dropout=0.0).eval()
    pieces = torch.tensor([[101, 7, 8, 9, 102]])
    with torch.no_grad():
        vectors, logits = model(pieces, torch.ones_like(pieces, dtype=torch.bool))
    graph = word_graph(as_bert(model.state_dict()), head=HEAD)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    (words,) = session.run(["words"], {"pieces": pieces.numpy()})
    assert np.allclose(words[..., :BITS], vectors.numpy(), atol=1e-3)
    assert np.allclose(words[..., BITS], logits.numpy(), atol=1e-3)
