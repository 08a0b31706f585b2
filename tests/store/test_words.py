"""The word index: what it holds, what it forgets, and what late interaction makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.late import BITS, FAR, Tokens, ask_with, compare, nearest, pack_tokens, unpack_words
from rag.late import WORD as ROW
from rag.models import load_words
from rag.store.words import WordIndex
from rag.word_encoder import WordEncoder
from tests.stories import DAM, FERRY, STRIKE


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM, strike=STRIKE, ferry=FERRY))
    return assistant


def tokens(vectors: np.ndarray, spoken: list[bool], logits: list[float] | None = None) -> Tokens:
    numbers = np.arange(len(spoken))
    return Tokens(
        vectors=vectors,
        logits=np.array(logits or [0.0] * len(spoken), dtype=np.float32),
        pieces=numbers * 0 + 3000,
        starts=numbers * 5,
        spoken=np.array(spoken),
    )


def random_vectors(seed: int, number: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((number, BITS)).astype(np.float32)


def test_only_words_that_carry_meaning_are_kept_with_their_places() -> None:
    vectors = random_vectors(1, 3)
    codes = unpack_words(np.frombuffer(pack_tokens(tokens(vectors, [True, False, True])), dtype=ROW))
    assert codes.starts.tolist() == [0, 10]
    assert (np.unpackbits(codes.bits, axis=1) == (vectors[[0, 2]] > 0)).all()


def test_the_word_that_is_asked_for_is_the_nearest() -> None:
    vectors = random_vectors(2, 20)
    codes = unpack_words(np.frombuffer(pack_tokens(tokens(vectors, [True] * 20)), dtype=ROW))
    asked = ask_with(tokens(vectors[[7]], [True]))
    (cosines,) = compare(asked, [codes])
    assert cosines.shape == (1, 20)
    assert int(cosines[0].argmax()) == 7
    assert nearest(cosines[:, :0]).tolist() == [FAR], "no word at all"


def test_a_questions_words_weigh_as_the_model_says() -> None:
    asked = ask_with(tokens(random_vectors(3, 3), [True, True, False], logits=[0.0, np.log(3.0), 5.0]))
    assert asked.weights.tolist() == pytest.approx([0.25, 0.75])


def test_words_in_their_places_tell_a_paraphrase_from_its_neighbour() -> None:
    """What the encoder of words is for: no word of the question, "who" apart, stands in the claim."""
    encoder = load_words()
    texts = [
        "“The footbridge will be shut until its rusted cables have been replaced,” the harbour master said.",
        "“We had eleven thousand visitors on that weekend alone,” said the director of the museum.",
        "The minister turned down an invitation to the opening of the new tram line, citing his health.",
    ]
    questions = [
        "Who announced that walkers could not cross over the water for as long as corroded ropes hang there?",
        "Who gave a figure for how many people came to see the exhibits?",
        "Which politician would not attend the launch of a railway because he felt unwell?",
    ]
    codes = [unpack_words(np.frombuffer(packed, dtype=ROW)) for packed in encoder.code(texts)]
    for at, question in enumerate(questions):
        asked = encoder.ask(question)
        scores = [float(nearest(cosines) @ asked.weights) for cosines in compare(asked, codes)]
        assert int(np.argmax(scores)) == at, question


def test_a_text_has_the_same_code_whatever_it_is_given_with() -> None:
    encoder = load_words()
    texts = ["The dam is safe.", "A \ud800 lone surrogate stands here.", "The ferry was late. " * 200]
    assert encoder.code(texts) == [encoder.code([text])[0] for text in texts]


def test_codes_of_another_encoder_are_made_again(desk: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    ids = desk.ledger.unit_ids("passage")
    base = desk._words.view().generation
    assert base is not None
    other = WordIndex(desk.folder, desk.ledger, encoder=OtherEncoder)
    assert other.codes(ids) == {}, "those on disk cannot be compared with its own"
    assert "another version of its model" in caplog.text
    assert "damaged" not in caplog.text, "an index that was made by an earlier release is whole"
    other.sync()
    codes = other.codes(ids)
    assert sorted(codes) == sorted(ids)
    assert all(len(one.starts) == 1 for one in codes.values())
    desk._words.close()
    desk._words.sync()
    assert all(len(one.starts) > 1 for one in desk._words.codes(ids).values())


class OtherEncoder(WordEncoder):
    """Gives every text one word."""

    def __init__(self) -> None:
        self.name = "other"

    def code(self, texts: list[str]) -> list[bytes]:
        return [pack_tokens(tokens(random_vectors(4, 1), [True])) for _ in texts]


def test_every_passage_has_its_words(desk: Assistant) -> None:
    ids = desk.ledger.unit_ids("passage")
    assert ids
    assert sorted(desk._words.codes(ids)) == sorted(ids)


def test_what_is_removed_leaves_the_words_and_nothing_else_is_encoded_again(
    desk: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(desk.ledger.unit_ids("passage"))

    def refuse(_self: WordEncoder, _texts: list[str]) -> list[bytes]:
        raise AssertionError("a passage was encoded again")

    monkeypatch.setattr(WordEncoder, "code", refuse)
    article = desk.ask("Who says that the dam is safe?").claims[0].article
    desk.remove(article)
    after = set(desk.ledger.unit_ids("passage"))
    assert after < before
    assert set(desk._words.codes(sorted(before))) == after


def test_answers_do_not_need_the_words(desk: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(desk._words), "codes", lambda _self, _ids: {})
    assert desk.ask("Who says that the dam is safe?").claims[0].party.name == "Ana Ruiz"
