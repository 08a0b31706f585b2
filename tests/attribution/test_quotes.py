"""Which quotation marks belong together."""

from __future__ import annotations

import pytest

from corpus import split_paragraphs
from rag.attribution.quotes import pair_quotes


def quoted(text: str) -> list[list[str]]:
    return [[piece.of(text) for piece in quote.pieces] for quote in pair_quotes(text, split_paragraphs(text))]


@pytest.mark.parametrize(
    "marks",
    ["“ ”", "‘ ’", '" "', "' '", "'' ''", "« »", "„ “", "„ ”"],
)
def test_every_style_of_marks(marks: str) -> None:
    quotation = "We left early,".join(marks.split())
    assert quoted(f"{quotation} said Ann.") == [[quotation]]


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ hut wasn’t Ann’s.",
        "It was the '90s, rock 'n' roll and all.",
        "She's at the drivers' club.",
        "He is 5' 10\" tall.",
    ],
)
def test_apostrophes_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_plural_possessive_inside_single_quotes() -> None:
    assert quoted("‘The miners’ strike is over,’ he said.") == [["‘The miners’ strike is over,’"]]


def test_inner_quotation_belongs_to_the_outer_one() -> None:
    text = "“He shouted ‘run’ and “run again” twice,” she said."
    assert quoted(text) == [["“He shouted ‘run’ and “run again” twice,”"]]


def test_quotation_goes_on_where_the_next_paragraph_opens_it_again() -> None:
    text = "“One.\n\n“Two.\n\n“Three.”\n\nThe end."
    assert quoted(text) == [["“One.", "“Two.", "“Three.”"]]


def test_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "She said: “It is over.\n\nThe crowd left."
    (quote,) = pair_quotes(text, split_paragraphs(text))
    assert not quote.closed
    assert [piece.of(text) for piece in quote.pieces] == ["“It is over."]


def test_closed_quotation_does_not_take_in_the_next_paragraph() -> None:
    assert quoted("“One.”\n\n“Two.”") == [["“One.”"], ["“Two.”"]]


def test_a_curly_mark_is_closed_by_a_straight_one_but_not_by_that_of_an_inner_quotation() -> None:
    assert quoted('“It is late," she said. "We go.”') == [['“It is late,"'], ['"We go.”']]
    assert quoted('“He said "yes" to it,” she said.') == [['“He said "yes" to it,”']]
