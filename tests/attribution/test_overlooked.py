"""Forms so plain that they are found whatever the tagger marked."""

from __future__ import annotations

import pytest

from rag.attribution import extract_claims
from rag.attribution.refine import refine
from rag.attribution.tokens import read_document
from rag.types import Attribution
from tests.attribution.marked import mark, refined, told


def found(text: str, *marked: Attribution) -> list[tuple[list[str], list[str], list[str]]]:
    return [told(text, made) for made in refine(read_document(text), marked)]


def test_who_is_seen_saying_it_says_it_and_not_the_film() -> None:
    text = "The film shows Ruth Marsh saying, “The pier will hold.”"
    film = mark(text, "The film", "shows", "Ruth Marsh", "“The pier will hold.”")
    assert (["Ruth Marsh"], ["saying"], ["“The pier will hold.”"]) in found(text, film)
    assert not any(source == ["The film"] and "hold" in content[-1] for source, _, content in found(text, film))


def test_behind_a_comma_somebody_else_is_saying_it() -> None:
    text = "Tom Orm met Ruth Marsh, saying, “The pier will hold.”"
    assert not any(source == ["Ruth Marsh"] for source, _, _ in found(text))


@pytest.mark.parametrize(
    ("text", "source", "what"),
    [
        ("The harbour board did not immediately respond to requests for comment.", "The harbour board",
         "to requests for comment"),
        ("On Monday Ruth Marsh didn’t return a call seeking comment.", "Ruth Marsh", "a call seeking comment"),
    ],
)  # fmt: skip
def test_who_does_not_answer_is_said(text: str, source: str, what: str) -> None:
    ((of, _, content),) = found(text)
    assert (of, content) == ([source], [what])


def test_who_does_not_answer_claims_nothing() -> None:
    (claim,) = extract_claims("The harbour board did not respond to a request for comment.")
    assert (claim.party.name, claim.stance) == ("the harbour board", "declined")


def test_whatever_else_stays_without_an_answer_is_no_claim() -> None:
    assert found("The engine did not respond to the lever.") == []


def test_who_left_after_saying_it_said_it() -> None:
    text = "After saying that the pier holds, Marsh left for Norhaven."
    made = refined(text, "", "saying", "that the pier holds")
    assert made is not None
    assert told(text, made)[0] == ["Marsh"]


@pytest.mark.parametrize("speaker", ["a monitor", "activists", "a rebel-led group", "a monitor and rebels"])
def test_who_said_it_stands_at_the_end_though_no_comma_parts_it(speaker: str) -> None:
    content = "The north pier fell into the sea after a storm"
    assert found(f"{content} {speaker} said.") == [([speaker], ["said"], [content])]
