"""What may be shown of a model's words: only what the cited party is reported to say, and as it says it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from rag.answer.worded.items import Item, number_items
from rag.answer.worded.support import LONGEST, find_flaw
from rag.answer.worded.terms import stem
from tests.answer.worded.examples import DAM, HONEST, LIES, STRIKE, answer_over, number_of

ANSWER = answer_over(DAM, STRIKE)
ITEMS = {item.number: item for item in number_items(ANSWER)}


def flaw_of(text: str, *beginnings: str) -> str | None:
    return find_flaw(text, [number_of(ANSWER, beginning) for beginning in beginnings], items=ITEMS)


@pytest.mark.parametrize(("text", "beginning"), HONEST)
def test_what_the_cited_party_says_may_be_shown(text: str, beginning: str) -> None:
    assert flaw_of(text, beginning) is None


@pytest.mark.parametrize(("text", "beginning"), LIES)
def test_what_the_cited_party_does_not_say_is_struck(text: str, beginning: str) -> None:
    assert flaw_of(text, beginning) is not None


def test_each_number_must_carry_the_whole_sentence() -> None:
    text = "Brandt said that the union will stop work on Friday."
    assert flaw_of(text, "The union") is None
    assert flaw_of(text, "The union", "“We have waited") is not None


@pytest.mark.parametrize("numbers", [[], [0], [-1], [99], [1, 99], [10**12]])
def test_numbers_that_are_not_there_are_no_support(numbers: list[int]) -> None:
    assert find_flaw("Ana Ruiz said that the dam is safe.", numbers, items=ITEMS) is not None


def test_a_sentence_has_a_length_that_can_be_read() -> None:
    assert flaw_of("Ana Ruiz said that the dam is safe" + " safe" * LONGEST, "The dam") == "it is too long"


def mutations(rng: random.Random) -> Iterator[tuple[str, str]]:
    """True sentences with one word changed: another put in its place or beside it, "not" put in, two changed round."""
    used = {word.strip(".,“”:") for text, _ in HONEST for word in text.split() if len(word) > 3 and word.islower()}
    true_there = {"that", "have", "were", "they", "director", "upper"}  # may be added here and there, and it stays true
    others = [*sorted(used - true_there), "lorry", "seven", "Kestrel", "Wednesday"]
    for text, beginning in HONEST:
        words = text.split()
        content = [
            at for at, word in enumerate(words) if len(word) > 3 and word not in {"that", "they", "were", "have"}
        ]
        for at in content:
            other = rng.choice(others).strip(".,“”:")
            if stem(other) != stem(words[at].strip(".,“”:")):
                yield " ".join([*words[:at], other, *words[at + 1 :]]), beginning
                yield " ".join([*words[:at], other, *words[at:]]), beginning
            yield " ".join([*words[:at], "not", *words[at:]]), beginning


def test_one_changed_word_is_enough_to_strike_a_sentence() -> None:
    rng = random.Random(4)  # the same mutations in every run
    changed = [pair for _ in range(3) for pair in mutations(rng)]
    shown = [text for text, beginning in changed if flaw_of(text, beginning) is None]
    assert len(changed) > 1000
    assert not shown


def test_a_claim_of_another_item_is_no_support() -> None:
    """Every true sentence, with every number but its own."""
    for text, beginning in HONEST:
        right = number_of(ANSWER, beginning)
        assert [n for n in ITEMS if n != right and find_flaw(text, [n], items=ITEMS) is None] == []


def test_items_are_there_for_every_party() -> None:
    """The lists above mean something only as long as these are the items."""
    parties = {item.names[0] for item in ITEMS.values() if isinstance(item, Item)}
    assert {"Ana Ruiz", "Brightwater", "Valley League", "Olga Brandt", "Edda Hale", "Orla Post"} <= parties
