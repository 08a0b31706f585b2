"""Archives: their members are read as the files they are, one at a time, and nothing leaves the temporary folder."""

import bz2
import gzip
import io
import json
import lzma
import os
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file
from corpus.limits import Limits
from corpus.readers import read_marked
from corpus.readers.containers import Mark, Skipped

BODY = "The dam above Lowmarsh held through the night, the water board said on Tuesday."
Pack = Callable[[Sequence[tuple[str, bytes]]], bytes]


def text(number: int) -> bytes:
    return f"{BODY} It was alarm number {number}.".encode()


def make_zip(members: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def make_tar(members: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            add_entry(archive, name, content=content)
    return out.getvalue()


def add_entry(archive: tarfile.TarFile, name: str, *, content: bytes = b"", kind: bytes = tarfile.REGTYPE) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.type, entry.linkname = len(content), kind, "/etc/hostname"
    archive.addfile(entry, io.BytesIO(content))


def packed(pack: Pack, compress: Callable[[bytes], bytes]) -> Pack:
    return lambda members: compress(pack(members))


KINDS = {
    "news.zip": make_zip,
    "news.tar": make_tar,
    "news.tar.gz": packed(make_tar, gzip.compress),
    "news.tgz": packed(make_tar, gzip.compress),
    "news.tar.bz2": packed(make_tar, bz2.compress),
    "news.tar.xz": packed(make_tar, lzma.compress),
    "news.zip.gz": packed(make_zip, gzip.compress),
}


def read(path: Path, *, limits: Limits | None = None) -> list[Article | Problem]:
    return list(read_file(path, root=path.parent, limits=limits))


def problem(path: Path, *, limits: Limits | None = None) -> Problem:
    (found,) = read(path, limits=limits)
    assert isinstance(found, Problem), found
    assert "\n" not in found.reason + found.path
    return found


@pytest.mark.parametrize("name", KINDS)
def test_members_are_read_in_the_archives_order_under_their_paths(tmp_path: Path, name: str) -> None:
    path = tmp_path / "may" / name
    path.parent.mkdir()
    members = [
        ("b.txt", text(1)),
        ("folder/a.txt", text(2)),
        ("picture.png", b"\x89PNG"),
        ("folder/dams.jsonl", b"\n".join(json.dumps({"text": text(n).decode()}).encode() for n in (3, 4))),
        ("folder/c.txt.gz", gzip.compress(text(5))),
    ]
    path.write_bytes(KINDS[name](members))
    found = list(read_file(path, root=tmp_path))
    assert [(item.id, item.path, item.record) for item in found if isinstance(item, Article)] == [
        (f"may/{name}!/b.txt", f"{path}!/b.txt", None),
        (f"may/{name}!/folder/a.txt", f"{path}!/folder/a.txt", None),
        (f"may/{name}!/folder/dams.jsonl#1", f"{path}!/folder/dams.jsonl", 1),
        (f"may/{name}!/folder/dams.jsonl#2", f"{path}!/folder/dams.jsonl", 2),
        (f"may/{name}!/folder/c.txt.gz", f"{path}!/folder/c.txt.gz", None),
    ]
    assert [item.text for item in found if isinstance(item, Article)] == [text(n).decode() for n in (1, 2, 3, 4, 5)]


def test_members_that_are_no_articles_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    names = ["a.txt", "b.png", "c.css", ".hidden.txt", "__MACOSX/a.txt", "README.md", "d/", "e.txt"]
    path.write_bytes(make_zip([(name, b"" if name in {"d/", "e.txt"} else text(1)) for name in names]))
    items = list(read_marked(path))
    assert [item.counts for item in items if isinstance(item, Skipped)] == [
        {"files of other kinds": 5, "empty files": 1}
    ]
    assert sum(isinstance(item, Article) for item in items) == 1


@pytest.mark.parametrize("pack", [make_zip, make_tar])
@pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "C:\\evil.txt", "..\\evil.txt"])
def test_a_name_that_leads_outside_is_a_problem_and_nothing_is_written_there(
    tmp_path: Path, pack: Pack, name: str
) -> None:
    path = tmp_path / ("news.zip" if pack is make_zip else "news.tar")
    path.write_bytes(pack([(name, text(1)), ("good.txt", text(2))]))
    bad, good = read(path)
    assert isinstance(bad, Problem)
    assert "leads outside the archive" in bad.reason
    assert isinstance(good, Article)
    assert sorted(file.name for file in tmp_path.iterdir()) == [path.name]
    assert not list(Path("/tmp").glob("evil*"))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.CHRTYPE, "a device or a pipe"),
        (tarfile.BLKTYPE, "a device or a pipe"),
        (tarfile.FIFOTYPE, "a device or a pipe"),
    ],
)
def test_links_and_devices_are_problems(tmp_path: Path, kind: bytes, words: str) -> None:
    path = tmp_path / "news.tar"
    with tarfile.open(path, "w") as archive:
        add_entry(archive, "host.txt", kind=kind)
        add_entry(archive, "good.txt", content=text(2))
    bad, good = read(path)
    assert isinstance(bad, Problem)
    assert words in bad.reason
    assert bad.path == f"{path}!/host.txt"
    assert isinstance(good, Article)


