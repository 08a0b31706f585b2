"""Files that ask for other files or for the network, by entities, inclusions and links."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn, and it is quick
    """Every payload is read under an audit hook, beside a server that counts requests."""
    done = run_tests("tests/corpus/test_outside_access.py::test_nothing_outside_the_file_is_read")
    return Result(
        row=13,
        threat="XXE, entity bombs, remote references",
        target="20; 0 accesses",
        measured=f"{done.passed} of {done.total} without an access",
        ok=done.ok if done.total >= 20 else False,
        detail=done.detail,
    )
