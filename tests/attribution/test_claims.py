"""From an article to claims: the whole way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Article, Span
from rag.attribution import RuleExtractor, claims_of, extract_claims
from rag.types import Attribution

REPORT = """Depot strike killed nine – Velian Ministry of Defence

Ilya Orlov, the Velian Chief of Staff, condemned the strike on Tuesday.

Tarn News reported that Orlov said: “The depot stood empty.

“Nobody was warned.”

He also said that two tankers were lost.

The ministry denied that its own guns had fired. Nine people were buried on Friday."""


@pytest.mark.parametrize(("content", "claims"), [("1,204, 77", 0), ("1,204 men", 1)])
def test_figures_without_a_word_are_no_claim(content: str, claims: int) -> None:
    class Told:
        name = "told"

        def extract(self, article: Article) -> tuple[Attribution, ...]:
            return (Attribution(source=(Span(0, 11),), cue=(Span(12, 16),), content=(Span(17, 27),), confidence=1.0),)

    article = Article(id="a", text=f"Vale County told {content}.")
    assert len(claims_of(article, extractor=Told())) == claims


def test_a_report_as_claims() -> None:
    claims = extract_claims(REPORT)
    assert [(c.party.name, c.stance, c.via) for c in claims] == [
        ("Velian Ministry of Defence", "asserts", ()),
        ("Ilya Orlov", "accuses", ()),
        ("Ilya Orlov", "asserts", ("Tarn News",)),
        ("Ilya Orlov", "asserts", ()),
        ("Velian Ministry of Defence", "denies", ()),
    ]
    quotation = claims[2]
    assert quotation.text == "“The depot stood empty. ... “Nobody was warned.”"
    assert quotation.quote_type == "direct"
    assert [span.of(REPORT) for span in quotation.content] == ["“The depot stood empty.", "“Nobody was warned.”"]


def test_the_articles_own_voice_is_no_claim() -> None:
    assert extract_claims("Nine people were buried on Friday. The shops were shut.") == ()


def test_ids_are_stable_and_of_the_article() -> None:
    article = Article(id="a1", text=REPORT)
    first = claims_of(article, extractor=RuleExtractor())
    again = claims_of(article, extractor=RuleExtractor())
    other = claims_of(replace(article, id="a2"), extractor=RuleExtractor())
    assert [c.id for c in first] == [c.id for c in again]
    assert not {c.id for c in first} & {c.id for c in other}
    assert len({c.id for c in first}) == len(first)
    assert all(len(c.id) == 16 and int(c.id, 16) >= 0 for c in first)


def test_what_an_agency_only_relays_is_not_claimed_twice() -> None:
    claims = extract_claims("Tarn News reported that Ana Ruiz said the port was shut.")
    assert [c.party.name for c in claims] == ["Ana Ruiz"]


def test_what_a_source_adds_to_what_it_relays_is_claimed() -> None:
    text = "The minister said that the port had been shut for nine days and that Ana Ruiz said it was safe."
    assert {c.party.name for c in extract_claims(text)} == {"the minister", "Ana Ruiz"}


def test_what_a_source_thinks_within_its_own_claim_is_not_claimed_twice() -> None:
    (claim,) = extract_claims("Ana Ruiz said she believed that the port was shut.")
    assert claim.text == "she believed that the port was shut"


def test_dateline_is_no_part_of_a_claim() -> None:
    (claim,) = extract_claims("ELSIN, Norland (Tarn News) — Two barges sank on Friday, the navy said.")
    assert claim.text == "Two barges sank on Friday"


def test_death_toll_put_at_a_number() -> None:
    (claim,) = extract_claims("The Tarn Red Crescent put the death toll at 62.")
    assert (claim.party.name, claim.text) == ("Tarn Red Crescent", "the death toll at 62")


def test_told_to_an_outlet() -> None:
    (claim,) = extract_claims("Ana Ruiz told the Elsin Herald that the port was shut.")
    assert (claim.party.name, claim.via) == ("Ana Ruiz", ("Elsin Herald",))


def test_told_to_a_person_is_no_relay() -> None:
    (claim,) = extract_claims("Ana Ruiz told Tom Vale that the port was shut.")
    assert claim.via == ()


def test_the_own_outlet_speaks_as_outlet() -> None:
    (claim,) = extract_claims("The Elsin Post reported that the port was shut.", outlet="The Elsin Post")
    assert (claim.voice, claim.party.kind) == ("outlet", "outlet")


@pytest.mark.parametrize(
    "text",
    [
        "He read from “The Long Winter of Elsin” on Monday.",
        "The “so-called truce” held.",
        "They call it “the wall”, a heap of sand.\n\nIt held.",
    ],
)
def test_titles_and_scare_quotes_have_no_speaker(text: str) -> None:
    assert not [c for c in extract_claims(text) if c.quote_type == "direct" and c.party.name == "unnamed source"]


def test_a_quotation_with_nobody_near_is_kept_as_unnamed_and_doubtful() -> None:
    (claim,) = extract_claims("“The bridge will be shut until the spring.”")
    assert (claim.voice, claim.party.name) == ("unnamed", "unnamed source")
    assert claim.confidence <= 0.3


def test_lead_in_with_a_colon_takes_the_next_paragraph() -> None:
    text = "Ana Ruiz wrote:\n\n“The port is shut.”\n\nIt rained."
    (claim,) = extract_claims(text)
    assert (claim.party.name, claim.text) == ("Ana Ruiz", "“The port is shut.”")


def test_narration_ends_a_quotation() -> None:
    text = "“The port is shut,” Ana Ruiz said.\n\nIt rained on Friday.\n\n“We were never told about any of this.”"
    first, second = extract_claims(text)
    assert first.text == "“The port is shut,”"
    assert second.party.name != "Ana Ruiz" or second.confidence < first.confidence


class Scripted:
    """An extractor whose attributions are given."""

    name = "scripted"

    def __init__(self, *attributions: Attribution) -> None:
        self.attributions = attributions

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        return self.attributions


def test_any_extractor_will_do() -> None:
    text = "Ruiz: shut."
    made = Attribution(source=(Span(0, 4),), cue=(Span(4, 5),), content=(Span(6, 10),), confidence=0.7)
    (claim,) = claims_of(Article(id="a", text=text), extractor=Scripted(made))
    assert (claim.party.name, claim.text, claim.confidence) == ("Ruiz", "shut", 0.7)


def test_a_storm_that_claims_lives_claims_nothing() -> None:
    assert not extract_claims("The storm claimed 20 lives in Elsin. The fever claimed the lives of three people.")


def test_who_reports_what_another_said_is_the_way_not_the_speaker() -> None:
    """The relaying clause may stand behind: a tagger of outermost attributions alone would blame the Post."""
    (claim,) = extract_claims("Mayor Ana Ruiz said the bridge would open in May, the Harbour Post reported.")
    assert (claim.party.name, claim.via, claim.text) == ("Ana Ruiz", ("Harbour Post",), "the bridge would open in May")
