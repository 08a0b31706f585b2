"""Word documents: all that they show, and what they say of themselves as far as it is about the article."""

from pathlib import Path

import pytest

from corpus import Article, Problem
from tests.corpus.documents import BODY, MORE, docx, read_all, read_one, read_problem, where, word_paragraph

TEXT = word_paragraph(BODY) + word_paragraph(MORE)


def test_a_title_and_paragraphs(tmp_path: Path) -> None:
    core = (
        "<dc:title>Old words of a template</dc:title><dc:creator>Ada Wick</dc:creator><dc:language>en-GB</dc:language>"
        "<dcterms:created>2031-05-01T08:00:00Z</dcterms:created><dcterms:modified>2031-05-03T08:00:00Z</dcterms:modified>"
    )
    found = read_one(tmp_path, "dam.docx", docx(word_paragraph("Dam holds", style="Title") + TEXT, core=core))
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"
    assert (found.title, found.authors, found.language) == ("Dam holds", ("Ada Wick",), "en-GB")
    assert (found.published, found.updated) == (
        None,
        "2031-05-03T08:00:00+00:00",
    )  # a file's dates are not the article's
    assert where(found)["title"] == "Heading 1"


def test_without_a_heading_the_title_is_that_of_the_properties_then_the_first_line(tmp_path: Path) -> None:
    stated = read_one(tmp_path, "dam.docx", docx(TEXT, core="<dc:title>Dam holds</dc:title>"))
    assert (stated.title, where(stated)["title"]) == ("Dam holds", "docProps title")
    first = read_one(
        tmp_path, "dam.docx", docx(word_paragraph("Dam holds") + TEXT, core="<dc:title>dam_v2.docx</dc:title>")
    )
    assert (first.title, where(first)["title"]) == ("Dam holds", "first line")


@pytest.mark.parametrize(
    "shown",
    [
        f"<w:sdt><w:sdtContent>{word_paragraph(MORE)}</w:sdtContent></w:sdt>",
        f'<w:p><w:ins w:id="1"><w:r><w:t>{MORE}</w:t></w:r></w:ins></w:p>',
        f"<w:p><w:hyperlink><w:r><w:t>{MORE}</w:t></w:r></w:hyperlink></w:p>",
        f"<w:tbl><w:tr><w:tc>{word_paragraph(MORE)}</w:tc></w:tr></w:tbl>",
        f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{word_paragraph(MORE)}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>",
    ],
)
def test_text_in_boxes_tables_links_and_accepted_changes_is_read(tmp_path: Path, shown: str) -> None:
    assert MORE in read_one(tmp_path, "dam.docx", docx(word_paragraph(BODY) + shown)).text


def test_what_was_deleted_is_not_read(tmp_path: Path) -> None:
    deleted = '<w:p><w:del w:id="1"><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>'
    assert "Gone" not in read_one(tmp_path, "dam.docx", docx(TEXT + deleted)).text


def test_footnotes_are_read_without_their_marks(tmp_path: Path) -> None:
    reference = '<w:p><w:r><w:t>The level is known.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnotes {{spaces}}><w:footnote w:id="2">{word_paragraph(MORE)}</w:footnote></w:footnotes>'
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r2" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
        "</Relationships>"
    )
    parts = {"word/footnotes.xml": note, "word/_rels/document.xml.rels": relation}
    text = read_one(tmp_path, "dam.docx", docx(word_paragraph(BODY) + reference, parts=parts)).text
    assert text == f"{BODY}\n\nThe level is known.\n\n{MORE}"


def test_text_that_was_lost_is_told(tmp_path: Path) -> None:
    article, problem = read_all(tmp_path, "dam.docx", docx(TEXT + f"<w:other>{word_paragraph(MORE)}</w:other>"))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "letters were not read" in problem.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a Word document"),
        (b"PK\x03\x04 cut", "not a Word document"),
        (docx(TEXT)[:700], "not a Word document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an encrypted or an old Word document"),
        (docx(""), "too little text"),
        (docx("<w:p>"), "not a Word document|not well-formed"),
    ],
)
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, data: bytes, reason: str) -> None:
    found = read_problem(tmp_path, "dam.docx", data).reason
    assert any(part in found for part in reason.split("|"))


def test_a_part_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    data = docx(word_paragraph("rain " * 6_000_000))
    assert len(data) < 200_000
    assert "page_bytes" in read_problem(tmp_path, "dam.docx", data).reason
