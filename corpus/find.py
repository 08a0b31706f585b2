"""The files to read under the paths that somebody names."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import NoSuchPath, NothingToRead, UnreadableFile
from corpus.readers import is_no_article, kind_of, known_kinds

NO_SUFFIX = "no suffix"


def find_files(paths: Sequence[str | Path], *, others: Counter[str] | None = None) -> list[Path]:
    """The files of known kinds under files and folders, sorted, each once.

    Hidden files and folders, and files about a folder (README.md, SOURCES.md, LICENSE), are left out unless named.
    Those of other kinds are left out of folders, and counted in `others` by their suffix.
    Raises NoSuchPath, UnreadableFile for a named file of another kind, NothingToRead where nothing is found.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    found: dict[str, Path] = {}
    others = Counter() if others is None else others
    for path in map(Path, paths):
        for file in _files_under(path, others=others):
            found.setdefault(os.path.abspath(file), file)
    if not found:
        where = ", ".join(str(path) for path in paths) or "no path"
        raise NothingToRead(f"nothing to read in {where}: no file is of the kinds {known_kinds()}")
    return sorted(found.values())


def _files_under(path: Path, *, others: Counter[str]) -> Iterator[Path]:
    if path.is_dir():
        yield from _walk(path, others=others)
    elif path.exists():
        if kind_of(path) is None:
            raise UnreadableFile(f"{path} is of no known kind: give a file of the kinds {known_kinds()}")
        yield path
    else:
        raise NoSuchPath(f"{path} does not exist: check the path")


def _walk(folder: Path, *, others: Counter[str]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, onerror=_raise_unreadable):
        folders[:] = sorted(name for name in folders if not is_no_article(name))
        for name in sorted(names):
            path = Path(root, name)
            if is_no_article(name):
                continue
            if kind_of(path) is not None and path.is_file():
                yield path
            else:
                others[path.suffix.lower() or NO_SUFFIX] += 1


def _raise_unreadable(error: OSError) -> None:
    raise UnreadableFile(f"cannot open {error.filename} ({error.strerror}): check its permissions") from error
