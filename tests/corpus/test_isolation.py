"""Reading in a child process: what a broken parser costs, and what it does not."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Article, CorpusError, Problem, read_file
from corpus.limits import Limits
from corpus.readers import isolation
from corpus.readers.isolation import FileReader, open_reader

BODY = "The dam above Lowmarsh held through the night, the water board said on Tuesday."
ROOT = Path(__file__).parent.parent.parent

BROKEN_PARSER = """
import ctypes, os, signal, time
held = []
def fill():
    size = 10**8
    while size:
        try: held.append(bytearray(size))
        except MemoryError: size //= 2
    raise MemoryError
ArrowException = type("ArrowException", (Exception,), {})
class ParquetFile:
    def __init__(self, file, **options):
        what = file.read()
        if what == b"crash": ctypes.string_at(0)
        if what == b"exit": os._exit(3)
        if what == b"killed": os.kill(os.getpid(), signal.SIGKILL)
        if what == b"hang": time.sleep(600)
        while what == b"spin": pass
        if what == b"memory": bytearray(10**11)
        if what == b"hoard": fill()
        if what == b"keep": held.append(bytearray(250_000_000))
        if what == b"prints": os.write(1, b"not an answer"); os.read(0, 10)
        raise ValueError("not a table")
"""


@pytest.fixture
def reader() -> Iterator[FileReader]:
    with open_reader() as opened:
        yield opened


@pytest.fixture
def broken_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A parser in the place of pyarrow, for the child alone, that does what a .parquet file tells it to."""
    package = tmp_path / "broken" / "pyarrow"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(BROKEN_PARSER)
    (package / "parquet.py").write_text("from pyarrow import ParquetFile")
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, content: str = BODY) -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def write_tar(path: Path, members: dict[str, str]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    return path


def problem(reader: FileReader, path: Path) -> Problem:
    (found,) = reader.read(path)
    assert isinstance(found, Problem), found
    return found


def test_the_same_articles_as_in_this_process(tmp_path: Path, reader: FileReader) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.jsonl", "\n".join([json.dumps({"text": BODY}), "{", json.dumps({"text": BODY})]))
    write_tar(tmp_path / "c.tar", {"d.txt": BODY, "e.png": "", "f.json": "["})
    for name in ("a.txt", "b.jsonl", "c.tar", "none.txt"):
        path = tmp_path / name
        assert list(reader.read(path, root=tmp_path)) == list(read_file(path, root=tmp_path))
    assert reader.skipped == 1


def test_one_child_serves_many_files_and_loads_nothing_of_the_assistant(tmp_path: Path, reader: FileReader) -> None:
    for number in range(3):
        assert list(reader.read(write(tmp_path, f"{number}.txt")))
    assert reader._child is not None
    pid = reader._child._process.pid
    assert list(reader.read(write(tmp_path, "again.txt")))
    assert reader._child._process.pid == pid
    maps = Path(f"/proc/{pid}/maps")
    if maps.exists():
        assert not [name for name in ("torch", "onnxruntime", "numpy") if name in maps.read_text()]


def test_articles_come_as_they_are_read(tmp_path: Path, reader: FileReader) -> None:
    lines = [json.dumps({"text": f"{BODY} It was alarm number {number}."}) for number in range(5000)]
    items = reader.read(write(tmp_path, "dams.jsonl", "\n".join(lines)))
    assert isinstance(next(items), Article)
    assert sum(isinstance(item, Article) for item in items) == 4999


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("crash", "SIGSEGV"),
        ("exit", "ended with status 3"),
        ("killed", "was killed"),
        ("spin", "took too long to read; the limit is seconds = 1"),
        ("hang", "took too long to read; the limit is seconds = 1"),
        ("memory", "takes too much memory; the limit is memory"),
        ("hoard", "takes too much memory; the limit is memory"),
    ],
)
def test_a_parser_that_breaks_costs_its_file_and_no_other(
    broken_parser: Path, monkeypatch: pytest.MonkeyPatch, what: str, words: str
) -> None:
    monkeypatch.setattr(isolation, "PATIENCE", 1 if what == "hang" else 10)
    with open_reader(limits=Limits(seconds=1, memory=300_000_000)) as reader:
        assert isinstance(next(reader.read(write(broken_parser, "a.txt"))), Article)
        bad = problem(reader, write(broken_parser, "b.parquet", what))
        assert words in bad.reason
        assert isinstance(next(reader.read(write(broken_parser, "c.txt"))), Article)


def test_what_a_parser_prints_and_reads_does_not_reach_the_pipes(broken_parser: Path, reader: FileReader) -> None:
    assert "not a table" in problem(reader, write(broken_parser, "a.parquet", "prints")).reason
    assert reader.faults == 0


