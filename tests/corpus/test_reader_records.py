"""JSON, JSON lines and tables: many articles in one file."""

import json
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file
from corpus.limits import Limits
from corpus.readers import opening

BODY = "The dam above Lowmarsh held through the night."
TWO = [{"title": "Dam holds", "text": BODY}, {"title": "Dam breaks", "text": BODY.replace("held", "broke")}]


def read(folder: Path, name: str, content: str, *, limits: Limits | None = None) -> list[Article | Problem]:
    (folder / name).write_text(content, encoding="utf-8")
    return list(read_file(folder / name, root=folder, limits=limits))


def titles(found: list[Article | Problem]) -> list[str]:
    return [item.title if isinstance(item, Article) else f"problem {item.record}" for item in found]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dams.json", json.dumps(TWO)),
        ("dams.json", json.dumps({"status": "ok", "totalResults": 2, "articles": TWO})),
        ("dams.json", json.dumps({"first": TWO[0], "second": TWO[1]})),
        ("dams.json", "\n".join(map(json.dumps, TWO))),
        ("dams.jsonl", "\n\n".join(map(json.dumps, TWO))),
        ("dams.ndjson", "\n".join(map(json.dumps, TWO)) + "\n"),
        ("dams.csv", f"Title,Text\nDam holds,{BODY}\n\nDam breaks,{BODY}\n"),
        ("dams.csv", f"\ufefftitle;text\r\nDam holds;{BODY}\r\nDam breaks;{BODY}\r\n"),
        ("dams.tsv", f"title\ttext\nDam holds\t{BODY}\nDam breaks\t{BODY}\n"),
    ],
)
def test_two_articles_in_one_file(tmp_path: Path, name: str, content: str) -> None:
    assert titles(read(tmp_path, name, content)) == ["Dam holds", "Dam breaks"]


def test_an_object_is_one_article_without_a_number(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "dam.json", json.dumps({**TWO[0], "images": [{"title": "The dam"}]}))
    assert isinstance(article, Article)
    assert (article.id, article.record, article.title) == ("dam.json", None, "Dam holds")


def test_an_article_inside_an_article_field(tmp_path: Path) -> None:
    assert titles(read(tmp_path, "dam.json", json.dumps({"id": 3, "article": TWO[0]}))) == ["Dam holds"]


def test_markup_in_a_text_field_is_read_as_paragraphs(tmp_path: Path) -> None:
    text = "<p title='a > b'>The dam &amp; the gate\nheld<br>all night.</p><p>Nobody was <b>hurt</b>.</p>"
    text += "<script>x('</p>')</script><![if IE]><!-- <p>Not this.</p> -->"
    (article,) = read(tmp_path, "dam.json", json.dumps({"body_html": text}))
    assert isinstance(article, Article)
    assert article.text == "The dam & the gate held all night.\n\nNobody was hurt."


def test_signs_that_are_no_markup_stay(tmp_path: Path) -> None:
    text = "The level was <5 metres & the flow > 3, AT&amp;T said of it."
    (article,) = read(tmp_path, "dam.json", json.dumps({"text": text}))
    assert isinstance(article, Article)
    assert article.text == text


def test_bad_lines_are_problems_with_their_number_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [json.dumps(TWO[0]), '{"text": ', "[1, 2]", '{"headline": "Dam"}', json.dumps(TWO[1])]
    found = read(tmp_path, "dams.jsonl", "\n".join(lines))
    assert titles(found) == ["Dam holds", "problem 2", "problem 3", "problem 4", "Dam breaks"]
    assert isinstance(found[3], Problem)
    assert "headline" in found[3].reason


def test_a_line_over_the_limit_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    long = json.dumps({"text": "It held. " * 100})
    found = read(tmp_path, "dams.jsonl", f"{long}\n{json.dumps(TWO[0])}", limits=Limits(record_characters=200))
    assert titles(found) == ["problem 1", "Dam holds"]
    assert isinstance(found[0], Problem)
    assert "record_characters = 200" in found[0].reason


def test_json_lines_are_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "endless.jsonl"
    path.write_text(json.dumps(TWO[0]) + "\n" + '{"text": ' * 1000, encoding="utf-8")
    found = read_file(path)
    assert isinstance(next(found), Article)  # before the broken rest is looked at
    assert isinstance(next(found), Problem)


def test_a_line_in_an_old_encoding_is_read_among_others(tmp_path: Path) -> None:
    old = '{"text": "“Der Damm in Zürich hält“, sagte der Bürgermeister am Dienstag früh."}'
    (tmp_path / "dams.jsonl").write_bytes(json.dumps(TWO[0]).encode() + b"\n" + old.encode("cp1252"))
    _, second = read_file(tmp_path / "dams.jsonl")
    assert isinstance(second, Article)
    assert "Zürich hält" in second.text


def test_a_cell_holds_line_breaks_and_quotation_marks(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "dam.csv", 'id,text\n7,"The dam held, he said.\n\n""We are safe,"" he said."\n')
    assert isinstance(article, Article)
    assert article.text == 'The dam held, he said.\n\n"We are safe," he said.'
    assert (article.id, article.record) == ("7", 1)


def test_a_row_without_text_is_a_problem(tmp_path: Path) -> None:
    content = f"title,text\nDam holds,{BODY}\nNo text\nDam breaks,{BODY}\n"
    assert titles(read(tmp_path, "dams.csv", content)) == ["Dam holds", "problem 2", "Dam breaks"]


def test_a_row_with_more_cells_than_names_is_a_problem_for_part_of_its_text_would_be_lost(tmp_path: Path) -> None:
    content = f"title,text\nDam holds,The dam held, he said, through the night.\nDam breaks,{BODY},,\n"
    assert titles(read(tmp_path, "dams.csv", content)) == ["problem 1", "Dam breaks"]


def test_a_quotation_mark_left_open_is_a_problem(tmp_path: Path) -> None:
    content = f'title,text\nDam holds,{BODY}\nDam breaks,"{BODY}\n' + f"More,{BODY}\n" * 50
    found = read(tmp_path, "dams.csv", content, limits=Limits(record_characters=500))
    assert titles(found) == ["Dam holds", "problem 2"]
    assert isinstance(found[1], Problem)
    assert "quotation mark" in found[1].reason


def test_a_table_of_one_endless_line_is_a_problem(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "dams.csv",
        f"title,text\nDam holds,{BODY}\nDam " + "holds " * 50,
        limits=Limits(record_characters=100),
    )
    assert titles(found) == ["Dam holds", "problem 2"]


def test_a_json_file_over_the_limit_says_what_to_do(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "dams.json", json.dumps(TWO), limits=Limits(file_bytes=50))
    assert isinstance(found, Problem)
    assert ".jsonl" in found.reason
    assert "file_bytes = 50" in found.reason


def test_a_guess_is_never_that_the_bytes_are_ascii() -> None:
    assert opening.guess_encoding(b"plain") == "cp1252"
