"""What readers thought of answers: a thumb and a note each, kept in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select

from rag.store.connected import Connected
from rag.store.database import explained, no_writing
from rag.store.schema import feedback
from rag.types import Plain

Verdict = Literal["up", "down"]
MOST_NOTE = 4000
"""Characters that are kept of a reader's note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Plain):
    """One reader's verdict on one answer.

    `claims` are the ids of the claims that the answer showed, `filters` what was filtered by. The answer's words are
    not kept: they are the articles', and go when those go. `reader` is the name of who was logged in, `given_at` in
    seconds since 1970.
    """

    question: str
    verdict: Verdict
    note: str = ""
    claims: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    reader: str | None = None
    given_at: float


class FeedbackBook(Connected):
    """The feedback in a ledger. It is no part of what is searched, so no index is brought in step after it."""

    read_only = False

    def add_feedback(self, given: Feedback) -> None:
        """Keep a verdict, of a long note the beginning. Raises StoreError where the ledger cannot be written."""
        if self.read_only:
            raise no_writing(self.place)
        with explained(self.place), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                connection.execute(insert(feedback), given.to_dict() | {"note": given.note.strip()[:MOST_NOTE]})

    def feedback(self) -> list[Feedback]:
        """All that was given, the oldest first."""
        return list(self._pages(select(feedback), feedback.c.key, _read_feedback))


def _read_feedback(row: Any) -> Feedback:
    return Feedback(
        question=row.question,
        verdict=row.verdict,
        note=row.note,
        claims=tuple(row.claims),
        filters=tuple(row.filters),
        reader=row.reader,
        given_at=row.given_at,
    )
