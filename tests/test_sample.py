"""The sample articles: read without a problem, and questions that a newcomer would ask are answered from them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.types import Article
from rag.assistant import Assistant
from rag.opened import SAMPLE
from rag.settings import load_settings
from rag.types import Answer

GOLD = Path(__file__).parent / "gold" / "sample_questions.jsonl"
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Assistant:
    folder = tmp_path_factory.mktemp("sample") / "index"
    return Assistant.open_sample(load_settings(index=folder, cache=model_cache))


def test_every_sample_article_is_read() -> None:
    items = [item for path in corpus.find_files([SAMPLE]) for item in corpus.read_file(path, root=SAMPLE)]
    assert all(isinstance(item, Article) for item in items)
    assert len(items) >= 30
    assert len({item.id for item in items if isinstance(item, Article)}) == len(items)


def bears(answer: Answer, names: list[str], *, first: int = 3) -> bool:
    return any(claim.party.name in names or set(claim.party.aliases) & set(names) for claim in answer.claims[:first])


def by(kind: str) -> list[Any]:
    """The questions of a kind; those that are known not to be met are told with their reason, and must fail."""
    return [
        pytest.param(
            question,
            id=question["question"],
            marks=[pytest.mark.xfail(reason=question["unmet"], strict=True)] if "unmet" in question else [],
        )
        for question in QUESTIONS
        if question.get(kind)
    ]


@pytest.mark.parametrize("question", by("parties"))
def test_the_right_party_is_among_the_first_three(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"], history=question.get("history", ()))
    assert answer.status == "answered"
    assert bears(answer, question["parties"], first=question.get("first", 3))
    # who is cited on the matter with another stance did not deny, promise or accuse
    said = [claim for claim in answer.claims if claim.stance == question.get("stance", claim.stance)]
    assert not bears(replace(answer, claims=tuple(said)), question.get("never", []), first=99)
    if question.get("only"):
        assert {claim.party.name for claim in answer.claims} <= set(question["parties"])
    if question.get("stance"):
        assert any(claim.stance == question["stance"] for claim in answer.claims[:3])


@pytest.mark.parametrize("question", by("evidence"))
def test_the_words_that_tell_it_are_cited(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"], history=question.get("history", ()))
    assert any(question["evidence"] in citation.quote for citation in answer.citations[:4])


@pytest.mark.parametrize("question", by("via"))
def test_whom_it_came_through_is_told(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"])
    assert any(question["via"] in claim.via for claim in answer.claims[:4])


@pytest.mark.parametrize("question", [*by("says"), *by("says_not")])
def test_yes_is_said_only_where_it_is_so(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"])
    assert answer.text.startswith("Yes") == ("says" in question)


@pytest.mark.parametrize("question", by("answered"))
def test_a_follow_up_tells_others_than_before(sample: Assistant, question: dict[str, Any]) -> None:
    history = question["history"]
    answer = sample.ask(question["question"], history=history)
    told = {claim.party.id for claim in sample.ask(history[-1]).claims if claim.voice == "party"}
    assert answer.status == "answered"
    assert told.isdisjoint(claim.party.id for claim in answer.claims)


@pytest.mark.parametrize("question", by("unnamed"))
def test_who_is_not_named_is_said_not_to_be(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"])
    assert answer.claims[0].voice == "unnamed"
    assert not bears(answer, question.get("never", []), first=99)


@pytest.mark.parametrize("question", by("refused"))
def test_what_the_articles_do_not_hold_is_refused(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"])
    assert answer.status == "no_evidence"
    assert answer.reason
    assert answer.scope.articles >= 30


@pytest.mark.parametrize("question", by("unsure"))
def test_what_may_be_on_something_else_is_not_said_to_be_an_answer(sample: Assistant, question: dict[str, Any]) -> None:
    answer = sample.ask(question["question"])
    assert answer.status == "no_evidence" or not answer.sure
    assert answer.status == "no_evidence" or answer.text.startswith("Nothing in these articles surely answers this.")
    assert not answer.tables


def test_most_answers_are_sure(sample: Assistant) -> None:
    """Told of every answer, doubt would tell nothing: of those to questions with a right party, few may have it."""
    answers = [sample.ask(one["question"], history=one.get("history", ())) for one in QUESTIONS if one.get("parties")]
    assert sum(not answer.sure for answer in answers) * 8 <= len(answers)


def test_the_party_that_denies_is_not_among_those_who_report_the_deaths(sample: Assistant) -> None:
    answer = sample.ask("Who reported the civilian deaths?")
    reporting = {claim.party.name for claim in answer.claims if "20 civilians" in claim.text}
    first = answer.claims[0]
    assert "civilians had been killed" in first.text
    assert first.party.name != "Eastern Compact Command"
    assert "Edric Harlow" not in reporting
    assert "Eastern Compact Command" not in reporting


def test_every_quote_stands_in_its_article(sample: Assistant) -> None:
    for question in QUESTIONS:
        for citation in sample.ask(question["question"]).citations:
            article = sample.ledger.article(citation.article.id)
            assert article
            assert citation.span.of(article.text) == citation.quote
