"""Other figures for one thing, and denials, as tables of who says what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Span
from rag.answer.disagreement import find_tables
from rag.answer.numbered import Numbered
from rag.answer.select import Shown
from rag.types import ArticleRef, Citation, Claim, Party, Stance


def said(number: int, party: str, words: str, stance: Stance = "asserts", *, relevance: float = 0.0) -> Numbered:
    claim = Claim(
        id=f"c{number}",
        text=words,
        party=Party(id=party.lower(), name=party, kind="person"),
        voice="party",
        stance=stance,
        quote_type="indirect",
        source=(),
        cue=(),
        content=(Span(0, len(words)),),
        article=f"a{number}",
        confidence=1.0,
    )
    article = ArticleRef(id=f"a{number}", title="", outlet="Orla Post", published="2031-05-04", url=None, path=None)
    citation = Citation(number=number, article=article, span=Span(0, len(words)), quote=words, claim=claim.id)
    shown = Shown(claim=claim, cited=citation.span, words=words, relevance=relevance)
    return Numbered(shown=shown, citation=citation)


def test_two_figures_for_one_thing_differ() -> None:
    (table,) = find_tables(
        [said(1, "Ruiz", "more than 20 sailors drowned off Elsin"), said(2, "Vale", "nine sailors drowned off Elsin")],
        question="How many sailors drowned?",
    )
    assert (table.kind, table.disagree) == ("figures", True)
    assert [(row.party, row.says, row.citation) for row in table.rows] == [
        ("Ruiz", "more than 20 sailors", 1),
        ("Vale", "nine sailors", 2),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("more than 20 sailors drowned", "24 sailors drowned"),
        ("about 100 sailors drowned", "105 sailors drowned"),
    ],
)
def test_figures_whose_ranges_meet_agree(one: str, other: str) -> None:
    (table,) = find_tables([said(1, "Ruiz", one), said(2, "Vale", other)], question="How many drowned?")
    assert not table.disagree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20 sailors drowned", "20 tons of coal were lost"),  # not one thing
        ("nine months passed", "two months of rent are owed"),  # one unit, two things
    ],
)
def test_amounts_of_different_things_are_not_set_side_by_side(one: str, other: str) -> None:
    assert find_tables([said(1, "Ruiz", one), said(2, "Vale", other)], question="What happened?") == ()


def test_one_party_with_two_figures_contradicts_nobody() -> None:
    claims = [said(1, "Ruiz", "20 sailors drowned off Elsin"), said(2, "Ruiz", "nine sailors drowned off Elsin")]
    assert find_tables(claims, question="How many sailors drowned?") == ()


def test_a_denial_stands_beside_what_it_denies() -> None:
    (table,) = find_tables(
        [
            said(1, "Ruiz", "the tank leaked acid into the harbour"),
            said(2, "Vale", "that acid leaked into the harbour", "denies"),
            said(3, "Holm", "the school roof needs repair"),
        ],
        question="Who spoke of the leak?",
    )
    assert table.kind == "positions"
    assert [(row.party, row.stance) for row in table.rows] == [("Ruiz", "asserts"), ("Vale", "denies")]


def test_a_denial_of_something_else_contradicts_nothing() -> None:
    claims = [said(1, "Ruiz", "the tank leaked acid"), said(2, "Vale", "that wages were cut", "denies")]
    assert find_tables(claims, question="What is known?") == ()


def test_what_likely_answers_how_many_counts_what_is_asked_for() -> None:
    """Left, fled, were moved: the words differ, the count is of the same people."""
    told = ("that 1,200 people had left their homes", "300 people had been moved as a precaution")
    asked = "How many people fled?"
    (table,) = find_tables(
        [said(1, "Ruiz", told[0], relevance=0.4), said(2, "Vale", told[1], relevance=0.2)], question=asked
    )
    assert table.disagree
    assert [row.says for row in table.rows] == ["1,200 people", "300 people"]
    assert find_tables([said(1, "Ruiz", told[0], relevance=0.4), said(2, "Vale", told[1])], question=asked) == ()
    assert find_tables([said(1, "Ruiz", told[0]), said(2, "Vale", told[1])], question="Who fled?") == ()


def test_a_part_is_not_compared_with_the_whole() -> None:
    claims = [said(1, "Ruiz", "four of the dead were children"), said(2, "Vale", "14 children were dead")]
    assert find_tables(claims, question="How many are dead?") == ()


def test_who_says_that_it_did_not_happen_does_not_contradict_who_denies_it() -> None:
    claims = [
        said(1, "Ruiz", "the tank did not leak acid into the harbour"),
        said(2, "Vale", "that acid leaked into the harbour", "denies"),
    ]
    assert find_tables(claims, question="Who spoke of the leak?") == ()


def test_a_figure_of_another_place_is_not_set_beside_the_one_asked_for() -> None:
    near = replace(said(1, "Ruiz", "20 sailors drowned"), around="Storm off Elsin\n20 sailors drowned")
    also = replace(said(2, "Vale", "nine sailors drowned"), around="Elsin counts its dead\nnine sailors drowned")
    away = replace(said(3, "Holm", "two sailors drowned"), around="Norhaven ferry\ntwo sailors drowned")
    (table,) = find_tables([near, also, away], question="How many sailors drowned off Elsin?", names={"elsin"})
    assert [row.party for row in table.rows] == ["Ruiz", "Vale"]


def test_what_was_counted_at_another_time_does_not_contradict() -> None:
    def dated(item: Numbered, day: str) -> Numbered:
        return replace(item, citation=replace(item.citation, article=replace(item.citation.article, published=day)))

    one, other = said(1, "Ruiz", "bread costs 3 crowns in Elsin"), said(2, "Vale", "bread costs 5 crowns in Elsin")
    for day, disagree in (("2031-05-20", True), ("2032-05-20T10:00:00+02:00", False)):
        (table,) = find_tables([one, dated(other, day)], question="What does bread cost?")
        assert table.disagree is disagree
