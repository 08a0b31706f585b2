"""Plain text and Markdown files."""

from pathlib import Path

import pytest

from corpus import Article, read_file

BODY = "The dam above Lowmarsh held through the night.\n\nNobody was hurt, the fire service said."


def read(folder: Path, text: str, *, kind: str = ".txt") -> Article:
    path = folder / f"dam{kind}"
    path.write_text(text, encoding="utf-8")
    (article,) = read_file(path)
    assert isinstance(article, Article), article
    return article


def test_a_short_first_line_that_stands_alone_is_the_title(tmp_path: Path) -> None:
    article = read(tmp_path, f"Lowmarsh dam holds\n\n{BODY}")
    assert article.title == "Lowmarsh dam holds"
    assert article.text == f"Lowmarsh dam holds\n\n{BODY}"


def test_a_first_line_that_is_repeated_is_the_title_and_stands_once(tmp_path: Path) -> None:
    article = read(tmp_path, f"Lowmarsh dam holds.\nLowmarsh dam holds.\n\n{BODY}")
    assert article.title == "Lowmarsh dam holds."
    assert article.text == f"Lowmarsh dam holds.\n\n{BODY}"


@pytest.mark.parametrize(
    "first", ["It rained in Lowmarsh.", "“It held,” she said.”", "By Ada Wick", "LOWMARSH —", "x" * 201]
)
def test_other_first_lines_are_no_title(tmp_path: Path, first: str) -> None:
    article = read(tmp_path, f"{first}\n\n{BODY}")
    assert article.title == ""
    assert article.headline is None
    assert article.text.startswith(first)


def test_header_lines_are_metadata(tmp_path: Path) -> None:
    head = "Outlet: Lowmarsh Gazette\nDate: 2 May 2031\nAuthor: Ada Wick\nURL: https://gazette.example/dam"
    article = read(tmp_path, f"{head}\n\nLowmarsh dam holds\n\n{BODY}")
    assert article.outlet == "Lowmarsh Gazette"
    assert article.published == "2031-05-02"
    assert article.authors == ("Ada Wick",)
    assert article.id == article.url == "https://gazette.example/dam"
    assert article.text == f"Lowmarsh dam holds\n\n{BODY}"


def test_a_block_with_any_other_line_is_text(tmp_path: Path) -> None:
    article = read(tmp_path, f"Date: 2 May 2031\nThe dam: a history\n\n{BODY}")
    assert article.published is None
    assert "Date: 2 May 2031" in article.text


def test_a_headline_that_names_a_source_is_no_header(tmp_path: Path) -> None:
    assert read(tmp_path, f"Source: dam was never inspected\n\n{BODY}").title == "Source: dam was never inspected"


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    head = '---\ntitle: "Lowmarsh dam holds"\nauthors:\n  - Ada Wick\n  - Tom Bell\ndate: 2031-05-02\n---\n'
    article = read(tmp_path, f"{head}\n{BODY}", kind=".md")
    assert article.text == f"Lowmarsh dam holds\n\n{BODY}"
    assert article.authors == ("Ada Wick", "Tom Bell")
    assert article.published == "2031-05-02"


@pytest.mark.parametrize("heading", ["# Lowmarsh dam *holds*", "Lowmarsh dam holds\n===", "Lowmarsh dam holds\n"])
def test_the_heading_of_a_markdown_file_is_its_title(tmp_path: Path, heading: str) -> None:
    article = read(tmp_path, f"{heading}\n{BODY}", kind=".md")
    assert article.text == f"Lowmarsh dam holds\n\n{BODY}"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("The **dam** at _Lowmarsh_ held, *all* said.", "The dam at Lowmarsh held, all said."),
        ("See [the report](https://dam.example/a_(b)) now.", "See the report now."),
        ("![The dam](dam.jpg) It held.", "The dam It held."),
        ("> “It held,” she said.\n> “We are safe.”", "“It held,” she said. “We are safe.”"),
        ("## What held\nThe dam did.", "What held\n\nThe dam did."),
        ("- the gate\n- the valve", "- the gate\n\n- the valve"),
        ("The dam held\nthrough the night.", "The dam held through the night."),
        ("It rose\\* by 5 * 4 and 3 * 2.", "It rose* by 5 * 4 and 3 * 2."),
        ("Look at snake_case_name and 2*3*4.", "Look at snake_case_name and 2*3*4."),
        ("It held.\n\n---\n\nIt rained.", "It held.\n\nIt rained."),
    ],
)
def test_markdown_becomes_plain_text(tmp_path: Path, marked: str, plain: str) -> None:
    article = read(tmp_path, f"# Dam\n\n{marked}\n\nNobody was hurt, they said.", kind=".md")
    assert article.text == f"Dam\n\n{plain}\n\nNobody was hurt, they said."
