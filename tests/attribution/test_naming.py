"""Who speaks first by a role and then by name; and whose letter it is that speaks."""

from __future__ import annotations

import pytest

from rag.attribution import RuleExtractor, extract_claims
from rag.types import Claim


def claims(text: str) -> tuple[Claim, ...]:
    """By the rules alone: who is who does not hang on how sources are found."""
    return extract_claims(text, extractor=RuleExtractor())


def parties(text: str) -> list[str]:
    return [claim.party.name for claim in claims(text)]


@pytest.mark.parametrize(
    ("opening", "behind"),
    [
        ("Norland’s tax commissioner says that no file was taken.", "Ana Ruiz says she asked every clerk."),
        (
            "A former Harbour Tide Board chairman says that the wall is weak.",
            "“It will fall,” said Ana Ruiz, who ran the HTB for nine years.",
        ),
        ("A spokeswoman for Tom Vale says that he paid.", "Ana Ruiz says he paid in May."),
        ("A Lund judge said that the boats may leave.", "Judge Ana Ruiz said they were sound."),
        ("A Democratic senator said that the pier was safe.", "“It is new,” said Sen. Ana Ruiz (D-Lund)."),
    ],
)
def test_a_role_is_named_in_the_next_sentence(opening: str, behind: str) -> None:
    found = claims(f"{opening}\n\n{behind}")
    assert [claim.party.name for claim in found] == ["Ana Ruiz"] * len(found)
    assert found[0].party.role


@pytest.mark.parametrize(
    ("opening", "behind"),
    [
        # somebody of another role, camp or court
        ("A tax officer said that no file was taken.", "Ana Ruiz, a baker, said she was glad."),
        ("A Democratic senator said that the pier was safe.", "“It is new,” said Sen. Ana Ruiz (R-Lund)."),
        ("A District Court judge said that they may leave.", "Circuit Court Judge Ana Ruiz said they may not."),
        # a man and a woman
        ("A spokeswoman for the port said that it was shut.", "Mr. Tom Vale said he had no boat."),
        # an anonymous source is no office
        ("A person close to the talks said that they failed.", "Ana Ruiz said she was sorry."),
        # somebody who was there before
        ("Ana Ruiz left the port. A tax officer said that no file was taken.", "Ana Ruiz said she was glad."),
        # somebody else speaks in between
        ("A tax officer said that no file was taken.", "The navy said it was glad. Ana Ruiz said she was not."),
        # "the ..." takes up somebody, and introduces nobody
        ("Eva Holm won. The former minister said that she was glad.", "Ana Ruiz said she was not."),
    ],
)
def test_two_that_may_be_two_are_not_joined(opening: str, behind: str) -> None:
    found = parties(f"{opening}\n\n{behind}")
    assert len(set(found)) == len(found)


def test_a_letter_speaks_for_who_sent_it() -> None:
    text = (
        "The Dockers Union said it was glad. A group of mothers said the water was bad and sent a letter to the board. "
        "“Our children are ill,” the letter said."
    )
    assert parties(text)[-1] == "a group of mothers"


def test_a_letter_of_two_possible_senders_speaks_for_itself() -> None:
    text = (
        "A group of mothers said it wrote a letter to the board. The teachers said they sent a letter to the board. "
        "“Our children are ill,” the letter said."
    )
    assert parties(text)[-1] == "the letter"


FAR = "Tom Vale left. The rain went on. The road was shut. The boats stayed out."


def test_the_statement_farther_back_is_theirs_who_alone_made_one() -> None:
    told = "“It is late,” Ana Ruiz said in a statement to the port."
    behind = "The statement denied that the crane was old."
    assert parties(f"{told}\n\n{FAR}\n\n{behind}")[-1] == "Ana Ruiz"
    other = "Jon Holm denied the statement."
    assert parties(f"{told}\n\n{FAR} {other}\n\n{behind}")[-1] != "Ana Ruiz"
