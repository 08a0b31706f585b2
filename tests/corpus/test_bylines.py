"""Bylines of agency copy."""

import pytest

from corpus.readers.bylines import read_credits


@pytest.mark.parametrize(
    ("byline", "language", "authors", "agency"),
    [
        ("By Ada Wick", None, ("Ada Wick",), None),
        ("Von Ada Wick, Meridian", "de", ("Ada Wick",), "Meridian"),
        ("Par Ada Wick et Tom Bell", "fr-FR", ("Ada Wick", "Tom Bell"), None),
        ("Por Ana Wick y Bell", "es", ("Ana Wick y Bell",), None),
        ("Ada Wick and Tom Bell", "en", ("Ada Wick", "Tom Bell"), None),
        ("Ada Wick/MWN", "en", ("Ada Wick",), "MWN"),
        ("Meridian", "en", (), "Meridian"),
        ("Von Ada Wick", "en", ("Von Ada Wick",), None),  # there, it is a name
        ("Ada Wick, Tom Bell", "en", ("Ada Wick", "Tom Bell"), None),
        ("", "en", (), None),
    ],
)
def test_people_and_agencies(byline: str, language: str | None, authors: tuple[str, ...], agency: str | None) -> None:
    assert read_credits(byline, language=language, organisations=["Meridian"]) == (authors, agency)
