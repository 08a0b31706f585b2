"""HTML fragments as text."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.markup import fragment_text, html_text


def test_blocks_are_paragraphs_also_where_they_end() -> None:
    assert html_text("<div><p>One.</p>Two.</div>Three<br>Four") == "One.\n\nTwo.\n\nThree\nFour"


def test_cells_of_a_table_do_not_run_together() -> None:
    assert html_text("<table><tr><td>Level</td><td>40</td></tr></table>") == "Level\n\n40"


def test_text_that_only_looks_like_markup_stays() -> None:
    assert fragment_text("a < b & c") == "a < b & c"


def test_what_is_known_to_be_html_is_read_so_without_a_tag() -> None:
    assert html_text("Wick &amp; Sons") == "Wick & Sons"


def test_a_figure_with_a_picture_is_left_out() -> None:
    assert html_text("<p>One.</p><figure><img><figcaption>Two.</figcaption></figure><p>Three.</p>") == "One.\n\nThree."


def test_a_figure_that_is_not_closed_may_hold_the_article() -> None:
    assert "Three." in html_text("<p>One.</p><figure><img><figcaption>Two.<p>Three.</p>")


def test_any_depth() -> None:
    assert html_text("<div>" * 5000 + "<p>Deep.</p>" + "</div>" * 5000) == "Deep."


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<figure>", "</figure>", "<img>", "<div", ">", "<!--", "-->", "&amp;", "w "])
    )
)
def test_no_fragment_raises_and_no_word_is_invented(pieces: list[str]) -> None:
    fragment = "".join(pieces)
    assert html_text(fragment).count("w") <= fragment.count("w")
