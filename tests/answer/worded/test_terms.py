"""Texts as terms: figures are numbers, endings are off, and the words that turn the sense are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.worded.terms import read_terms


def keys(text: str) -> list[str]:
    return [term.key for term in read_terms(text)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1.1 trillion", "#1100000000000"),
        ("two dozen", "#24"),
        ("forty-two", "#42"),
        ("a hundred and five", "#105"),
        ("1,250", "#1250"),
        ("3bn", "#3000000000"),
        ("4.50", "#4.5"),
        ("two hundred thousand", "#200000"),
        ("a million", "#1000000"),
        ("11:30", "#11:30"),
    ],
)
def test_figures_are_read_as_numbers(text: str, figure: str) -> None:
    assert keys(text) == [figure]


def test_a_currency_and_a_share_are_words_beside_their_figure() -> None:
    assert keys("$5 million") == keys("5 million dollars")
    assert keys("30%") == keys("30 percent")


@pytest.mark.parametrize(
    ("one", "other"), [("left", "leaves"), ("denied", "denies"), ("sank", "sunk"), ("women", "woman")]
)
def test_forms_of_one_word_agree(one: str, other: str) -> None:
    assert keys(one) == keys(other)


def test_contractions_have_their_negation() -> None:
    assert keys("they can't wait") == ["it", "can", "not", "wait"]
    assert "not" in keys("it won’t hold")


def test_a_country_is_no_pronoun_and_a_month_no_modal() -> None:
    assert keys("they told us") != keys("they told the US")
    assert keys("on 3 May") != keys("they may")


def test_a_full_stop_in_a_title_ends_nothing() -> None:
    assert [term.role for term in read_terms("Mr. Orr left. He ran")].count("end") == 1


@given(st.text(max_size=80))
def test_any_text_has_terms(text: str) -> None:
    assert all(term.form for term in read_terms(text))
