"""What annotators of attribution find hard, one case a test: who spoke, how, through whom, and what was said."""

from __future__ import annotations

from dataclasses import dataclass

from rag import extract_claims
from rag.types import Claim

HEADLINE_BODY = "\n\nThe story goes on in a paragraph of its own."


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One claim: `content` are its pieces, `source` and `cue` their words in the text."""

    party: str
    content: tuple[str, ...]
    source: str = ""
    cue: str | None = None
    stance: str = "asserts"
    via: tuple[str, ...] = ()
    quote_type: str = "indirect"
    voice: str = "party"


def words(text: str, spans: tuple) -> str:
    return " ".join(span.of(text) for span in spans)


def assert_claims(text: str, *expected: Expected) -> tuple[Claim, ...]:
    claims = extract_claims(text)
    found = [(c.party.name, tuple(p.of(text) for p in c.content)) for c in claims]
    assert found == [(e.party, e.content) for e in expected]
    for claim, wanted in zip(claims, expected, strict=True):
        assert (claim.stance, claim.voice, claim.via, claim.quote_type) == (
            wanted.stance,
            wanted.voice,
            wanted.via,
            wanted.quote_type,
        )
        assert not wanted.source or words(text, claim.source) == wanted.source
        assert wanted.cue is None or words(text, claim.cue) == wanted.cue
    return claims


def test_inverted_quotation() -> None:
    assert_claims(
        "“The tunnel closes in June,” said Mayor Ines Calder.",
        Expected(
            party="Ines Calder",
            source="Mayor Ines Calder",
            cue="said",
            content=("“The tunnel closes in June,”",),
            quote_type="direct",
        ),
    )


def test_quotation_on_both_sides_of_its_cue_is_one_claim() -> None:
    assert_claims(
        "“We searched,” Adeyemi said. “No one came.”",
        Expected(party="Adeyemi", content=("“We searched,”", "“No one came.”"), quote_type="direct"),
    )


def test_quotation_left_open_over_a_paragraph() -> None:
    assert_claims(
        "Ito said: “It started at dawn.\n\n“Then the wall gave way.”",
        Expected(
            party="Ito",
            cue="said:",
            content=("“It started at dawn.", "“Then the wall gave way.”"),
            quote_type="direct",
        ),
    )


def test_quotation_after_its_speaker_without_a_cue() -> None:
    """A verb that takes no quotation, then a quotation; those spoken to are no part of what was said."""
    assert_claims(
        "Marsh apologised to passengers. “It was a failure on our side.”",
        Expected(party="Marsh", cue="apologised", content=("“It was a failure on our side.”",), quote_type="direct"),
    )


def test_partly_quoted_content_is_mixed() -> None:
    assert_claims(
        "The harbour board said the closure was “a precaution”.",
        Expected(party="the harbour board", content=("the closure was “a precaution”",), quote_type="mixed"),
    )


def test_relative_clause_with_its_own_source() -> None:
    assert_claims(
        "They announced four stations, which engineers expect in Norhaven.",
        Expected(party="they", voice="unnamed", content=("four stations",)),
        Expected(party="engineers", content=("which", "in Norhaven"), stance="hedges"),
    )


def test_content_round_its_cue_is_one_claim_in_two_pieces() -> None:
    assert_claims(
        "The levee, surveyors warn, could burst.",
        Expected(party="surveyors", cue="warn", content=("The levee", "could burst")),
    )


def test_relayed_claim_is_the_inner_speakers() -> None:
    assert_claims(
        "Vesta News reported that Admiral Orlov said the convoy had turned back.",
        Expected(party="Orlov", via=("Vesta News",), content=("the convoy had turned back",)),
    )


def test_according_to_an_agency_citing_another() -> None:
    assert_claims(
        "According to the Tarn Agency, citing the navy, two barges sank.",
        Expected(party="the navy", cue="citing", via=("Tarn Agency",), content=("two barges sank",)),
    )


def test_speech_within_speech_told_to_a_broadcaster() -> None:
    assert_claims(
        "Calloway told CNN her brother claimed he was elsewhere.",
        Expected(party="Calloway’s brother", via=("CNN", "Calloway"), content=("he was elsewhere",)),
    )


def test_pronoun_is_not_given_to_a_person_of_the_other_gender() -> None:
    assert_claims(
        "Governor Stroud met Ms. Petrie. “The talks were frank,” he said.",
        Expected(party="Stroud", source="he", content=("“The talks were frank,”",), quote_type="direct"),
    )


def test_name_in_a_who_clause_is_not_the_source() -> None:
    assert_claims(
        "Dame Ruth Vale, who replaced Owen Park, said wages fell.",
        Expected(party="Ruth Vale", source="Dame Ruth Vale", content=("wages fell",)),
    )


def test_two_cues_share_a_source() -> None:
    assert_claims(
        "Norcal announced a refund and said repairs will follow.",
        Expected(party="Norcal", source="Norcal", content=("a refund",)),
        Expected(party="Norcal", source="Norcal", content=("repairs will follow",)),
    )


def test_compound_source_is_two_parties() -> None:
    assert_claims(
        "Chad and Niger say they will withdraw.",
        Expected(party="Chad", source="Chad and Niger", content=("they will withdraw",)),
        Expected(party="Niger", source="Chad and Niger", content=("they will withdraw",)),
    )


def test_what_a_source_made_joins_the_cue() -> None:
    assert_claims(
        "The inspector’s report shows that valves failed.",
        Expected(party="the inspector", source="The inspector’s", cue="report shows", content=("that valves failed",)),
    )


def test_capital_and_government_are_one_party() -> None:
    claims = assert_claims(
        "Ankara said it was ready. The Turkish government announced two conditions.",
        Expected(party="Turkey", source="Ankara", content=("it was ready",)),
        Expected(party="Turkey", source="The Turkish government", content=("two conditions",)),
    )
    assert len({claim.party for claim in claims}) == 1
    assert set(claims[0].party.aliases) == {"Ankara", "The Turkish government"}


def test_headline_with_a_dash_before_its_source() -> None:
    assert_claims(
        "Warehouse struck by missile – Velian Ministry of Defence" + HEADLINE_BODY,
        Expected(party="Velian Ministry of Defence", cue="–", content=("Warehouse struck by missile",)),
    )


def test_headline_with_a_colon_after_its_source() -> None:
    assert_claims(
        "Governor: no ferries this winter" + HEADLINE_BODY,
        Expected(party="governor", cue=":", content=("no ferries this winter",)),
    )


def test_unnamed_source_keeps_its_words_and_its_article() -> None:
    text = "A person familiar with the merger, not authorised to speak, said the plan is off."
    phrase = "a person familiar with the merger, not authorised to speak"
    (claim,) = assert_claims(text, Expected(party=phrase, voice="unnamed", content=("the plan is off",)))
    (elsewhere,) = extract_claims("Two days on, nothing was signed.\n\n" + text)
    assert elsewhere.party.name == claim.party.name
    assert elsewhere.party.id != claim.party.id


def test_denial() -> None:
    assert_claims(
        "The refinery denied that it burned waste.",
        Expected(party="the refinery", stance="denies", content=("that it burned waste",)),
    )


def test_denied_speech_is_nobodys_claim() -> None:
    assert_claims(
        "Stroud denied saying the ballot was forged.",
        Expected(party="Stroud", stance="denies", content=("saying the ballot was forged",)),
    )


def test_rejected_claim_is_still_the_others() -> None:
    assert_claims(
        "Lydia rejected Caria’s claim that a drone crossed.",
        Expected(party="Lydia", stance="denies", content=("Caria’s claim that a drone crossed",)),
        Expected(party="Caria", stance="asserts", content=("that a drone crossed",)),
    )


def test_silence_asserts_nothing() -> None:
    assert_claims(
        "The audit did not say who paid. Officials declined to comment.",
        Expected(party="the audit", stance="none", voice="unnamed", content=("who paid",)),
        Expected(party="officials", stance="declined", voice="unnamed", content=("to comment",)),
    )


def test_passive_without_a_source_is_unnamed_and_hedged() -> None:
    assert_claims(
        "The colonel is believed to have fled.",
        Expected(
            party="unnamed source",
            cue="is believed",
            stance="hedges",
            voice="unnamed",
            content=("The colonel", "to have fled"),
        ),
    )


def test_scare_quotes_are_the_outlets_own_voice() -> None:
    assert extract_claims("Snow fell on the so-called “green corridor”.") == ()
