"""Models wrap their JSON in much; what is in it is taken strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.worded.reply import read_reply

PLAIN = '{"sentences": [{"text": "Ruiz said so.", "numbers": [1, 2]}]}'


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"```json\n{PLAIN}\n```",
        f"Sure! Here it is: {PLAIN} Hope this helps.",
        f'<think>perhaps {{"sentences": []}}?</think>{PLAIN}',
        '[{"text": "Ruiz said so.", "numbers": [1, 2]}]',
        '{"sentences": [{"sentence": "Ruiz said so.", "citations": ["1", "[2]"]}], "note": "x"}',
        f"{{not json}} {PLAIN}",
    ],
)
def test_the_sentences_are_found_in_what_stands_around_them(text: str) -> None:
    reply = read_reply(text)
    assert reply is not None
    assert [(s.text, s.numbers) for s in reply.sentences] == [("Ruiz said so.", (1, 2))]
    assert not reply.cut


@pytest.mark.parametrize(
    "text", ["", "I cannot help with that [1].", "42", "[1, 2]", '{"sentences": "x"}', "[" * 10_000]
)
def test_a_reply_of_another_form_is_none(text: str) -> None:
    assert read_reply(text) is None


@pytest.mark.parametrize("numbers", ['"one"', "[1.5]", "[true]", "[null]", "{}", '["1; drop"]', "[[1]]"])
def test_a_sentence_without_proper_numbers_is_counted_and_left_out(numbers: str) -> None:
    reply = read_reply(f'{{"sentences": [{{"text": "Ruiz said so.", "numbers": {numbers}}}]}}')
    assert reply is not None
    assert (reply.sentences, reply.malformed) == ((), 1)


def test_a_reply_that_breaks_off_gives_its_whole_sentences() -> None:
    whole = {"text": "Ruiz said so.", "numbers": [1]}
    text = json.dumps({"sentences": [whole, whole]})
    reply = read_reply(text[: len(text) - 12])
    assert reply is not None
    assert reply.cut
    assert len(reply.sentences) == 1


def test_nothing_to_say_is_a_reply() -> None:
    reply = read_reply('{"sentences": []}')
    assert reply is not None
    assert reply.sentences == ()


@given(st.text(alphabet='{}[]",:sentc 1\\ntext', max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    read_reply(text)
