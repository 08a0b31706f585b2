"""The files to read under the paths that somebody names."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import NoSuchPath, NothingToRead, UnreadableFile
from corpus.readers import is_no_article, kind_of, known_kinds

_log = logging.getLogger(__name__)


def find_files(paths: Sequence[str | Path]) -> list[Path]:
    """The files of known kinds under files and folders, sorted, each once.

    Hidden files and folders, and files about a folder (README.md, SOURCES.md, LICENSE), are left out unless named.
    Raises NoSuchPath, UnreadableFile for a named file of another kind, NothingToRead where nothing is found.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        for file in _files_under(path):
            found.setdefault(os.path.abspath(file), file)
    if not found:
        where = ", ".join(str(path) for path in paths) or "no path"
        raise NothingToRead(f"nothing to read in {where}: no file is of the kinds {known_kinds()}")
    return sorted(found.values())


def _files_under(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        if kind_of(path) is None:
            raise UnreadableFile(f"{path} is of no known kind: give a file of the kinds {known_kinds()}")
        yield path
    else:
        raise NoSuchPath(f"{path} does not exist: check the path")


def _walk(folder: Path) -> Iterator[Path]:
    skipped = 0
    for root, folders, names in os.walk(folder, onerror=_raise_unreadable):
        folders[:] = sorted(name for name in folders if not is_no_article(name))
        for name in sorted(names):
            path = Path(root, name)
            if is_no_article(name):
                continue
            if kind_of(path) is not None and path.is_file():
                yield path
            else:
                skipped += 1
    if skipped:
        _log.info("%s: left out %d files of other kinds", folder, skipped)


def _raise_unreadable(error: OSError) -> None:
    raise UnreadableFile(f"cannot open {error.filename} ({error.strerror}): check its permissions") from error