def test_a_member_that_breaks_the_parser_costs_no_other_member(broken_parser: Path) -> None:
    members = {
        "a.txt": BODY,
        "b.parquet": "crash",
        "c.txt": BODY,
        "d.parquet": "memory",
        "e.parquet": "exit",
        "f.txt": BODY,
    }
    path = write_tar(broken_parser / "news.tar", members)
    with open_reader(limits=Limits(seconds=1)) as reader:
        found = [(item.path or "", isinstance(item, Article)) for item in reader.read(path)]
        assert reader.faults == 3
    assert [(path.rpartition("/")[2], is_read) for path, is_read in found] == [
        (name, name.endswith(".txt")) for name in members
    ]


def test_an_archive_of_nothing_but_breakage_is_given_up(broken_parser: Path) -> None:
    path = write_tar(broken_parser / "news.tar", {f"{n}.parquet": "exit" for n in range(9)} | {"z.txt": BODY})
    with open_reader(limits=Limits(faults=3)) as reader:
        found = list(reader.read(path))
    assert len(found) == 3
    assert isinstance(found[-1], Problem)
    assert "the rest of news.tar was not read: the limit is faults = 3" in found[-1].reason


def test_a_child_that_keeps_memory_is_replaced_before_the_next_file(broken_parser: Path) -> None:
    with open_reader(limits=Limits(memory=400_000_000)) as reader:
        for number in range(4):
            assert "not a table" in problem(reader, write(broken_parser, f"{number}.parquet", "keep")).reason
        assert reader.faults == 0


def test_a_child_that_dies_between_two_files_is_replaced(tmp_path: Path, reader: FileReader) -> None:
    path = write(tmp_path, "a.txt")
    assert list(reader.read(path))
    assert reader._child is not None
    reader._child._process.kill()
    reader._child._process.wait()
    found = [*reader.read(path), *reader.read(path)]
    assert [type(item) for item in found] == [Article, Article]


def test_signals_to_the_whole_group_are_left_to_the_parent(tmp_path: Path, reader: FileReader) -> None:
    path = write(tmp_path, "a.txt")
    assert list(reader.read(path))
    assert reader._child is not None
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        reader._child._process.send_signal(signal_number)
    assert [type(item) for item in reader.read(path)] == [Article]
    assert reader.faults == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_a_file_that_never_ends_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "PATIENCE", 1)
    os.mkfifo(tmp_path / "pipe.txt")
    with open_reader(limits=Limits(seconds=1)) as reader:
        assert "took too long" in problem(reader, tmp_path / "pipe.txt").reason


def test_too_little_memory_to_start_says_which_limit_to_raise() -> None:
    with (
        open_reader(limits=Limits(memory=10_000_000)) as reader,
        pytest.raises(CorpusError, match="raise the limit memory"),
    ):
        list(reader.read(Path("any.txt")))


def test_without_isolation_no_child_is_started(tmp_path: Path) -> None:
    with open_reader(isolate=False, mapping={"text": "absatz"}) as reader:
        (found,) = reader.read(write(tmp_path, "a.csv", f'absatz\n"{BODY}"\n'))
        assert isinstance(found, Article)
        assert reader._child is None


def test_whoever_wants_no_more_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = write_tar(tmp_path / "news.tar", {f"{n}.txt": BODY for n in range(200)})
    reader = open_reader()
    items = reader.read(path)
    next(items)
    assert reader._child is not None
    process = reader._child._process
    items.close()  # type: ignore[attr-defined]
    assert process.poll() is not None
    assert not list((tmp_path / "temporary").iterdir())
    assert list(reader.read(path)), "and the reader can still be used"
    reader.close()
    assert not list((tmp_path / "temporary").iterdir())


def test_a_script_without_a_main_guard_works(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    script = """
        from pathlib import Path
        from corpus.readers.isolation import open_reader
        print("once")
        with open_reader() as reader:
            print(len(list(reader.read(Path("a.txt")))))
    """
    (tmp_path / "script.py").write_text(textwrap.dedent(script))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["once", "1"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_the_child_dies_with_its_parent_even_while_it_reads(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    script = """
        import threading
        import time
        from pathlib import Path
        from corpus.readers.isolation import open_reader
        reader = open_reader()
        thread = threading.Thread(target=lambda: list(reader.read(Path("pipe.txt"))), daemon=True)
        thread.start()
        while reader._child is None or not hasattr(reader._child, "_process"):
            time.sleep(0.01)
        print(reader._child._process.pid, flush=True)
        thread.join()
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(200):
        if not is_running(child):
            break
        time.sleep(0.05)
    assert not is_running(child)
    assert not list(temporary.iterdir())


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
