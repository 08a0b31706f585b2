"""The phrases that labels are shown in."""

from __future__ import annotations

import pytest

from rag.answer.wording import about_label, party_label, role_and_side
from rag.types import Claim, Party, Row, Table


@pytest.mark.parametrize(
    ("about", "says", "label"),
    [
        ("litre", ("31,000 litres", "about 4,000 litres"), ""),
        ("people", ("300 people", "1,200"), ": people"),
        ("", ("two", "three"), ""),
    ],
)
def test_what_is_counted_is_said_once(about: str, says: tuple[str, ...], label: str) -> None:
    rows = tuple(
        Row(party="Ana Ruiz", stance="asserts", says=said, outlet=None, published=None, citation=number)
        for number, said in enumerate(says, start=1)
    )
    assert about_label(Table(kind="figures", about=about, rows=rows, disagree=True)) == label


@pytest.mark.parametrize(
    ("name", "role", "side", "told"),
    [
        ("Estmar", None, "Estmar", ""),
        ("Estmar Navy", None, "Estmar", ""),
        ("Joan Arkwell", "minister", "Estmar", "minister; Estmar"),
        ("the navy", None, "Estmar", "Estmar"),
        ("Joan Arkwell", None, None, ""),
    ],
)
def test_a_side_is_not_told_beside_a_name_that_says_it(
    name: str, role: str | None, side: str | None, told: str
) -> None:
    assert role_and_side(Party(id="p", name=name, kind="group", role=role, side=side)) == told


@pytest.mark.parametrize(
    ("called", "label"),
    [
        ("a clerk", "**Unnamed source** (“a clerk”)"),
        ("who", "**Unnamed source** (only “who” in the article)"),
        ("It", "**Unnamed source** (only “It” in the article)"),
        ("unnamed source", "**Unnamed source**"),
    ],
)
def test_what_the_article_calls_an_unnamed_source_is_told(called: str, label: str) -> None:
    claim = Claim(
        id="c",
        text="that it was late",
        party=Party(id="x@a", name=called, kind="unnamed"),
        voice="unnamed",
        stance="asserts",
        quote_type="indirect",
        source=(),
        cue=(),
        content=(),
        article="a",
        confidence=1.0,
    )
    assert party_label(claim) == label
