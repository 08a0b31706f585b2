"""What one answer and one index run tell: to the log, and to whoever counts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.observe.logs import tell
from rag.observe.stages import collect_timings
from rag.types import Answer, IndexReport

if TYPE_CHECKING:
    from rag.observe.metrics import Metrics

_log = logging.getLogger(__name__)


def watch_answer(make: Callable[[], Answer], *, metrics: Metrics | None, question: str | None = None) -> Answer:
    """Make an answer, and tell how it went. `question` is logged where it is given, and that is to be asked for."""
    with collect_timings() as timings:
        try:
            answer = make()
        except Exception as error:
            if metrics:
                metrics.failed()
            tell(_log, "not answered", error=type(error).__name__, seconds=timings.rounded())
            raise
    if metrics:
        metrics.answered(answer, timings)
    asked = {} if question is None else {"question": question}
    tell(
        _log,
        "answered",
        **asked,
        status=answer.status,
        claims=len(answer.claims),
        citations=len(answer.citations),
        searched=answer.scope.articles,
        seconds=timings.rounded(),
    )
    return answer


def watch_run(make: Callable[[], IndexReport], *, metrics: Metrics | None) -> IndexReport:
    """Make an index run, and tell how it went."""
    with collect_timings() as timings:
        report = make()
    if metrics:
        metrics.indexed(report, timings)
    tell(
        _log,
        "indexed",
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        removed=report.removed,
        failed=len(report.failed),
        claims=report.claims,
        interrupted=report.interrupted,
        total_seconds=report.seconds,
        seconds=timings.rounded(),
    )
    return report
