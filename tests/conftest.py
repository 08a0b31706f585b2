"""An isolated user folder, and indexes over small made-up corpora."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from rag.assistant import Assistant

hypothesis.settings.register_profile("attest", deadline=None)  # how long an example takes, the machine decides
hypothesis.settings.load_profile("attest")


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Converted weights, made once a test run."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of whoever runs it, nor looks for a model hub."""
    monkeypatch.setenv("ATTEST_INDEX", str(tmp_path / "default-index"))
    monkeypatch.setenv("ATTEST_CACHE", str(model_cache))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def newsroom(tmp_path: Path) -> Callable[..., Path]:
    """A folder of text files, from names and texts."""

    def write(**texts: str) -> Path:
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    """An assistant over an empty index."""
    return Assistant.open(tmp_path / "index")
