"""PDF: lines to paragraphs, heads and feet of pages, titles and dates, and pages without text."""

import io
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file
from corpus.limits import Limits
from corpus.readers.pdf import join_lines
from tests.corpus.documents import BODY, MORE, pdf, read_all, read_one, read_problem, where

LINES = [
    "The dam above Lowmarsh held through the night, the fire ser-",
    "vice of the district of Esterby said on Tuesday morning.",
    "Two villages had been cleared in the evening by the well-known",
    "mayor, who had asked for a long-term repair of both gates.",
]


def test_words_parted_at_the_end_of_a_line_are_joined(tmp_path: Path) -> None:
    text = read_one(tmp_path, "dam.pdf", pdf([LINES])).text
    assert "the fire service of the district" in text
    assert "by the well-known mayor" in text


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("the gover-\nnor", "the governor"),
        ("a long-\nterm plan, as long-term as any", "a long-term plan, as long-term as any"),
        ("a long-\nterm plan, the longterm one", "a longterm plan, the longterm one"),
        ("East-\nWest talks", "East-\nWest talks"),
        ("from 2030-\n31", "from 2030-\n31"),
        ("it held -\nso far", "it held -\nso far"),
        ("die Über-\nschwemmung", "die Überschwemmung"),
    ],
)
def test_hyphens_at_the_end_of_a_line(text: str, joined: str) -> None:
    assert join_lines([text]) == joined


def test_a_sentence_goes_on_from_page_to_page_without_heads_and_numbers(tmp_path: Path) -> None:
    def page(number: int, *lines: str) -> list[str]:
        return [f"Lowmarsh Gazette, 3 May 2031, page {number}", *lines, str(number)]

    pages = [page(1, *LINES[:1]), page(2, *LINES[1:3]), page(3, *LINES[3:]), page(4, "Nobody was hurt, she said.")]
    text = read_one(tmp_path, "dam.pdf", pdf(pages)).text
    assert "Gazette" not in text
    assert "the fire service of the district" in text
    assert text.endswith("Nobody was hurt, she said.")


def test_a_title_is_taken_where_it_is_printed_too(tmp_path: Path) -> None:
    info = "/Title (Dam holds through the night) /Author (Ada Wick) /ModDate (D:20310503081500+02'00')"
    found = read_one(
        tmp_path, "dam.pdf", pdf([["Dam holds through the night", *LINES]], info=info, root="/Lang (en-GB)")
    )
    assert found.text.startswith("Dam holds through the night\n\nThe dam above")
    assert (found.title, found.authors, found.language) == ("Dam holds through the night", ("Ada Wick",), "en-GB")
    assert (found.published, found.updated) == (None, "2031-05-03T08:15:00+02:00")
    assert where(found) == {
        "title": "PDF Title",
        "authors": "PDF Author",
        "updated": "PDF ModDate",
        "language": "PDF Lang",
    }


def test_without_one_the_title_is_in_the_largest_type(tmp_path: Path) -> None:
    data = pdf([["Dam holds through the night", *LINES]], info="/Title (Microsoft Word - dam.docx)", title_size=24)
    found = read_one(tmp_path, "dam.pdf", data)
    assert (found.title, where(found)["title"]) == ("Dam holds through the night", "largest type")
    assert found.text.startswith("Dam holds through the night\n\nThe dam above")


@pytest.mark.parametrize(
    "field",
    [
        '<rdf:Description prism:publicationDate="2031-05-02"/>',
        "<rdf:Description><prism:publicationDate>2031-05-02</prism:publicationDate></rdf:Description>",
    ],
)
def test_a_publishers_metadata_say_when_it_was_published(tmp_path: Path, field: str) -> None:
    xmp = (
        '<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">{field}</rdf:RDF></x:xmpmeta>'
    )
    found = read_one(tmp_path, "dam.pdf", pdf([LINES], xmp=xmp, info="/CreationDate (D:20310503)"))
    assert (found.published, found.updated) == ("2031-05-02", "2031-05-03")
    assert where(found)["published"] == "XMP prism:publicationDate"


@pytest.mark.parametrize("date", ["D:2031", "yesterday", "D:20311399", "D:20310503256199Z", ""])
def test_bad_dates_are_none(tmp_path: Path, date: str) -> None:
    assert read_one(tmp_path, "dam.pdf", pdf([LINES], info=f"/CreationDate ({date})")).updated is None


def test_pages_over_the_limit_are_told(tmp_path: Path) -> None:
    (tmp_path / "dam.pdf").write_bytes(pdf([[BODY], [MORE], ["The end of it."]]))
    article, problem = read_file(tmp_path / "dam.pdf", limits=Limits(pdf_pages=2))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "the end" not in article.text
    assert "first 2 of its 3 pages" in problem.reason


def test_pages_that_are_pictures_are_told(tmp_path: Path) -> None:
    article, problem = read_all(tmp_path, "dam.pdf", pdf([LINES, []], resources="/XObject << /I 3 0 R >>"))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert ("page 2" in problem.reason, "OCR" in problem.reason) == (True, True)


def test_letters_that_the_fonts_do_not_tell_are_no_text(tmp_path: Path) -> None:
    data = pdf([LINES, [MORE]]).replace(b"/F1 3 0 R", b"/F9 3 0 R")
    assert "OCR" in read_problem(tmp_path, "dam.pdf", data).reason
    article, problem = read_all(tmp_path, "dam.pdf", data.replace(b"/F9 3 0 R", b"/F1 3 0 R", 1))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "page 2" in problem.reason


@pytest.mark.parametrize(("password", "is_read"), [("", True), ("secret", False)])
@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_locked_against_changes_is_read_and_one_with_a_password_is_not(
    tmp_path: Path, password: str, is_read: bool, algorithm: str
) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(pdf([LINES])))
    writer.encrypt(password, owner_password="other", algorithm=algorithm)
    data = io.BytesIO()
    writer.write(data)
    (found,) = read_all(tmp_path, "dam.pdf", data.getvalue())
    assert isinstance(found, Article) == is_read
    assert is_read or (isinstance(found, Problem) and "save a copy without one" in found.reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a PDF"),
        (b"%PDF-1.4\n", "not a PDF that can be read"),
        (pdf([LINES])[:300], "not a PDF that can be read"),
        (pdf([[]]), "no text on its page"),
        (pdf([[], []]), "no text on its 2 pages"),
        (b"<html><p>A page with another name.</p>", "not a PDF"),
    ],
)
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in read_problem(tmp_path, "dam.pdf", data).reason


def test_pages_that_differ_in_their_figures_alone_are_no_running_heads(tmp_path: Path) -> None:
    pages = [
        [f"Gate {day} was opened on day {day}", f"The water stood {day} cm below the crest."] for day in range(1, 5)
    ]
    (tmp_path / "gates.pdf").write_bytes(pdf(pages))
    (article,) = read_file(tmp_path / "gates.pdf")
    assert isinstance(article, Article), article
    assert all(f"The water stood {day} cm below the crest." in article.text for day in range(1, 5))
