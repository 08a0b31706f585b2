"""From a question to a labelled, cited answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest

import rag
from corpus.types import Article
from rag.assistant import Assistant
from rag.errors import IndexLocked, ModelMismatch, NoIndex, QuestionError
from rag.index import Progress
from rag.question import Filters
from rag.settings import load_settings
from rag.store.ledger import Ledger
from rag.store.lock import WriterLock
from rag.types import Answer
from tests.stories import DAM, STRIKE


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM, strike=STRIKE))
    return assistant


def parties(answer: Answer) -> list[str]:
    return [claim.party.name for claim in answer.claims if claim.voice == "party"]


def test_adding_tells_which_indexes_it_builds(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    told: list[Progress] = []
    articles = newsroom(dam=DAM)
    assistant.add(articles, progress=told.append)
    assert {progress.preparing for progress in told} == {"", "vectors", "keywords", "words"}
    told.clear()
    assistant.add(articles, progress=told.append)
    assert {progress.preparing for progress in told} <= {""}, "nothing is to be built"


def test_who_said_it(desk: Assistant) -> None:
    answer = desk.ask("Who says that the dam is safe?")
    assert answer.status == "answered"
    assert parties(answer)[0] == "Ana Ruiz"
    assert "Olga Brandt" not in parties(answer)


def test_what_a_party_said_is_only_what_that_party_said(desk: Assistant) -> None:
    answer = desk.ask("What did Olga Brandt say about the contract?")
    assert set(parties(answer)) == {"Olga Brandt"}
    assert "two years for a contract" in answer.text


def test_a_denial_is_labelled_as_one(desk: Assistant) -> None:
    answer = desk.ask("Who denied ignoring a warning?")
    claim = answer.claims[0]
    assert (claim.party.name, claim.stance) == ("Brightwater", "denies")


def test_an_unnamed_source_is_said_to_be_one(desk: Assistant) -> None:
    answer = desk.ask("Who said that nobody told them anything?")
    assert answer.claims[0].voice == "unnamed"
    assert "Unnamed source" in answer.text


def test_what_no_party_says_is_the_articles_own(desk: Assistant) -> None:
    answer = desk.ask("How many days did it rain in the upper valley?")
    own = [claim for claim in answer.claims if claim.voice == "outlet"]
    assert [claim.text for claim in own] == ["Rain fell for eleven days in the upper valley."]
    assert "In the article’s own words" in answer.text


def test_every_citation_is_the_articles_text_letter_for_letter(desk: Assistant) -> None:
    answer = desk.ask("What is known about the dam?")
    assert answer.citations
    for number, citation in enumerate(answer.citations, start=1):
        article = desk.ledger.article(citation.article.id)
        assert article
        assert citation.quote == article.text[citation.span.start : citation.span.end]
        assert citation.number == number
        assert f"[{number}]" in answer.text


def test_every_claim_shown_has_a_citation_that_holds_words_of_it(desk: Assistant) -> None:
    answer = desk.ask("What is known about the dam?")
    cited = {citation.claim: citation for citation in answer.citations if citation.claim}
    for claim in answer.claims:
        if claim.voice != "outlet":
            assert any(span.overlaps(cited[claim.id].span) for span in claim.content)


def test_a_claim_that_no_longer_stands_in_its_article_is_left_out_and_counted(
    desk: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged ledger must not make anyone say what they did not."""
    ledger = type(desk.ledger)
    one, many = ledger.article, ledger.read_articles

    def changed(article: Article) -> Article:
        return replace(article, text=article.text.replace("is safe", "is lost"))

    def read_one(ledger: Ledger, article_id: str) -> Article | None:
        article = one(ledger, article_id)
        return article and changed(article)

    def read_many(ledger: Ledger, ids: Collection[str]) -> dict[str, Article]:
        return {article_id: changed(article) for article_id, article in many(ledger, ids).items()}

    monkeypatch.setattr(ledger, "article", read_one)
    monkeypatch.setattr(ledger, "read_articles", read_many)
    answer = desk.ask("Who says that the dam is safe?")
    assert "Ana Ruiz" not in parties(answer)
    assert "could not be verified" in answer.text


def test_a_name_that_nobody_bears_is_no_evidence(desk: Assistant) -> None:
    answer = desk.ask("What did Zoltan Brack say about the dam?")
    assert answer.status == "no_evidence"
    assert "Zoltan Brack" in (answer.reason or "")
    assert answer.claims == ()
    assert answer.scope.articles == 2


def test_a_party_that_says_nothing_on_this_is_no_evidence(desk: Assistant) -> None:
    answer = desk.ask("What did Ana Ruiz say about the price of tulip bulbs?")
    assert answer.status == "no_evidence"
    assert "Ana Ruiz" in (answer.reason or "")


def test_a_topic_that_no_article_has_is_no_evidence(desk: Assistant) -> None:
    answer = desk.ask("Who won the chess tournament in Marrowmere?")
    assert answer.status == "no_evidence"
    assert answer.reason == "no article here reports this"


def test_an_empty_index_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Who said that?")
    assert answer.status == "no_evidence"
    assert "no article" in answer.text.lower()


