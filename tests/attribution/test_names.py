"""Names that are whole and no more than that, within an article."""

from __future__ import annotations

import pytest

from rag.attribution import RuleExtractor, extract_claims
from rag.types import Claim


def claims(text: str) -> tuple[Claim, ...]:
    return extract_claims(text, extractor=RuleExtractor())


def test_who_writes_in_a_paper_speaks_through_it() -> None:
    (claim,) = claims("“The bridge is too old,” wrote Nora Fenn in The Harbour Post.")
    assert claim.party.name == "Nora Fenn"
    assert claim.via == ("Harbour Post",)


def test_two_companies_are_two_parties() -> None:
    text = (
        "Redwick shares fell on Monday. Stane told its staff to stay away.\n\n"
        "Redwick and Stane said that the ferry would sail."
    )
    found = [claim for claim in claims(text) if "ferry would sail" in claim.text]
    assert [(claim.party.name, claim.party.kind) for claim in found] == [
        ("Redwick", "organisation"),
        ("Stane", "organisation"),
    ]


def test_a_surname_stands_before_junior() -> None:
    text = "Tom Vale Jr., a pilot, came first. The bridge was too old, Vale said."
    assert claims(text)[-1].party.name.startswith("Tom Vale Jr")


@pytest.mark.parametrize("other", ["Tom Vale", "Ana Vale"])
def test_junior_is_not_who_is_meant_by_the_surname_beside_another(other: str) -> None:
    text = f"{other} met Tom Vale Jr. on Monday. The bridge was too old, Vale said."
    assert claims(text)[-1].party.name == other


def test_a_description_is_not_the_maker_of_what_speaks_next() -> None:
    text = (
        "A former mayor of Lund said that the pier was safe.\n\n"
        "A lawsuit filed on Monday by the actress Ana Ruiz says that it was sold."
    )
    assert claims(text)[0].party.name != "Ana Ruiz"


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("its director Jo Vale", "director"),
        ("her lawyer, Jo Vale,", "lawyer"),
        ("Jo Vale, their leader,", "leader"),
        ("the engineer Jo Vale, in particular,", "engineer"),
    ],
)
def test_a_role_is_told_without_whose_it_is(source: str, role: str) -> None:
    (claim,) = claims(
        f"The ferry lay in the fog for a day. {source[0].upper()}{source[1:]} said that it would sail again."
    )
    assert (claim.party.name, claim.party.role) == ("Jo Vale", role)
