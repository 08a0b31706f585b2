"""The kind of party that a phrase names, by its form."""

from __future__ import annotations

import pytest

from rag.attribution.kinds import is_partisan, kind_of_name, kind_of_noun


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana Ruiz", "person"),
        ("Marit DeGroot", "person"),
        ("Kristen Day", "person"),
        ("Torrin Bikes", "organisation"),
        ("Elsin Infirmary", "organisation"),
        ("TarnWire", "organisation"),
        ("harbour.com", "organisation"),
        ("Vale & Marsh", "organisation"),
        ("National Convention", "organisation"),
        ("Tarn Health", "organisation"),
        ("Tides Over Health", "person"),
        ("Elsin Ministry of Health", "government"),
        ("West Tarnland", "government"),
        ("New Tarner", "person"),
        ("New Poll", "organisation"),
        ("Republicans", "group"),
    ],
)
def test_names(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the paper", "organisation"),
        ("the regulator", "government"),
        ("the 29-year-old", "person"),
        ("the envoy", "person"),
        ("the affidavit", "unnamed"),
        ("the Saudis", "group"),
        ("decide", "unnamed"),
        ("surveyors", "group"),
        ("guild", "organisation"),
    ],
)
def test_common_nouns(phrase: str, kind: str) -> None:
    assert kind_of_noun(phrase) == kind


@pytest.mark.parametrize(
    ("phrase", "partisan"),
    [("an Elsin Democrat", True), ("the German", True), ("Elsin Democrats", False), ("the Germans", False)],
)
def test_somebody_of_a_camp_is_no_name(phrase: str, partisan: bool) -> None:
    assert is_partisan(phrase) is partisan
