"""The article in what a browser copies of a whole page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, read_file
from corpus.page_copy import find_copied_article

MENU = ["Skip to content", "Home", "Valley", "Sport", "Weather", "Farming", "Podcasts", "Newsletters", "Log in", "Menu"]
HEADLINE = "Lowmarsh dam holds through the night"
PROSE = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, said that it had asked an engineer from abroad to look at the northern gate.",
]
FOOTER = [
    "Most read", "Three dams that did not hold", "Why the ferry stays in port", "About us", "Contact", "Careers",
    "Terms of use", "Privacy policy", "Cookie settings", "Home", "Valley", "Sport", "Weather", "Farming",
    "© 2031 Lowmarsh Gazette. All rights reserved.",
]  # fmt: skip
PAGE = [*MENU, HEADLINE, "By Tom Bell", "Facebook", "Twitter", "Email", *PROSE, *FOOTER]


def test_menus_and_footers_are_left() -> None:
    found = find_copied_article(PAGE)
    assert found is not None
    assert (found.title, list(found.lines)) == (HEADLINE, PROSE)


def test_a_file_of_it_is_read_as_the_article(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("\n".join(PAGE))
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert article.text == "\n\n".join([HEADLINE, *PROSE])


@pytest.mark.parametrize(
    "line",
    [
        "The northern gate", "Water", "And then it fell.", "Esterby, 2 May", "Level: 40 cm", "1. Close the gate",
        "What the board knew before Tuesday", "“We held it.”",
    ],
)  # fmt: skip
def test_short_lines_within_the_text_stay(line: str) -> None:
    page = [*PAGE]
    page.insert(page.index(PROSE[2]), line)
    found = find_copied_article(page)
    assert found is not None
    assert list(found.lines) == [*PROSE[:2], line, *PROSE[2:]]


@pytest.mark.parametrize(
    "line",
    [
        "10:45 am", "3 hours ago", "::", "Photograph: Tom Bell/Gazette", "@tombell", "Sign up for our newsletter",
        "The dam on Tuesday, seen from Esterby. (Tom Bell/Valley Pictures)", "Join our community forum",
        "By signing up, I agree to the terms of the Gazette.", "Save this story", "E-mail address",
    ],
)  # fmt: skip
def test_buttons_credits_and_requests_within_it_go(line: str) -> None:
    page = [*PAGE]
    page.insert(page.index(PROSE[2]), line)
    found = find_copied_article(page)
    assert found is not None
    assert list(found.lines) == PROSE


def test_a_standfirst_above_byline_and_buttons_stays() -> None:
    line = "The water stood higher than ever since the gate was built"
    page = [*PAGE]
    page.insert(page.index("By Tom Bell"), line)
    found = find_copied_article(page)
    assert found is not None
    assert line in found.lines


def test_short_lines_at_its_end_stay_up_to_what_is_surely_the_pages_own() -> None:
    names = ["Ada Wick", "Lowmarsh", "Tom Bell", "Esterby"]
    page = [*PAGE]
    at = page.index("Most read")
    page[at:at] = names
    found = find_copied_article(page)
    assert found is not None
    assert list(found.lines) == [*PROSE, *names]


def test_the_upper_of_two_texts_is_the_article() -> None:
    company = (
        "The Gazette, a house of the Valley Group, serves three towns and their villages with news of every kind. "
    )
    found = find_copied_article([*PAGE, company * 3, company * 2])
    assert found is not None
    assert list(found.lines) == PROSE


@pytest.mark.parametrize(
    "lines",
    [
        PROSE,
        [HEADLINE, "", *PROSE],
        [HEADLINE, *PROSE, "Leave a Reply", "You may also like", "Three dams that did not hold"],
        [*PROSE, *[f"Village {number}" for number in range(40)]],  # a list, and nothing of a page
        [HEADLINE, *[f"Winner {number}" for number in range(60)], "About us", "Contact", "Careers", "Privacy policy"],
        [],
    ],
)
def test_what_is_not_the_copy_of_a_page_is_left_alone(lines: list[str]) -> None:
    assert find_copied_article(lines) is None


@given(st.lists(st.sampled_from([*PAGE, "", "12", "“No.”"]), max_size=80))
def test_every_line_of_it_is_one_of_the_page_in_order(lines: list[str]) -> None:
    found = find_copied_article(lines)
    if found is not None:
        rest = iter(lines)
        assert all(line in rest for line in found.lines)


# What stands between the paragraphs of a copied page

PROSE_BELOW = [
    f"Day {day} of the flood was quiet at the northern gate of the dam, and nobody was seen on the road."
    for day in range(2, 6)
]
SECTIONED = [*MENU, *MENU]  # as pages show their menus, above and in a drawer


@pytest.mark.parametrize(
    "line",
    [
        "2 May 2031, 8:15 a.m.",
        "Last modified on Fri 2 May 2031 17.00 CET",
        "Published May 2, 2031 8:05am EST | Updated May 2, 2031 9:10am EST",
        "‘We were lucky’: Ada Wick at the northern gate. Photograph: Tom Vale/Orla Pictures",
        "Ada Wick, who says she was not asked, on Friday in Esterby. Photo by Tom Vale",
        "Weather",
        "FLOOD OF 2019: HOW THE VALLEY WAS SAVED BY TWO TUGS AND A SCHOOL BUS",
        "View image in fullscreen",
        "Sign up to Morning Water",
    ],
)
def test_furniture_between_paragraphs_goes(line: str) -> None:
    copied = find_copied_article([*SECTIONED, HEADLINE, PROSE[0], line, *PROSE[1:], *FOOTER])
    assert copied is not None
    assert copied.lines == tuple(PROSE)


@pytest.mark.parametrize(
    "line",
    [
        "The northern gate",
        "GATE SHUT AT FOUR",
        "“Photograph everything: it may be gone,” he told them.",
        "On 2 May 2031 the gate was shut",
        "-30-",
        "Email: gate@esterby.example",
    ],
)
def test_what_may_be_the_articles_own_stays(line: str) -> None:
    copied = find_copied_article([*SECTIONED, HEADLINE, PROSE[0], line, *PROSE[1:], *FOOTER])
    assert copied is not None
    assert copied.lines == (PROSE[0], line, *PROSE[1:])


def test_teasers_in_the_text_go_and_the_heading_below_them_stays() -> None:
    teasers = ["Related", "How the valley was saved by two tugs and a school bus in the flood of 2019"]
    copied = find_copied_article([*SECTIONED, HEADLINE, *PROSE, *teasers, "The gate", *PROSE_BELOW, *FOOTER])
    assert copied is not None
    assert copied.lines == (*PROSE, "The gate", *PROSE_BELOW)


def test_who_wrote_it_is_told_at_the_end_and_may_be_news_above() -> None:
    bio = "Tom Vale is a reporter for the Gazette in Esterby."
    above = find_copied_article([*SECTIONED, HEADLINE, bio, *PROSE, *PROSE_BELOW, *FOOTER])
    below = find_copied_article([*SECTIONED, HEADLINE, *PROSE, bio, *FOOTER])
    assert above is not None
    assert below is not None
    assert bio in above.lines
    assert below.lines == tuple(PROSE)


def copied_lines(*lines: str) -> tuple[str, ...]:
    copied = find_copied_article(list(lines))
    assert copied is not None
    return copied.lines


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Wick and Tom Vale",
        "by Ada Wick May 2, 2031 10:20 pm",
        "By Ada Wick - Lowmarsh Gazette - Thursday, May 2, 2031",
        "Ada Wick, Water Correspondent 2 May 2031 • 9:36pm",
    ],
)
def test_a_byline_below_the_first_lines_goes(line: str) -> None:
    assert copied_lines(*SECTIONED, HEADLINE, PROSE[0], line, *PROSE[1:], *FOOTER) == tuple(PROSE)


def test_a_name_beside_its_date_is_a_byline_and_alone_it_may_be_a_heading() -> None:
    dated = copied_lines(*SECTIONED, HEADLINE, PROSE[0], "Ada Wick", "Fri 2 May 2031 17.00 CET", *PROSE[1:], *FOOTER)
    alone = copied_lines(*SECTIONED, HEADLINE, PROSE[0], "Ada Wick", *PROSE[1:], *FOOTER)
    assert dated == tuple(PROSE)
    assert alone == (PROSE[0], "Ada Wick", *PROSE[1:])


def test_the_authors_name_below_the_text_goes_and_who_signed_a_letter_stays() -> None:
    author = copied_lines(*SECTIONED, HEADLINE, "By Ada Wick", *PROSE, "Ada Wick", *FOOTER)
    letter = copied_lines(*SECTIONED, HEADLINE, "By Ada Wick", *PROSE, "Tom Vale", *FOOTER)
    assert author == tuple(PROSE)
    assert letter == (*PROSE, "Tom Vale")


BOX = ["Farming", "Can the valley afford another wet spring?", "Feed has never cost as much.", "Feb. 15, 2031"]


def test_a_box_with_another_story_goes_with_its_section_and_date() -> None:
    text = [*PROSE, *PROSE_BELOW]
    boxed = copied_lines(*SECTIONED, HEADLINE, *text[:6], *BOX, *text[6:], *FOOTER)
    assert boxed == tuple(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["The year before", *BOX[1:3]],  # a heading, a question and its answer, without a date
        ["The year before", *BOX[1:3], BOX[3]],  # dated, and yet below no section of the page
        ["Farming", PROSE_BELOW[0].replace("5", "6"), BOX[2], BOX[3]],  # paragraphs end with a full stop
        ["Farming", BOX[1], "“It cannot,” said Tom Vale.", BOX[3]],  # somebody speaks
    ],
)
def test_what_only_looks_like_such_a_box_keeps_its_sentences(lines: list[str]) -> None:
    text = [*PROSE, *PROSE_BELOW]
    kept = copied_lines(*SECTIONED, HEADLINE, *text[:6], *lines, *text[6:], *FOOTER)
    assert [line for line in lines[1:3] if line not in kept] == []


def test_a_title_written_twice_in_one_line_is_a_teaser() -> None:
    line = "How the valley was saved by two tugs"
    assert copied_lines(*SECTIONED, HEADLINE, PROSE[0], f"{line} {line}", *PROSE[1:], *FOOTER) == tuple(PROSE)
    assert line in copied_lines(*SECTIONED, HEADLINE, PROSE[0], line, *PROSE[1:], *FOOTER)


TEASERS = [
    "How the valley was saved by two tugs and a bus", "Tom Vale", "May 1, 2031",
    "Esterby counts what three wet summers have cost its farms", "Ada Wick", "May 2, 2031",
]  # fmt: skip
STANDFIRST = "The water stood higher than ever since the gate was built"


def test_a_list_of_stories_above_the_headline_is_no_standfirst() -> None:
    lines = copied_lines(*SECTIONED, *TEASERS, HEADLINE, STANDFIRST, "Tom Vale", "May 3, 2031", *PROSE, *FOOTER)
    assert lines == (STANDFIRST, *PROSE)


def test_the_headline_is_not_the_entry_of_a_menu_whose_words_are_all_in_the_text() -> None:
    copied = find_copied_article([*MENU, "Dam and water", "Dam and water", HEADLINE, *PROSE, *FOOTER])
    assert copied is not None
    assert copied.title == HEADLINE


WINNERS = [line for number in range(30) for line in (f"Class {number}", f"Rider {number}")]


def test_a_list_without_prose_is_cut_out_of_its_page_from_above_its_byline() -> None:
    headline = "Lowmarsh horse show: all winners of this year's classes"
    page = [*SECTIONED, headline, "Gazette Reporters 2 May 2031 • 9:08pm", *WINNERS, *FOOTER[3:]]
    copied = find_copied_article(page)
    assert copied is not None
    assert (copied.title, copied.lines) == (headline, tuple(WINNERS))
    page.remove("Gazette Reporters 2 May 2031 • 9:08pm")
    assert find_copied_article(page) is None, "where it begins, nothing says"
