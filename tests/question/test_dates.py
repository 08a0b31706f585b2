"""Which dates in a question restrict it, and which only describe what it is about."""

from __future__ import annotations

from datetime import date

import pytest

from rag.question.dates import asks_of_now, read_period

TODAY = date(2031, 6, 18)  # a Wednesday
NEWEST = date(2031, 3, 20)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What did Ana Ruiz say in October 2030?", date(2030, 10, 1), date(2030, 10, 31)),
        ("What did Ana Ruiz say in February about the dam?", date(2031, 2, 1), date(2031, 2, 28)),
        ("What did Ana Ruiz say in October about the dam?", date(2030, 10, 1), date(2030, 10, 31)),
        ("What did Ana Ruiz say about the dam since 3 March 2031?", date(2031, 3, 3), None),
        ("What was reported before 2030?", None, date(2029, 12, 31)),
        ("What did Ana Ruiz say after March 3, 2031 about the dam?", date(2031, 3, 4), None),
        ("In 2030, who spoke of the dam?", date(2030, 1, 1), date(2030, 12, 31)),
        ("What did Ana Ruiz say on 2031-01-05?", date(2031, 1, 5), date(2031, 1, 5)),
        ("What did Ana Ruiz say yesterday?", date(2031, 6, 17), date(2031, 6, 17)),
        ("What did Ana Ruiz say on Monday?", date(2031, 6, 16), date(2031, 6, 16)),
        ("What was said last week about the dam?", date(2031, 6, 9), date(2031, 6, 15)),
        ("What did Ana Ruiz say since Monday?", date(2031, 6, 16), None),
    ],
)
def test_when_something_was_said_restricts(question: str, since: date | None, until: date | None) -> None:
    period = read_period(question, today=TODAY, latest=NEWEST)
    assert period is not None
    assert (period.since, period.until) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ana Ruiz say after the May 2030 vote?",
        "How many fires were counted in Orla by mid-September 2030?",
        "What did Ana Ruiz say in May Street?",
        "Who may say that the dam leaks?",
        "How large was the army in 2008 compared with 1972?",
        "What did Ana Ruiz say on 31 February 2031?",
        "What did March Hale say?",
    ],
)
def test_a_date_of_an_event_does_not(question: str) -> None:
    assert read_period(question, today=TODAY, latest=NEWEST) is None


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who resigned this week?", True),
        ("Which minister recently left?", True),
        ("Where did the ferry sink on Tuesday?", True),
        ("What is the latest on the dam?", True),
        ("Who opposed the new dam?", False),
        ("Who spoke of the dam in May 2031?", False),
        ("Who knows this man?", False),
    ],
)
def test_whether_a_question_is_about_these_days(question: str, asks: bool) -> None:
    assert asks_of_now(question) is asks
