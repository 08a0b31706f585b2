"""Sources that are nobody who speaks, and those whose picture or song it is that does."""

from __future__ import annotations

import pytest

from rag.attribution import extract_claims
from rag.attribution.kinds import kind_of_noun
from rag.attribution.silent import is_silent


@pytest.mark.parametrize(
    ("phrase", "silent"),
    [
        ("this aerial view", True),
        ("a major victory for the dockers", True),
        ("such blunt hints", True),
        ("the storm", True),
        # who makes up many, who sees it so, who studies it
        ("a chorus of critics", False),
        ("its view of the harbour", False),
        ("the storm centre", False),
        ("the storm committee looking into the flood", False),
        ("the report", False),
        ("the mayor", False),
    ],
)
def test_nobody_who_speaks(phrase: str, silent: bool) -> None:
    assert is_silent(phrase) is silent


@pytest.mark.parametrize(
    ("text", "party", "voice"),
    [
        ("This aerial view shows that the pier is gone.", "the author", "outlet"),
        ("Hurricane Vale showed that the wall was weak.", "the author", "outlet"),
        ("A photograph by Ana Ruiz shows that the pier is gone.", "Ana Ruiz", "party"),
        ("Ana Ruiz’s anthem says that the sea is kind.", "Ana Ruiz", "party"),
        ("A lawsuit by Ana Ruiz against Tom Vale says that the pier was sold.", "Ana Ruiz", "party"),
    ],
)
def test_whose_words_they_are(text: str, party: str, voice: str) -> None:
    (claim,) = extract_claims(text)
    assert (claim.party.name, claim.voice) == (party, voice)


def test_who_demand_it_are_the_dockers_and_not_their_victory() -> None:
    (claim,) = extract_claims("It is a great victory for the dockers who have demanded that the pier be closed.")
    assert claim.party.name == "the dockers"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the document", "unnamed"),
        ("the new guidance", "unnamed"),
        ("the number", "unnamed"),
        ("the majority of the dockers", "group"),
        ("the planner", "person"),
        ("the resident", "person"),
    ],
)
def test_kinds_of_what_is_no_person(phrase: str, kind: str) -> None:
    assert kind_of_noun(phrase) == kind
