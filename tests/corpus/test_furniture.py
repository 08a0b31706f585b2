"""What is furniture of a page, and what is not. Prose is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.furniture import drop_furniture

PROSE = ["The dam above Lowmarsh held through the night.", "“Nobody was hurt,” the fire chief said."]


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply", "Leave a comment", "Cancel reply", "Post Comment", "View all comments (12)", "3 Comments",
        "Your email address will not be published. Required fields are marked *", "Required fields are marked *",
        "Save my name, email, and website in this browser for the next time I comment.", "Comments are closed.",
        "Share this:", "Share this article", "Share on Facebook", "Facebook Twitter Email", "Facebook | X | WhatsApp",
        "Click to share on Facebook (Opens in new window)", "Click to email a link to a friend (Opens in new window)",
        "We use cookies to improve your experience on this site.", "Accept all cookies", "Cookie Policy",
        "By continuing to use this site you agree to our cookie policy.",
        "Sign up for our newsletter", "Subscribe to our newsletter!", "Get the news delivered straight to your inbox.",
        "Enter your email address", "Thank you for subscribing!",
        "Advertisement", "ADVERTISEMENT", "Advertisement - Continue Reading Below",
        "Story continues below advertisement",
        "Follow us on Facebook and Twitter", "Follow Ada Wick on Twitter @adawick.",
        "© 2031 Lowmarsh Gazette. All rights reserved.", "Copyright 2031 Gazette Media", "All rights reserved.",
        "Read more: Three dams that did not hold", "RELATED: Three dams that did not hold", "Read more »",
        "Back to top",
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes(line: str) -> None:
    assert drop_furniture([PROSE[0], line, PROSE[1]]) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "“Share this,” the mayor told the crowd.",
        "Please share this with everyone who lived on Weir Street, the letter begins.",
        "“Leave a reply,” read the note on the gate.",
        "The minister will leave a reply to the council.",
        "We use cookies in this bakery that her grandmother taught us to make.",
        "Facebook and Twitter declined to comment.",
        "Instagram and Facebook.",
        "Facebook",
        "Advertisement of the post is required by law.",
        "Copyright law was never meant for dams, the professor argues.",
        "Read more: the engineer said the gauges had been wrong for years",
        "Sign up for emails from the water board, the council told residents.",
        "Follow the river down to Esterby.",
        "Related parties must be disclosed.",
        "More from the dam was expected to come down.",
        "3 comments were struck from the record.",
        "Name",
        "Comments by the minister caused anger",
    ],
)
def test_a_line_of_prose_stays(line: str) -> None:
    assert drop_furniture([PROSE[0], line, PROSE[1]]) == [PROSE[0], line, PROSE[1]]


def test_a_comment_form_goes_with_its_fields() -> None:
    form = ["Leave a Reply to Ada Cancel reply", "Comment", "Name *", "Email *", "Website", "Post Comment"]
    assert drop_furniture([*PROSE, *form]) == PROSE


def test_a_share_bar_over_several_lines_goes() -> None:
    assert drop_furniture([PROSE[0], "Share this:", "Facebook", "Twitter", "Email", PROSE[1]]) == PROSE


def test_teasers_below_their_heading_go_to_the_end() -> None:
    end = ["You may also like", "Ferry company denies delay", "Mayor ‘sorry’ for the parade"]
    assert drop_furniture([*PROSE, *end]) == PROSE


def test_teasers_with_summaries_go_to_the_end() -> None:
    end = ["Related articles", "Ferry late again", "The tide was to blame.", "Mayor sorry", "It was the parade."]
    assert drop_furniture([*PROSE, *end]) == PROSE


def test_a_sentence_in_which_somebody_speaks_is_no_summary_of_a_teaser() -> None:
    end = ["Related articles", "Ferry late again", "The tide was to blame.", "What the mayor knew", "He said nothing."]
    assert drop_furniture([*PROSE, *end]) == [*PROSE, *end[2:]]


def test_a_form_between_article_and_teasers_hides_neither() -> None:
    end = ["Leave a Reply", "Required fields are marked *", "More stories", "Ferry company denies delay"]
    assert drop_furniture([*PROSE, *end]) == PROSE


def test_prose_after_teasers_in_the_middle_stays() -> None:
    middle = ["You may also like", "Ferry company denies delay"]
    assert drop_furniture([PROSE[0], *middle, PROSE[1]]) == PROSE


def test_a_heading_of_the_article_itself_stays() -> None:
    text = ["Latest news", *PROSE, "More from the hearing", *PROSE, "Top stories", PROSE[0]]
    assert drop_furniture(text) == text


def test_prose_below_a_heading_at_the_end_stays() -> None:
    assert drop_furniture([PROSE[0], "You may also like", PROSE[1]]) == PROSE


LINES = st.sampled_from([*PROSE, "Share this:", "Facebook", "You may also like", "A lone title", "Read more:"])


@given(st.lists(LINES))
def test_what_somebody_says_always_stays_and_a_second_pass_finds_nothing(lines: list[str]) -> None:
    kept = drop_furniture(lines)
    assert drop_furniture(kept) == kept
    spoken = PROSE[1]
    assert kept.count(spoken) == lines.count(spoken)


def test_a_line_within_an_open_quotation_stays() -> None:
    verses = ["The tile read: “Set in the year of the flood", "© Ada Wick", "Share", "Print", "and never sold.”"]
    assert drop_furniture([*verses, "Share", "Print", "© 2031 Lowmarsh Gazette"]) == verses
    assert drop_furniture(["The tile read: “Ada", "© Wick”", PROSE[0]]) == ["The tile read: “Ada", "© Wick”", PROSE[0]]
    plain = ['The tile read: "Ada', '© Wick"', PROSE[0]]
    assert drop_furniture(plain) == plain


def test_a_notice_between_paragraphs_of_one_speech_goes() -> None:
    """Each paragraph of a speech opens with a quotation mark of its own, and only the last one closes."""
    speech = ["“The dam held.", "“It will hold again,” the fire chief said."]
    assert drop_furniture([speech[0], "Advertisement", speech[1]]) == speech
