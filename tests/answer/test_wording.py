"""The phrases that labels are shown in."""

from __future__ import annotations

import pytest

from rag.answer.wording import about_label
from rag.types import Row, Table


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
