"""Somebody whom the article never names in full is whom a pronoun means, before others are."""

from __future__ import annotations

import pytest

from rag.attribution import RuleExtractor, extract_claims
from rag.attribution.people import read_people


def speaker(text: str) -> str:
    return extract_claims(text, extractor=RuleExtractor())[-1].party.name


def test_titles_tell_whom_she_means() -> None:
    assert speaker("Mr Marsh met Mrs Vale on the pier. She said it was late.") == "Vale"
    assert speaker("Mr Marsh met Mrs Vale on the pier. He said it was late.") == "Marsh"


def test_a_title_that_two_of_one_name_bear_tells_nothing() -> None:
    assert "Marsh" not in {name for _, name in read_people("Mr Marsh met Mrs Marsh.").full_names}


SINGER = (
    "Bolero, the rapper who sang of the tide, has died. Bolero’s death moved his manager, Tom Vale.\n\n"
    "Randall Holt/Tarn Images\n\nBolero sailed in May. “I saw no boat,” he told the paper."
)


def test_a_singer_of_one_name_is_named() -> None:
    assert speaker(SINGER) == "Bolero"


def test_who_took_a_picture_is_nobody_in_the_story() -> None:
    assert not {"Randall Holt", "Tarn Images"} & {name for _, name in read_people(SINGER).full_names}


@pytest.mark.parametrize(
    "text", ["Lund was cold. Lund’s pier is shut.", "Women’s voices, Women’s faces: women died. Women died."]
)
def test_one_word_shows_little(text: str) -> None:
    assert read_people(text).full_names == ()
