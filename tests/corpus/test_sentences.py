"""Paragraphs and sentences, as exact spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import split_paragraphs, split_sentences


def parts(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


# Each case is one text, its sentences parted by a bar.
@pytest.mark.parametrize(
    "marked",
    [
        "The dam held. | Nobody was hurt.",
        "“It held,” he said. | “We are safe.” | He left.",
        '"It held," he said. | "We are safe." | He left.',
        "He said: “It was an error. | It was ours.” | The minister left.",
        "‘It held.’ | They left.",
        "„Es hält.“ | Er ging.",
        "« Il tient. » | Il partit.",
        "“We are safe,” she said.“ | The dam held.",
        "Sen. Ada Wick of the U.S. Army met Mr. Bell and Dr. Roe on Nov. 3. | It rained.",
        "Then-Gov. Bell and Lt. Col. Roe, R-Fla., agreed. | Rep. Wick did not.",
        "Gauge No. 5 failed. | He said no. | Five others did not.",
        "It rose 3.5 percent to 4.2. | Then it fell.",
        "They left at 5 p.m. Monday. | She left at 5 p.m. | He stayed.",
        "She lives in the U.S. | He does not. | The U.S. Senate met.",
        "J. K. Wick and Tom W. Bell Jr. spoke. | They agreed.",
        "It belongs to Weir Corp. | The firm denied it. | Weir Inc. Chairman Tom Bell agreed.",
        "He paused... then he went. | He paused... | Then he went.",
        "He paused. . . . | Then he went.",
        "“Why?” she asked. | “Stop!” he cried. | They ran.",
        "“Why did it fail?” Minister Ada Wick asked. | Nobody knew.",
        "“Why did it fail?” | Ada Wick knew.",
        "(He was late.) | She was not. | [Applause.] | He began.",
        "It held! | “Did it?” | Yes.",
        "“We ran.” — “So did I.” | They met.",
        "The gate (built in 1911.) | It stood.",
        "It held. | 40 people watched. | $3 million was lost.",
        "See www.dam.example/a.b for more. | It is down.",
        "1. Close the gate.",
    ],
)
def test_where_sentences_end(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert parts(marked.replace(" | ", " ")) == expected


def test_a_space_lost_between_sentences_joins_none() -> None:
    assert parts("“We are safe.”He left.Then she spoke.") == ["“We are safe.”", "He left.", "Then she spoke."]


def test_no_sentence_goes_over_a_paragraph_or_ends_without_a_full_stop_inside_one() -> None:
    assert parts("Dam holds at Lowmarsh\n\nNobody was hurt") == ["Dam holds at Lowmarsh", "Nobody was hurt"]
    assert parts("Nobody was\nhurt at all.") == ["Nobody was\nhurt at all."]


def test_paragraphs_are_parted_by_empty_lines_whatever_stands_in_them() -> None:
    text = "  One.\n \n\n Two\nthree. \n"
    assert [span.of(text) for span in split_paragraphs(text)] == ["One.", "Two\nthree."]


def test_nothing_has_no_sentences() -> None:
    assert split_sentences("") == split_sentences(" \n\n ") == []


PIECES = ["He", "said", "U.S.", "Mr.", "No. 5", "J.", "“", "”", '"', "»", ")", ".", "...", "?", "\n\n", "\n", " "]
NEWSLIKE = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.one_of(st.text(), NEWSLIKE))
def test_sentences_are_trimmed_in_order_and_cover_all_but_white_space(text: str) -> None:
    sentences = split_sentences(text)
    at = 0
    for span in sentences:
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        at = span.end
    assert not text[at:].strip()


@given(st.one_of(st.text(), NEWSLIKE))
def test_every_sentence_lies_in_one_paragraph(text: str) -> None:
    paragraphs = split_paragraphs(text)
    assert all(sum(paragraph.contains(sentence) for paragraph in paragraphs) == 1 for sentence in split_sentences(text))
