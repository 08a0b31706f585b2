"""Any order of writes, removals, restarts and searches leaves what a dict would hold."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.torture.result import Result, share_of
from tests.store.test_ledger_model import LedgerMachine

EXAMPLES, STEPS = 100, 50
_steps = 0


class _Counted(LedgerMachine):
    """The machine of the tests, whose checks are counted: one after each step."""

    def teardown(self) -> None:
        global _steps  # noqa: PLW0603 -- Hypothesis makes the machines
        _steps += self.steps
        super().teardown()


def run(seed: int, share: float) -> Result:
    """So many sequences of so many steps; what is stored and what is found is compared after every step."""
    examples = share_of(EXAMPLES, share)
    failure = ""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(seeded(seed)(_Counted), settings=chosen)
    except Exception as error:  # whatever it is, the target is missed
        failure = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return Result(
        row=9,
        threat="operations in any order",
        target="100 sequences of 50 steps, after each the same as a dict, restarts among them",
        measured=f"{examples} sequences, {_steps:,} steps compared; {'1 fault' if failure else '0 faults'}",
        ok=not failure and _steps > 0,
        detail=failure,
    )
