"""Pieces that stand in another clause than the cue are not its content."""

from __future__ import annotations

import pytest

from tests.attribution.marked import refined, words


@pytest.mark.parametrize(
    ("text", "marked", "right"),
    [
        ("As Orm went on about “a new dawn,” Marsh said it was late.", ["“a new dawn,”", "it was late"],
         ["it was late"]),
        ("Mocking the “new dawn,” Marsh said it was late.", ["“new dawn,”", "it was late"], ["it was late"]),
        ("“It holds,” Marsh said, but the rain went on.", ["“It holds,”", "the rain went on"], ["“It holds,”"]),
        # all of these are hers
        ("“It holds,” Marsh said, “but the rain goes on.”", ["“It holds,”", "“but the rain goes on.”"],
         ["“It holds,”", "“but the rain goes on.”"]),
        ("“It holds,” Marsh said. “It must.”", ["“It holds,”", "“It must.”"], ["“It holds,”", "“It must.”"]),
    ],
)  # fmt: skip
def test_pieces_of_other_clauses(text: str, marked: list[str], right: list[str]) -> None:
    made = refined(text, "Marsh", "said", *marked)
    assert made is not None
    assert words(text, made.content) == right


def test_a_relative_clause_ends_before_the_main_verb() -> None:
    text = "The union, which says that the pier holds, is waiting for the report."
    made = refined(text, "which", "says", "that the pier holds, is waiting for the report")
    assert made is not None
    assert words(text, made.content) == ["that the pier holds"]
