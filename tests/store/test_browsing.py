"""Looking through the ledger: filters, order and pages are the database's, and nothing is on two pages or on none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.store.browsing import ClaimFilter
from rag.store.ledger import Ledger
from rag.types import Party
from tests.store.examples import make_entry
from tests.stories import DAM, STRIKE


@pytest.fixture
def desk(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(newsroom(dam=DAM, strike=STRIKE))
    return assistant


def texts(desk: Assistant, **which: object) -> list[str]:
    return [found.claim.text for found in desk.ledger.browse_claims(ClaimFilter(**which))]  # type: ignore[arg-type]


def test_without_a_filter_there_are_all_claims(desk: Assistant) -> None:
    assert sorted(texts(desk)) == sorted(claim.text for claim in desk.claims())
    assert desk.ledger.count_claims(ClaimFilter()) == len(desk.claims())


@pytest.mark.parametrize(
    ("which", "parties"),
    [
        ({"party": "ruiz"}, {"Ana Ruiz"}),
        ({"party": "mayor"}, {"Ana Ruiz"}),
        ({"text": "DAM safe"}, {"Ana Ruiz"}),
        ({"stances": ("denies",)}, {"Brightwater"}),
        ({"since": "2026-02-10", "text": "contract"}, {"Olga Brandt"}),
        ({"until": "2026-02-09", "text": "contract"}, set()),
        ({"outlets": ("Harbour Times",), "text": "work"}, {"Olga Brandt"}),
        ({"text": "100%"}, set()),
        ({"text": "_"}, set()),
        ({"party": "' OR 1=1 --"}, set()),
    ],
)
def test_all_that_is_given_must_fit(desk: Assistant, which: dict[str, object], parties: set[str]) -> None:
    found = desk.ledger.browse_claims(ClaimFilter(**which))  # type: ignore[arg-type]
    assert {one.claim.party.name for one in found} == parties
    assert desk.ledger.count_claims(ClaimFilter(**which)) == len(found)  # type: ignore[arg-type]


def test_a_speaker_is_one_party_and_not_who_has_its_name_within_theirs(folder: Path) -> None:
    ruiz, santos = (Party(id=name.lower(), name=name, kind="person") for name in ("Ruiz", "Ruiz Santos"))
    outlet = Party(id="ruiz", name="Ruiz", kind="outlet")
    with Ledger.open(folder, create=True) as ledger:
        ledger.write([make_entry(party.name + party.kind, party=party) for party in (ruiz, santos, outlet)], path="f")
        assert ledger.count_claims(ClaimFilter(party="Ruiz")) == 3
        (found,) = ledger.browse_claims(ClaimFilter(speaker="ruiz"))
        assert found.claim.party == ruiz
        assert ledger.count_claims(ClaimFilter(speaker="ruiz")) == ledger.speakers(name="Ruiz")[0].claims == 1


@pytest.mark.parametrize("order", ["newest", "oldest", "party", "outlet", "stance", "surest"])
def test_pages_hold_each_claim_once(desk: Assistant, order: str) -> None:
    pages = [
        desk.ledger.browse_claims(ClaimFilter(), order=order, offset=at, limit=2)  # type: ignore[arg-type]
        for at in range(0, 20, 2)
    ]
    found = [one.claim.id for page in pages for one in page]
    assert sorted(found) == sorted(claim.id for claim in desk.claims())


def test_the_newest_come_first_and_carry_their_article(desk: Assistant) -> None:
    days = [found.article.published for found in desk.ledger.browse_claims(ClaimFilter(), order="newest")]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert {found.article.outlet for found in desk.ledger.each_claim(ClaimFilter())} == {"Orla Post", "Harbour Times"}


def test_speakers_are_counted_with_where_and_when(desk: Assistant) -> None:
    (brandt,) = desk.ledger.speakers(name="brandt")
    assert (brandt.party.name, brandt.claims, brandt.articles) == ("Olga Brandt", 2, 1)
    assert (brandt.most_in, brandt.first, brandt.latest) == (("Harbour Times",), "2026-02-10", "2026-02-10")
    (brightwater,) = desk.ledger.speakers(name="brightwater")
    assert (brightwater.denials, brightwater.accusations) == (1, 0)


def test_those_who_are_not_named_are_no_speakers(desk: Assistant) -> None:
    found = desk.ledger.speakers()
    assert {one.party.kind for one in found}.isdisjoint({"unnamed", "outlet"})
    assert len(found) == desk.ledger.count_speakers()


def test_a_portrait_says_about_what_and_against_whom(assistant: Assistant, newsroom: Callable[..., Path]) -> None:
    dispute = (
        "Mill closes\n\nThe mill poisoned the river, said Ana Ruiz. Ana Ruiz accused Lomar Mills of poisoning the "
        "river for years.\n\nLomar Mills denied that the river was poisoned.\n"
    )
    assistant.add(newsroom(mill=dispute))
    (ruiz,) = assistant.portraits(name="Ruiz")
    assert "river" in ruiz.topics
    assert "Ruiz" not in ruiz.topics
    assert ruiz.against == ("Lomar Mills",)
