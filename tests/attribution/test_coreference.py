"""Who a source stands for within its article; where the text does not show it, the source keeps its own words."""

from __future__ import annotations

import pytest

from rag import extract_claims


def parties(text: str) -> list[str]:
    return [claim.party.name for claim in extract_claims(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Ruiz runs the port. Ruiz said the cranes were idle.", "Ana Ruiz"),
        ("Ana Ruiz runs the port. She said the cranes were idle.", "Ana Ruiz"),
        ("The port was shut. Ruiz said so, and later Ana Ruiz said the cranes were idle.", "Ana Ruiz"),
        ("Lena Holm, the health minister, left. The minister said the outbreak was over.", "Lena Holm"),
        ("Health Minister Lena Holm left. The minister said the outbreak was over.", "Lena Holm"),
        ("The Federal Water Authority (FWA) met. The FWA said the water was safe.", "Federal Water Authority"),
        ("Mr. Ruiz met Eva Holm and Ana Ruiz. Eva Holm left. Holm said it was late.", "Eva Holm"),
    ],
)
def test_short_forms_are_resolved(text: str, speaker: str) -> None:
    assert parties(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # whose words came last, not whom they speak of
        ("‘We hit Karsk,’ said Eva Holm, the pilot. ‘Ask Tom Vale.’ She denied that it burned.", "Eva Holm"),
        ("The mayor, Josip Hadik, whose aunt died, told Radio Tarn it was bad. “No call,” he said.", "Josip Hadik"),
        ("A nurse at Tarn Hospital, who said it was full, added that it was cold.", "a nurse at Tarn Hospital"),
        ("The Tarn Observatory for Tides said ice fell. The Observatory said seas rose.", "Tarn Observatory for Tides"),
        ("Omar Abdel Karsk left. Abdel Karsk said it was late.", "Omar Abdel Karsk"),
        ("Karsk Chemicals closed a tank. Karsk said nothing leaked.", "Karsk Chemicals"),
        ("The Velian Ministry of Defence met. The Ministry of Defence of the Velian Republic said it won. "
         "The ministry denied losses.", "Ministry of Defence of the Velian Republic"),
    ],
)  # fmt: skip
def test_the_nearest_fitting_speaker(text: str, speaker: str) -> None:
    assert parties(text)[-1] == speaker


def test_her_ministry_is_not_the_ministry_of_somebody_else() -> None:
    text = "The Velian Ministry of Defence said nine died. Eva Holm leads Norland's army. Her ministry said none died."
    assert parties(text)[-1] == "her ministry"


def test_the_company_is_the_only_company() -> None:
    assert parties("Acme Corp. said profits fell. The company said it would close a plant.") == ["Acme Corp."] * 2


def test_the_company_is_neither_of_two() -> None:
    text = "Acme Corp. said profits fell. Norcal Inc. said profits rose. The company said it would close a plant."
    assert parties(text)[-1] == "the company"


def test_two_people_of_one_surname_are_never_merged() -> None:
    text = "Ana Ruiz and Eva Ruiz live there. Ruiz said the house was old."
    (claim,) = extract_claims(text)
    assert claim.party.name == "Ruiz"
    assert "@" in claim.party.id


def test_courtesy_titles_tell_two_people_of_one_surname_apart() -> None:
    text = "Mr. Tom Hale and Ms. Ann Lee met. Mr. Hale said prices rose. Ms. Lee said prices fell."
    assert parties(text) == ["Tom Hale", "Ann Lee"]


def test_a_pronoun_without_an_antecedent_stays_a_pronoun() -> None:
    assert parties("He said the road was shut.") == ["he"]


def test_names_of_one_party_become_its_aliases() -> None:
    text = "Mayor Ana Ruiz said the road was shut. Ruiz said it would open on Monday."
    first, second = extract_claims(text)
    assert first.party == second.party
    assert set(first.party.aliases) == {"Mayor Ana Ruiz", "Ruiz"}
    assert first.party.role == "Mayor"


def test_who_is_the_noun_before_it() -> None:
    assert parties("The blast was heard by Tom Vale, who said windows shook.") == ["Tom Vale"]