def test_filters_restrict_and_are_told(desk: Assistant) -> None:
    answer = desk.ask("Who said what?", outlets=["Harbour Times"])
    assert {citation.article.outlet for citation in answer.citations} <= {"Harbour Times"}
    assert answer.scope.articles == 1
    assert any("Harbour Times" in line for line in answer.scope.filters)
    assert desk.ask("Is the dam safe?", since="2026-02-05").scope.articles == 1


def test_what_is_asked_of_this_week_is_looked_for_in_its_articles_first(assistant: Assistant, tmp_path: Path) -> None:
    told = "The minister of harbours resigned over the ferry, his office said. {} It gave no reason."
    days = {"2021-06-17": "He had served nine years.", "2020-02-03": "The ferry had sunk and the minister resigned."}
    records = [
        {"id": day, "title": "Minister resigns", "text": told.format(more), "date": day} for day, more in days.items()
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assistant.add(tmp_path / "reports.jsonl")
    until = Filters(until="2021-06-18")

    def first(question: str) -> str:
        return assistant.search(question, filters=until).passages[0].article

    assert first("Which minister resigned over the ferry that had sunk?") == "2020-02-03"
    assert first("Which minister resigned over the ferry that had sunk this week?") == "2021-06-17"


def test_a_follow_up_leans_on_the_question_before(desk: Assistant) -> None:
    answer = desk.ask("And what did Piet Sommer say?", history=["Who says that the dam is safe?"])
    assert set(parties(answer)) == {"Piet Sommer"}


def test_an_answer_is_plain_data(desk: Assistant) -> None:
    answer = desk.ask("Who says that the dam is safe?")
    again = json.loads(json.dumps(answer.to_dict()))
    assert again["claims"][0]["party"]["name"] == "Ana Ruiz"
    assert again["citations"][0]["span"].keys() == {"start", "end"}


def test_claims_by_party_topic_and_stance(desk: Assistant) -> None:
    assert {claim.party.name for claim in desk.claims(party="Olga Brandt")} == {"Olga Brandt"}
    assert [claim.party.name for claim in desk.claims(stance="denies")] == ["Brightwater"]
    assert desk.claims(about="the dam is safe")[0].party.name == "Ana Ruiz"
    with pytest.raises(QuestionError, match="Zoltan"):
        desk.claims(party="Zoltan Brack")


def test_a_second_writer_is_refused_at_once(desk: Assistant, newsroom: Callable[..., Path]) -> None:
    with WriterLock(desk.folder), pytest.raises(IndexLocked):
        desk.add(newsroom(dam=DAM))


def test_questions_work_while_another_process_writes(desk: Assistant) -> None:
    with WriterLock(desk.folder):
        assert Assistant.open(desk.folder, create=False).ask("Who says that the dam is safe?").status == "answered"


def test_what_another_process_adds_is_found(desk: Assistant, tmp_path: Path) -> None:
    desk.ask("Who says that the dam is safe?")
    (tmp_path / "new.txt").write_text(
        "Lighthouse relit\n\nThe lighthouse at Wen shines again, said Ida Holm, its keeper.\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "rag", "index", str(tmp_path / "new.txt"), "--index", str(desk.folder)]
    subprocess.run(command, check=True, capture_output=True)
    assert parties(desk.ask("Who said that the lighthouse shines again?"))[0] == "Ida Holm"


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="python -m rag index"):
        Assistant.open(tmp_path / "none", create=False)


def test_another_embedding_model_is_refused_by_name_of_the_remedy(desk: Assistant) -> None:
    other = load_settings(index=desk.folder, embedding="onnx-fp32:all-MiniLM-L6-v2")
    with pytest.raises(ModelMismatch, match="rebuild"):
        Assistant.open(other).ask("Who says that the dam is safe?")


def test_rebuild_changes_the_model_and_loses_nothing(desk: Assistant) -> None:
    other = Assistant.open(load_settings(index=desk.folder, embedding="onnx-fp32:all-MiniLM-L6-v2"))
    claims = {claim.id for claim in desk.claims()}
    report = other.rebuild()
    assert report.updated == 2
    assert {claim.id for claim in other.claims()} == claims
    assert parties(other.ask("Who says that the dam is safe?"))[0] == "Ana Ruiz"
    with pytest.raises(ModelMismatch):
        desk.ask("Who says that the dam is safe?")


def test_ask_answers_from_the_sample_articles_when_nothing_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rag, "_default", None)
    answer = rag.ask("Who reported the civilian deaths?")
    assert answer.status == "answered"
    assert {claim.voice for claim in answer.claims} <= {"party", "unnamed", "outlet"}
    assert "Saldavian Ministry of Defence" in parties(answer)


def test_an_answer_reads_each_article_once(desk: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    article = type(desk.ledger).article

    def counted(self: Ledger, article_id: str) -> Article | None:
        read.append(article_id)
        return article(self, article_id)

    monkeypatch.setattr(type(desk.ledger), "article", counted)
    answer = desk.ask("What is known about the dam?")
    assert len(answer.claims) > len({claim.article for claim in answer.claims})
    assert len(read) == len(set(read))
