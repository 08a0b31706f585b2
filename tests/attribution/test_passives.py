"""Whom a cue is about is not who speaks."""

from __future__ import annotations

import pytest

from tests.attribution.marked import refined, told


def test_who_is_criticised_does_not_speak() -> None:
    text = "Marsh has been harshly criticised for the delay."
    made = refined(text, "Marsh", "has been harshly criticised for", "the delay")
    assert made is not None
    assert told(text, made) == ([], ["has been harshly criticised for"], ["Marsh", "the delay"])


@pytest.mark.parametrize("cue", ["is worried about", "has criticised", "was determined to stop"])
def test_who_worries_or_criticises_does(cue: str) -> None:
    text = f"Marsh {cue} the delay."
    made = refined(text, "Marsh", cue, "the delay")
    assert made is not None
    assert told(text, made)[0] == ["Marsh"]


def test_a_claim_is_its_owners_where_the_verb_is_no_cue() -> None:
    text = "The paper ran a long check on Marsh’s claim that the pier holds."
    made = refined(text, "The paper", "ran a long check on", "Marsh’s claim that the pier holds")
    assert made is not None
    assert told(text, made) == (["Marsh’s"], ["claim"], ["that the pier holds"])


def test_a_claim_that_is_rejected_keeps_who_rejects_it() -> None:
    text = "Orm rejected Marsh’s claim that the pier holds."
    made = refined(text, "Orm", "rejected", "Marsh’s claim that the pier holds")
    assert made is not None
    assert told(text, made)[:2] == (["Orm"], ["rejected"])


def test_a_remark_in_brackets_is_not_the_source() -> None:
    text = "“It holds,” said Marsh (a view that the whole yard shares)."
    made = refined(text, "Marsh (a view that the whole yard shares)", "said", "“It holds,”")
    assert made is not None
    assert told(text, made)[0] == ["Marsh"]


def test_whom_a_participle_tells_of_says_nothing() -> None:
    text = "The woman credited with founding the club was called to the quay."
    made = refined(text, "The woman", "credited with", "founding the club")
    assert made is not None
    assert made.source == ()
    text = "“Go home,” Marsh said to the crew."
    spoken = refined(text, "Marsh", "said", "“Go home,”")
    assert spoken is not None
    assert [piece.of(text) for piece in spoken.source] == ["Marsh"]


def test_a_name_is_nobodys_claim() -> None:
    text = "The plan dubbed “Blue Tide” was dropped."
    assert refined(text, "The plan", "dubbed", "“Blue Tide” was dropped") is None
    text = "Critics dubbed “Blue Tide” a farce."
    assert refined(text, "Critics", "dubbed", "“Blue Tide” a farce") is not None


@pytest.mark.parametrize("cue", ["was approved", "has been convicted"])
def test_a_deed_that_is_done_is_nobodys_claim(cue: str) -> None:
    assert refined(f"The skipper {cue} in May.", "", cue, "The skipper") is None
