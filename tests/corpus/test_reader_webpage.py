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
                "dateModified": "2031-05-02T09:30:00+01:00",
                "inLanguage": "en-GB",
                "articleSection": "Region",
                "copyrightNotice": "Gazette Media",
                "datePublished": "2031-05-02T08:00:00+01:00",
                "author": [{"@type": "Person", "name": "Ada Wick"}],
                "publisher": {"@type": "Organization", "name": "Lowmarsh Gazette"},
                "url": "https://gazette.example/dam",
            },
        ],
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    found = article(tmp_path, page(head=script, title="Dam"))
    assert found.title == "Lowmarsh dam’s gate holds"
    assert found.published == "2031-05-02T08:00:00+01:00"
    assert found.updated == "2031-05-02T09:30:00+01:00"
    assert (found.outlet, found.authors) == ("Lowmarsh Gazette", ("Ada Wick",))
    assert (found.language, found.section, found.copyright) == ("en-GB", "Region", "Gazette Media")
    assert found.id == "https://gazette.example/dam"
    assert dict(found.provenance)["published"] == "JSON-LD datePublished"


def test_meta_elements_say_it_too(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Lowmarsh Gazette">'
        '<meta property="og:title" content="Dam holds | Lowmarsh Gazette">'
        '<meta name="author" content="Ada Wick"><meta name="author" content="Tom Bell">'
        '<meta property="article:published_time" content="2031-05-02">'
        '<link rel="canonical" href="https://gazette.example/dam">'
    )
    found = article(tmp_path, page(head=head, title="Dam"))
    assert (found.title, found.outlet, found.published) == ("Dam holds", "Lowmarsh Gazette", "2031-05-02")
    assert found.authors == ("Ada Wick", "Tom Bell")
    assert found.url == "https://gazette.example/dam"
    assert dict(found.provenance) == {
        "title": "meta og:title",
        "outlet": "meta og:site_name",
        "authors": "meta author",
        "published": "meta article:published_time",
        "url": "link canonical",
        "copyright": "copyright line",
    }


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
    deep = "<div>" * 4000 + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 3) + "</div>" * 4000
    found = read(tmp_path, f"<html><body><p>A short line above.</p>{deep}</body></html>")
    assert isinstance(found, Problem)
    assert "nested too deep" in found.reason


def test_conditional_comments_of_old_browsers_break_nothing(tmp_path: Path) -> None:
    assert article(tmp_path, page(body="<![if !IE]><p>The gate is open again, the board said.</p><![endif]>"))


