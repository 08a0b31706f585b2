"""An answer worded by scripted models: labels and citations are this program's, what fails is struck and counted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Article, Span
from rag.answer.worded import Worded, with_wording, word_answer
from rag.types import Answer
from tests.answer.worded.examples import DAM, STRIKE, answer_over, cite, number_of
from tests.answer.worded.models import reply, saying, scripted

ANSWER = answer_over(DAM, STRIKE)
SAFE = "Mayor Ana Ruiz said that the dam at Orla is safe."
DENIED = "Brightwater denied that it had ignored a warning."


def word(text: str, answer: Answer = ANSWER) -> Worded:
    worded = word_answer(answer, model=saying(text))
    assert worded is not None
    return worded


def test_sentences_are_labelled_and_cited_by_the_claims() -> None:
    two = number_of(ANSWER, "that it had ignored")
    worded = word(reply((SAFE, [1]), (DENIED, [two])))
    assert worded.text == (
        f"- {SAFE} [1] — **Ana Ruiz**, Mayor: *asserts*, Orla Post, 2026-02-03\n"
        f"- {DENIED} [{two}] — **Brightwater**, operator: *denies*, Orla Post, 2026-02-03\n\n"
        "*Worded by scripted \\(on this machine\\).*"
    )
    assert worded.struck == 0


def test_who_passed_a_claim_on_is_in_its_label() -> None:
    number = number_of(ANSWER, "The union")
    text = word(reply(("Brandt said that the union will stop work.", [number]))).text
    assert f"[{number}] — **Olga Brandt**, leader: *asserts*, via Radio Lume, Harbour Times, 2026-02-10" in text


def test_what_fails_is_struck_and_counted() -> None:
    worded = word(reply((SAFE, [1]), ("Ana Ruiz said that the dam leaks.", [1]), (SAFE, [77]), (SAFE, [1])))
    assert [sentence.text for sentence in worded.sentences] == [SAFE]
    assert worded.struck == 3
    assert worded.note == (
        "Worded by scripted (on this machine). 3 of its 4 sentences struck: the cited words do not say them."
    )


def test_where_nothing_stands_the_plain_answer_does() -> None:
    worded = word(reply(("The dam leaks.", [1])))
    assert (worded.text, worded.sentences, worded.struck) == ("", (), 1)
    assert worded.note == (
        "Not worded by scripted (on this machine): none of its sentences (1) says only what the cited words say. "
        "This is the plain answer."
    )


def test_prose_instead_of_json_is_no_wording() -> None:
    assert "not in the form that was asked for" in word("The dam is safe [1].").note


def test_a_model_may_find_nothing_to_say() -> None:
    assert "it had nothing to say" in word('{"sentences": []}').note


def test_an_answer_without_evidence_is_not_sent_anywhere() -> None:
    def fail(prompt: str) -> str:
        raise AssertionError("asked")

    empty = replace(ANSWER, status="no_evidence", claims=(), citations=())
    assert word_answer(empty, model=scripted(fail)) is None


def test_passages_are_cited_after_the_answers_own() -> None:
    article = Article(id="quay", text="Two cranes stand idle.", outlet="Harbour Times", published="2026-02-11")
    passage = cite(article, Span(0, len(article.text)), number=len(ANSWER.citations) + 1)
    said = reply(("The Harbour Times reported that two cranes stand idle.", [passage.number]))
    worded = word_answer(ANSWER, model=saying(said), passages=[passage])
    assert worded is not None
    assert worded.passages == (passage,)
    assert f"[{passage.number}] — in the article’s own words, Harbour Times, 2026-02-11" in worded.text


def test_the_wording_stands_above_the_plain_answer_and_never_in_its_place() -> None:
    """What a model leaves out, the reader still sees."""
    worded = word(reply((SAFE, [1])))
    assert with_wording(ANSWER, worded).text == f"{worded.text}\n\n{ANSWER.text}"
    refused = word("No.")
    note = "*Not worded by scripted \\(on this machine\\)\\: its reply was not in the form that was asked for"
    assert with_wording(ANSWER, refused).text.startswith(f"{ANSWER.text}\n\n{note}")


@given(said=st.lists(st.tuples(st.text(max_size=40), st.lists(st.integers() | st.text(max_size=3), max_size=3))))
def test_whatever_a_model_says_is_shown_or_struck(said: list[tuple[str, list[object]]]) -> None:
    worded = word(reply(*said))
    assert len(worded.sentences) + worded.struck == len(said)
    assert all(SAFE in sentence.text for sentence in worded.sentences)


@given(text=st.text(max_size=200))
def test_any_reply_is_an_answer(text: str) -> None:
    assert word(text).sentences == ()


def test_a_worded_answer_can_be_written_as_json() -> None:
    plain = word(reply((SAFE, [1]))).to_dict()
    assert plain["sentences"] == [{"text": SAFE, "numbers": [1]}]
