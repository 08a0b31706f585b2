"""The forms in which a sentence may say who speaks."""

from __future__ import annotations

import pytest

from rag.answer.worded.frame import read_frames

NAMES = ("Ana Ruiz", "Ruiz")


@pytest.mark.parametrize(
    ("sentence", "cue", "content"),
    [
        ("Mayor Ana Ruiz said on Monday that the dam is safe.", "said", "the dam is safe."),
        ("Ana Ruiz, the mayor, said the dam is safe.", "said", "the dam is safe."),
        ("According to Ana Ruiz, the dam is safe.", "According to", "the dam is safe."),
        ("The dam is safe, according to Ruiz.", "according to", "The dam is safe"),
        ("The dam is safe, said Mayor Ruiz.", "said", "The dam is safe"),
        ("“The dam is safe,” Ruiz said on Monday.", "said", "“The dam is safe,”"),
        ("Ruiz did not deny that the dam is safe.", "did not deny", "the dam is safe."),
        ("Ruiz pointed out that the dam is safe.", "pointed out", "the dam is safe."),
        ("Ruiz told Radio Lume that the dam is safe.", "told", "the dam is safe."),
        ("Ruiz accused the operator of lying.", "accused", "the operator of lying."),
    ],
)
def test_forms_that_are_read(sentence: str, cue: str, content: str) -> None:
    assert (cue, content) in [(frame.cue, frame.content) for frame in read_frames(sentence, names=NAMES)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The dam is safe.",  # nobody says it
        "Ana Ruiz's deputy said the dam is safe.",  # another says it
        "Ruiz was accused of lying.",
        "Hale said the dam is safe.",
        "Ruiz.",
        "",
    ],
)
def test_forms_that_are_not(sentence: str) -> None:
    assert list(read_frames(sentence, names=NAMES)) == []


def test_what_stands_around_a_name_is_told_apart() -> None:
    frame = next(read_frames("Mayor Ana Ruiz, a lawyer, told Radio Lume on Monday that it holds.", names=NAMES))
    assert (frame.before, frame.after, frame.to, frame.time) == ("Mayor", "a lawyer", "Radio Lume", "on Monday")
