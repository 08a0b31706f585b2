"""Speech or attitude, by the cue."""

from __future__ import annotations

import pytest

from rag.attribution import extract_claims
from rag.attribution.act import act_of


@pytest.mark.parametrize(
    "cue",
    ["said", "has repeatedly denied", "according to", "found", "told the court", "voiced concern", "’s claim", ":", ""],
)
def test_words_were_spoken(cue: str) -> None:
    assert act_of(cue, "indirect") == "speech"


@pytest.mark.parametrize(
    "cue",
    ["believes", "wants", "is afraid", "had long hoped", "'s fear", "agreed with", "was confident", "did not expect"],
)
def test_something_went_on_in_a_head(cue: str) -> None:
    assert act_of(cue, "indirect") == "attitude"


def test_what_is_quoted_in_full_was_spoken() -> None:
    assert act_of("thinks", "direct") == "speech"


def test_a_claim_says_which_it_is_and_an_attitude_is_less_sure() -> None:
    spoken, thought = (
        extract_claims(f"The mayor of Orla, Ana Ruiz, {cue} that the bridge will open in May.")[0]
        for cue in ("said", "believes")
    )
    assert (spoken.act, thought.act) == ("speech", "attitude")
    assert thought.confidence < spoken.confidence
    assert thought.to_dict()["act"] == "attitude"
