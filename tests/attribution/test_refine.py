"""What form decides, whatever the tagger marked: attributions are given here as a tagger might get them wrong."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.attribution.source_and_cue import with_apposed_name
from tests.attribution.marked import mark, refined, words


@pytest.mark.parametrize(
    ("text", "cue", "marked", "right"),
    [
        ("ELSIN, Norland (Tarn Press) — Two barges sank, the navy said.", "said",
         ["ELSIN, Norland (Tarn Press) — Two barges sank"], ["Two barges sank"]),
        ("Regarding the pier the navy said: “It was an error of ours.”", "said:",
         ["Regarding", "“It was an error of ours.”"], ["“It was an error of ours.”"]),
        ("“We are going home now,” the navy said.", "said", ["We are going home"], ["“We are going home now,”"]),
        ("The navy apologised to sailors. “We knew of it.”", "apologised", ["to sailors", "“We knew of it.”"],
         ["“We knew of it.”"]),
        ("The navy promised to resign.", "promised", ["to resign"], ["to resign"]),
        ("“We are going,” the navy said.\n\nIt rained.\n\n“Nobody told us.”", "said",
         ["“We are going,”", "“Nobody told us.”"], ["“We are going,”"]),
        ("The navy said: “We are going.\n\n“Nobody told us.”", "said:", ["“We are going.", "“Nobody told us.”"],
         ["“We are going.", "“Nobody told us.”"]),
    ],
)  # fmt: skip
def test_contents(text: str, cue: str, marked: list[str], right: list[str]) -> None:
    made = refined(text, "the navy" if "the navy" in text else "The navy", cue, *marked)
    assert made is not None
    assert words(text, made.content) == right


def test_a_question_word_alone_is_no_content() -> None:
    assert refined("What the navy says", "the navy", "says", "What") is None


def test_a_source_ends_with_the_sentence_of_its_cue() -> None:
    text = "“It held,” said Ruth Vale, the inspector. She left."
    made = refined(text, "Ruth Vale, the inspector. She", "said", "“It held,”")
    assert made is not None
    assert words(text, made.source) == ["Ruth Vale, the inspector."]


def test_headline_and_body_are_not_joined() -> None:
    text = "Barges sink off Elsin\n\nTwo of them went down, the navy said."
    made = refined(text, "the navy", "said", "Barges sink off Elsin", "Two of them went down", headline=Span(0, 21))
    assert made is not None
    assert words(text, made.content) == ["Two of them went down"]


def test_a_report_belongs_to_the_cue() -> None:
    text = "The inspector’s report shows that valves failed."
    made = refined(text, "The inspector’s report", "shows", "that valves failed")
    assert made is not None
    assert (words(text, made.source), words(text, made.cue)) == (["The inspector’s"], ["report shows"])


def test_denied_speech_is_part_of_what_is_denied() -> None:
    text = "Stroud denied saying the ballot was forged."
    made = refined(text, "Stroud", "denied saying", "the ballot was forged")
    assert made is not None
    assert (words(text, made.cue), words(text, made.content)) == (["denied"], ["saying the ballot was forged"])


def test_a_name_inside_an_aside_is_not_the_sources() -> None:
    text = "Dame Ruth Vale, who replaced Owen Park, said wages fell."
    made = refined(text, "Dame Ruth Vale, who replaced Owen Park,", "said", "wages fell")
    assert made is not None
    assert words(text, made.source) == ["Dame Ruth Vale"]


def test_a_title_is_not_parted_from_its_name() -> None:
    text = "“The wall held,” Sen. Ruth Marsh (R-Norland) said. “It was new.”"
    made = refined(text, "Sen.", "said", "“The wall held,”", "“It was new.”")
    assert made is not None
    assert words(text, made.source) == ["Sen. Ruth Marsh (R-Norland)"]


def test_a_title_alone_stays_alone() -> None:
    made = refined("The mayor said Ruth Marsh had left.", "The mayor", "said", "Ruth Marsh had left")
    assert made is not None
    assert made.source[0] == Span(0, 9)


def test_a_telephone_call_says_nothing() -> None:
    text = "The guards called the hotline to inform the crew of the fire."
    assert refined(text, "The guards", "called", "the hotline to inform the crew of the fire") is None


def test_a_longer_clause_stays_with_the_source() -> None:
    text = "Rita Orm, who spoke for Prell in the senate, said wages fell."
    made = refined(text, "Rita Orm, who spoke for Prell in the senate,", "said", "wages fell")
    assert made is not None
    assert words(text, made.source) == ["Rita Orm, who spoke for Prell in the senate"]


@pytest.mark.parametrize(
    ("text", "cue", "content", "right"),
    [
        ("The navy apologised to sailors. “We knew of it.”", "apologised to", "“We knew of it.”", "apologised"),
        ("The navy objected to the ban.", "objected to", "the ban", "objected to"),
    ],
)
def test_a_cue_keeps_its_to_only_before_its_content(text: str, cue: str, content: str, right: str) -> None:
    made = refined(text, "The navy", cue, content)
    assert made is not None
    assert words(text, made.cue) == [right]


def test_a_name_is_not_parted_between_source_and_content() -> None:
    text = "According to the ministry of works a Tarn Line ferry sank."
    made = refined(text, "the ministry of works a Tarn", "According to", "Line ferry sank")
    assert made is not None
    assert (words(text, made.source), words(text, made.content)) == (
        ["the ministry of works"],
        ["a Tarn Line ferry sank"],
    )
    kept = refined("The mayor of the Tarn said it sank.", "The mayor of the Tarn", "said", "it sank")
    assert kept is not None
    assert words("The mayor of the Tarn said it sank.", kept.source) == ["The mayor of the Tarn"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "whole"),
    [
        ("“It held,” the mayor, Ruth Marsh, said.", "the mayor", "said", "the mayor, Ruth Marsh"),
        ("The local paper, the Elsin Post, reported a flood.", "The local paper", "reported",
         "The local paper, the Elsin Post"),
        ("The mayor, Ruth Marsh and Tom Vale said it held.", "The mayor", "said", "The mayor"),  # three speak
        ("The mayor, Ruth Marsh being away, said it held.", "The mayor", "said", "The mayor"),
        ("Tom Vale, Ruth Marsh, said it held.", "Tom Vale", "said", "Tom Vale"),
    ],
)  # fmt: skip
def test_a_description_goes_on_with_the_name_up_to_the_cue(text: str, source: str, cue: str, whole: str) -> None:
    made = mark(text, source, cue, text[-5:])
    assert words(text, with_apposed_name(text, made).source) == [whole]


def test_with_marsh_saying_it_is_marsh_alone() -> None:
    text = "It led to words between Ana Ruiz and Gil Marsh, with Marsh saying: “It is late.”"
    made = refined(text, "Ana Ruiz and Gil Marsh, with Marsh", "saying:", "“It is late.”")
    assert made is not None
    assert text.index("Marsh saying") == made.source[0].start


def test_it_is_estimated_by_nobody_told() -> None:
    text = "It’s estimated that the pier will hold."
    made = refined(text, "It", "estimated", "that the pier will hold")
    assert made is not None
    assert made.source == ()


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "speaker"),
    [
        ("Lund spoke in reaction to Vale saying that it was late.", "Lund", "saying", "that it was late", "Vale"),
        ("He came with data from the Tide Office saying it was late.", "He", "saying", "it was late", "Tide Office"),
        ("Lund wrote to Vale saying it was late.", "Lund", "saying", "it was late", "Lund"),
        ("Addressing pilots, Tom Vale, 71, said it was late.", "Addressing", "said", "it was late", "Tom Vale"),
        ("Following a letter from Ana Ruiz, members of the board called for calm.", "Ana Ruiz, members of the board",
         "called for", "calm", "members of the board"),
        ("Sponsored by Ana Ruiz, members of the board called for calm.", "Ana Ruiz, members of the board", "called for",
         "calm", "members of the board"),
        ("Before Ruiz’s trial, a friend, Tom Vale, said it was late.", "Ruiz’s", "said", "it was late", "Tom Vale"),
        ("Elsin hit out at Vale for calling the pier unsafe.", "Elsin", "calling", "the pier unsafe", "Vale"),
        ("Elsin hit out at Vale for calling the pier unsafe.", "Elsin", "hit out at Vale for calling",
         "the pier unsafe", "Vale"),
        ("Lund thanked the inspector for saying it was late.", "Lund", "saying", "it was late", "the inspector"),
        ("Lund criticised them for saying it was late.", "Lund", "saying", "it was late", "them"),
        ("Lund apologised to Vale for saying it was late.", "Lund", "saying", "it was late", "Lund"),
        ("Lund won a prize for showing it was late.", "Lund", "showing", "it was late", "Lund"),
        ("Tom Vale met with captains to discuss the tide.", "Tom Vale met with captains", "to discuss", "the tide",
         "Tom Vale"),
    ],
)  # fmt: skip
def test_who_speaks_is_nearer_than_the_mark(text: str, source: str, cue: str, content: str, speaker: str) -> None:
    made = refined(text, source, cue, content)
    assert made is not None
    assert words(text, made.source) == [speaker]


@pytest.mark.parametrize("label", ["Harbour trial:", "Harbour trial::"])
def test_the_label_of_a_link_says_nothing(label: str) -> None:
    cue = label.removeprefix("Harbour trial")
    assert refined(f"{label}Pilot is late again", "Harbour trial", cue, "Pilot is late again") is None


def test_who_speaks_in_the_next_sentence_does_not_speak_in_this() -> None:
    text = "One study found that ice fell. Others have said that it rose."
    made = refined(text, "Others", "found", "that ice fell")
    assert made is not None
    assert made.source == ()


def test_what_another_said_in_the_paragraph_before_is_not_taken_up() -> None:
    text = "“You know me,” Vale said. “I have never once been late for it.”\n\n“I have,” Marsh put in."
    made = refined(text, "Marsh", "put in", "“I have never once been late for it.”", "“I have,”")
    assert made is not None
    assert words(text, made.content) == ["“I have,”"]
