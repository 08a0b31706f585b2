"""The body of a page: whole, and without the furniture that stands in it."""

from __future__ import annotations

import pytest

from corpus.readers.webpage import read_page

PROSE = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, said that it had asked an engineer from abroad to look at the northern gate.",
]
PARAGRAPHS = [f"<p>{line}</p>" for line in PROSE]


def body(*, above: str = "", inside: str = "", below: str = "", head: str = "") -> list[str]:
    """The paragraphs read from a page with markup above the text, after its second paragraph, and below it."""
    text = "".join([*PARAGRAPHS[:2], inside, *PARAGRAPHS[2:]])
    page = (
        f"<!DOCTYPE html><html><head><title>Lowmarsh dam holds</title>{head}</head><body><main>"
        f"<article><header><h1>Lowmarsh dam holds</h1>{above}</header>"
        f"<div class='story-text'>{text}</div></article>{below}</main></body></html>"
    )
    return read_page(page).text.split("\n\n")


@pytest.mark.parametrize(
    "above",
    [
        "<p class='standfirst'>{}</p>", "<div class='ArticleHeader-dek'>{}</div>", "<h2 class='sub-headline'>{}</h2>",
        "<div class='keyPoints'><ul><li>{}</li></ul></div>", "<div data-name='standfirst'><p>{}</p></div>",
        "<p class='post__excerpt'>{}</p>",
    ],
)  # fmt: skip
def test_the_standfirst_is_the_first_paragraph(above: str) -> None:
    line = "The water stood higher than ever since the gate was built"
    assert body(above=above.format(line)) == [line, *PROSE]


def test_so_is_a_line_that_the_page_gives_as_its_description() -> None:
    line = "The water stood higher than ever since the gate was built"
    head = f'<meta name="description" content="{line}">'
    assert body(above=f"<div>{line}</div>", head=head) == [line, *PROSE]
    assert body(head=head) == PROSE  # only what is shown


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ("<h2>The northern gate</h2>", ["The northern gate"]),
        ("<h3>Water</h3>", ["Water"]),
        ("<ul><li>Lowmarsh</li><li>Esterby</li></ul>", ["Lowmarsh", "Esterby"]),
        ("<blockquote><p>We held it.</p></blockquote>", ["We held it."]),
        ("<p>It held.</p>", ["It held."]),
        ("<p>The gate <b>held</b>, <a href='/a'>the board</a> said.</p>", ["The gate held, the board said."]),
        ("<p>One line,<br>and another.</p>", ["One line,", "and another."]),
    ],
)
def test_what_stands_among_the_paragraphs_is_the_articles(inside: str, lines: list[str]) -> None:
    assert body(inside=inside) == [*PROSE[:2], *lines, *PROSE[2:]]


def test_the_posts_of_a_live_blog_are_the_articles() -> None:
    posts = [
        f"<div class='post'><time>1{hour}:00</time><h3>Hour {hour} at the dam</h3><div class='story-text'>"
        f"<p>The water fell by another {hour} centimetres, the warden of the northern gate said.</p></div></div>"
        for hour in range(1, 9)
    ]
    lines = body(below=f"<section class='live'>{''.join(posts)}</section>")
    assert lines[: len(PROSE)] == PROSE
    assert [line for line in lines if line.startswith("Hour")] == [f"Hour {hour} at the dam" for hour in range(1, 9)]


TEASER = "<a href='/other'>Three other dams that did not hold last winter</a>"


@pytest.mark.parametrize(
    "box",
    [
        f"<p>{TEASER}</p>",
        f"<p><strong>{TEASER}</strong></p>",
        f"<p>READ MORE: {TEASER}</p>",
        f"<p>Our rules: {TEASER}</p>",
        f"<div class='relatedStories'><p>{TEASER}</p><p>Why the valley had no warning in time at all.</p></div>",
        f"<aside><h3>Background</h3><p>The dam is the oldest of the valley.</p>{TEASER}</aside>",
        f"<section><h2>More from us</h2><div><h3>{TEASER}</h3><p>Why the valley had no warning.</p></div></section>",
        "<figure><img src='a.jpg'><figcaption>The dam on Tuesday night, seen from Esterby.</figcaption></figure>",
        "<div class='image-caption'>The dam on Tuesday night, seen from Esterby.</div>",
        "<div class='newsletter-signup'><p>Sign up, and the news of the valley comes to you each morning.</p></div>",
        "<div class='author-bio'><p>Tom Bell writes about water for the Gazette.</p></div>",
        "<div class='AuthorBio'><p>Tom Bell writes about water for the Gazette.</p></div>",
        "<div role='dialog'><p>Would you like to go on reading on the telephone?</p></div>",
        "<div style='display: none'><p>This line is for nobody to see.</p></div>",
        "<p>The gate<span class='sr-only'>, opens new tab</span></p>",
    ],
)  # fmt: skip
def test_furniture_is_no_part_of_it(box: str) -> None:
    kept = [line for line in body(inside=box) if line != "The gate"]
    assert kept == PROSE


@pytest.mark.parametrize(
    "inside",
    [
        "<p><a href='/report'>The board’s report names no cause.</a></p>",  # a whole sentence
        "<p>The board said: “<a href='/a'>We saw nothing</a> of it before Tuesday night.”</p>",
        "<p class='related'>" + " ".join(PROSE) + "</p>",  # as much prose as all the rest
    ],
)
def test_what_only_looks_like_furniture_stays(inside: str) -> None:
    assert len(body(inside=inside)) == len(PROSE) + 1


def test_what_is_said_of_an_author_below_the_text_is_no_part_of_it() -> None:
    head = '<meta name="author" content="Tom Bell">'
    about = "<p>Tom Bell is the water correspondent of the Gazette in Esterby.</p>"
    text = "".join([*PARAGRAPHS, about])
    whole = f"<html><head>{head}</head><body><article><h1>Lowmarsh dam holds</h1>{text}</article></body></html>"
    assert read_page(whole).text.split("\n\n") == PROSE
    assert about[3:-4] in read_page(whole.replace('content="Tom Bell"', 'content="Ada Wick"')).text
