"""What a question costs, counted: no test asserts a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.latency import Taken, ask_timed, quantile, table
from rag.assistant import Assistant
from rag.store.database import FILE
from tests.stories import DAM, FERRY, STRIKE

QUESTIONS = ("Who says that the dam is safe?", "What did Olga Brandt say about the contract?")
MOST_STATEMENTS = 40
"""Of SQL, with those that begin a transaction, that a question takes, however much it shows."""


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM, strike=STRIKE, ferry=FERRY))
    assistant.ask("Who was late?")  # what is loaded once
    return assistant


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_takes_few_statements(desk: Assistant, question: str) -> None:
    answer, taken = ask_timed(lambda: desk.ask(question), desk)
    assert answer.claims
    assert 0 < taken.statements <= MOST_STATEMENTS


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_statement_reads_all_units_or_claims(desk: Assistant, question: str) -> None:
    """SQLite keeps no statistics here, and may take an index of few values for a good one."""
    put: list[tuple[str, Any]] = []
    event.listen(desk.ledger._engine, "before_cursor_execute", lambda *call: put.append((call[2], call[3])))
    desk.ask(question)
    database = sqlite3.connect(desk.folder / FILE)
    plans = [
        step
        for statement, parameters in put
        if statement.startswith("SELECT")
        for *_, step in database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    assert plans
    assert not [step for step in plans if "units_by_kind" in step or step.startswith(("SCAN units", "SCAN claims"))]


def test_half_of_the_values_do_not_exceed_the_median() -> None:
    assert quantile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.0
    assert quantile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert quantile([1.0, 9.0], 1.0) == 9.0


def test_the_table_names_the_stages() -> None:
    taken = [Taken(wall=0.02 * n, processor=0.01, stages={"retrieve": 0.015}, statements=30) for n in (1, 2, 3)]
    lines = "\n".join(table(taken))
    assert "3 questions" in lines
    assert "40.0" in lines, "the median of 20, 40 and 60 ms"
    assert "retrieve" in lines
