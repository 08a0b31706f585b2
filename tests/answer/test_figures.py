"""Numbers in words and digits, as amounts that can be compared."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.figures import counts_people, fitting_figures, read_figures


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("at least two dozen people died", 24, inf, "people killed"),
        ("140,000 litres of acid escaped", 140_000, 140_000, "litre"),
        ("$1.1 trillion over a decade", 1.1e12, 1.1e12, "$"),
        ("nine million crowns", 9e6, 9e6, "crown"),
        ("the death toll at 62", 62, 62, "people killed"),
        ("In 2016 62 Velian soldiers were wounded", 62, 62, "people hurt"),
        ("62 per cent of voters", 62, 62, "%"),
        ("a hundred and five houses burned", 105, 105, "house"),
        ("between 15 and 20 people were hurt", 15, 20, "people hurt"),
        ("no fewer than 12 children", 12, inf, "people"),
        ("up to 300 jobs", -inf, 300, "job"),
        ("almost 200 oil-extracting facilities", 180, 220, "facilitie"),
        ("4bn pounds", 4e9, 4e9, "pound"),
        ("At least 14 killed in raid", 14, inf, "people killed"),
        ("twenty-one bodies", 21, 21, "people killed"),
    ],
)
def test_amounts(text: str, low: float, high: float, unit: str) -> None:
    (figure,) = read_figures(text)
    assert (round(figure.low, 6), round(figure.high, 6), figure.unit) == (low, high, unit)


def test_more_than_is_above() -> None:
    (figure,) = read_figures("more than 20 civilians were killed")
    assert figure.low > 20
    assert figure.words == "more than 20 civilians"


def test_a_range_is_told_as_one() -> None:
    (figure,) = read_figures("it will cost between $3 billion and $9 billion")
    assert figure.words == "between $3 billion and $9 billion"


@pytest.mark.parametrize(
    ("text", "low", "high"), [("Between 15 and 20 left", 15, 20), ("From 3 to 5 boats sank", 3, 5)]
)
def test_a_range_may_open_the_sentence(text: str, low: float, high: float) -> None:
    (figure,) = read_figures(text)
    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize("text", ["3 May 2031", "May 3, 2031", "in 2031", "one of them", "two by two", "Tank 7"])
def test_dates_and_turns_of_phrase_are_no_amounts(text: str) -> None:
    assert read_figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a 72-year-old man died",
        "the boy, aged 4, was killed",
        "deaths of children 4 and under",
        "a girl 11 years old died",
        "killed children between the ages of 6 and 9",
    ],
)
def test_ages_count_nobody(text: str) -> None:
    assert read_figures(text) == []


def test_a_share_of_people_counts_nobody() -> None:
    assert read_figures("one in every 78 people has fled") == []


def test_a_number_in_a_compound_is_of_its_noun_and_not_of_the_dead_beside_it() -> None:
    (figure,) = read_figures("killed when a 6-storey house fell")
    assert (figure.low, figure.unit) == (6, "storey")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("more than 20 dead", "24 dead", True),
        ("more than 20 dead", "nine dead", False),
        ("about 100 houses", "105 houses", True),
        ("at least 30 houses", "up to 20 houses", False),
        ("two dozen dead", "24 dead", True),
    ],
)
def test_amounts_agree_where_their_ranges_meet(one: str, other: str, agree: bool) -> None:
    assert read_figures(one)[0].agrees(read_figures(other)[0]) is agree


@given(st.integers(min_value=2, max_value=10**9))
def test_digits_are_read_with_and_without_commas(number: int) -> None:
    for written in (f"{number} houses", f"{number:,} houses"):
        figures = read_figures(written)
        assert [figure.low for figure in figures] == [number]


@given(st.text(max_size=200))
def test_the_words_of_a_figure_stand_in_its_text(text: str) -> None:
    assert all(figure.words in text and figure.low <= figure.high for figure in read_figures(text))


def fitting(text: str, *asked: str) -> list[str]:
    return [figure.words for figure in fitting_figures(text, asked=asked)]


def test_of_two_figures_the_one_in_the_words_of_the_question_is_told() -> None:
    text = "that 2.6 million crowns arrived in May and that about 1.3 million are still owed"
    assert fitting(text, "owed") == ["about 1.3 million"]
    assert fitting(text, "arrived") == ["2.6 million crowns"]
    assert [figure.unit for figure in read_figures(text)] == ["crown", "crown"], "a bare million counts the same"


def test_a_figure_that_is_given_to_somebody_else_is_not_the_speaker_s() -> None:
    """Who says "the firm told us 40 tons" must not be blamed for it."""
    assert fitting("the firm told us 40 tons on the first day") == []
    assert fitting("wages of 3 million crowns, less than the 40 tons claimed by the guild") == ["3 million crowns"]
    assert fitting("The firm told us 40 tons. We weighed 90 tons.") == ["90 tons"]


def test_people_are_no_answer_to_how_much() -> None:
    assert [counts_people(unit) for unit in ("people killed", "rider", "staff")] == [True, True, True]
    assert [counts_people(unit) for unit in ("crown", "ton", "")] == [False, False, False]
