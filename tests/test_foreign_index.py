"""An index from somebody else: its files may ask for code, and none of it runs; answers come from the ledger."""

from __future__ import annotations

import io
import json
import pickle
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.errors import RagError
from tests.test_model_folder import Bomb

QUESTION = "Who says that the ferry will sail?"
ROWS = 150


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Path:
    """An index with enough in it that all its files are written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTEST_CACHE", str(model_cache))
        patch.setenv("ATTEST_ATTRIBUTION", "rules")
        place = tmp_path_factory.mktemp("foreign")
        for number in range(ROWS):
            note = f"Ferry {number} in port\n\nThe ferry number {number} will sail on Monday, said Ana Ruiz{number}."
            (place / f"{number}.txt").write_text(note, encoding="utf-8")
        assistant = Assistant.open(place / "index")
        assistant.add(place)
        assistant.ask(QUESTION)
        return place / "index"


def tampered(made: Path, place: Path, pattern: str, change: Callable[[Path], None]) -> Path:
    """A copy of the index with changed files, sealed again as whoever made it would."""
    shutil.copytree(made, place)
    found = [path for path in place.rglob(pattern) if path.is_file()]
    assert found, f"the index holds no {pattern}: this test is about nothing"
    for path in found:
        change(path)
    for pointer in place.rglob("current"):
        record = json.loads(pointer.read_text())
        folder = pointer.parent / record["folder"]
        for name in record["files"]:
            content = (folder / name).read_bytes()
            record["files"][name] = [len(content), zlib.crc32(content)]
        pointer.write_text(json.dumps(record))
    return place


def told(index: Path) -> str:
    return Assistant.open(index, create=False).ask(QUESTION).text


def test_pickles_in_chromas_folder_are_not_loaded(made: Path, tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "mark"))
    index = tampered(made, tmp_path / "index", "*.pickle", lambda path: path.write_bytes(bomb) and None)
    assert told(index) == told(made)
    assert not (tmp_path / "mark").exists()


def test_pickled_arrays_are_not_loaded(made: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    np.save(out, np.array([Bomb(tmp_path / "mark")], dtype=object))
    index = tampered(made, tmp_path / "index", "*.npy", lambda path: path.write_bytes(out.getvalue()) and None)
    assert told(index) == told(made)
    assert not (tmp_path / "mark").exists()


def test_an_embedding_function_that_chroma_remembers_is_not_made(made: Path, tmp_path: Path) -> None:
    """It could send every question to a server: what is stored with a collection must not choose a model."""
    named = {
        "type": "known",
        "name": "openai",
        "config": {"api_key_env_var": "HOME", "model_name": "m", "api_base": "http://127.0.0.1:9/"},
    }

    def change(path: Path) -> None:
        with sqlite3.connect(path) as database:
            (stored,) = database.execute("SELECT config_json_str FROM collections LIMIT 1").fetchone()
            config = json.loads(stored or "{}") | {"embedding_function": named}
            database.execute("UPDATE collections SET config_json_str = ?", (json.dumps(config),))
        database.close()

    index = tampered(made, tmp_path / "index", "chroma.sqlite3", change)
    assert told(index) == told(made)


@pytest.mark.parametrize("key", ["schema", "embedding"])
def test_an_index_of_another_program_or_model_is_refused_in_one_line(made: Path, tmp_path: Path, key: str) -> None:
    def change(path: Path) -> None:
        with sqlite3.connect(path) as database:
            database.execute("UPDATE manifest SET value = '999' WHERE key = ?", (key,))
        database.close()

    index = tampered(made, tmp_path / "index", "ledger.db", change)
    with pytest.raises(RagError) as refused:
        told(index)
    assert "\n" not in str(refused.value)
