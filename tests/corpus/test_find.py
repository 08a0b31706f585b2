"""Which files are read under the paths that somebody names."""

from collections import Counter
from pathlib import Path

import pytest

from corpus import NoSuchPath, NothingToRead, UnreadableFile, find_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("The ferry left Port Amsel at nine.", encoding="utf-8")


def names_in(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_files([folder])]


def test_known_kinds_are_found_in_folders_below_and_sorted(tmp_path: Path) -> None:
    make(
        tmp_path, "b.txt", "a.html", "sub/c.JSONL", "sub/deep/d.csv.gz", "picture.png", "film.mp4", "e.tar.gz", "f.tgz"
    )
    assert names_in(tmp_path) == ["a.html", "b.txt", "e.tar.gz", "f.tgz", "sub/c.JSONL", "sub/deep/d.csv.gz"]


def test_hidden_files_and_files_about_the_folder_are_no_articles(tmp_path: Path) -> None:
    make(tmp_path, "story.txt", ".draft.txt", ".git/config.txt", "README.md", "SOURCES.md", "LICENSE.txt", "LICENSE")
    assert names_in(tmp_path) == ["story.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "story.txt")
    assert find_files([tmp_path / "story.txt", str(tmp_path)]) == [tmp_path / "story.txt"]


def test_a_named_file_about_the_folder_is_read_after_all(tmp_path: Path) -> None:
    make(tmp_path, "README.md")
    assert find_files([tmp_path / "README.md"]) == [tmp_path / "README.md"]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match=r"nowhere does not exist"):
        find_files([tmp_path / "nowhere"])


def test_a_folder_without_articles_says_which_kinds_it_looked_for(tmp_path: Path) -> None:
    make(tmp_path, "picture.png")
    with pytest.raises(NothingToRead, match=r"\.jsonl"):
        find_files([tmp_path])


def test_no_path_at_all_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        find_files([])


def test_files_of_other_kinds_are_counted_by_suffix_but_not_what_is_about_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "story.txt", "old.doc", "sub/older.DOC", "film.mp4", "notes", "README.md", ".hidden.doc")
    others: Counter[str] = Counter()
    assert find_files([tmp_path], others=others) == [tmp_path / "story.txt"]
    assert others == {".doc": 2, ".mp4": 1, "no suffix": 1}


def test_a_named_file_of_another_kind_is_refused_with_the_known_kinds(tmp_path: Path) -> None:
    make(tmp_path, "scan.tiff")
    with pytest.raises(UnreadableFile, match=r"scan\.tiff.*\.html") as caught:
        find_files([tmp_path / "scan.tiff"])
    assert "\n" not in str(caught.value)
