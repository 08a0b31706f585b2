"""Time questions put to an index, each asked once, by one reader.

usage: python -m benchmarks.latency QUESTIONS.jsonl --index DIR [--warm N] [--answers OUT.jsonl]

QUESTIONS  lines {"id", "question", "history": [earlier questions]}
--warm     so many questions, the first, load what is loaded once and are not counted (5)
--answers  also OUT: each question's whole answer, to see whether two versions of this program answer alike

Prints p50, p95 and the longest of wall time and of the time of all processors, in milliseconds; the wall time of each
stage; and how many SQL statements a question takes. Wall time is that of a reader only where the machine is free.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import event

from benchmarks.data import read_lines, require, write_lines
from rag.assistant import Assistant
from rag.observe import collect_timings
from rag.types import Answer

WARM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one question took: seconds on the clock, of processors, and by stage, and the number of SQL statements."""

    wall: float
    processor: float
    stages: Mapping[str, float]
    statements: int


def ask_timed(ask: Callable[[], Answer], assistant: Assistant) -> tuple[Answer, Taken]:
    """An answer and what it took."""
    with collect_timings() as timings, counted_statements(assistant) as statements:
        wall, processor = time.perf_counter(), time.process_time()
        answer = ask()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    taken = Taken(wall=wall, processor=processor, stages=dict(timings.seconds), statements=len(statements))
    return answer, taken


@contextmanager
def counted_statements(assistant: Assistant) -> Iterator[list[str]]:
    """The SQL statements that are put to an assistant's ledger meanwhile, by any thread."""
    put: list[str] = []
    engine = assistant.ledger._engine

    def note(*call: object) -> None:
        put.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield put
    finally:
        event.remove(engine, "before_cursor_execute", note)


def table(taken: Sequence[Taken]) -> Iterator[str]:
    """A table of what questions took."""
    yield f"{len(taken)} questions{'':>12}   p50     p95     max"
    columns: dict[str, list[float]] = {
        "wall, ms": [1000 * one.wall for one in taken],
        "processor, ms": [1000 * one.processor for one in taken],
    }
    for stage in dict.fromkeys(stage for one in taken for stage in one.stages):
        columns[f"  {stage}, wall, ms"] = [1000 * one.stages.get(stage, 0.0) for one in taken]
    columns["SQL statements"] = [float(one.statements) for one in taken]
    for name, values in columns.items():
        yield f"{name:22}" + "".join(f"{quantile(values, share):8.1f}" for share in (0.5, 0.95, 1.0))


def quantile(values: Sequence[float], share: float) -> float:
    """The least value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--warm", type=int, default=WARM)
    parser.add_argument("--answers", type=Path)
    given = parser.parse_args()
    require(given.questions, given.index)
    assistant = Assistant.open(given.index, create=False)
    answers, taken = [], []
    for question in read_lines(given.questions):
        asked, history = question["question"], question.get("history", ())
        answer, one = ask_timed(partial(assistant.ask, asked, history=history), assistant)
        answers.append({"id": question.get("id"), **answer.to_dict()})
        taken.append(one)
    if given.answers:
        write_lines(given.answers, answers)
    print("\n".join(table(taken[given.warm :])))


if __name__ == "__main__":
    main()
