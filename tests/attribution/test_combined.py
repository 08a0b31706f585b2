"""The tagger and the rules side by side."""

from __future__ import annotations

import pytest

from corpus.types import Article
from rag.attribution import claims_of, load_extractor
from rag.attribution.combined import combine
from rag.attribution.rules import RuleExtractor
from tests.attribution.marked import mark, told

TEXT = """Dam may fail – Norland Water Board

The board said on Monday that the dam was being watched.

Tarn News reported that Ana Ruiz, the mayor, said: “We are leaving tonight.

“Everyone should do the same.”

Farmers want the river to be dredged.
"""
ARTICLE = Article(id="a", text=TEXT)


def test_quotations_and_who_relays_them_are_the_rules() -> None:
    claims = claims_of(ARTICLE, extractor=load_extractor("combined"))
    quoted = next(claim for claim in claims if "leaving tonight" in claim.text)
    assert quoted.party.name == "Ana Ruiz"
    assert quoted.via == ("Tarn News",)
    assert "Everyone should do the same" in quoted.text


def test_what_the_rules_miss_the_tagger_finds() -> None:
    missed = "Farmers want the river to be dredged."
    article = Article(id="b", text=f"Rain fell.\n\n{missed}\n")
    combined = load_extractor("combined").extract(article)
    assert [made.source[0].of(article.text) for made in combined] == ["Farmers"]
    assert all(0 <= made.confidence <= 1 for made in combined)


def test_the_name_tells_which_version_made_the_claims() -> None:
    assert RuleExtractor.name in load_extractor("combined").name
    assert load_extractor("combined").name != load_extractor("rules").name


def combined(text: str, *read: tuple[str, ...]) -> list[tuple[list[str], list[str], list[str]]]:
    """What becomes of marks of the tagger beside what the rules find in a text."""
    article = Article(id="c", text=text)
    marked = [mark(text, *one) for one in read]
    return [told(text, made) for made in combine(article, marked, RuleExtractor().extract(article))]


def test_the_rules_do_not_widen_a_content_beyond_the_comma_that_the_tagger_ends_it_at() -> None:
    text = "Marsh said she expects the ferry to sail, which would end the strike."
    made = combined(text, ("Marsh", "said", "she expects the ferry to sail"))
    assert (["Marsh"], ["said"], ["she expects the ferry to sail"]) in made


@pytest.mark.parametrize("text", ["Marsh maintains a wide lead over Orm.", "The yard added 300 jobs in May."])
def test_verbs_with_other_senses_are_not_taken_for_speech_by_the_rules_alone(text: str) -> None:
    assert combined(text) == []


def test_what_is_plainly_said_is_found_without_the_tagger() -> None:
    assert combined("Marsh said that the ferry would sail.") == [(["Marsh"], ["said"], ["that the ferry would sail"])]


def test_what_others_are_asked_to_do_is_not_what_they_said() -> None:
    text = "Marsh suggested pilots recall that the pier fell."
    made = combined(text, ("Marsh", "suggested", "pilots recall that the pier fell"))
    assert made == [(["Marsh"], ["suggested"], ["pilots recall that the pier fell"])]
