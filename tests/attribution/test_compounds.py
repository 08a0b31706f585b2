"""One source, several speakers."""

from __future__ import annotations

import pytest

from rag.attribution.compounds import split_compound


@pytest.mark.parametrize(
    ("surface", "parts"),
    [
        ("Chad and Niger", ("Chad", "Niger")),
        ("Mr. Stroud and Ms. Petrie", ("Mr. Stroud", "Ms. Petrie")),
        ("Ana Ruiz and Tom Vale", ("Ana Ruiz", "Tom Vale")),
        ("Elsin Sen. Ruth Marsh and Tarn Rep. Gil Holm", ("Elsin Sen. Ruth Marsh", "Tarn Rep. Gil Holm")),
        ("The three judges - Mr. Vale, Ms. Holm and Mr. Marsh", ("Mr. Vale", "Ms. Holm", "Mr. Marsh")),
        ("Ana Ruiz and her allies", ("Ana Ruiz", "her allies")),
        ("Ruiz and his future minister, Tom Vale", ("Ruiz", "his future minister, Tom Vale")),
        ("the head of the NDC, Ana Ruiz and also Tom Vale", ("the head of the NDC, Ana Ruiz", "Tom Vale")),
        ("the Department of Health and Safety", ("the Department of Health and Safety",)),
        ("the Centre for Harbour and Tide Research", ("the Centre for Harbour and Tide Research",)),
        ("Ruiz and the Harbour Board", ("Ruiz", "the Harbour Board")),
        ("Marsh and Sons", ("Marsh and Sons",)),
        ("Brook and the Union of Bakers and Millers", ("Brook", "the Union of Bakers and Millers")),
        ("Ana Brook and the Union of Bakers and Millers", ("Ana Brook", "the Union of Bakers and Millers")),
        (
            "the Department of Land and the Office of Tides and Winds",
            ("the Department of Land and the Office of Tides and Winds",),
        ),
        ("Ruiz and others", ("Ruiz",)),
        ("Ana Ruiz, Tom Vale and others", ("Ana Ruiz", "Tom Vale")),
        ("Ana Ruiz, an adviser to Tom Vale and Eva Holm", ("Ana Ruiz, an adviser to Tom Vale and Eva Holm",)),
        (
            "Ana Ruiz, who sits for Lund and is no relation of the pilot, Tom Vale",
            ("Ana Ruiz, who sits for Lund and is no relation of the pilot, Tom Vale",),
        ),
        ("Ana Ruiz, who leads the council, and Tom Vale", ("Ana Ruiz, who leads the council", "Tom Vale")),
        ("doctors and nurses", ("doctors and nurses",)),
        ("Ana Ruiz, co-founder and head of the Tarn Board", ("Ana Ruiz, co-founder and head of the Tarn Board",)),
        ("TPK, which includes Tarn, Chad and others", ("TPK, which includes Tarn, Chad and others",)),
        ("Ana Ruiz, a baker, and the mayor", ("Ana Ruiz, a baker, and the mayor",)),
        ("the Free State in Tarn and the Levels", ("the Free State in Tarn and the Levels",)),
        ("Minister for the Coast and Water Ana Ruiz", ("Minister for the Coast and Water Ana Ruiz",)),
        (
            "Minister for Trade Ana Ruiz and Finance Minister Tom Vale",
            ("Minister for Trade Ana Ruiz", "Finance Minister Tom Vale"),
        ),
        ("Ana Ruiz, the group’s president and CEO", ("Ana Ruiz, the group’s president and CEO",)),
        (
            "Ana Ruiz, a professor in Tide and Harbour Sciences at Lund College",
            ("Ana Ruiz, a professor in Tide and Harbour Sciences at Lund College",),
        ),
        (
            "Ana Ruiz, holidaying in Lund with Tom Vale and their children",
            ("Ana Ruiz, holidaying in Lund with Tom Vale and their children",),
        ),
        ("Ana Ruiz, the mayor and a baker", ("Ana Ruiz, the mayor and a baker",)),
        ("Ana Ruiz, president and CEO of Norcal", ("Ana Ruiz, president and CEO of Norcal",)),
        ("Sens. Ana Ruiz (Tarn) and Tom Vale (Elsin)", ("Sen. Ana Ruiz", "Sen. Tom Vale")),
        (
            "Sens. Ana Ruiz (Tarn), Eva Holm (Lund) and Tom Vale (Elsin)",
            ("Sen. Ana Ruiz", "Sen. Eva Holm", "Sen. Tom Vale"),
        ),
        ("port engineers Ana Ruiz and Tom Vale", ("port engineer Ana Ruiz", "port engineer Tom Vale")),
        ("Senators Ana Ruiz and Gov. Tom Vale", ("Senator Ana Ruiz", "Gov. Tom Vale")),
        ("Eva Sanders And Tom Vale", ("Eva Sanders", "Tom Vale")),
        (
            "The Tide Centre at the Quay Institute and Harbour Institution",
            ("The Tide Centre at the Quay Institute and Harbour Institution",),
        ),
    ],
)
def test_compounds_are_split_where_each_side_stands_alone(surface: str, parts: tuple[str, ...]) -> None:
    assert split_compound(surface) == parts
