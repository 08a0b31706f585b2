from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import IndexLocked, StoreError
from rag.store.lock import WriterLock

Elsewhere = Callable[[str], subprocess.CompletedProcess[str]]


def test_a_second_writer_is_refused_and_told_who_writes(folder: Path, elsewhere: Elsewhere) -> None:
    with WriterLock(folder):
        refused = elsewhere("with WriterLock(folder): pass")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("rag.errors.IndexLocked")
    assert f"process {os.getpid()}" in refused.stderr


def test_in_one_process_too(folder: Path) -> None:
    with WriterLock(folder), pytest.raises(IndexLocked, match="this process"), WriterLock(folder):
        pass


def test_free_again_when_done(folder: Path, elsewhere: Elsewhere) -> None:
    with WriterLock(folder):
        pass
    assert elsewhere("with WriterLock(folder): pass").returncode == 0


def test_free_again_when_its_process_was_killed(folder: Path, elsewhere: Elsewhere) -> None:
    killed = elsewhere("WriterLock(folder).__enter__()\nos.kill(os.getpid(), signal.SIGKILL)")
    assert killed.returncode == -9
    with WriterLock(folder):
        pass


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError) as caught, WriterLock(tmp_path / "file"):
        pass
    assert "\n" not in str(caught.value)
