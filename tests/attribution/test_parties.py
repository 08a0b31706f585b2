"""The ids of parties: the same for all spellings of a name, never the same for two."""

from __future__ import annotations

import pytest

from rag.attribution import extract_claims
from rag.attribution.parties import Entity, outlet_party, party_of, same_body, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Velian Ministry of Defence", "Velian Ministry of Defense"),
        ("Ministry of Defense", "the Defence Ministry"),
        ("Russian Ministry of Defence", "Russia’s Defense Ministry"),
        ("US Central Command", "U.S. Central Command"),
        ("José Ibañez", "Jose Ibanez"),
        ("Petro Orlovskyy", "Petro Orlovsky"),
        ("Petro Orlovskiy", "Petro Orlovsky"),
        ("Rami Abdel Karsk", "Rami Abdul Karsk"),
        ("Mohammed el-Tarn", "Muhammad al-Tarn"),
        ("the Tarn Centre", "Tarn Center"),
    ],
)
def test_spellings_of_one_name_share_a_slug(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Ruiz", "Eva Ruiz"),
        ("Hale Abdy", "Hale Abdul"),
        ("Syrian army", "Russian army"),
        ("Ministry of Health", "Ministry of Defence"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Velian Ministry of Defence", "Ministry of Defence of the Velian Republic", True),
        ("Velian Ministry of Defence", "Ministry of Defence", True),
        ("Velian Ministry of Defence", "Velian Ministry of Health", False),
        ("Russian Ministry of Defence", "Syrian Ministry of Defence", False),
        ("Velian army", "army", False),
    ],
)
def test_one_body_under_a_longer_and_a_shorter_name(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same


def test_what_is_no_name_is_a_party_of_its_article_alone() -> None:
    officials = Entity(name="officials", kind="unnamed", named=False)
    assert party_of(officials, "a1").id != party_of(officials, "a2").id
    agency = Entity(name="Tarn Agency", kind="organisation")
    assert party_of(agency, "a1").id == party_of(agency, "a2").id


def test_the_outlet_as_a_party() -> None:
    assert outlet_party("The Elsin Post", "a1").kind == "outlet"
    assert outlet_party(None, "a1").name == "the author"


def test_a_full_name_is_one_party_wherever_a_lone_surname_is_its_articles() -> None:
    whole = Entity(name="Ilya Orlov", kind="person")
    alone = Entity(name="Orlov", kind="person")
    assert party_of(whole, "a1").id == party_of(whole, "a2").id
    assert party_of(alone, "a1").id != party_of(alone, "a2").id


def test_a_body_is_one_party_whether_its_country_stands_before_it_or_not() -> None:
    title = "Leak was larger, regulator confirms"
    text = (
        f"{title}\n\nThe tank at Orla lost far more than was told, Estmar's Plant Safety "
        "Inspectorate said. The inspectorate said that the cooling had failed."
    )
    parties = {claim.party.id: claim.party for claim in extract_claims(text, title=title)}
    assert [(party.name, party.side) for party in parties.values()] == [("Plant Safety Inspectorate", "Estmar")]
