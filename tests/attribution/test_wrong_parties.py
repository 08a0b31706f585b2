"""Whom a claim must not be given to: forms of text that once put words into the wrong mouth."""

from __future__ import annotations

import pytest

from rag.attribution import extract_claims
from rag.types import Claim


def said(text: str, words: str, *, title: str = "", outlet: str | None = None) -> Claim:
    """The claim that holds these words."""
    return next(claim for claim in extract_claims(text, title=title, outlet=outlet) if words in claim.text)


def test_he_is_the_unnamed_man_who_speaks_and_not_the_mayor_before() -> None:
    text = (
        "The mayor, Tomas Birk, told Radio Senna that nobody had called him. “Not a word,” he said.\n\n"
        "A retired boatman who would not give his name said he had seen two lorries at the quay. "
        "He could not say who drove them."
    )
    assert said(text, "two lorries").party.name.startswith("a retired boatman")
    assert said(text, "who drove them").party.kind == "unnamed"


@pytest.mark.parametrize(
    "content",
    [
        "Mayor Tom Birk could back the new ferry, but only if it pays",
        "Mayor Tom Birk would ask for the money in May",
        "A club backing Mayor Tom Birk was behind the posters",
        "Anybody who complains about the new ferry is late",
    ],
)
def test_what_somebody_would_do_is_nobodys_claim_but_the_speakers(content: str) -> None:
    claims = extract_claims(f"{content}, Senator Ruth Marsh told the Elsin Post on Thursday.")
    assert [claim.party.name for claim in claims] == ["Ruth Marsh"]


def test_the_president_is_not_his_wife_who_is_named_later() -> None:
    text = (
        "President Frey said the wall would be built. “It is late,” Mr. Frey said.\n\n"
        "It rained when he and the first lady, Dora Frey, left."
    )
    assert {claim.party.name for claim in extract_claims(text)} == {"Frey"}


def test_the_union_is_no_company() -> None:
    text = "Tarvin Chemicals said that the valve was sound. It was weak, the union said."
    assert said(text, "It was weak").party.name == "the union"


def test_she_is_not_the_man_whom_she_met() -> None:
    text = (
        "Dr. Eva Senn runs the clinic, which had a hard year in which many nurses left.\n\n"
        "She has been blamed for a meeting with Karl Oster at the quay.\n\nShe said that the clinic would stay open."
    )
    assert said(text, "stay open").party.name != "Karl Oster"


def test_they_are_not_the_body_before_where_another_leads_the_sentence() -> None:
    text = (
        "The checkers turned to the Senna Port Authority, which reported nine ships.\n\n"
        "Factlight then ruled that it was true, but in their report they said that nine is not many."
    )
    assert said(text, "nine is not many").party.name != "Senna Port Authority"


def test_he_is_the_minister_of_the_sentence_before() -> None:
    text = (
        "Six hundred people came to tell the transport minister, Aldo Frey, what they thought.\n\n"
        "Inspector Karl Oster said that the road was safe. He said: “I would drive it.”\n\n"
        "The minister took notes. He promised that a new survey would be made by May."
    )
    assert said(text, "new survey").party.name == "Aldo Frey"


def test_the_company_is_not_the_newspaper() -> None:
    text = (
        "Engineers at Tarvin Chemicals told their managers in May that the valve was weak, according to a report "
        "seen by The Senna Standard.\n\nThe company has said that the valve was sound. The Standard has agreed not to "
        "say how it obtained the report."
    )
    assert said(text, "valve was sound", outlet="The Senna Standard").party.name == "Tarvin Chemicals"


def test_a_name_with_a_dash_is_whole() -> None:
    title = "Hollin–Tarn riders say they have not been paid since June"
    text = f"{title}\n\nHollin Mutual, the insurer, said that it had paid every instalment on time."
    assert said(text, "not been paid", title=title).party.name != "Hollin Mutual"