def test_a_link_in_a_zip_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("host.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/hostname")
    assert "a link" in problem(path).reason


def test_a_member_without_a_name_is_a_problem(tmp_path: Path) -> None:
    content = make_zip([("a.txt", text(1)), ("b.txt", text(2))]).replace(b"b.txt", b"\0.txt")
    (tmp_path / "news.zip").write_bytes(content)  # a name ends at its first NUL
    good, bad = read(tmp_path / "news.zip")
    assert isinstance(good, Article)
    assert isinstance(bad, Problem)


def test_an_encrypted_member_is_a_problem(tmp_path: Path) -> None:
    content = bytearray(make_zip([("secret.txt", text(1))]))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the library writes none: set the bit
        content[content.find(signature) + flags] |= 1
    path = tmp_path / "news.zip"
    path.write_bytes(content)
    assert "encrypted" in problem(path).reason


def test_a_damaged_member_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    content = make_zip([("a.txt", text(1)), ("b.txt", os.urandom(500)), ("c.txt", text(3))])
    at = content.find(b"b.txt") + 100
    path = tmp_path / "news.zip"
    path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
    first, bad, last = read(path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Problem)
    assert (bad.path, "cannot be unpacked" in bad.reason) == (f"{path}!/b.txt", True)


@pytest.mark.parametrize("cut", [512 * 2, 512 * 2 + 100, 512 * 2 + 520, 512 * 4])
def test_a_tar_that_breaks_off_gives_what_stands_before_and_a_problem(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "news.tar"
    path.write_bytes(make_tar([("a.txt", text(1)), ("b.txt", text(2)), ("c.txt", text(3))])[:cut])
    found = read(path)
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Problem)


