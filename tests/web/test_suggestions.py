"""Questions that are suggested: short ones that say what they mean, from the newest claims."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.web.suggestions import first_questions
from tests.stories import DAM


@pytest.mark.parametrize(
    ("counted", "asked"), [("40 families have", ["How many families, according to whom?"]), ("40 people have", [])]
)
def test_a_unit_that_could_be_of_anything_is_not_asked_for(
    assistant: Assistant, newsroom: Callable[..., Path], counted: str, asked: list[str]
) -> None:
    assistant.add(newsroom(dam=DAM.replace("40 families have", counted)))
    questions = first_questions(assistant)
    assert [question for question in questions if question.startswith("How many")] == asked
    assert any(question.startswith("What did") for question in questions)
