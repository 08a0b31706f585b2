"""Boxes between the paragraphs of a copied page: one line gives them away, and the lines beside it go with it."""

from __future__ import annotations

import pytest

from corpus.page_copy import find_copied_article
from tests.corpus.test_page_copy import FOOTER, HEADLINE, MENU, PROSE, PROSE_BELOW

TEXT = [*PROSE, *PROSE_BELOW]


def kept(*box: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What is kept of lines that stand between the paragraphs of a page, and of some between headline and text."""
    copied = find_copied_article([*MENU, *MENU, HEADLINE, *above, *TEXT[:5], *box, *TEXT[5:], *FOOTER])
    assert copied is not None
    assert copied.title == HEADLINE
    assert [line for line in copied.lines if line in TEXT] == TEXT, "no paragraph is lost for what stands beside it"
    return tuple(line for line in copied.lines if line not in TEXT)


@pytest.mark.parametrize(
    "box",
    [
        ("The northern gate of the dam above Lowmarsh", "(Orla Pictures/Getty)"),
        ("Ada Wick looks at the northern gate of the dam on Tuesday.", "( Tom Vale / Valley Press via Orla Images )"),
        ("Ada Wick, chief of the fire service.", "Valley Press | Orla Images"),
        ("Two tugs are seen on the water above Lowmarsh on May 2, 2031.", "Photograph: Tom Vale"),
        ("Two tugs wait on the water above Lowmarsh on May 2, 2031. (Orla 5)",),
        ("The four who held the gate, clockwise from top left: Ada Wick, Tom Vale, Orla Bell and Finn Marsh.",),
        ("“I told you that it would hold.”", "Cartoon by Orla Bell"),
    ],
)  # fmt: skip
def test_captions_go_with_their_credit(box: tuple[str, ...]) -> None:
    assert kept(*box) == ()


@pytest.mark.parametrize(
    "line",
    [
        "Ada Wick said that the northern gate would be mended.",  # above the credit of a picture without a caption
        "“It held,” she wrote.",
        "The tugs",
        "Nobody was seen on the road to the dam.",
    ],
)
def test_what_somebody_says_above_a_credit_stays(line: str) -> None:
    assert kept(line, "(Orla Pictures/Getty)") == (line,)


def test_a_paragraph_above_a_credit_without_brackets_stays() -> None:
    line = "The gate was shut on Tuesday."
    assert kept(line, "Valley Press | Orla Images") == (line,)


def test_who_reported_it_is_no_credit_of_a_picture() -> None:
    line = "The dam was built in 1931. (Reporting by Ada Wick in Esterby)"
    assert kept(line) == (line,)


FILM = "How the valley was saved by two tugs"


@pytest.mark.parametrize(
    "box",
    [
        ("Video", FILM),
        ("Video", FILM, "Orla Bell tells the Gazette how two tugs saved the valley in 2019."),
        ("Video 3:40", FILM, "Valley Tonight"),
        ("Close", FILM, "Sign up for our newsletter"),
    ],
)
def test_the_title_of_a_film_goes_with_its_player(box: tuple[str, ...]) -> None:
    assert kept(*box) == ()


@pytest.mark.parametrize(
    "line", ["The northern gate", "What the water board knew was little.", "Was it the gate that held?"]
)
def test_below_a_player_a_short_heading_and_sentences_stay(line: str) -> None:
    assert line in kept("Video", line)


def test_a_paragraph_below_the_title_of_a_film_stays() -> None:
    line = "The valley has 4,000 people, and 900 of them were moved to a school in Esterby before the gate was shut."
    assert kept("Video", FILM, line) == (line,)


@pytest.mark.parametrize(
    "box",
    [
        ("Join Our Newsletter", "All of our reporting, once a day. Delivered to you.", "I'm in"),
        ("Valley Weekly", "Fridays. A digest of what the valley did.", "Email", "By signing up, you accept our terms."),
        ("Free daily newsletter", "Our Valley briefing says what is new on the river", "Enter your email address"),
        ("The Gazette's “Tides” newsletter brings you the water of all three rivers.", "Arrives Weekly"),
        ("What the valley reads and cooks. Sign up to have it in your inbox every Friday.",),
    ],
)
def test_an_invitation_goes_with_what_it_promises(box: tuple[str, ...]) -> None:
    assert kept(*box) == ()


def test_news_of_a_newsletter_stays() -> None:
    line = "The water board told its members of it in the newsletter of May."
    assert kept(line) == (line,)
    assert kept("Email", line) == (line,), "a button that shares the page invites nobody"


@pytest.mark.parametrize(
    "box",
    [
        ("Three dams that did not hold in the wet spring of 2019", "Read more"),
        ("Read Next", "Three dams that did not hold in the wet spring of 2019"),
        ("Read Next", "Farming", "Three dams that did not hold in the wet spring of 2019"),
        ("Most read", "Why the ferry stays in port", "Tom Vale, Orla Bell", "Who pays for the gate", "Finn Marsh"),
        ("Ada Wick2 May 2031 21:36",),
        ("Farming / May 2, 2031",),
        ("Farming FishingWeather TidesHarbour FerriesSchools",),
        ("Related topics", "Dams,", "Northern gate,", "Lowmarsh"),
        ("Facebook", "Threads"),
    ],
)  # fmt: skip
def test_other_stories_menus_and_stamps_go(box: tuple[str, ...]) -> None:
    assert kept(*box) == ()


def test_above_the_text_a_caption_and_another_story_are_no_standfirst() -> None:
    caption = ("Ada Wick and Tom Vale stand on the northern gate of the dam.", "(Valley Gazette)")
    assert kept(above=caption) == ()
    assert kept(above=("Read Next", "Three dams that did not hold in the wet spring of 2019")) == ()


def test_headings_that_are_listed_above_the_text_stand_in_it_once() -> None:
    headings = ("What the board knew on Monday", "Who shut the northern gate")
    listed = ("Key points", "Chosen by our editors", *headings)
    text = [*PROSE, headings[0], *PROSE_BELOW[:2], headings[1], *PROSE_BELOW[2:]]
    copied = find_copied_article([*MENU, *MENU, HEADLINE, *text[:4], *listed, *text[4:], *FOOTER])
    assert copied is not None
    assert copied.lines == tuple(text)
    assert kept("Key points", *headings) == ("Key points", *headings), "what stands nowhere else is news"


def test_the_author_is_introduced_and_somebody_of_the_text_is_not() -> None:
    introduced = ("Tom Vale", "Vale covers the rivers of three districts and lives in Esterby.")
    assert kept(*introduced, above=("By Tom Vale",)) == ()
    assert (
        kept(above=("Tom Vale", "Tom is the Gazette's man at the river, and has been for nine years.", "2 May 2031"))
        == ()
    )
    assert kept(*introduced) == introduced


def test_the_last_lines_go_where_the_pages_own_stand_around_them() -> None:
    copied = find_copied_article([*MENU, *MENU, HEADLINE, *TEXT, "Click to hide", "Top of the valley", *FOOTER])
    signed = find_copied_article([*MENU, *MENU, HEADLINE, *TEXT, "2 May 2031", "Ada Wick", *FOOTER])
    assert copied is not None
    assert signed is not None
    assert copied.lines == tuple(TEXT)
    assert signed.lines == (*TEXT, "Ada Wick"), "a letter may be signed below its date"
