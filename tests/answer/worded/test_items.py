"""What a model is given: whose words, what the speaker is called, and only what the citation shows."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Article, Span
from rag.answer.worded.items import number_items
from tests.answer.worded.examples import DAM, STRIKE, answer_over, cite, number_of


def test_an_item_has_the_speakers_own_words_and_no_others() -> None:
    answer = answer_over(DAM)
    item = next(i for i in number_items(answer) if i.number == number_of(answer, "that it had ignored"))
    assert item.names == ("Brightwater",)
    assert item.words == "that it had ignored a warning from the mayor"
    assert item.cue == "denied"


def test_words_that_the_citation_does_not_show_support_nothing() -> None:
    answer = answer_over(DAM)
    first = answer.citations[0]
    start = first.span.start
    end = start + len("The dam at Orla, which was built in 1950")
    cut = replace(first, span=Span(start, end), quote=DAM.text[start:end])
    item = number_items(replace(answer, citations=(cut,)))[0]
    assert item.words == cut.quote


def test_a_surname_that_two_share_names_neither() -> None:
    article = Article(id="two", text="The gate holds, Ana Ruiz said.\n\nThe bridge is old, Tom Ruiz said.")
    names = {item.names for item in number_items(answer_over(article))}
    assert names == {("Ana Ruiz",), ("Tom Ruiz",)}


def test_a_party_s_words_in_a_passage_are_not_the_outlets() -> None:
    """Whoever cites a passage cannot make the outlet say what it only reports."""
    answer = answer_over(STRIKE)
    text = "Two cranes stand idle. “We have waited two years,” Brandt said. The quay is empty."
    passage = cite(Article(id="quay", text=text, outlet="Harbour Times"), Span(0, len(text)), number=99)
    item = next(i for i in number_items(answer, passages=[passage]) if i.number == 99)
    assert item.words == "Two cranes stand idle. ... The quay is empty."


def test_a_citation_whose_claim_is_missing_is_left_out() -> None:
    answer = answer_over(DAM)
    assert len(number_items(replace(answer, claims=()))) < len(number_items(answer))