def test_a_place_before_a_colon_says_nothing() -> None:
    title = "Elsin: monitor names 17 dead and finds no trace of fighters"
    text = f"{title}\n\nThe mayor told Radio Elsin that the list was long. The strike hit a market in Elsin on Monday."
    assert "Elsin" not in {claim.party.name for claim in extract_claims(text, title=title)}


def test_a_place_that_opens_a_paragraph_says_nothing() -> None:
    text = (
        "Here is the news of all towns.\n\nElsin: The mayor, Ana Ruiz, was told that the ferry is late.\n\nIt rained."
    )
    assert "Elsin" not in {claim.party.name for claim in extract_claims(text)}


def test_deaths_do_not_report() -> None:
    title = "Explosions hit Elsin in the north, deaths reported"
    text = f"{title}\n\nAt least two explosions struck the town on Thursday, residents said."
    assert "deaths" not in {claim.party.name for claim in extract_claims(text, title=title)}


def test_the_regulator_is_the_inspectorate() -> None:
    title = "Norland regulator confirms leak of 31,000 litres"
    text = (
        f"{title}\n\nAbout 31,000 litres of acid escaped in May, Norland's Plant Safety Inspectorate said on Thursday. "
        "The regulator confirmed that the pump had failed."
    )
    parties = {claim.party.id for claim in extract_claims(text, title=title)}
    assert len(parties) == 1


def test_a_short_name_is_the_long_one_that_ends_so() -> None:
    title = "No villagers hurt in Elsin, Alliance Command says"
    text = f"{title}\n\n“Nobody was hurt,” said Colonel Ivo Marn, the spokesman for the Northern Alliance Command."
    assert said(text, "No villagers", title=title).party.name == "Northern Alliance Command"


@pytest.mark.parametrize(
    ("body", "party"), [("Safety Committee", "Quay Ward Safety Committee"), ("Residents' Ring", "it")]
)
def test_it_is_the_body_that_its_own_sentence_is_about_or_nobody_known(body: str, party: str) -> None:
    text = (
        f"That is how many people left their homes, Tarvin Chemicals says.\n\nThe Quay Ward {body} has gone "
        "from house to house with exercise books, and it says the true figure is more than 900."
    )
    assert said(text, "more than 900").party.name == party


def test_words_between_quotations_in_german_marks_are_the_articles_own() -> None:
    text = (
        "„I learnt of it from the Post,“ Aldo Frey said on Monday. It was his first word since he went. „We shall see.“"
    )
    (claim,) = extract_claims(text)
    assert "first word" not in claim.text


def test_it_behind_its_words_is_who_spoke_before_and_no_body_within_them() -> None:
    text = "Vale Foods lost money. The Tarn Ministry of Trade denied that. Vale Foods may have to close, it said."
    assert said(text, "may have to close").party.name == "Tarn Ministry of Trade"


def test_it_is_not_who_spoke_before_where_another_is_the_subject() -> None:
    text = (
        "The Tarn Ministry of Defence said that twenty people were killed. The Compact has a new account: since Monday "
        "it has said only that it is looking into the reports."
    )
    assert said(text, "looking into the reports").party.name != "Tarn Ministry of Defence"


def test_who_asks_not_to_be_named_declines_nothing() -> None:
    claims = extract_claims("A chemist, who asked not to be named, said that paint might have caused the peak.")
    assert [claim.text for claim in claims] == ["that paint might have caused the peak"]


def test_i_in_an_answer_is_who_answers_and_not_the_paper() -> None:
    text = (
        "An interview with Ruth Marsh, the harbour master.\n\n"
        "Q: Will the pier hold?\n\nA: It will. I think that the old piles are sound.\n\n"
        "Q: And the ferry?\n\nA: I believe that the ferry will sail in May."
    )
    assert said(text, "the old piles are sound", outlet="Elsin Post").party.name == "Ruth Marsh"
    assert "Elsin Post" not in {claim.party.name for claim in extract_claims(text, outlet="Elsin Post")}


