"""Whom and what an article names, and what its pronouns show of them."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.attribution import RuleExtractor, extract_claims
from rag.attribution.genders import genders_of
from rag.attribution.people import read_people


def names(text: str) -> set[str]:
    return {name for _, name in read_people(text).full_names}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mayor Ana Ruiz left.", {"Ana Ruiz"}),
        ("Following Ruiz came Tom Vale.", {"Tom Vale"}),
        ("Is Tom Vale late? Wherever Ana Ruiz goes, he is.", {"Tom Vale", "Ana Ruiz"}),
        ("He spoke to Tom Vale Tuesday.", {"Tom Vale"}),
        ("Norland-born Tom Vale left.", {"Tom Vale"}),
        ("The Harbour Front left. The Elsin Convention began.", set()),
        ("FULL TEXT FOLLOWS. Ana Ruiz left.", {"Ana Ruiz"}),
        ("He watches NTT. The Board met. At 7 P.M. Vale left with Ana Ruiz.", {"Ana Ruiz"}),
        ("Ana Ruiz left. “Lucky Ana Ruiz!” Eva Mae Kato stayed.", {"Ana Ruiz", "Eva Mae Kato"}),
        ("Former Rep. Ana Ruiz left.", {"Ana Ruiz"}),
        ("He works for U.N. Women. Ana Ruiz And Tom Vale met.", {"Ana Ruiz", "Tom Vale"}),
        ("Democrats Ana Ruiz left. Supervisor of Elections Eva Kato stayed.", {"Ana Ruiz", "Eva Kato"}),
    ],
)
def test_people_by_their_full_names(text: str, found: set[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Dock Ward Residents' Committee met. The Pier Workers’ Union struck.",
         {"Dock Ward Residents' Committee", "Pier Workers’ Union"}),
        ("Harding Chemicals fell. Harding’s works is closed.", {"Harding Chemicals"}),
        ("Wading Chemicals of every kind he fell. The shares rose.", set()),
    ],
)  # fmt: skip
def test_bodies_by_their_whole_names(text: str, found: set[str]) -> None:
    assert read_people(text).organisations == found


def test_what_one_owns_shares_in_or_speaks_to_is_no_place() -> None:
    people = read_people("Shares in Harding fell. It was told to Harding. He lives in Elsin, and went to Tarn.")
    assert people.located == {"Elsin", "Tarn"}


def test_an_acronym_is_the_shortest_run_of_words_with_its_initials() -> None:
    text = "The Elsin Council and the Organisation for the Study of Tides (OST) met."
    assert read_people(text).expansions == {"OST": "Organisation for the Study of Tides"}


def test_namings_by_surname_and_whether_they_own() -> None:
    people = read_people("Ana Ruiz left. Ruiz’s boat sank. The Ruiz campaign went on. A Ruiz rally was held.")
    assert [(naming.name, naming.owning) for naming in people.namings] == [("Ana Ruiz", False), ("Ana Ruiz", True)]


def gender(text: str) -> dict[str, str]:
    ends = [n + 1 for n, letter in enumerate(text) if letter == "."]
    sentences = [Span(start, end) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    return genders_of(read_people(text), sentences, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ana Ruiz said she was late.", {"Ana Ruiz": "female"}),
        ("Ana Ruiz left. She was late.", {"Ana Ruiz": "female"}),
        ("Mr. Kim Vale left.", {"Kim Vale": "male"}),
        ("Kim Vale, an actress, left.", {"Kim Vale": "female"}),
        ("She came with her husband, Kim Vale.", {"Kim Vale": "male"}),
        # one "her" may be another's
        ("Kim Vale met her lawyer.", {}),
        # he is whom she accused
        ("After Ana Ruiz accused him, he left.", {}),
        # two whom it may be
        ("Ana Ruiz and Kim Vale left when she was late.", {}),
    ],
)
def test_gender_by_pronouns_titles_and_relations(text: str, found: dict[str, str]) -> None:
    assert gender(text) == found


def test_titles_before_full_names_are_their_roles_wherever_they_speak() -> None:
    (claim,) = extract_claims(
        "Norwegian Governor Ana Ruiz came to Elsin. Ruiz said it was late.", extractor=RuleExtractor()
    )
    assert (claim.party.role, claim.party.side) == ("Norwegian Governor", "Norway")


def test_what_goes_on_behind_a_title_is_no_name() -> None:
    assert read_people("Praise came from the Governor Earlier on Monday. Tags Elsin Lund Norway").full_names == ()


def test_a_title_with_a_full_stop_is_a_role_too() -> None:
    (claim,) = extract_claims("Sen. Ana Ruiz came to Elsin. Ruiz said it was late.", extractor=RuleExtractor())
    assert claim.party.role == "Sen."
