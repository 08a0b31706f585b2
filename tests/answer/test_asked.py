"""A figure is told as the answer only where it counts what is asked, of what the question names."""

from __future__ import annotations

import pytest

from corpus.types import Span
from rag.answer.asked import FigureAsked, asked_figures, is_near, is_of, names_asked
from rag.answer.figures import read_figures
from rag.answer.numbered import Numbered
from rag.answer.select import Shown
from rag.question import Query
from rag.types import ArticleRef, Citation, Claim, Party


def asked(text: str, *speakers: Party) -> Query:
    return Query(question=text, text=text, topic=text, intent="figure", speakers=speakers)


def test_the_names_of_a_question_are_its_capitals_but_not_its_first_word() -> None:
    assert names_asked(asked("How many boats sank off Elsin’s coast in the Great Bay?")) == {"elsin", "great", "bay"}


def test_who_is_asked_for_is_no_subject() -> None:
    ruiz = Party(id="ruiz", name="Ana Ruiz", kind="person")
    assert names_asked(asked("How many boats did Ana Ruiz see off Elsin?", ruiz)) == {"elsin"}


@pytest.mark.parametrize("text", ["how many boats sank off elsin?", "HOW MANY BOATS SANK OFF ELSIN?"])
def test_where_capitals_tell_nothing_no_name_is_asked(text: str) -> None:
    assert names_asked(asked(text)) == set()


@pytest.mark.parametrize(
    ("names", "around", "near"),
    [
        ({"elsin"}, "Flood in Elsin\nnine people drowned", True),
        ({"elsin"}, "Flood in Norhaven\nnine people drowned", False),
        ({"elsin", "arlo"}, "Storm Arlo\nnine people drowned", True),  # half of them
        ({"elsin", "arlo", "bay"}, "Storm Arlo\nnine people drowned", False),
        ({"syrian"}, "nine people drowned in Syria", True),
        ({"velia"}, "the Velian government", True),
        ({"elsin"}, "Elsewhere nine people drowned", False),
        (set(), "nine people drowned", True),
    ],
)
def test_half_of_the_names_must_stand_near(names: set[str], around: str, near: bool) -> None:
    assert is_near(names, around) is near


@pytest.mark.parametrize(
    ("unit", "words", "counts"),
    [
        ("people killed", "nine people were killed", True),
        ("people killed", "More than 1,100 people have been rescued since the storm", False),
        ("people killed", "nine people were killed or injured", True),  # both near: the words tell of the dead
        ("people hurt", "nine people were killed", False),
        ("people", "84 people infected and hospitalised", True),
        ("people", "84 houses", False),
        ("house", "84 houses", True),
    ],
)
def test_a_figure_must_count_what_is_asked(unit: str, words: str, counts: bool) -> None:
    assert is_of(unit, read_figures(words)[0], words) is counts


def item(words: str) -> Numbered:
    claim = Claim(
        id="c",
        text=words,
        party=Party(id="ruiz", name="Ana Ruiz", kind="person"),
        voice="party",
        stance="asserts",
        quote_type="indirect",
        source=(),
        cue=(),
        content=(Span(0, len(words)),),
        article="a",
        confidence=1.0,
    )
    article = ArticleRef(id="a", title="", outlet=None, published=None, url=None, path=None)
    cited = Citation(number=1, article=article, span=Span(0, len(words)), quote=words)
    return Numbered(shown=Shown(claim=claim, cited=Span(0, len(words)), words=words), citation=cited, around=words)


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("How many children were killed?", "42 people were killed, seven children among them", "seven children"),
        ("How many children were killed?", "42 people were killed", None),
        ("How many civilians were killed?", "42 people were killed", "42 people"),
        ("How many people were killed?", "the dead were 109 people, 13 of whom were women", "109 people"),
        ("How many people were killed?", "90 lorries burnt and people died, 13 of whom were women", None),
        ("How many people left the town?", "42 people were killed in the town", None),
        ("How many people left the town?", "42 people left the town", "42 people"),
        ("How many people were wounded?", "31 people were treated for wounds", "31 people"),
        ("How many victims were there?", "42 people were killed in the town", "42 people"),
    ],
)
def test_the_figure_of_whom_is_asked_for(question: str, words: str, told: str | None) -> None:
    found = FigureAsked.by(asked(question)).found_in(item(words))
    assert (found.words if found else None) == told


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("How many homes were lost?", "that 40 houses had burnt down", "40 houses"),
        ("How many members has the union?", "that 18,000 litres had left the tank", None),
        ("How many gallons were lost?", "that 18,000 litres had left the tank", "18,000 litres"),
    ],
)
def test_things_are_not_told_by_a_measure(question: str, words: str, told: str | None) -> None:
    found = asked_figures([item(words)], FigureAsked.by(asked(question)))
    assert (found[0][1].words if found else None) == told
