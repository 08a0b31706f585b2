"""BM25 over English stems, and questions that look like a query language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.store.keywords import KeywordIndex, analyse
from rag.store.ledger import Ledger
from tests.store.examples import make_entry

TEXTS = {
    "dam": "The dam above Veltport was breached. Engineers had warned of the dam.",
    "ferry": "The ferry to Veltport was cancelled, a spokeswoman said.",
    "mayor": "Mayor Ilse Márrok denied the allegations on Monday.",
    "long": "Residents of Veltport " + "waited for news of relatives " * 30 + "near the dam.",
}


def make_index(folder: Path, ledger: Ledger, texts: dict[str, str] = TEXTS) -> KeywordIndex:
    ledger.write([make_entry(name, text) for name, text in texts.items()], path="f")
    return KeywordIndex(folder, ledger)


@pytest.fixture(params=["in memory", "on disk"])
def index(request: pytest.FixtureRequest, folder: Path, ledger: Ledger) -> KeywordIndex:
    made = make_index(folder, ledger)
    if request.param == "on disk":
        made.sync()
    return made


def articles(index: KeywordIndex, text: str, *, k: int = 10, among: Sequence[int] | None = None) -> list[str]:
    hits = index.search("passage", text, k, among=among)
    return [unit.article_id for unit in index.ledger.stored_units([one for one, _ in hits])]


def test_other_forms_of_a_word(index: KeywordIndex) -> None:
    assert articles(index, "a breaching") == ["dam"]
    assert articles(index, "cancellation ferries") == ["ferry"]


def test_case_and_accents_do_not_matter(index: KeywordIndex) -> None:
    assert articles(index, "MARROK") == articles(index, "márrok") == ["mayor"]


def test_often_and_in_a_short_text_is_better(index: KeywordIndex) -> None:
    assert articles(index, "dam") == ["dam", "long"]


def test_a_rare_word_counts_more(index: KeywordIndex) -> None:
    assert articles(index, "Veltport ferry")[0] == "ferry"


def test_only_among_the_given(index: KeywordIndex) -> None:
    ids = {unit.article_id: unit.id for unit in index.ledger.units("passage")}
    assert articles(index, "Veltport", among=[ids["mayor"], ids["long"]]) == ["long"]
    assert articles(index, "Veltport", among=[]) == []
    in_all = dict(index.search("passage", "dam", 10))
    among = dict(index.search("passage", "dam", 10, [ids["long"]]))
    assert among[ids["long"]] == pytest.approx(in_all[ids["long"]]), "a filter changes no score"


def test_no_more_than_asked_for(index: KeywordIndex) -> None:
    assert len(articles(index, "Veltport", k=2)) == 2
    assert articles(index, "Veltport", k=0) == []


@pytest.mark.parametrize(
    "question",
    [
        'who said "the dam',
        "text:dam AND (NOT ferry",
        "dam^1000 [a TO b} ~ * ? \\ /dam/ +dam -dam",
        "dam \x00 \ud83d",
        "id:1 dam",
        "dam " * 5000,
    ],
)
def test_a_question_is_words_and_no_query(index: KeywordIndex, question: str) -> None:
    assert "dam" in articles(index, question)


@pytest.mark.parametrize("question", ["", "?!", "the of and", "\x00", "\ud83d", "الماء", "x" * 10_000])
def test_nothing_to_look_for(index: KeywordIndex, question: str) -> None:
    assert articles(index, question) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(), max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(term == term.lower() and term for term in analyse(text))


def test_a_new_unit_is_scored_as_if_it_had_been_there(folder: Path, ledger: Ledger) -> None:
    """Its score in memory, from the base's word counts, is the one it gets from the base it goes into."""
    texts = {
        f"n{n}": f"Notice {n} about the harbour and its {'ferry' if n % 4 else 'dam'} by clerk{n}." for n in range(80)
    }
    index = make_index(folder, ledger, texts)
    index.sync()
    ledger.write([make_entry("new", "Notice 99 about the harbour and its dam by clerk99.")], path="g")
    before = dict(index.search("passage", "harbour dam clerk99", 80))
    index.sync()
    after = dict(index.search("passage", "harbour dam clerk99", 80))
    assert before.keys() == after.keys()
    assert max(after, key=lambda one: after[one]) == max(before, key=lambda one: before[one])
    for one, score in after.items():
        assert before[one] == pytest.approx(score, rel=0.05, abs=0.01)


def test_the_kinds_are_kept_apart(folder: Path, ledger: Ledger) -> None:
    entry = make_entry("a1", "The dam holds.")
    units = (entry.units[0], replace(entry.units[1], text="turbine"))
    ledger.write([replace(entry, units=units)], path="f")
    index = KeywordIndex(folder, ledger)
    index.sync()
    assert index.search("passage", "turbine", 5) == []
    assert len(index.search("claim", "turbines", 5)) == 1
