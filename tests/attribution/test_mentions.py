"""What the words of a source say: name, role, kind, side."""

from __future__ import annotations

import pytest

from rag.attribution.mentions import read_mention


@pytest.mark.parametrize(
    ("surface", "name", "role", "kind"),
    [
        ("longtime Harbour pollster Tom Vale", "Tom Vale", "longtime Harbour pollster", "person"),
        ("Ilya Orlov, the Velian Chief of the Naval Staff", "Ilya Orlov", "Velian Chief of the Naval Staff", "person"),
        ("the mayor of Elsin, Ana Ruiz,", "Ana Ruiz", "mayor of Elsin", "person"),
        ("Sen. Ruth Marsh (R-Norland)", "Ruth Marsh", "Sen.", "person"),
        ("Mr. Okafor", "Okafor", None, "person"),
        ("Nora Fenn in The Harbour Post", "Nora Fenn", "in The Harbour Post", "person"),
        ("Former owner Tarn Health", "Tarn Health", "Former owner", "organisation"),
        ("Norland’s state-run Daily Globe tabloid in 2020", "Daily Globe", None, "organisation"),
        ("NHTB Administrator Ana Ruiz", "Ana Ruiz", "NHTB Administrator", "person"),
        ("Lund Office of Tides spokeswoman Ana Ruiz", "Ana Ruiz", "Lund Office of Tides spokeswoman", "person"),
        ("the Norland House of Representatives", "Norland House of Representatives", None, "government"),
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
        ("Minister of Foreign Affairs Yves Lund", "Yves Lund", "Minister of Foreign Affairs", "person"),
        ("Ana Karsk the head of the Tarn Observatory", "Ana Karsk", "head of the Tarn Observatory", "person"),
        ("Ana Karsk one of the pilots within TDF", "Ana Karsk", "one of the pilots within TDF", "person"),
        ("The Tide, Weather and Harbour Agency", "Tide, Weather and Harbour Agency", None, "government"),
        ("Institute for Tides, a trust for many", "Institute for Tides", "trust for many", "organisation"),
        ("a spokesman for drugmaker Vesta", "Vesta", "spokesman", "organisation"),
        ("Ana Ruiz, sailing in the bay with Tom Vale", "Ana Ruiz", None, "person"),
        ("Ana Ruiz, acting mayor", "Ana Ruiz", "acting mayor", "person"),
        ("Minister for the Coast and Water Ana Ruiz", "Ana Ruiz", "Minister for the Coast and Water", "person"),
        ("Ana Ruiz in her testimony", "Ana Ruiz", None, "person"),
        ("a video address from Ana Ruiz posted on Sunday", "Ana Ruiz", None, "person"),
        ("the Tarn Observatory a Velia-based group", "Tarn Observatory", "Velia-based group", "organisation"),
        ("Ana Karsk the Observatory chief", "Ana Karsk", "Observatory chief", "person"),
        ("officials in Elsin, N.D., and other towns", "officials in Elsin N.D. and other towns", None, "unnamed"),
        ("the U.N", "U.N.", None, "organisation"),
        ("Health Sec Ana Ruiz", "Ana Ruiz", "Health Sec", "person"),
        ("Photos from the coast", "photos from the coast", None, "unnamed"),
        ("Consumers", "consumers", None, "group"),
        ("the militant", "the militant", None, "person"),
        ("a letter obtained by the Tarn Herald", "a letter obtained by the Tarn Herald", None, "unnamed"),
        ("The Norwegian Foreign Minister", "the Norwegian Foreign Minister", None, "person"),
        ("the resolution", "the resolution", None, "unnamed"),
        ("Acme CMO Ana Ruiz", "Ana Ruiz", "Acme CMO", "person"),
        ("the carmaker", "the carmaker", None, "organisation"),
        ("Rep. Gil Marsh on VNN", "Gil Marsh", "Rep.", "person"),
        ("Marsh on VNN Sport", "Marsh", None, "person"),
        ("Court records", "court records", None, "unnamed"),
        ("The WHO", "WHO", None, "organisation"),
        ("the Prime Minister", "the Prime Minister", None, "person"),
        ("Information from sensors in the harbour", "information from sensors in the harbour", None, "unnamed"),
        ("the company", "the company", None, "organisation"),
        ("the infirmary", "the infirmary", None, "organisation"),
        ("the audit", "the audit", None, "unnamed"),
        ("the auditor’s report", "the auditor", None, "person"),
        ("Residents", "residents", None, "group"),
        ("Officials", "officials", None, "unnamed"),
        ("A senior official", "a senior official", None, "unnamed"),
        ("sources close to the talks", "sources close to the talks", None, "unnamed"),
        ("Velia’s allies", "Velia’s allies", None, "group"),
        ("Del. Ruth Marsh of the Outer Islands", "Ruth Marsh", "Del. of the Outer Islands", "person"),
        ("Sens. Ruth Marsh", "Ruth Marsh", "Sens.", "person"),
        ("Mrs. Holm -- whose brother built it --", "Holm", None, "person"),
        ("Rep. Eva Kato — like Birk, a baker", "Eva Kato", "Rep.", "person"),
        ("the Harbour Institute - half of it", "Harbour Institute", None, "organisation"),
        ("Centers for Tide Control Director Tom Vale", "Tom Vale", "Centers for Tide Control Director", "person"),
        ("friends of Mayor Ana Ruiz", "friends of Mayor Ana Ruiz", None, "unnamed"),
        (
            "economist Tom Vale of the left-leaning Quay Institute",
            "Tom Vale",
            "economist of the left-leaning Quay Institute",
            "person",
        ),
        (
            "Velian Deputy Minister for Port Affairs, Sami al-Tarn",
            "Sami al-Tarn",
            "Velian Deputy Minister for Port Affairs",
            "person",
        ),
        ("nonpartisan Commission on Tides", "Commission on Tides", None, "government"),
        ("Tide Centre at the more liberal Quay Institute", "Tide Centre at the Quay Institute", None, "organisation"),
        ("Citizens for Clean Harbours", "Citizens for Clean Harbours", None, "organisation"),
        ("Americans for Ferries", "Americans for Ferries", None, "organisation"),
        ("Republicans on the Harbour Committee", "Republicans on the Harbour Committee", None, "group"),
        ("Dock Workers of Norland", "Dock Workers of Norland", None, "organisation"),
        ("Delegates", "delegates", None, "group"),
        ("Carla Holm.", "Carla Holm", None, "person"),
        ("Democrats — including Ana Ruiz", "Democrats", None, "group"),
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
    ("surface", "name", "role"),
    [
        # a description before the name, with whom it belongs to
        ("Norland’s defence minister, Eva Kato", "Eva Kato", "Norland’s defence minister"),
        ("Vale's lawyer, Corinna Holm", "Corinna Holm", "Vale's lawyer"),
        ("his wife, longtime Harbour aide Huma Strand", "Huma Strand", "wife"),
        ("The local paper, the Elsin Courier", "Elsin Courier", "local paper"),
        ("a former candidate -- Tom Vale", "Tom Vale", "former candidate"),
        ("state Rep. Gil Marsh, a Democrat from Elsin", "Gil Marsh", "state Rep., Democrat from Elsin"),
        # whose they are
        ("Vesta's Tom Vale", "Tom Vale", "of Vesta"),
        ("the Elsin Post’s Ruth Marsh", "Ruth Marsh", "of Elsin Post"),
        # without the commas that ought to part them
        ("Ana Ruiz a senior fellow at the Harbour Institute", "Ana Ruiz", "senior fellow at the Harbour Institute"),
        ("Ana Ruiz head of the harbour board", "Ana Ruiz", "head of the harbour board"),
        ("many people Kessling Chemicals", "Kessling Chemicals", None),
        # asides that are no role
        ("Ruth Marsh, who was there, appearing tired", "Ruth Marsh", None),
        ("Ruth Marsh, among others", "Ruth Marsh", None),
        ("Lee Holm, along with Judge Tom Vale of the Elsin Court", "Lee Holm", None),
        ("Sen. Ruth Marsh, R-Norland", "Ruth Marsh", "Sen."),
        ("Amos Pell, a retired postman who chairs the club", "Amos Pell", "retired postman"),
        # when it was
        ("The Elsin Cycling Team on Thursday", "Elsin Cycling Team", None),
        ("Ida Holm at a meeting of the council in Elsin", "Ida Holm", None),
        ("Ida Holm, the harbour master, in an interview", "Ida Holm", "harbour master"),
        ("The Elsin Cycling Team last night", "Elsin Cycling Team", None),
        ("the Elsin attorney general's office Thursday morning", "Elsin attorney general's office", None),
        ("Ana Ruiz herself", "Ana Ruiz", None),
        # where it is based, what it is called
        ("the Norland-based Tarn Observatory", "Tarn Observatory", None),
        ("the so-called Tarn Front", "Tarn Front", None),
        ("Tarnish state news agency TNA", "TNA", "Tarnish state news agency"),
        # not the name, but where or whose
        ("the hospital in the town of Elsin", "the hospital in the town of Elsin", None),
        ("the government of President Ana Ruiz", "the government of President Ana Ruiz", None),
        ("the former CEO of Norcal", "the former CEO of Norcal", None),
        ("members of the Harbour Caucus", "members of the Harbour Caucus", None),
        ("a study by", "a study", None),
    ],
)
def test_names_and_roles_where_taggers_cut_long(surface: str, name: str, role: str | None) -> None:
    mention = read_mention(surface)
    assert (mention.name, mention.role) == (name, role)


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("a study by the Institute of Tides", "Institute of Tides"),
        ("a new poll released on Friday by Elsin University", "Elsin University"),
        ("a count by The Harbour Press", "Harbour Press"),
        ("a TNA survey of farmers", "TNA"),
        ("a Tide Institute analysis of data from the Harbour Agency", "Tide Institute"),
        ("a statement from Harbour Secretary Eva Kato", "Eva Kato"),
        ("an NDC spokeswoman", "NDC"),
    ],
)
def test_what_is_made_or_said_for_somebody_is_theirs(surface: str, name: str) -> None:
    assert read_mention(surface).name == name


@pytest.mark.parametrize(
    "surface",
    [
        "an Elsin Democrat",
        "one Norland Republican",
        "Highly",
        "those",
        "the lists",
        "under a deal",
        "56 percent",
        "Polls",
    ],
)
def test_what_names_nobody(surface: str) -> None:
    assert not read_mention(surface).named


@pytest.mark.parametrize(
    ("surface", "gender"),
    [
        ("Mrs. Ruiz", "female"),
        ("his wife, Marit Holm", "female"),
        ("her husband", "male"),
        ("actress Marit Holm", "female"),
        ("her lawyer, Tom Vale", ""),
        ("Billie Jean King", ""),
        ("spokesman Kim Vale", ""),
        ("she", "female"),
    ],
)
def test_gender_as_far_as_the_words_show_it(surface: str, gender: str) -> None:
    """A spokesman may be a woman, and King is a surname."""
    assert read_mention(surface).gender == gender


@pytest.mark.parametrize(
    ("surface", "owner"), [("his campaign", "his"), ("Ruiz’s office", "Ruiz"), ("the campaign", None), ("Ruiz", None)]
)
def test_whose_a_party_is(surface: str, owner: str | None) -> None:
    assert read_mention(surface).owner == owner
