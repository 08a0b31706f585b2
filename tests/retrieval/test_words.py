"""The word index: what it holds, what it forgets, and what late interaction makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.late import BITS, FAR, Asked, Tokens, compare, nearest, pack_tokens, projection, unpack_words
from rag.late import WORD as ROW
from tests.stories import DAM, FERRY, STRIKE


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM, strike=STRIKE, ferry=FERRY))
    return assistant


def tokens(hidden: np.ndarray, spoken: list[bool]) -> Tokens:
    numbers = np.arange(len(spoken))
    return Tokens(hidden=hidden, pieces=numbers + 3000, starts=numbers * 5, spoken=np.array(spoken))


def test_only_words_that_carry_meaning_are_kept_with_their_places() -> None:
    hidden = np.random.default_rng(1).standard_normal((3, len(projection()))).astype(np.float32)
    codes = unpack_words(np.frombuffer(pack_tokens(tokens(hidden, [True, False, True])), dtype=ROW))
    assert codes.starts.tolist() == [0, 10]
    assert np.allclose((codes.signs**2).sum(axis=1), 1)
    assert ((codes.signs > 0) == (hidden[[0, 2]] @ projection() > 0)).all()


def test_the_word_that_is_asked_for_is_the_nearest() -> None:
    hidden = np.random.default_rng(2).standard_normal((20, len(projection()))).astype(np.float32)
    codes = unpack_words(np.frombuffer(pack_tokens(tokens(hidden, [True] * 20)), dtype=ROW))
    vectors = hidden[[7]] @ projection()
    asked = Asked(vectors=vectors / np.linalg.norm(vectors), weights=np.ones(1, dtype=np.float32))
    (cosines,) = compare(asked, [codes])
    assert cosines.shape == (1, 20)
    assert int(cosines[0].argmax()) == 7
    assert nearest(cosines, np.zeros(20, dtype=bool)).tolist() == [FAR], "no word at all"
    assert codes.signs.shape[1] == BITS


def test_every_passage_has_its_words(desk: Assistant) -> None:
    ids = desk.ledger.unit_ids("passage")
    assert ids
    assert sorted(desk._words.codes(ids)) == sorted(ids)


def test_what_is_removed_leaves_the_words_and_nothing_else_is_encoded_again(
    desk: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(desk.ledger.unit_ids("passage"))

    def refuse(_texts: list[str]) -> list[tuple[list[float], bytes]]:
        raise AssertionError("a passage was encoded again")

    monkeypatch.setattr(type(desk.embeddings), "embed_coded", lambda _self, texts: refuse(texts))
    article = desk.ask("Who says that the dam is safe?").claims[0].article
    desk.remove(article)
    after = set(desk.ledger.unit_ids("passage"))
    assert after < before
    assert set(desk._words.codes(sorted(before))) == after


def test_answers_do_not_need_the_words(desk: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(desk._words), "codes", lambda _self, _ids: {})
    assert desk.ask("Who says that the dam is safe?").claims[0].party.name == "Ana Ruiz"