def test_a_page_of_links_is_no_article(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{n}'>Story {n}</a></li>" for n in range(5))
    assert isinstance(read(tmp_path, f"<html><body><nav><ul>{links}</ul></nav></body></html>"), Problem)


# The headline, and what is not one


def test_the_headline_that_readers_see_goes_before_the_one_for_search_engines(tmp_path: Path) -> None:
    head = '<meta property="og:title" content="Dam news: floods, live updates and pictures">'
    found = article(tmp_path, page(head=head))
    assert (found.title, dict(found.provenance)["title"]) == ("Lowmarsh dam holds", "h1")


def test_of_several_headings_the_one_in_the_declared_title_is_the_headline(tmp_path: Path) -> None:
    html = page(head='<meta property="og:title" content="Lowmarsh dam holds">')
    found = article(tmp_path, html.replace("<nav>", "<h1>The Gazette of the valley</h1><nav>"))
    assert found.title == "Lowmarsh dam holds"


# References, and values that are none


def test_references_in_json_ld_are_resolved(tmp_path: Path) -> None:
    graph = [
        {"@type": "NewsArticle", "author": {"@id": "#ada"}, "publisher": {"@id": "#gazette"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Wick"},
        {"@type": "Organization", "@id": "#gazette", "name": "Lowmarsh Gazette"},
    ]
    found = article(tmp_path, page(head=f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'))
    assert (found.authors, found.outlet) == (("Ada Wick",), "Lowmarsh Gazette")


def test_an_outlets_slogan_is_not_its_name(tmp_path: Path) -> None:
    data = {"@type": "NewsArticle", "publisher": {"name": "First with the flood"}}
    head = (
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        '<meta property="og:site_name" content="The Lowmarsh Gazette">'
        '<link rel="canonical" href="https://www.lowmarshgazette.example/dam">'
    )
    assert article(tmp_path, page(head=head)).outlet == "The Lowmarsh Gazette"


def test_a_canonical_address_of_the_front_page_is_no_address_of_the_article(tmp_path: Path) -> None:
    assert article(tmp_path, page(head='<link rel="canonical" href="https://gazette.example/">')).url is None
    assert article(tmp_path, page(head='<link rel="canonical" href="/dam">')).url is None


@pytest.mark.parametrize("changed", ["2031-05-02T08:00:00+00:00", "2031-05-02T09:00:00+01:00", "2031-05-01"])
def test_a_change_that_is_none_is_not_given(tmp_path: Path, changed: str) -> None:
    head = (
        '<meta property="article:published_time" content="2031-05-02T08:00:00Z">'
        f'<meta property="article:modified_time" content="{changed}">'
    )
    assert article(tmp_path, page(head=head)).updated is None


@pytest.mark.parametrize(
    ("language", "line", "published"),
    [
        ("en-GB", "02/05/2031", "2031-05-02"),
        ("en-US", "02/05/2031", "2031-02-05"),
        ("en", "02/05/2031", None),
        ("de", "2. Mai 2031, 12:30 Uhr", "2031-05-02T12:30"),
        ("en", "2 hours ago", None),
        ("en", "Published 2 May 2031", "2031-05-02"),
    ],
)
def test_a_date_line_is_read_as_the_pages_language_has_it(
    tmp_path: Path, language: str, line: str, published: str | None
) -> None:
    html = page().replace("<html>", f"<html lang='{language}'>")
    found = article(tmp_path, html.replace("</h1>", f"</h1><div class='pub-date'>{line}</div>"))
    assert found.published == published


def test_two_dates_on_a_page_are_none_of_the_articles(tmp_path: Path) -> None:
    lines = "<div class='date'>2 May 2031</div><div class='date'>3 May 2031</div>"
    assert article(tmp_path, page(body=lines)).published is None


def test_a_page_saved_from_the_web_keeps_its_address(tmp_path: Path) -> None:
    html = page().replace("<html>", "<html>\n<!-- saved from url=(0027)https://gazette.example/dam -->")
    found = article(tmp_path, html)
    assert (found.url, dict(found.provenance)["url"]) == ("https://gazette.example/dam", "saved from")


def test_the_beginning_of_an_article_for_subscribers_is_a_summary(tmp_path: Path) -> None:
    data = {"@type": "NewsArticle", "isAccessibleForFree": False, "wordCount": 900}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert article(tmp_path, page(head=script)).is_summary
    assert not article(tmp_path, page(head=script.replace("900", "90"))).is_summary


# Agencies


@pytest.mark.parametrize(
    ("paragraph", "agency"),
    [
        ("LOWMARSH (Valley Wire) — The water fell on Friday, and the villages were opened again.", "Valley Wire"),
        ("ESTERBY, May 2 (dpa) - The water fell on Friday, and the villages were opened again.", "dpa"),
        ("Esterby (AP/dpa) – The water fell on Friday, and the villages were opened again.", "AP/dpa"),
        ("(Reuters) - The water fell on Friday, and the villages were opened again.", "Reuters"),
        ("Ada Wick (Esterby) - the best of the day - was over the line after eleven minutes.", None),
        ("The board (which owns the dam) — and the county — said the water would fall.", None),
        ("The water fell on Friday (Reuters reported the same) - and the villages were opened.", None),
    ],
)
def test_the_credit_in_a_dateline_is_the_agency(tmp_path: Path, paragraph: str, agency: str | None) -> None:
    found = article(tmp_path, page().replace(PARAGRAPHS[0], paragraph))
    assert found.agency == agency
    assert dict(found.provenance).get("agency") == ("dateline" if agency else None)


@pytest.mark.parametrize(
    ("line", "agency"),
    [("— AP", "AP"), ("(Reuters)", "Reuters"), ("(AP/dpa)", "AP/dpa"), ("— ADA", None), ("(sic)", None)],
)
def test_the_credit_alone_at_the_end_is_the_agency(tmp_path: Path, line: str, agency: str | None) -> None:
    assert article(tmp_path, page(body=f"<p>{line}</p>")).agency == agency


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Associated Press", "Associated Press"),
        ("Valley News Agency", "Valley News Agency"),
        ("Ada Wick, AFP", "AFP"),
        ("Ada Wick", None),
        ("Gazette Press", None),  # the outlet itself
    ],
)
def test_an_agency_among_the_authors_is_one(tmp_path: Path, author: str, agency: str | None) -> None:
    head = f'<meta name="author" content="{author}"><meta property="og:site_name" content="Gazette Press">'
    assert article(tmp_path, page(head=head)).agency == agency
