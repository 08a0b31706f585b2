"""What a copy cut, what a correction changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.differences import compare_articles, keeps_figures, share_carried
from corpus.types import Article, Span
from tests.stories import FERRY

DENIAL = "Tarn Lines denied that the captain had been warned. “Nobody told us of any fog,” its director Jo Vale said."
LEAD = "A ferry ran aground off Veltport on Monday with 212 people on board, the coastguard said."
END = "High tide is at midnight."


def article(*paragraphs: str, headline: str = "") -> Article:
    text = "\n\n".join([headline, *paragraphs] if headline else paragraphs)
    return Article(id="a", text=text, headline=Span(0, len(headline)) if headline else None)


def test_an_outlet_that_cut_the_denial() -> None:
    wire, printed = article(LEAD, DENIAL, END, headline="Ferry aground"), article(LEAD, END, headline="Stuck!")
    found = compare_articles(wire, printed)
    assert [span.of(wire.text) for span in found.lacking] == [DENIAL]
    assert (found.added, found.changed) == ((), ())


def test_what_a_copy_adds() -> None:
    own = "Two passengers told this newspaper that they had heard no announcement."
    wire, printed = article(LEAD, END), article(LEAD, own, END)
    assert [span.of(printed.text) for span in compare_articles(wire, printed).added] == [own]


def test_a_number_corrected() -> None:
    before, after = article(LEAD, DENIAL), article(LEAD.replace("212", "121"), DENIAL)
    found = compare_articles(before, after)
    assert [(old.of(before.text), new.of(after.text)) for old, new in found.changed] == [
        (LEAD, LEAD.replace("212", "121"))
    ]
    assert (found.lacking, found.added) == ((), ())


def test_paragraphs_joined_and_parted_are_no_difference() -> None:
    assert not compare_articles(article(LEAD, DENIAL, END), article(f"{LEAD} {DENIAL}", END))


def test_a_sentence_added_to_a_paragraph() -> None:
    before, after = article(LEAD, END), article(LEAD, f"{END} Tugs wait.")
    ((old, new),) = compare_articles(before, after).changed
    assert (old.of(before.text), new.of(after.text)) == (END, f"{END} Tugs wait.")


@given(st.lists(st.sampled_from([LEAD, DENIAL, END, *FERRY.split("\n\n")]), max_size=5), st.text(max_size=60))
def test_an_article_does_not_differ_from_itself(paragraphs: list[str], odd: str) -> None:
    one = article(*paragraphs, odd)
    assert not compare_articles(one, one)


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_ways_round_it_is_the_same_difference(one: str, other: str) -> None:
    there, back = compare_articles(article(one), article(other)), compare_articles(article(other), article(one))
    assert (there.lacking, there.added) == (back.added, back.lacking)
    assert set(there.changed) == {(mine, theirs) for theirs, mine in back.changed}


class TestCarried:
    def test_the_same_words(self) -> None:
        assert share_carried("Nobody told us of any fog", f"{LEAD}\n\n{DENIAL}") == 1.0

    def test_words_that_are_not_there(self) -> None:
        assert share_carried("Nobody told us of any fog", LEAD) == 0.0

    def test_words_changed(self) -> None:
        assert 0 < share_carried("Nobody told us of any fog on that day", DENIAL) < 1

    def test_two_words(self) -> None:
        assert share_carried("any fog", DENIAL) == 1.0
        assert share_carried("fog any", DENIAL) == 0.0

    def test_no_words(self) -> None:
        assert share_carried("...", DENIAL) == 0.0


@pytest.mark.parametrize(
    ("words", "text", "keeps"),
    [
        ("Four of the crew were saved", "Four of the crew were saved by a tug.", True),
        ("Four of the crew were saved", "Three of the crew were saved by a tug.", False),
        ("the boat carried 12 people that night", "The boat carried 21 people that night.", False),
        ("the ship did not fire", "The ship did fire.", False),
        ("the ship did fire at dawn", "The ship fired at dawn.", True),  # other words, and none that decides
        ("Four", "Four were saved.", True),
        ("...", "", True),
    ],
)
def test_other_figures_and_a_denial_gone_are_another_statement(words: str, text: str, keeps: bool) -> None:
    assert keeps_figures(words, text) == keeps
