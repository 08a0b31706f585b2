"""Rows that are tests: run by pytest in a process of its own, and counted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
_MOST_TOLD = 5  # failures that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """How many tests passed, failed and were skipped; an expected failure is a failure here, for its row is unmet."""

    passed: int
    failed: tuple[str, ...]
    skipped: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.passed + len(self.failed) + len(self.skipped)

    @property
    def ok(self) -> bool | None:
        """Whether all passed; None where none failed and some were skipped, or where there was none to run."""
        if self.failed:
            return False
        return None if self.skipped or not self.passed else True

    @property
    def detail(self) -> str:
        """What failed, or was skipped, and why."""
        told = self.failed or self.skipped
        more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
        return "; ".join(told[:_MOST_TOLD]) + more


def run_tests(*nodes: str, environment: Mapping[str, str] | None = None) -> Tested:
    """Run tests by their ids ("tests/corpus/test_dates.py::test_common_forms"), with more variables.

    Raises FileNotFoundError where a file of tests is not there: a row must not be met by tests that were renamed.
    """
    for node in nodes:
        if not (ROOT / node.split("::")[0]).exists():
            raise FileNotFoundError(f"no tests at {node}")
    with TemporaryDirectory() as folder:
        told = Path(folder, "tests.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={told}", *nodes]
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False
        )
        if not told.exists():
            raise RuntimeError(f"pytest told nothing: {(done.stdout + done.stderr).strip()[-500:]}")
        return _read(told)


def _read(told: Path) -> Tested:
    passed = 0
    failed, skipped = [], []
    for case in ElementTree.parse(told).iter("testcase"):  # noqa: S314 -- pytest's own file
        name = f"{case.get('name')}"
        if (bad := case.find("failure")) is not None or (bad := case.find("error")) is not None:
            failed.append(f"{name}: {' '.join((bad.get('message') or '').split())[:200]}")
        elif (why := case.find("skipped")) is not None and why.get("type") == "pytest.xfail":
            failed.append(f"{name}: {why.get('message')}")
        elif why is not None:
            skipped.append(f"{name}: {why.get('message')}")
        else:
            passed += 1
    return Tested(passed=passed, failed=tuple(failed), skipped=tuple(skipped))
