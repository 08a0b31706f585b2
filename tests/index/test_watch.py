"""A watch that tells of changes, burst by burst."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.index.watch import changes_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Ends a watch that would wait for ever, whatever a test did."""
    event = threading.Event()
    timer = threading.Timer(30, event.set)
    timer.start()
    yield event
    timer.cancel()
    event.set()


def test_a_watch_begins_with_nothing_and_then_tells_what_changed(folder: Path, stop: threading.Event) -> None:
    changes = changes_in([folder], stop=stop)
    assert next(changes) == frozenset()
    (folder / "a.txt").write_text("one", encoding="utf-8")
    (folder / "b.txt").write_text("two", encoding="utf-8")
    assert next(changes) == {folder / "a.txt", folder / "b.txt"}
    (folder / "a.txt").unlink()
    assert next(changes) == {folder / "a.txt"}


def test_what_changes_while_the_caller_works_is_told_after(folder: Path, stop: threading.Event) -> None:
    changes = changes_in([folder], stop=stop)
    next(changes)
    (folder / "a.txt").write_text("one", encoding="utf-8")
    next(changes)
    (folder / "b.txt").write_text("two", encoding="utf-8")  # nobody waits for it yet
    assert next(changes) == {folder / "b.txt"}


def test_an_index_among_the_articles_does_not_wake_its_own_watch(folder: Path, stop: threading.Event) -> None:
    index = folder / "index"
    index.mkdir()
    changes = changes_in([folder], ignore=[index], stop=stop)
    next(changes)
    (index / "ledger.db").write_bytes(b"written")
    (folder / "a.txt").write_text("one", encoding="utf-8")
    assert next(changes) == {folder / "a.txt"}


def test_a_watch_ends_when_told_to(folder: Path) -> None:
    stop = threading.Event()
    changes = changes_in([folder], stop=stop)
    next(changes)
    stop.set()
    assert list(changes) == []


def test_a_folder_whose_name_goes_on_where_the_indexs_ends_is_watched(folder: Path, stop: threading.Event) -> None:
    changes = changes_in([folder], ignore=[folder.with_name("art")], stop=stop)
    next(changes)
    (folder / "a.txt").write_text("one", encoding="utf-8")
    assert next(changes) == {folder / "a.txt"}
