"""Attributions that a headline's punctuation shows, and the name of the outlet, which is none."""

from __future__ import annotations

import pytest

from corpus.types import Article, Span
from rag.attribution import RuleExtractor, claims_of
from rag.attribution.headlines import headline_span

BODY = "\n\nA long day ended in the town. Stroud left early, and so did the Velian fleet."


def speakers(headline: str, *, outlet: str | None = None, url: str | None = None) -> list[str]:
    article = Article(id="a", text=headline + BODY, headline=Span(0, len(headline)), outlet=outlet, url=url)
    return [claim.party.name for claim in claims_of(article, extractor=RuleExtractor())]


@pytest.mark.parametrize(
    ("headline", "speaker"),
    [
        ("Stroud: We will not sell the port", "Stroud"),
        ("Depot burned by drone – Velian army", "Velian army"),
        ("Dam may fail this spring, engineers say", "engineers"),
        ("Two barges sank, says navy", "navy"),
        ("Port Authority says cranes idle", "Port Authority"),
    ],
)
def test_sources_in_headlines(headline: str, speaker: str) -> None:
    assert speakers(headline) == [speaker]


@pytest.mark.parametrize(
    "headline",
    [
        "Analysis: the port is sold",
        "Sirens in the night: hundreds leave",
        "Storm hits coast, deaths reported",
        "Live: storm reaches Elsin",
        "The Latest: port of Elsin is sold",
        "Elsin 2: the town that was sold",
        "A night in Elsin",
    ],
)
def test_labels_are_no_sources(headline: str) -> None:
    assert speakers(headline) == []


def test_a_place_before_a_colon_says_nothing() -> None:
    """The text names the town again and again; that does not make it a speaker."""
    headline = "Elsin: bakery reopens after fire"
    text = f"{headline}\n\nThe bakery in Elsin has reopened. Elsin had waited for a year, Mayor Ana Ruiz said in Elsin."
    article = Article(id="a", text=text, headline=Span(0, len(headline)))
    assert [claim.party.name for claim in claims_of(article, extractor=RuleExtractor())] == ["Ana Ruiz"]


def test_a_name_that_speaks_in_the_text_speaks_in_the_headline() -> None:
    headline = "Elsin Rovers: coach resigns after defeat"
    text = f"{headline}\n\nElsin Rovers said that the coach had gone. The board met on Monday."
    article = Article(id="a", text=text, headline=Span(0, len(headline)))
    assert {claim.party.name for claim in claims_of(article, extractor=RuleExtractor())} == {"Elsin Rovers"}


def test_demand_for_a_thing_is_no_telling() -> None:
    headline = "Vesta Van: Tom Vale to show the newest bus"
    text = f"{headline}\n\nMany waited. Vesta Van demand has doubled since May."
    article = Article(id="a", text=text, headline=Span(0, len(headline)))
    assert claims_of(article, extractor=RuleExtractor()) == ()


def test_who_somebody_is_they_do_not_say() -> None:
    headline = "Ana Hall: the Tarn candidate taking on Tom Vale"
    text = f"{headline}\n\nHall said that it was late."
    article = Article(id="a", text=text, headline=Span(0, len(headline)))
    assert [claim.text for claim in claims_of(article, extractor=RuleExtractor())] == ["that it was late"]


def test_what_a_bar_parts_from_a_title_is_the_site() -> None:
    assert speakers("Why the harbour bridge fell | The Tarn Council") == []


@pytest.mark.parametrize(
    ("outlet", "url"),
    [("The Elsin Post", None), ("Elsin Post", None), (None, "https://www.elsinpost.example/news/1")],
)
def test_the_site_name_behind_a_title_is_no_source(outlet: str | None, url: str | None) -> None:
    assert speakers("Storm reaches the harbour town – Elsin Post", outlet=outlet, url=url) == []


def test_first_line_that_repeats_the_title_is_the_headline() -> None:
    text = "Storm reaches Elsin.\n\nIt rained."
    assert headline_span(text, "Storm reaches Elsin") == Span(0, len("Storm reaches Elsin."))
    assert headline_span(text, "Another title") is None


@pytest.mark.parametrize("text", ["It rained all day.\n\nIt stopped.", "Storm reaches Elsin", "", " \n\n "])
def test_first_line_that_is_no_headline(text: str) -> None:
    assert headline_span(text) is None
