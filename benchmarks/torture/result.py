"""What came of a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A row's target and what was measured; `ok` is None where it could not be run here, for the reason in `detail`."""

    row: int
    threat: str
    target: str
    measured: str
    ok: bool | None
    detail: str = ""

    @property
    def status(self) -> str:
        return {True: "met", False: "MISSED", None: "not run"}[self.ok]


def not_run(row: int, *, threat: str, target: str, reason: str) -> Result:
    """The result of a row that this machine cannot run. It is not green: the summary names it."""
    return Result(row=row, threat=threat, target=target, measured="", ok=None, detail=reason)


def share_of(full: int, share: float) -> int:
    """How many of `full` inputs a share is, never none."""
    return max(1, round(full * share))
