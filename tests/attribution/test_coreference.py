"""Who a source stands for within its article; where the text does not show it, the source keeps its own words."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.attribution import RuleExtractor, extract_claims, register
from rag.attribution.coreference import Cast
from rag.attribution.parties import same_body
from rag.attribution.tokens import read_document
from rag.types import Claim


def claims(text: str) -> tuple[Claim, ...]:
    """By the rules alone: what stands for whom does not hang on how sources are found."""
    return extract_claims(text, extractor=RuleExtractor())


def parties(text: str) -> list[str]:
    return [claim.party.name for claim in claims(text)]


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
        ("Pope Tomas left. Ana Ruiz sang. The pontiff said it was late.", "Tomas"),
        ("Dr. Ana Ruiz met Tom Vale. The doctor said it was late.", "Ana Ruiz"),
        (
            "The Union of Red Reef and Rock Divers (URR) met. The URR said it was late.",
            "Union of Red Reef and Rock Divers",
        ),
        ("The U.S. Department of Harbours said it was wet. The DOH said it was late.", "U.S. Department of Harbours"),
        ("South Norway burned. Norway said it was late.", "Norway"),
        ("The previous Tarn government said no. The government said it was late.", "the government"),
        ("“The Tarn Council is late,” it said.", "it"),
        ("Ana Hall “owns a shop”, said Vesta News. “She is late”, Vesta News said. She said it was late.", "Ana Hall"),
        ("Ana Ruiz said it was late. Eva Holm was early, she added.", "Ana Ruiz"),
        ("Ana Ruiz said it was late. Eva Holm was early. She said it was cold.", "Eva Holm"),
        ("Tom Holm runs the probe. Vesta’s Holm said it was late.", "Tom Holm"),
        ("Vesta said it had left. It was on Vesta TV. Vesta said it was late.", "Vesta"),
        ("“It is late,” Ana Ruiz said. Her statement said the port was shut.", "Ana Ruiz"),
        ("“It is late,” Ana Ruiz said in a statement. The statement said the port was shut.", "Ana Ruiz"),
        ("He showed troops near Elsin on Saturday who said it was late.", "who"),
        ("The Wide Harbour Organisation met. WHO said it was late.", "Wide Harbour Organisation"),
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
    assert parties(text)[-1] == "Holm’s ministry"


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Ana Ruiz left the race. Her campaign said she was tired.", "Ruiz campaign", "organisation"),
        ("Ana Ruiz left. Ruiz’s office said she was tired.", "Ruiz’s office", "government"),
        ("Ana Ruiz left. The Ruiz campaign said she was tired.", "Ruiz campaign", "organisation"),
        ("Tom Vale left. His wife said he was tired.", "Vale’s wife", "person"),
    ],
)
def test_what_belongs_to_somebody_is_named_after_them(text: str, speaker: str, kind: str) -> None:
    (claim,) = claims(text)
    assert (claim.party.name, claim.party.kind) == (speaker, kind)


def test_her_campaign_and_the_ruiz_campaign_are_one_party() -> None:
    first, second = claims("Ana Ruiz left. Her campaign said it was over. The Ruiz campaign said it was paid.")
    assert first.party == second.party


def test_her_campaign_without_an_owner_keeps_its_words() -> None:
    assert parties("Her campaign said the road was shut.") == ["her campaign"]


def test_the_company_is_the_only_company() -> None:
    assert parties("Acme Corp. said profits fell. The company said it would close a plant.") == ["Acme Corp."] * 2


def test_the_company_is_neither_of_two() -> None:
    text = "Acme Corp. said profits fell. Norcal Inc. said profits rose. The company said it would close a plant."
    assert parties(text)[-1] == "the company"


def test_two_people_of_one_surname_are_never_merged() -> None:
    text = "Ana Ruiz and Eva Ruiz live there. Ruiz said the house was old."
    (claim,) = claims(text)
    assert claim.party.name == "Ruiz"
    assert "@" in claim.party.id


def test_courtesy_titles_tell_two_people_of_one_surname_apart() -> None:
    text = "Mr. Tom Hale and Ms. Ann Lee met. Mr. Hale said prices rose. Ms. Lee said prices fell."
    assert parties(text) == ["Tom Hale", "Ann Lee"]


def test_a_pronoun_without_an_antecedent_stays_a_pronoun() -> None:
    assert parties("He said the road was shut.") == ["he"]


def test_names_of_one_party_become_its_aliases() -> None:
    text = "Mayor Ana Ruiz said the road was shut. Ruiz said it would open on Monday."
    first, second = claims(text)
    assert first.party == second.party
    assert set(first.party.aliases) == {"Mayor Ana Ruiz", "Ruiz"}
    assert first.party.role == "Mayor"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("It was put about among Norland sailors who said the wall had moved.", "Norland sailors"),
        ("He wants to meet sailors who said the wall had moved.", "sailors"),
        ("Contrast that with Tom Vale, who said the wall had moved.", "Tom Vale"),
        ("It rained in Norland, which said the wall had moved.", "which"),
    ],
)
def test_who_takes_up_a_plural_and_a_name_that_stands_alone(text: str, speaker: str) -> None:
    assert parties(text)[-1] == speaker


def test_they_are_the_two_of_the_sentence_before() -> None:
    text = "Ana Ruiz and Tom Vale said the wall was weak. It moved in May, they say."
    assert parties(text) == ["Ana Ruiz", "Tom Vale"] * 2


def test_they_are_not_two_after_whom_another_spoke() -> None:
    text = "Ana Ruiz and Tom Vale said it was weak. Officials said it was not. It moved in May, they say."
    assert not {"Ana Ruiz", "Tom Vale"} & set(parties(text)[2:])


def test_who_is_the_noun_before_it() -> None:
    assert parties("The blast was heard by Tom Vale, who said windows shook.")[-1] == "Tom Vale"


def test_a_name_that_was_cut_is_whole_again() -> None:
    text = "The Dock Workers' Union said it was late."
    cast = Cast(read_document(text, None))
    start = text.index("Union")
    (union,) = cast.resolve((Span(start, start + 5),), until=len(text))
    assert union.name == "Dock Workers' Union"


# Gender


def test_pronouns_show_whom_she_cannot_mean() -> None:
    """Of Tom Vale the article says "he", of Eva Holm "she": a later "she" is hers, though he was named last."""
    text = (
        "Eva Holm lost her seat. She went home. Tom Vale said he was glad. He left his office.\n\n"
        "His approach was unlike that of Eva Holm. She said it was cold."
    )
    assert parties(text)[-1] == "Eva Holm"


def test_one_of_two_by_the_same_surname_whom_a_pronoun_fits() -> None:
    text = "Mrs. Eva Holm and Mr. Tom Holm own it. Mrs. Holm’s plan was new. She said it was late."
    assert parties(text)[-1] == "Eva Holm"


# Whose words come last, who is only named


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Even as he praised the plan, Tom Vale left. Even as he spoke, Vale denied it was late.", "Tom Vale"),
        ("Ana Ruiz, 45, fell. The 45-year-old said it was cold.", "Ana Ruiz"),
        ("Elsin’s budget office met. The Elsin Budget Office was glad. The budget office said costs rose.",
         "Elsin Budget Office"),
        ("British envoy Sir Tom Vale left. The envoy said it was late.", "Tom Vale"),
        ("A source at the port was there. A source at the port said it was late. The source said it was cold.",
         "a source at the port"),
        ("The Continental Cycling League met. The CCL said it was late.", "Continental Cycling League"),
    ],
)  # fmt: skip
def test_descriptions_are_resolved(text: str, speaker: str) -> None:
    assert parties(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # another president than the one who is named
        ("President Ana Ruiz left. The Velian president said it was late.", "the Velian president"),
        # a place, not the hospital that is named after it
        ("Two died in Elsin. Elsin General Hospital was full. People in Elsin fled. Elsin said it was late.", "Elsin"),
        # two whom it may be
        ("Tom Vale and Gil Marsh met. Nobody spoke for days in the hall. Then it ended. He said it was late.", "he"),
        # who they are the sentence before does not say
        ("The dockers said it was late. Rain fell. Nobody came. They said it was cold.", "they"),
    ],
)  # fmt: skip
def test_what_the_text_does_not_show_is_left(text: str, surface: str) -> None:
    assert parties(text)[-1] == surface


def test_time_is_linear_in_the_number_of_speakers() -> None:
    """Counted in lookups, not in seconds: twice the speakers make twice the comparisons of bodies, not four times."""
    calls: list[int] = []
    for count in (50, 100):
        seen = 0

        def counted(one: str, other: str) -> bool:
            nonlocal seen
            seen += 1
            return same_body(one, other)

        text = " ".join(f"The {chr(65 + n % 26)}{'aeiou'[n % 5]}rn{n} Council said it was late." for n in range(count))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(register, "same_body", counted)
            claims(text)
        calls.append(seen)
    assert calls[1] <= 2.5 * calls[0] + 50


def test_a_bare_surname_is_whoever_of_the_two_was_named_before_it() -> None:
    """The brother comes in later: until then nobody else can be meant, by the surname or by "he"."""
    text = (
        "Tom Vale rowed home on Friday. Vale, who is 27, was tired. “It is far,” he said.\n\nJon Vale said he was not."
    )
    assert [claim.party.name for claim in claims(text)] == ["Tom Vale", "Jon Vale"]


def test_a_surname_that_came_before_both_names_is_neither_of_them() -> None:
    text = "Vale is late, they feared.\n\nTom Vale rowed home. Vale said it was far.\n\nJon Vale said it was not."
    assert "Vale" in {claim.party.name for claim in claims(text)}


def test_who_is_asked_about_somebody_is_somebody_else() -> None:
    text = "Tom Vale has left. “I was there,” Jon Holm said. Asked whether Vale had seen it, he said that he had not."
    assert [claim.party.name for claim in claims(text)][1:] == ["Jon Holm"] * (len(claims(text)) - 1)
