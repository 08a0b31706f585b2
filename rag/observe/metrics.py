"""Figures for Prometheus: how many questions and articles, how long each stage takes, how much there is.

https://prometheus.io/docs/practices/naming/ -- no label holds a word of a question or an article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from rag.observe.stages import Timings
from rag.types import Answer, IndexReport

if TYPE_CHECKING:
    from collections.abc import Callable

_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


class Metrics:
    """Counters of one assistant, in a registry of their own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "attest_questions", "Questions, by what came of them.", ["status"], registry=self.registry
        )
        self._articles = Counter(
            "attest_articles", "Articles that index runs met, by what came of them.", ["change"], registry=self.registry
        )
        self._seconds = Histogram(
            "attest_stage_seconds", "Seconds by stage.", ["stage"], buckets=_BUCKETS, registry=self.registry
        )
        self._stored = Gauge("attest_stored_articles", "Articles in the index.", registry=self.registry)

    def answered(self, answer: Answer, timings: Timings) -> None:
        self._questions.labels(answer.status).inc()
        self._observe(timings)

    def failed(self) -> None:
        """A question that ended in an error."""
        self._questions.labels("error").inc()

    def indexed(self, report: IndexReport, timings: Timings) -> None:
        counts = {
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "removed": report.removed,
            "failed": len(report.failed),
        }
        for change, count in counts.items():
            self._articles.labels(change).inc(count)
        self._observe(timings)

    def count_stored(self, count: Callable[[], float]) -> None:
        """What says how many articles there are, asked at every scrape."""
        self._stored.set_function(count)

    def render(self) -> bytes:
        """The figures as Prometheus reads them."""
        rendered: bytes = generate_latest(self.registry)
        return rendered

    def _observe(self, timings: Timings) -> None:
        for stage, seconds in timings.seconds.items():
            self._seconds.labels(stage).observe(seconds)
