"""The stance that a cue lends to its content."""

from __future__ import annotations

import pytest

from rag.attribution.stance import stance_of


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("said", "the road is open", "asserts"),
        ("according to", "the road is open", "asserts"),
        (":", "road is open", "asserts"),
        ("denied", "that the road is open", "denies"),
        ("rejected", "the claim that the road is open", "denies"),
        ("does not believe", "that the road is open", "denies"),
        ("refused", "to open the road", "denies"),
        ("did not say", "when the road opens", "none"),
        ("would not confirm", "that the road is open", "none"),
        ("didn’t mention", "the road", "none"),
        ("did not deny", "that the road is open", "hedges"),
        ("declined", "to comment", "declined"),
        ("declined", "to be named", "declined"),
        ("asked not", "to be named", "declined"),
        ("confirmed", "that the road is open", "confirms"),
        ("acknowledged", "delays", "confirms"),
        ("suggested", "the road was open", "hedges"),
        ("may say", "the road is open", "hedges"),
        ("expects", "the road to open", "hedges"),
        ("vowed", "to open the road", "promises"),
        ("asked", "whether the road is open", "questions"),
        ("asked", "the council to open the road", "questions"),
        ("asked", "to open the road", "asserts"),
        ("alleged", "that the road was mined", "accuses"),
        ("blamed", "the council for the road", "accuses"),
        ("claim", "that the road is open", "asserts"),
        ("allegation", "that the road was mined", "accuses"),
        ("", "“Why is the road shut?”", "questions"),
    ],
)
def test_stance(cue: str, content: str, stance: str) -> None:
    assert stance_of(cue, content) == stance


def test_a_passive_without_a_source_is_a_rumour() -> None:
    assert stance_of("is said", "to have fled", has_source=False) == "hedges"
