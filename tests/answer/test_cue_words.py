"""The article's own verb is told beside the stance where it says more than that somebody said it."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.answer.cue_words import cue_words
from rag.answer.denials import turns_down
from rag.types import ArticleRef, Citation, Claim, Party, QuoteType, Stance


def told(
    text: str, cue: str, *, stance: Stance = "asserts", quote_type: QuoteType = "indirect", cited: str | None = None
) -> tuple[Claim, Citation]:
    at = text.index(cue)
    claim = Claim(
        id="c",
        text=text[at + len(cue) :],
        party=Party(id="ruiz", name="Ana Ruiz", kind="person"),
        voice="party",
        stance=stance,
        quote_type=quote_type,
        source=(Span(0, 4),),
        cue=(Span(at, at + len(cue)),),
        content=(Span(at + len(cue), len(text)),),
        article="a",
        confidence=0.9,
    )
    start = text.index(cited) if cited else 0
    article = ArticleRef(id="a", title="", outlet=None, published=None, url=None, path=None)
    return claim, Citation(number=1, article=article, span=Span(start, len(text)), quote=text[start:], claim="c")


@pytest.mark.parametrize(
    ("text", "cue", "stance", "shown"),
    [
        ("Ruiz praised the decision", "praised", "asserts", "praised"),
        ("Ruiz opposed the bill", "opposed", "denies", "opposed"),
        ("Ruiz voted for the bill", "voted for", "asserts", "voted for"),  # in no lexicon, and still the verb
        ("Ruiz said that prices fell", "said", "asserts", ""),
        ("Ruiz also said on Monday that prices fell", "also said on Monday", "asserts", ""),
        ("Prices fell, according to Ruiz", "according to", "asserts", ""),
        ("Ruiz denied the charge", "denied", "denies", ""),  # the stance says it already
        ("Ruiz: prices fell", ":", "asserts", ""),
        ("Ruiz at the prices", "at", "asserts", ""),
    ],
)
def test_a_verb_that_says_more_is_shown(text: str, cue: str, stance: Stance, shown: str) -> None:
    assert cue_words(*told(text, cue, stance=stance)) == shown


def test_under_a_quotation_the_quotation_tells_enough() -> None:
    assert cue_words(*told("Ruiz boasted “it holds”", "boasted", quote_type="direct")) == ""


def test_of_a_verb_only_what_is_cited_is_shown() -> None:
    """What is shown is verified by its citation, so that what lies outside of one is not."""
    assert cue_words(*told("Ruiz praised the decision", "praised", cited="the decision")) == ""


def test_a_cue_as_long_as_a_sentence_is_not_shown() -> None:
    cue = "released a long and winding statement late on Tuesday in praise of"
    assert cue_words(*told(f"Ruiz {cue} the decision", cue)) == ""


@pytest.mark.parametrize(
    ("verb", "against"), [("rejected", True), ("objected to", True), ("denied", False), ("disputed", False)]
)
def test_turning_down_is_told_from_denying(verb: str, against: bool) -> None:
    assert turns_down(*told(f"Ruiz {verb} the offer", verb, stance="denies")) is against
