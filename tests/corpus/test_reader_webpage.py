"""Web pages: the body, what the page says about it, and what is lost in parsing."""

import json
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file

PARAGRAPHS = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, said that it had asked an engineer from abroad to look at the northern gate.",
]


def page(*, head: str = "", body: str = "", title: str = "Lowmarsh dam holds") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>{title} | Lowmarsh Gazette</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>{title}</h1>{text}{body}</article>"
        "<footer>© 2031 Gazette Media</footer></body></html>"
    )


def read(folder: Path, html: str | bytes) -> Article | Problem:
    path = folder / "dam.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    (found,) = read_file(path, root=folder)
    return found


def article(folder: Path, html: str | bytes) -> Article:
    found = read(folder, html)
    assert isinstance(found, Article), found
    return found


def test_the_body_is_read_and_the_page_around_it_is_not(tmp_path: Path) -> None:
    found = article(tmp_path, page())
    assert found.text == "\n\n".join(["Lowmarsh dam holds", *PARAGRAPHS])
    assert found.title == "Lowmarsh dam holds"
    assert found.id == "dam.html"


def test_comments_and_tables_are_no_part_of_the_article(tmp_path: Path) -> None:
    table = "<table><tr><td>Level</td><td>40</td></tr></table>"
    comments = "<div id='comments'><p>First! What a dam, says Bob.</p></div>"
    text = article(tmp_path, page(body=table + comments)).text
    assert "Level" not in text
    assert "First!" not in text


def test_json_ld_says_who_published_what_when(tmp_path: Path) -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Something else"},
            {
                "@type": "NewsArticle",
                "headline": "Lowmarsh dam&#8217;s gate holds",
                "datePublished": "2031-05-02T08:00:00+01:00",
                "author": [{"@type": "Person", "name": "Ada Wick"}],
                "publisher": {"@type": "Organization", "name": "Lowmarsh Gazette"},
                "url": "https://gazette.example/dam",
            },
        ],
    }
    found = article(tmp_path, page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>'))
    assert found.title == "Lowmarsh dam’s gate holds"
    assert found.published == "2031-05-02T08:00:00+01:00"
    assert (found.outlet, found.authors) == ("Lowmarsh Gazette", ("Ada Wick",))
    assert found.id == "https://gazette.example/dam"


def test_meta_elements_say_it_too(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Lowmarsh Gazette">'
        '<meta property="og:title" content="Dam holds | Lowmarsh Gazette">'
        '<meta name="author" content="Ada Wick"><meta name="author" content="Tom Bell">'
        '<meta property="article:published_time" content="2031-05-02">'
        '<link rel="canonical" href="https://gazette.example/dam">'
    )
    found = article(tmp_path, page(head=head))
    assert (found.title, found.outlet, found.published) == ("Dam holds", "Lowmarsh Gazette", "2031-05-02")
    assert found.authors == ("Ada Wick", "Tom Bell")
    assert found.url == "https://gazette.example/dam"


def test_neither_date_nor_outlet_is_made_from_the_address(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://www.gazette.example/2031/05/02/dam">'
    found = article(tmp_path, page(head=head))
    assert (found.published, found.outlet) == (None, None)


def test_broken_json_ld_is_passed_over(tmp_path: Path) -> None:
    assert article(tmp_path, page(head='<script type="application/ld+json">{"@type": </script>')).published is None


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_a_declared_charset_is_used(tmp_path: Path, charset: str) -> None:
    html = page(head=f'<meta charset="{charset}">', title="Café at the dam closes").encode("cp1252", errors="ignore")
    if charset == "utf-8":
        html = page(title="Café at the dam closes").encode()
    assert article(tmp_path, html).title == "Café at the dam closes"


def test_text_nested_too_deep_for_the_parser_is_a_problem_and_not_lost_in_silence(tmp_path: Path) -> None:
    deep = "<div>" * 400 + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 3) + "</div>" * 400
    found = read(tmp_path, f"<html><body><p>A short line above.</p>{deep}</body></html>")
    assert isinstance(found, Problem)
    assert "nested too deep" in found.reason


def test_conditional_comments_of_old_browsers_break_nothing(tmp_path: Path) -> None:
    assert article(tmp_path, page(body="<![if !IE]><p>The gate is open again, the board said.</p><![endif]>"))


def test_a_page_of_links_is_no_article(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{n}'>Story {n}</a></li>" for n in range(5))
    assert isinstance(read(tmp_path, f"<html><body><nav><ul>{links}</ul></nav></body></html>"), Problem)
