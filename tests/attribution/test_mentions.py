"""What the words of a source say: name, role, kind, side."""

from __future__ import annotations

import pytest

from rag.attribution.mentions import read_mention, split_compound


@pytest.mark.parametrize(
    ("surface", "name", "role", "kind"),
    [
        ("longtime Harbour pollster Tom Vale", "Tom Vale", "longtime Harbour pollster", "person"),
        ("Ilya Orlov, the Velian Chief of the Naval Staff", "Ilya Orlov", "Velian Chief of the Naval Staff", "person"),
        ("the mayor of Elsin, Ana Ruiz,", "Ana Ruiz", "mayor of Elsin", "person"),
        ("Sen. Ruth Marsh (R-Norland)", "Ruth Marsh", "Sen.", "person"),
        ("Mr. Okafor", "Okafor", None, "person"),
        ("Prime Minister Theo Lund, 54,", "Theo Lund", "Prime Minister", "person"),
        ("Tom Vale of the Dockers Union", "Tom Vale", "of the Dockers Union", "person"),
        ("Mayor Bill de Groot", "Bill de Groot", "Mayor", "person"),
        ("Secretary of State Eva Kato", "Eva Kato", "Secretary of State", "person"),
        ("Norcal Bank CEO Dan Reyes", "Dan Reyes", "Norcal Bank CEO", "person"),
        ("the Velian ministry of Defence", "Velian Ministry of Defence", None, "government"),
        ("the US central Command", "US Central Command", None, "government"),
        ("Elsin police", "Elsin police", None, "government"),
        ("a spokesman for the Elsin Port Authority", "Elsin Port Authority", "spokesman", "government"),
        ("Acme Corp.", "Acme Corp.", None, "organisation"),
        ("The Tarn Novosti news agency", "Tarn Novosti", None, "organisation"),
        ("Portuguese newspaper Correio de Tarn", "Correio de Tarn", "Portuguese newspaper", "organisation"),
        ("the Stroud campaign", "Stroud campaign", None, "organisation"),
        ("The Karsk Front", "Karsk Front", None, "organisation"),
        ("Blue Lamp, a group of rescuers", "Blue Lamp", "group of rescuers", "organisation"),
        ("Its spokesman, Colonel Paul Kato", "Paul Kato", "spokesman", "person"),
        ("A Source at Elsin Town Hall", "a Source at Elsin Town Hall", None, "unnamed"),
        ("Information Minister Omar al-Tarn", "Omar al-Tarn", "Information Minister", "person"),
        ("Reuters", "Reuters", None, "organisation"),
        ("the company", "the company", None, "organisation"),
        ("the infirmary", "the infirmary", None, "organisation"),
        ("the audit", "the audit", None, "unnamed"),
        ("the auditor’s report", "the auditor", None, "person"),
        ("Residents", "residents", None, "group"),
        ("Officials", "officials", None, "unnamed"),
        ("A senior official", "a senior official", None, "unnamed"),
        ("sources close to the talks", "sources close to the talks", None, "unnamed"),
        ("Velia’s allies", "Velia’s allies", None, "group"),
    ],
)
def test_name_role_and_kind(surface: str, name: str, role: str | None, kind: str) -> None:
    mention = read_mention(surface)
    assert (mention.name, mention.role, mention.kind) == (name, role, kind)


@pytest.mark.parametrize(
    ("surface", "side"),
    [
        ("Russian officials", "Russia"),
        ("the U.S. Navy", "United States"),
        ("Kenya’s health ministry", "Kenya"),
        ("Italian Prime Minister Ugo Renna", "Italy"),
        ("the Kremlin", "Russia"),
        ("local officials", None),
        ("Tom Vale", None),
    ],
)
def test_side_is_a_country_that_the_words_name(surface: str, side: str | None) -> None:
    assert read_mention(surface).side == side


def test_the_capital_of_a_sentence_makes_no_name() -> None:
    assert not read_mention("Engineers").named
    assert read_mention("Stroud").named


@pytest.mark.parametrize(
    ("surface", "parts"),
    [
        ("Chad and Niger", ("Chad", "Niger")),
        ("Mr. Stroud and Ms. Petrie", ("Mr. Stroud", "Ms. Petrie")),
        ("Ana Ruiz and Tom Vale", ("Ana Ruiz", "Tom Vale")),
        ("the Department of Health and Safety", ("the Department of Health and Safety",)),
        ("Marsh and Sons", ("Marsh and Sons",)),
        ("doctors and nurses", ("doctors and nurses",)),
    ],
)
def test_compounds_are_split_where_each_side_stands_alone(surface: str, parts: tuple[str, ...]) -> None:
    assert split_compound(surface) == parts
