"""People whose surname is the word for an office."""

from __future__ import annotations

import pytest

from rag.attribution import RuleExtractor, extract_claims
from rag.attribution.offices import people_with_offices_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mara Judge, 45, left. “I was tired,” Judge said.", ["Mara Judge"]),
        ("Mara Judge left early. Nobody saw where Judge went.", ["Mara Judge"]),
        ("Mara Judge said she was tired.", ["Mara Judge"]),
        # nothing is told of a person there
        ("Mara Judge left.", []),
        # offices of a court, a country, a town, a firm
        ("Circuit Judge, who left early. Then Judge went.", []),
        ("The Elsin Mayor, who left, was tired.", []),
        ("Elsin Mayor, who left, was tired. It rained in Elsin.", []),
        ("Tarn’s Elsin Director, who left, was tired.", []),
        ("Prime Minister, who left.", []),
        # somebody with that title
        ("Mara Judge Ana Fell, 45, left.", []),
    ],
)
def test_full_names(text: str, names: list[str]) -> None:
    assert [name for _, name in people_with_offices_names(text)] == names


def test_judge_is_she_and_the_judge_is_not() -> None:
    text = (
        "Mara Judge, 45, lost her boat. “I was tired,” Judge said.\n\n"
        "Judge Ana Fell said that the case was closed.\n\nThe mayor left. “I slept,” Ms. Judge said."
    )
    claims = extract_claims(text)
    assert [(claim.party.name, claim.party.kind) for claim in claims] == [
        ("Mara Judge", "person"),
        ("Ana Fell", "person"),
        ("Mara Judge", "person"),
    ]


def test_the_judge_who_has_no_name_stays_the_judge() -> None:
    text = "Mara Judge, 45, lost her boat. Nobody saw her.\n\nThe judge ruled that it was nobody’s fault."
    (claim,) = extract_claims(text, extractor=RuleExtractor())
    assert claim.party.name == "the judge"
