"""Titles and authors that people gave, and those that programs write."""

import pytest

from corpus.readers.file_properties import sensible_author, sensible_title


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Dam holds through the night", "Dam holds through the night"),
        (" Dam\nholds ", "Dam holds"),
        ("Microsoft Word - dam.docx", ""),
        ("dam final.indd", ""),
        ("dam_final v2", ""),
        ("Untitled document", ""),
        ("Document1", ""),
        ("dam", ""),
        ("https://gazette.example/dam", ""),
        (None, ""),
    ],
)
def test_titles(stated: object, title: str) -> None:
    assert sensible_title(stated) == title


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Ada Wick", "Ada Wick"),
        ("Ada van der Wick", "Ada van der Wick"),
        ("awick", ""),
        ("Microsoft Office User", ""),
        ("Admin User", ""),
        ("ada@gazette.example", ""),
        ("Adobe InDesign 19", ""),
        (None, ""),
    ],
)
def test_authors(stated: object, author: str) -> None:
    assert sensible_author(stated) == author
