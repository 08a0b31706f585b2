"""A wording may leave words out; it may not add, swap or turn any, nor join what the article does not join."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.worded.shortening import is_supported, supported_share

TOLD = "The dam at Orla, which was built in 1950, is safe, but the old bridge is closed until Friday"


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        ("the dam at Orla is safe", TOLD),  # a parenthesis left out
        ("the dam is safe", TOLD),  # and a phrase
        ("the bridge is closed until Friday", TOLD),  # the second clause, without its adjective
        ("the dam was safe", TOLD),  # reported speech moves the tense
        ("the union would stop work", "the union will stop work on Friday"),
        ("they had left", "We have left"),
        ("more than forty families left", "more than 40 families have left"),
        ("a hundred and five men left at 11:30", "105 men left at 11:30"),
        ("5 million dollars is needed", "$5m is needed"),
        ("Mayor Ruiz lied", "Mayor Ana Ruiz lied"),
        ("the director lied", "the director Edda Hale lied"),
        ("the report is late", "On Monday, the report is late"),
        ("is the dam safe?", "Is the dam safe?"),
    ],
)
def test_a_shortening_is_supported(wording: str, told: str) -> None:
    assert is_supported(wording, told)


@pytest.mark.parametrize(
    ("wording", "told", "why"),
    [
        ("the dam is closed", TOLD, "subject and predicate are of two clauses"),
        ("the bridge is closed", TOLD, "the condition is left out"),
        ("the bridge is safe", TOLD, "the clauses are changed round"),
        ("the dam is not safe", TOLD, "a negation is added"),
        ("the dam may be safe", TOLD, "a doubt is added"),
        ("the dam is safe", "the dam may be safe", "a doubt is left out"),
        ("the dam is safe", "the dam is not safe", "a negation is left out"),
        ("the dam is safe", "if it rains no more, the dam is safe", "a condition is left out"),
        ("the dam is safe", "the dam is safe unless it rains", "a condition is left out at the end"),
        ("the dam is safe", "it is a lie: the dam is safe", "what a colon introduces cannot stand alone"),
        ("the dam is safe", "Is the dam safe?", "a question is no statement"),
        ("the gate is closed", "the gate is all but closed", "all but is not"),
        ("40 families left", "more than 40 families left", "a limit is left out"),
        ("50 families left", "40 of 50 families left", "a part is made the whole"),
        ("families left", "few families left", "an amount is left out"),
        ("guards hit the mayor", "guards were hit by the mayor", "who did it is changed round"),
        ("the guards were hit", "the guards hit", "who did it is changed round"),
        ("they insulted him", "he insulted us", "who did it is changed round"),
        ("Ruiz warned Hale", "Hale warned Ruiz", "who did it is changed round"),
        ("Korea fired a missile", "North Korea fired a missile", "another country"),
        ("the dam denied it", "the dam operator denied it", "the head of a phrase is left out"),
        ("they criticised the dam", "we criticised the dam operator", "the head of a phrase is left out"),
        ("they shot the mayor", "we shot at the mayor", "a preposition is left out"),
        ("he has to resign", "he has resigned", "a duty is added"),
        ("he resigned", "he has to resign", "a duty is left out"),
        ("the captain left", "the captain shouted and the crew left", "subject and predicate are of two clauses"),
        ("the sample", "the sample is negative", "nothing is said"),
        ("it arrived on 6", "it arrived on 6 September", "a date is cut in two"),
    ],
)
def test_what_changes_the_sense_is_not_supported(wording: str, told: str, why: str) -> None:
    assert not is_supported(wording, told), why


WORDS = st.lists(
    st.sampled_from("the dam old bridge not closed may Ruiz and 40 of , . but by was safe".split()), max_size=12
)


@given(words=WORDS)
def test_every_text_with_content_supports_itself(words: list[str]) -> None:
    text = " ".join(["Ruiz", "warned", *words])
    assert is_supported(text, text)


@given(words=WORDS, at=st.integers(min_value=0, max_value=20))
def test_a_word_that_does_not_stand_there_is_never_supported(words: list[str], at: int) -> None:
    told = ["Ruiz", "warned", *words, "guards"]
    said = [*told[:at], "Kestrel", *told[at:]]
    assert not is_supported(" ".join(said), " ".join(told))


@given(wording=st.text(max_size=60), told=st.text(max_size=60))
def test_any_text_can_be_compared(wording: str, told: str) -> None:
    assert 0 <= supported_share(wording, told) <= 1
