"""What is shown outside an answer is looked at first: a list with a changed byte in it is an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams

import rag.store.checked
from rag.__main__ import main
from rag.assistant import Assistant
from rag.errors import DamagedIndex
from rag.store.browsing import ClaimFilter
from rag.web.evidence import evidence_of_claim
from rag.web.export import export_claims
from tests.stories import DAM, STRIKE

ALL = ClaimFilter()


@pytest.fixture
def hurt(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    """Of two articles, one has a denial that has become something else."""
    assistant.add(newsroom(dam=DAM, strike=STRIKE))
    with sqlite3.connect(assistant.folder / "ledger.db") as connection:
        connection.execute("UPDATE claims SET stance = 'asserts' WHERE stance = 'denies'")
    connection.close()
    return assistant


def test_a_page_of_claims_with_one_of_a_changed_article_is_refused(hurt: Assistant) -> None:
    with pytest.raises(DamagedIndex, match=r"dam.*doctor"):
        hurt.checked.browse(ALL, order="newest", offset=0, limit=50)
    sound = hurt.checked.browse(ClaimFilter(party="Brandt"), order="newest", offset=0, limit=50)
    assert {one.claim.party.name for one in sound} == {"Olga Brandt"}


def test_what_changes_after_it_was_looked_at_is_noticed(
    assistant: Assistant, newsroom: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rag.store.checked, "MOMENT", 0.0)
    assistant.add(newsroom(dam=DAM))
    assert assistant.ask("Who denied a warning?").status == "answered"
    connection = sqlite3.connect(assistant.folder / "ledger.db")
    connection.execute("UPDATE claims SET stance = 'asserts' WHERE stance = 'denies'")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedIndex):
        assistant.ask("Who denied a warning?")


def test_lists_of_claims_are_refused(hurt: Assistant) -> None:
    with pytest.raises(DamagedIndex):
        hurt.claims()
    with pytest.raises(DamagedIndex):
        hurt.claims(party="Brightwater")
    with pytest.raises(DamagedIndex):
        hurt.timeline("the dam")
    assert len(hurt.claims(party="Brandt")) == 2


def test_parties_are_not_counted_from_it(hurt: Assistant) -> None:
    with pytest.raises(DamagedIndex):
        hurt.portraits()
    assert [one.speaker.claims for one in hurt.portraits(name="Brandt")] == [2]


def test_of_many_articles_some_are_looked_at_each_time(hurt: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rag.store.checked, "MOST_COUNTED", 1)
    with pytest.raises(DamagedIndex):  # noqa: PT012 -- the sound one may come first, and then is known
        hurt.portraits()
        hurt.portraits()


def test_an_export_is_none_rather_than_a_false_one(hurt: Assistant) -> None:
    assert export_claims(hurt, "csv", QueryParams()).status_code == 500
    assert export_claims(hurt, "csv", QueryParams(party="Brandt")).status_code == 200


def test_the_article_is_not_opened(hurt: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    (claim,) = (one for one in hurt.ledger.claims() if one.party.name == "Brightwater")
    shown = evidence_of_claim(hurt, claim.id)
    assert 'role="alert"' in shown
    assert claim.text not in shown
    assert main(["article", claim.article, "--index", str(hurt.folder)]) == 2
    assert "is damaged" in capsys.readouterr().err
