"""Whether a name is a person's, by what stands beside it in the article."""

from __future__ import annotations

import pytest

from rag.attribution import extract_claims
from rag.attribution.evidence import read_evidence


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("An economist at Tarn Vale spoke.", "Tarn Vale", "organisation"),
        ("Tarn Vale’s chief executive left.", "Tarn Vale", "organisation"),
        ("Tarn Vale shares fell.", "Tarn Vale", "organisation"),
        ("Tarn Vale, a small lender in Lund, closed.", "Tarn Vale", "organisation"),
        ("The carmaker Tarn Vale closed.", "Tarn Vale", "organisation"),
        ("Tarn Vale told its staff.", "Tarn Vale", "organisation"),
        ("Tarn Vale CEO Ana Ruiz left.", "Tarn Vale", "organisation"),
        ("Tarn Vale CEO Ana Ruiz left.", "Ana Ruiz", "person"),
        ("Hurricane Vale came. Vale weakened.", "Vale", "organisation"),
        ("Nobody knew. The Rovers have lost.", "Rovers", "organisation"),
        # nothing is shown: two words look like a person's name
        ("Tarn Vale came.", "Tarn Vale", "person"),
        # and one word needs something that speaks for it
        ("Vesta paused the plan.", "Vesta", "organisation"),
        ("Vesta said so.", "Vesta", "person"),
        ("Vesta and the Union of Bakers said so.", "Vesta", "person"),
        ("“I am tired,” Vesta said. Some work at Vesta.", "Vesta", "person"),
        ("Forecasters expect rain.", "Forecasters", "group"),
        ("It rained in Elsin. Elsin is arguing that it may.", "Elsin", "government"),
        # a word whose capital comes from the sentence that it opens
        ("Website is down. The website was new.", "Website", "unnamed"),
        ("Redwick and Stane fell.", "Redwick and Stane", "group"),
        # what looks like a place may be shown to be a person's name
        ("Jin Park, 34, left.", "Jin Park", "person"),
        ("Everybody knows the Jin Park. It was Jin Park, 34, that closed.", "Jin Park", "organisation"),
    ],
)
def test_kind_by_what_stands_beside_a_name(text: str, name: str, kind: str) -> None:
    by_form = "organisation" if name == "Jin Park" else "person"
    assert read_evidence(text).kind_of(name, by_form) == kind


def test_people_are_named_by_their_surname_later_and_bodies_by_their_first_word() -> None:
    text = "Tarn Vale shares fell. Tarn lost its lead. Ana Ruiz left. Then came Ruiz."
    evidence = read_evidence(text)
    assert evidence.shows_body("Tarn Vale")
    assert evidence.shows_person("Ana Ruiz")


def test_some_are_called_by_the_first_word_of_their_name() -> None:
    text = "Minister Sun Wei met the crew. The ferry was late, Sun said."
    (claim,) = extract_claims(text)
    assert claim.party.name == "Sun Wei"


def test_a_name_that_nothing_shows_to_be_a_companys_is_not_the_company() -> None:
    text = "Vesta paused the plan, and reported that tides were high. The ferry was late, the company said."
    assert extract_claims(text)[-1].party.name == "the company"


def test_a_relative_clause_about_the_whole_sentence_shows_no_body() -> None:
    evidence = read_evidence("Nobody voted for Ruiz, which is what Ana Ruiz feared.")
    assert not evidence.shows_body("Ruiz")


def test_he_is_not_the_bank_that_spoke_before() -> None:
    text = (
        "Prices rose, said Tom Vale, an economist at Harlow Stane.\n\n"
        "Harlow Stane expects more in May.\n\n“It will pass,” he said."
    )
    claims = extract_claims(text)
    bank = next(claim for claim in claims if "more in May" in claim.text)
    last = next(claim for claim in claims if "It will pass" in claim.text)
    assert (bank.party.name, bank.party.kind) == ("Harlow Stane", "organisation")
    assert last.party.name != "Harlow Stane"


def test_a_name_with_a_month_in_it_stays_whole() -> None:
    (claim,) = extract_claims("Prime Minister Ana May said that the bridge was safe.")
    assert claim.party.name == "Ana May"