def test_i_in_a_paragraph_that_a_colon_leads_in_is_who_is_quoted() -> None:
    text = (
        "Ruth Marsh runs the harbour. “It is late,” Marsh said on Monday. She added:\n\n"
        "I believe that the ferry will sail in May. The crew is ready.\n\nIt rained on Tuesday."
    )
    assert {claim.party.name for claim in extract_claims(text, outlet="Elsin Post")} == {"Ruth Marsh"}


def test_the_judge_who_heard_one_case_is_not_the_next_judge() -> None:
    text = (
        "The judge who heard the case said that the claim was void, and the driver went home. "
        "Judge Eva Orm said on Tuesday that the courts were full."
    )
    assert said(text, "claim was void").party.name == "the judge who heard the case"


def test_who_speaks_for_somebody_is_not_that_person() -> None:
    text = "A spokesperson for Secretary of the State Dora Marsh blamed the lack of money on the council."
    assert said(text, "lack of money").party.name != "Dora Marsh"


def test_a_body_with_and_in_its_name_is_one_and_no_second_speaker() -> None:
    text = "“It is late,” Marsh, director of the National Institute of Tide and Harbour Diseases, told Vesta News."
    assert [claim.party.name for claim in extract_claims(text)] == ["Marsh"]


def test_departments_of_two_places_are_two() -> None:
    text = (
        "The Department of Health said deaths rose. It rained in Osk.\n\nThe Osk County Department of Public Health "
        "said masks were needed.\n\nThe Velm Department of Health and River Control Board said that rain was near."
    )
    assert "Velm" not in said(text, "masks").party.name
    assert said(text, "rain was near").party.name.startswith("Velm")


def test_they_are_the_towns_named_last_and_neither_the_state_nor_what_was_published() -> None:
    text = (
        "Norland said on Monday that it was ready. Norland cut the gas to several towns after they rejected its plan."
    )
    assert said(text, "its plan").party.name == "they"
    text = "Ministers announced a rule. The recommendations call for people to wait, which they said was prudent."
    assert said(text, "prudent").party.name == "ministers"


def test_what_one_writes_to_an_agency_is_not_told_to_an_outlet() -> None:
    text = "Officials at Tarn Foods wrote to the FQC asking Dora Marsh to recuse herself."
    assert all("FQC" not in claim.via for claim in extract_claims(text))


def test_birk_junior_and_a_businessman_are_who_was_named() -> None:
    text = "In attendance was Tom Birk Jr., who sat by the road. Afterwards, Birk Jr. said the race was slow."
    assert said(text, "slow").party.name.startswith("Tom Birk")
    text = "Tom Marsh spoke in Lund on Monday. The New Elsin businessman said that the wall would be built."
    assert said(text, "wall").party.name == "Tom Marsh"
    text = "Tom Marsh met Dora Vale in Lund on Monday. The New Elsin tycoon said that the wall would be built."
    assert said(text, "wall").party.name == "the New Elsin tycoon"


def test_a_relative_is_whom_an_inserted_clause_is_about() -> None:
    claim = said("Her brother, Marsh has said, was a thief.", "thief")
    assert (claim.party.role, claim.text) == (None, "Her brother ... was a thief")


def test_a_father_and_a_son_of_one_name_are_two() -> None:
    text = (
        "Tom Birk Sr. said that the race was his. Tom Birk Jr., his son, sat by the road. "
        "Afterwards, Birk Jr. said that the race was slow."
    )
    assert said(text, "slow").party.name.startswith("Tom Birk Jr")
    assert said(text, "was his").party.name.startswith("Tom Birk Sr")


def test_a_paper_that_reports_what_an_official_said_relays_it() -> None:
    text = (
        "Ahead of the summit, the council's top tide official said a failure to mend the wall could lead to floods, "
        "reported The Lund Observer."
    )
    found = next(claim for claim in extract_claims(text) if claim.text.startswith("a failure"))
    assert (found.party.name, found.via) == ("the council's top tide official", ("Lund Observer",))
