"""`read_file` over all formats: what it promises whatever the file holds."""

import bz2
import codecs
import gzip
import json
import lzma
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Problem, RawArticle, read_file
from corpus.limits import Limits
from corpus.readers import CONTAINERS, KINDS, OWN_FAULT

BODY = "The dam above Lowmarsh held through the night. Nobody was hurt, the fire service said."


def one(path: Path, *, root: Path | None = None) -> Article:
    (article,) = read_file(path, root=root)
    assert isinstance(article, Article), article
    return article


def problem(path: Path) -> Problem:
    (found,) = read_file(path)
    assert isinstance(found, Problem), found
    assert "\n" not in found.reason
    return found


def test_an_article_without_an_id_of_its_own_gets_its_path_below_the_root(tmp_path: Path) -> None:
    path = tmp_path / "may" / "dam.txt"
    path.parent.mkdir()
    path.write_text(BODY, encoding="utf-8")
    assert one(path, root=tmp_path).id == "may/dam.txt"
    assert one(path).id == path.as_posix()
    assert one(path).path == str(path)


def test_articles_of_one_file_get_its_path_and_their_number(tmp_path: Path) -> None:
    path = tmp_path / "dams.jsonl"
    path.write_text("\n".join(json.dumps({"text": BODY}) for _ in range(2)), encoding="utf-8")
    assert [article.id for article in read_file(path, root=tmp_path) if isinstance(article, Article)] == [
        "dams.jsonl#1",
        "dams.jsonl#2",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = f"“{BODY}” the café’s owner said – in Zürich. " * 5
    (tmp_path / "dam.txt").write_bytes(text.encode(encoding))
    assert one(tmp_path / "dam.txt").text == text.strip()


def test_utf_16_with_either_byte_order(tmp_path: Path) -> None:
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")):
        (tmp_path / "dam.jsonl").write_bytes(mark + json.dumps({"text": BODY}).encode(encoding))
        assert one(tmp_path / "dam.jsonl").text == BODY


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv"])
@pytest.mark.parametrize(("packing", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_packed_files(tmp_path: Path, suffix: str, packing: str, pack: Callable[[bytes], bytes]) -> None:
    content = {".txt": BODY, ".jsonl": json.dumps({"text": BODY}), ".csv": f'text\n"{BODY}"\n'}[suffix]
    path = tmp_path / f"dam{suffix}{packing}"
    path.write_bytes(pack(content.encode()))
    assert one(path).text == BODY


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(), "more than 200 times its size.*the limit is ratio = 200"),
        (Limits(ratio=2000, unpacked_bytes=5_000_000), "the limit is unpacked_bytes = 5,000,000"),
        (Limits(ratio=2000, record_characters=10_000_000), "the limit is record_characters = 10,000,000"),
    ],
)
def test_a_packed_file_that_unpacks_to_too_much_is_a_problem(tmp_path: Path, limits: Limits, words: str) -> None:
    path = tmp_path / "dams.jsonl.gz"
    path.write_bytes(gzip.compress(b" " * 20_000_000))
    (found,) = read_file(path, limits=limits)
    assert isinstance(found, Problem)
    assert re.search(words, found.reason)


def test_what_compresses_well_but_is_small_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt.gz"
    path.write_bytes(gzip.compress((BODY + " " * 1_000_000).encode()))
    assert one(path).text == BODY


def test_a_damaged_gzip_file_gives_what_stands_before_the_damage_and_a_problem(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": str(n), "text": f"{BODY} {n * n}"}) for n in range(20_000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "dams.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    *articles, last = read_file(tmp_path / "dams.jsonl.gz")
    assert articles
    assert all(isinstance(article, Article) for article in articles)
    assert isinstance(last, Problem)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "too little text"),
        ("short.txt", b"Dam holds", "too little text"),
        ("photo.txt", bytes(range(256)) * 50, "binary"),
        ("empty.json", b"", "not valid JSON"),
        ("broken.json", b'{"text": "The dam', "not valid JSON"),
        ("deep.json", b"[" * 100_000, "not JSON"),
        ("list.json", b"[]", "no articles"),
        ("number.json", b"7", "neither"),
        ("empty.html", b"", "empty"),
        ("bare.html", b"<html><head><title>Dam</title></head><body></body></html>", "without an article"),
        ("prices.csv", b"name,price\nferry,3\n", "no column"),
        ("empty.csv", b"", "no column"),
        ("packed.txt.gz", b"this is not gzip", "cannot be read"),
        ("names.csv", b"title,text\n\n,\n", "no articles in it"),
        ("empty.jsonl", b"\n\n", "no articles in it"),
    ],
)
def test_what_is_no_article_is_a_problem_with_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = problem(tmp_path / name)
    assert found.path == str(tmp_path / name)
    assert any(part in found.reason for part in reason.split("|"))


def test_a_file_that_is_not_there_or_of_another_kind_is_a_problem(tmp_path: Path) -> None:
    assert "cannot be read" in problem(tmp_path / "gone.txt").reason
    assert "no known kind" in problem(tmp_path / "scan.tiff").reason


def test_utf_16_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "dam.csv").write_bytes(f'text\n"{BODY}"'.encode("utf-16") + b"\x00")
    assert one(tmp_path / "dam.csv").text.startswith(BODY)


def test_nothing_unprintable_reaches_the_text(tmp_path: Path) -> None:
    (tmp_path / "dam.json").write_text('{"text": "The dam\\u0000 held \\ud800 through the night."}', encoding="utf-8")
    assert one(tmp_path / "dam.json").text == "The dam held through the night."


STARTS = [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"text\n", b"<html><p>", b'{"text":']


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    st.sampled_from(sorted({*KINDS, *CONTAINERS})),
    st.sampled_from(STARTS),
    st.binary(max_size=300),
)
def test_no_content_raises(tmp_path: Path, kind: str, start: bytes, content: bytes) -> None:
    path = tmp_path / f"any{kind}"
    path.write_bytes(start + content)
    found = list(read_file(path))
    assert all(isinstance(item, Article | Problem) for item in found)
    assert not [item for item in found if isinstance(item, Problem) and OWN_FAULT in item.reason]


def test_a_fault_of_a_reader_is_a_problem_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> Iterator[RawArticle | Problem]:
        raise AttributeError("'NoneType' object has no attribute 'text'")
        yield

    monkeypatch.setitem(KINDS, ".txt", broken)
    (tmp_path / "dam.txt").write_text(BODY, encoding="utf-8")
    assert OWN_FAULT in problem(tmp_path / "dam.txt").reason
