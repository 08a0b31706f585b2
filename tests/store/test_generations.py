"""Generations are told apart from ones that kill the process that opens them, however many processes open them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rag.store.generations import Generation, Generations

ROOT = Path(__file__).parents[2]
OPEN = """
import os, sys
from pathlib import Path
from rag.store.generations import Generations
parent, times, then = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
generations = Generations(parent)
for _ in range(times):
    with generations.opening(generations.current()) as died:
        assert not died
        if then == "die":
            os.abort()
"""


@pytest.fixture
def parent(tmp_path: Path) -> Path:
    parent = tmp_path / "vectors"
    with Generations(parent).building() as folder:
        folder.mkdir()
        (folder / "graph").write_bytes(b"whole")
        Generations(parent).publish(folder, stamp="1", removed=0, sealed=[folder / "graph"], content="")
    return parent


def _open(parent: Path, *, times: int = 1, then: str = "close") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", OPEN, str(parent), str(times), then], cwd=ROOT)


def _current(parent: Path) -> Generation:
    current = Generations(parent).current()
    assert current
    return current


def test_processes_that_open_one_at_the_same_moment_are_not_taken_for_dead(parent: Path) -> None:
    """They make and remove what tells of a death while others look for it."""
    assert [one.wait() for one in [_open(parent, times=300) for _ in range(4)]] == [0] * 4
    with Generations(parent).opening(_current(parent)) as died:
        assert not died


def test_a_generation_that_killed_two_processes_is_not_opened_again(parent: Path) -> None:
    for _ in range(2):
        assert _open(parent, then="die").wait() == -signal.SIGABRT
    with Generations(parent).opening(_current(parent)) as died:
        assert died


def test_one_death_may_be_somebodys_kill(parent: Path) -> None:
    assert _open(parent, then="die").wait() == -signal.SIGABRT
    with Generations(parent).opening(_current(parent)) as died:
        assert not died


def test_deaths_are_counted_for_one_generation_alone(parent: Path) -> None:
    for _ in range(2):
        _open(parent, then="die").wait()
    with Generations(parent).building() as folder:
        folder.mkdir()
        Generations(parent).publish(folder, stamp="2", removed=0, sealed=[], content="")
    with Generations(parent).opening(_current(parent)) as died:
        assert not died


def test_one_that_cannot_be_written_beside_is_opened_all_the_same(parent: Path) -> None:
    (parent / "opening.lock").mkdir()  # as good as a folder without leave to write, for root too
    with Generations(parent).opening(_current(parent)) as died:
        assert not died
