"""Parquet: a table of articles, read a few rows at a time."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus import Article, Problem, read_file

BODY = "The dam above Lowmarsh held through the night."


def read(folder: Path, columns: dict[str, Any], **options: Any) -> list[Article | Problem]:
    path = folder / "dams.parquet"
    pq.write_table(pa.table(columns), path, **options)
    return list(read_file(path, root=folder))


def one(folder: Path, columns: dict[str, Any]) -> Article:
    (found,) = read(folder, columns)
    assert isinstance(found, Article), found
    return found


def test_each_row_is_an_article_over_all_row_groups(tmp_path: Path) -> None:
    bodies = [f"{BODY} It was alarm {n}." for n in range(100)]
    found = read(tmp_path, {"title": ["Dam holds"] * 100, "text": bodies}, row_group_size=7)
    assert [(item.id, item.text) for item in found if isinstance(item, Article)] == [
        (f"dams.parquet#{n}", f"Dam holds\n\n{body}") for n, body in enumerate(bodies, 1)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2031, 5, 2), "2031-05-02"),
        (datetime(2031, 5, 2, 8, 30, tzinfo=UTC), "2031-05-02T08:30:00+00:00"),
        ("2 May 2031", "2031-05-02"),
        (None, None),
    ],
)
def test_dates_of_every_type(tmp_path: Path, value: object, expected: str | None) -> None:
    assert one(tmp_path, {"text": [BODY], "date": [value]}).published == expected


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_every_precision(tmp_path: Path, unit: str) -> None:
    times = pa.array([datetime(2031, 5, 2, 8, 30)], pa.timestamp(unit))
    assert one(tmp_path, {"text": [BODY], "date": times}).published == "2031-05-02T08:30:00"


def test_a_date_that_is_none_is_missing_and_the_row_is_read(tmp_path: Path) -> None:
    times = pa.array([2**61], pa.timestamp("us"))
    assert one(tmp_path, {"text": [BODY], "date": times}).published is None


def test_lists_and_binary_text(tmp_path: Path) -> None:
    found = one(tmp_path, {"text": [BODY.encode()], "authors": [["Ada Wick", "Tom Bell"]]})
    assert (found.text, found.authors) == (BODY, ("Ada Wick", "Tom Bell"))


def test_text_that_is_no_utf_8_is_read_by_a_guess(tmp_path: Path) -> None:
    text = "Der Damm über Zürich hält, sagte der Bürgermeister am Dienstag früh. „Für heute genügt das“, erklärte er."
    column = pa.Array.from_buffers(
        pa.string(),
        1,
        [None, pa.py_buffer(b"\0\0\0\0" + len(text).to_bytes(4, "little")), pa.py_buffer(text.encode("cp1252"))],
    )
    assert "Zürich hält" in one(tmp_path, {"text": column}).text


def test_one_text_that_is_stored_once_for_thousands_of_rows_is_a_bomb(tmp_path: Path) -> None:
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 3000, pa.int32()), pa.array([BODY * 100]))
    *found, last = read(tmp_path, {"text": rows})
    assert isinstance(last, Problem)
    assert "ratio = 200" in last.reason
    assert len(found) < 3000


def test_a_row_without_text_is_a_problem(tmp_path: Path) -> None:
    first, second = read(tmp_path, {"text": [None, BODY]})
    assert isinstance(first, Problem)
    assert first.record == 1
    assert isinstance(second, Article)


def test_a_table_without_a_text_says_which_columns_it_has(tmp_path: Path) -> None:
    (found,) = read(tmp_path, {"name": ["ferry"], "price": [3]})
    assert isinstance(found, Problem)
    assert "its columns are name, price" in found.reason


def test_columns_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "dams.parquet"
    pq.write_table(pa.table({"absatz": [BODY]}), path)
    (found,) = read_file(path, mapping={"text": "absatz"})
    assert isinstance(found, Article)
    (found,) = read_file(path, mapping={"text": "corps"})
    assert isinstance(found, Problem)
    assert found.reason == "no column corps; its columns are absatz"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 100, b"this is no table" * 100])
def test_what_is_no_parquet_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dams.parquet").write_bytes(content)
    (found,) = read_file(tmp_path / "dams.parquet")
    assert isinstance(found, Problem)
    assert "not a .parquet file" in found.reason


def test_a_file_damaged_in_the_middle_gives_what_stands_before_and_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "dams.parquet"
    rows = {"text": [f"{BODY} It was alarm {n * n * 7919}." for n in range(2000)]}
    pq.write_table(pa.table(rows), path, row_group_size=100, write_page_checksum=False)
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half : half + 2000] = bytes(2000)
    path.write_bytes(content)
    *found, last = read_file(path)
    assert found
    assert isinstance(last, Problem)
    assert "nothing below row" in last.reason