def test_a_packed_tar_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    members = [(f"{n}.txt", text(n) + os.urandom(20_000).hex().encode()) for n in range(20)]
    content = gzip.compress(make_tar(members))
    path = tmp_path / "news.tar.gz"
    path.write_bytes(content[: len(content) // 2])
    *found, half_a_member, the_rest = read(path)
    assert len(found) >= 8
    assert all(isinstance(item, Article) for item in found)
    assert isinstance(half_a_member, Problem)
    assert isinstance(the_rest, Problem)


def test_a_damaged_header_is_not_taken_for_the_end_of_a_tar(tmp_path: Path) -> None:
    content = bytearray(make_tar([("a.txt", text(1)), ("b.txt", text(2))]))
    content[1024 + 150] ^= 0x55  # in the second member's checksum
    path = tmp_path / "news.tar"
    path.write_bytes(content)
    first, bad = read(path)
    assert isinstance(first, Article)
    assert isinstance(bad, Problem)
    assert "the rest was not read" in bad.reason


@pytest.mark.parametrize(("name", "pack"), [("news.zip", make_zip), ("news.tar", make_tar)])
def test_an_archive_without_articles_says_what_it_holds(tmp_path: Path, name: str, pack: Pack) -> None:
    (tmp_path / name).write_bytes(pack([]))
    assert problem(tmp_path / name).reason == "no articles in it: it is empty"
    (tmp_path / name).write_bytes(pack([("a.png", b"\x89PNG"), ("b.txt", b"")]))
    items = [item for item in read_file(tmp_path / name) if isinstance(item, Problem)]
    assert [item.reason for item in items] == ["no articles in it, only 1 empty files, 1 files of other kinds"]


def test_members_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    content = make_zip([("a.txt", text(1))])
    start, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    directory, tail = content[start:end] * 50, bytearray(content[end:])
    tail[8:16] = struct.pack("<HHL", 50, 50, len(directory))
    (tmp_path / "news.zip").write_bytes(content[:start] + directory + tail)
    assert "share their bytes" in problem(tmp_path / "news.zip").reason


def test_a_size_that_no_disk_holds_is_not_waited_for(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.png")
    entry.size = 8 * 10**15
    (tmp_path / "news.tar").write_bytes(entry.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    assert "unpacked_bytes" in problem(tmp_path / "news.tar").reason


@pytest.mark.parametrize("name", ["news.zip", "news.tar", "news.tar.gz", "news.tgz", "news.zip.bz2"])
def test_what_is_no_archive_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"this is no archive" * 100)
    assert problem(tmp_path / name).path == str(tmp_path / name)


def test_an_archive_in_an_archive_is_read_and_one_more_inside_is_not(tmp_path: Path) -> None:
    inner = make_tar([("a.txt", text(1)), ("deep.zip", make_zip([("b.txt", text(2))]))])
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([("inner.tar.gz", gzip.compress(inner)), ("c.txt", text(3))]))
    first, refused, last = read(path)
    assert isinstance(first, Article)
    assert first.id == "news.zip!/inner.tar.gz!/a.txt"
    assert isinstance(refused, Problem)
    assert (refused.path, "nesting = 2" in refused.reason) == (f"{path}!/inner.tar.gz!/deep.zip", True)
    assert isinstance(last, Article)


def test_too_many_members_end_the_archive_with_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "news.tar"
    path.write_bytes(make_tar([(f"{n}.txt", text(n)) for n in range(10)]))
    found = read(path, limits=Limits(members=4))
    assert [isinstance(item, Article) for item in found] == [True] * 4 + [False]
    assert isinstance(found[-1], Problem)
    assert "members = 4" in found[-1].reason


def test_members_of_archives_inside_count_too(tmp_path: Path) -> None:
    inner = make_tar([(f"{n}.txt", text(n)) for n in range(3)])
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([(f"{n}.tar", inner) for n in range(9)]))
    found = read(path, limits=Limits(members=6))
    assert sum(isinstance(item, Article) for item in found) == 4  # and two archives


def test_a_member_over_its_limit_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([("big.txt", os.urandom(5000)), ("b.txt", text(2))]))
    big, good = read(path, limits=Limits(member_bytes=1000))
    assert isinstance(big, Problem)
    assert "member_bytes = 1,000" in big.reason
    assert isinstance(good, Article)


def test_a_member_that_unpacks_to_many_times_its_size_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    padding = os.urandom(200_000)
    path.write_bytes(make_zip([("bomb.txt", b" " * 12_000_000), ("noise.bin", padding), ("b.txt", text(2))]))
    bomb, good = read(path)
    assert isinstance(bomb, Problem)
    assert "ratio = 200" in bomb.reason
    assert isinstance(good, Article)


def test_all_members_together_have_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([(f"{n}.txt", os.urandom(500).hex().encode()) for n in range(5)]))
    found = read(path, limits=Limits(unpacked_bytes=2500))
    assert isinstance(found[-1], Problem)
    assert "unpacked_bytes = 2,500" in found[-1].reason
    assert len(found) == 3


def test_a_directory_with_room_for_too_many_files_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([(f"{n}.txt", b"") for n in range(2000)]))
    assert "members = 100" in problem(path, limits=Limits(members=100)).reason


def test_a_name_for_a_terminal_to_act_upon_is_shown_without_it(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([("a\n\x1b[31mred.txt", b"short")]))
    assert problem(path).path == f"{path}!/a��[31mred.txt"


def test_reading_goes_on_behind_a_member_also_inside_an_archive_inside(tmp_path: Path) -> None:
    inner = make_tar([(f"{n}.txt", text(n)) for n in (1, 2, 3)])
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([("a.txt", text(0)), ("b.tar", inner), ("c.txt", text(4))]))
    marks = {item.path.rpartition("/")[2]: item.position for item in read_marked(path) if isinstance(item, Mark)}
    assert marks["2.txt"] == (2, 2)
    rest = [item for item in read_marked(path, after=marks["2.txt"]) if isinstance(item, Article)]
    assert [item.id.rpartition("/")[2] for item in rest] == ["3.txt", "c.txt"]
    assert not [item for item in read_marked(path, after=marks["c.txt"]) if isinstance(item, Article | Problem)]


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = tmp_path / "news.zip"
    path.write_bytes(make_zip([("a.txt", text(1)), ("b.tar", make_tar([("c.txt", text(2))])), ("d.txt", text(3))]))
    assert len(read(path)) == 3
    items = read_file(path)
    next(items)
    assert list(folder.iterdir()), "it is unpacked while it is read"
    del items  # given up half way
    assert not list(folder.iterdir())
