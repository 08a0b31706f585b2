"""The tagger and the rules side by side."""

from __future__ import annotations

from corpus.types import Article
from rag.attribution import claims_of, load_extractor
from rag.attribution.rules import RuleExtractor

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
