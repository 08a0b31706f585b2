"""What somebody is to another, told in passing and not beside their words: "his brother, Tom Vale"."""

from __future__ import annotations

import pytest

from rag.attribution import RuleExtractor, extract_claims


def roles(text: str) -> dict[str, str | None]:
    """The roles of those who speak, by the rules alone."""
    return {claim.party.name: claim.party.role for claim in extract_claims(text, extractor=RuleExtractor())}


SPEAKS = "Vale said that the boat was sound."


@pytest.mark.parametrize(
    ("passing", "role"),
    [
        ("Ana Ruiz said that she would sail. Her brother, Tom Vale, will not.", "brother of Ana Ruiz"),
        ("Ana Ruiz has sold the yard. Her younger brother Tom Vale keeps the boat.", "younger brother of Ana Ruiz"),
        ("Ana Ruiz said that she would sail. Her lawyer, Tom Vale, was there.", "lawyer of Ana Ruiz"),
        ("Tom Vale, the skipper's husband, was on the pier.", "skipper's husband"),
        ("Ana Ruiz’s coach, Tom Vale, was on the pier.", "coach of Ana Ruiz"),
        ("Tom Vale, a cousin of Ana Ruiz, was on the pier.", "cousin of Ana Ruiz"),
        ("On the pier stood big brother Tom Vale.", "brother"),
    ],
)
def test_a_relation_told_in_passing_is_a_role(passing: str, role: str) -> None:
    assert roles(f"{passing}\n\n{SPEAKS}")["Tom Vale"] == role


def test_nobody_is_the_brother_of_himself() -> None:
    """The surname alone may be of either; the one who is introduced as a brother is not the one whose he is."""
    text = (
        "Tom Vale won on Friday. Vale said he was tired. His brother, Jon Vale, came last.\n\nJon Vale said he was not."
    )
    assert roles(text)["Jon Vale"] == "brother of Tom Vale"


@pytest.mark.parametrize(
    "passing",
    [
        "She told her brother Tom Vale would not sail.",  # whom she told may be another
        "A woman told a friend Tom Vale would not sail.",
        "He came with his brother, Tom Vale and Eva Holm.",  # a list, it may be
        "They thanked Tom Vale, his brother, Jon Holm, and the crew.",
        "His brother, Tom Vale has written, was late.",  # whose words are broken off
        "“My brother Tom Vale is tired,” a woman wrote.",
    ],
)
def test_what_may_be_of_somebody_else_is_no_role(passing: str) -> None:
    assert roles(f"{passing}\n\n{SPEAKS}")["Tom Vale"] is None


def test_whose_it_is_stays_open_where_two_are_meant() -> None:
    text = f"Jon Holm met Ana Ruiz. Their son, Tom Vale, left the town.\n\n{SPEAKS}"
    assert roles(text)["Tom Vale"] == "son"


def test_a_role_beside_the_words_is_kept() -> None:
    passing = "Ana Ruiz said she would sail. Her brother, Tom Vale, will not."
    text = f"{passing}\n\nThe harbour master, Tom Vale, said it was late."
    assert roles(text)["Tom Vale"] == "harbour master"


@pytest.mark.parametrize(
    "passing",
    [
        "Jon Holm stood behind Eric Lund. Rain fell on the town, and his brother, Tom Vale, left.",
        "Jon Holm won the race. His rival Tom Vale came last.",  # a rival of one race
        "Jon Holm won the race. Jon Holm thanked his brother, Tom Vale, Jr., for the boat.",
    ],
)
def test_whose_it_may_not_be_is_not_told(passing: str) -> None:
    assert roles(f"{passing}\n\n{SPEAKS}")["Tom Vale"] in {None, "brother"}
