"""How far a content reaches, where the tagger marked too little of it or too much."""

from __future__ import annotations

import pytest

from rag.attribution.refine import refine
from rag.attribution.tokens import read_document
from tests.attribution.marked import mark, refined, told, words


@pytest.mark.parametrize(
    ("text", "marked", "right"),
    [
        # an article, a preposition want their noun
        ("Marsh said the crew left for the island of Tarn in May.", "the crew left for the",
         "the crew left for the island"),
        ("Marsh said the crew came from Norhaven, a port.", "the crew came from", "the crew came from Norhaven"),
        # "and" alone leads to what is no longer hers
        ("Marsh said the crew was safe and left the hall.", "the crew was safe and", "the crew was safe"),
        # no content ends within a word
        ("Marsh said it was the crew’s fault.", "it was the crew’", "it was the crew’s"),
        # a mark ends a quotation, whatever word stands before it
        ("Marsh said ‘we hit what we aimed at.’ He denied the rest.", "‘we hit what we aimed at.’",
         "‘we hit what we aimed at.’"),
        # what is whole stays as it is
        ("Marsh said the crew was well looked after.", "the crew was well looked after",
         "the crew was well looked after"),
    ],
)  # fmt: skip
def test_a_content_ends_with_a_whole_phrase(text: str, marked: str, right: str) -> None:
    made = refined(text, "Marsh", "said", marked)
    assert made is not None
    assert words(text, made.content) == [right]


def test_what_a_colon_leads_to_belongs_to_the_content() -> None:
    text = "Marsh proposed a cheaper way to the island: let the ferries sail at night."
    made = refined(text, "Marsh", "proposed", "a cheaper way to the island")
    assert made is not None
    assert words(text, made.content) == ["a cheaper way to the island: let the ferries sail at night"]


def test_a_sentence_goes_on_behind_its_cue() -> None:
    text = "The yard was full, Marsh said, until the ferries stopped. It rained."
    made = refined(text, "Marsh", "said", "The yard was full")
    assert made is not None
    assert words(text, made.content) == ["The yard was full", "until the ferries stopped"]


def test_what_the_reporter_adds_behind_a_cue_is_not_the_speakers() -> None:
    text = "The yard was full, Marsh said, standing in the rain."
    made = refined(text, "Marsh", "said", "The yard was full")
    assert made is not None
    assert words(text, made.content) == ["The yard was full"]


BLOCK = """Marsh was asked about the ferries. She added:

They were old when I was young. Nobody has painted them since.

The harbour was closed on Friday."""


def test_a_paragraph_that_a_colon_leads_in_is_quoted_whole() -> None:
    made = refined(BLOCK, "She", "added:", "They were old when I was young")
    assert made is not None
    assert words(BLOCK, made.content) == ["They were old when I was young. Nobody has painted them since."]


def test_a_paragraph_without_such_a_colon_is_not() -> None:
    text = BLOCK.replace("She added:", "She added more.").replace("ferries.", "ferries:")
    assert refined(text, "She", "added", "They were old when I was young") is None


def test_a_quotation_by_itself_goes_on_from_who_was_quoted() -> None:
    text = "“We tried,” Marsh said. She did not name the crew. “Nobody came to help us.”"
    first = mark(text, "Marsh", "said", "“We tried,”")
    second = mark(text, "She", "did not name", "the crew", "“Nobody came to help us.”")
    made = refine(read_document(text), [first, second])
    assert [told(text, one)[2] for one in made] == [["“We tried,”", "“Nobody came to help us.”"], ["the crew"]]


def test_a_quotation_by_itself_goes_on_from_the_last_who_spoke() -> None:
    text = "“We tried,” Marsh said. Orm reported that the crew had left. “Nobody came to help us.”"
    first = mark(text, "Marsh", "said", "“We tried,”")
    second = mark(text, "Orm", "reported", "that the crew had left", "“Nobody came to help us.”")
    made = refine(read_document(text), [first, second])
    assert told(text, made[1])[2] == ["that the crew had left", "“Nobody came to help us.”"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "first", "rest"),
    [
        ("The spire, masons admit, sags a bit.", "masons", "admit", "The spire", ["The spire", "sags a bit"]),
        ("The old mill, Marsh had known, burns well, but nobody came.", "Marsh", "had known", "The old mill",
         ["The old mill", "burns well"]),
        # no predicate: a quotation that needs none, and what is the article's own
        ("The end, Marsh said, as rain fell.", "Marsh", "said", "The end", ["The end"]),
        ("The end, Marsh said, smiling a bit.", "Marsh", "said", "The end", ["The end"]),
    ],
)  # fmt: skip
def test_a_noun_phrase_before_an_inserted_clause_has_its_verb_behind_it(
    text: str, source: str, cue: str, first: str, rest: list[str]
) -> None:
    made = refined(text, source, cue, first)
    assert made is not None
    assert words(text, made.content) == rest


def test_nothing_but_and_anything_but_end_a_content() -> None:
    text = "Marsh said the crossing was anything but."
    made = refined(text, "Marsh", "said", "the crossing was anything but")
    assert made is not None
    assert words(text, made.content) == ["the crossing was anything but"]


def test_a_clause_that_as_leads_in_is_inserted() -> None:
    text = "The vessel, as Marsh had known, was leaking."
    made = refined(text, "Marsh", "had known", "The vessel")
    assert made is not None
    assert words(text, made.content) == ["The vessel", "was leaking"]
