"""Copies of one report: found when they are added, told apart by what they carry, gone when they go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.syndication import sign_article
from corpus.types import Span
from rag.store.entries import Entry
from rag.store.ledger import Ledger
from tests.store.examples import make_entry
from tests.stories import DAM, FERRY

DENIAL = "Nobody told us of any fog before she\nsailed"
CUT = FERRY.replace(FERRY[FERRY.index("Tarn Lines,") : FERRY.index("According to")], "")


def report(
    name: str, text: str = FERRY, *, day: str | None = None, outlet: str = "Orla Post", agency: str | None = None
) -> Entry:
    """An entry over a text, with a claim whose content is the denial where it stands there."""
    entry = make_entry(name, text, published=day, outlet=outlet)
    article = replace(entry.article, agency=agency, headline=None)
    at = text.find(DENIAL)
    content = Span(at, at + len(DENIAL)) if at >= 0 else Span(0, 30)
    claim = replace(entry.claims[0], content=(content,), source=(), text=content.of(text))
    return replace(entry, article=article, claims=(claim,), signature=sign_article(article))


@pytest.fixture(autouse=True)
def reports(ledger: Ledger) -> None:
    """A wire report, a copy that is whole, one that is cut, and something else; each from a file of its own."""
    entries = [
        report("whole", day="2031-05-05", outlet="Orla Post", agency="Tarn Wire"),
        report("dam", DAM, day="2031-05-01"),
        report("cut", CUT, day="2031-05-06", outlet="Harbour Times"),
        report("wire", day="2031-05-05T06:00:00+00:00", outlet="Tarn Wire"),
    ]
    for entry in entries:
        ledger.write([entry], path=f"/news/{entry.article.id}.txt")


def test_a_group_has_an_origin_and_copies(ledger: Ledger) -> None:
    for name in ("whole", "cut", "wire"):
        group = ledger.copies_of(name)
        assert group is not None
        assert group.origin.id == "wire"
        assert [ref.id for ref in group.copies] == ["whole", "cut"]
        assert group.credits == ("Tarn Wire",)
    assert ledger.copies_of("dam") is None
    assert ledger.copies_of("nobody") is None


def test_many_at_once_for_a_search(ledger: Ledger) -> None:
    assert ledger.origins_of(["cut", "dam", "whole", "nobody", "wire"]) == {
        "cut": "wire", "dam": "dam", "whole": "wire", "wire": "wire"
    }  # fmt: skip
    assert ledger.origins_of([]) == {}


def test_all_groups(ledger: Ledger) -> None:
    assert ledger.groups() == {"wire": ("cut", "whole")}
    assert (ledger.counts().groups, ledger.counts().copies, ledger.counts().articles) == (1, 2, 4)


def test_each_copy_stays_an_article_with_its_claims(ledger: Ledger) -> None:
    assert [claim.article for claim in ledger.claims()] == ["whole", "dam", "cut", "wire"]


def test_who_carries_the_denial_and_who_cut_it(ledger: Ledger) -> None:
    carriage = ledger.carried_by("whole#1")
    assert carriage is not None
    assert (carriage.article.id, carriage.origin.id) == ("whole", "wire")
    assert [ref.outlet for ref in carriage.carrying] == ["Tarn Wire"]
    assert [ref.outlet for ref in carriage.lacking] == ["Harbour Times"]
    assert carriage.rewording == ()


def test_who_changed_the_words(ledger: Ledger) -> None:
    changed = FERRY.replace("Nobody told us of any fog", "We were not warned of any fog")
    ledger.write([report("reworded", changed, day="2031-05-07", outlet="Radio Lume")], path="/news/r.txt")
    carriage = ledger.carried_by("wire#1")
    assert carriage is not None
    assert [ref.outlet for ref in carriage.rewording] == ["Radio Lume"]


def test_no_claim_and_no_copies(ledger: Ledger) -> None:
    assert ledger.carried_by("nobody#1") is None
    assert ledger.carried_by("dam#1") is None


def test_the_group_shrinks_with_what_is_removed(ledger: Ledger) -> None:
    ledger.remove_articles(["wire"])
    group = ledger.copies_of("cut")
    assert group is not None
    assert (group.origin.id, [ref.id for ref in group.copies]) == ("whole", ["cut"])
    ledger.remove_source("/news/whole.txt")
    assert ledger.copies_of("cut") is None


def test_a_text_that_is_another_now_is_nobodys_copy(ledger: Ledger) -> None:
    ledger.write([report("whole", DAM.upper(), day="2031-05-08")], path="/news/whole.txt")
    assert ledger.groups() == {"dam": ("whole",), "wire": ("cut",)}


def test_written_again_it_is_a_copy_again(ledger: Ledger) -> None:
    before = ledger.groups()
    ledger.write([report("cut", CUT, day="2031-05-06", outlet="Harbour Times")], path="/news/cut.txt", remade=True)
    assert ledger.groups() == before


class TestPageOfManyAddresses:
    """One text that many have is compared with others once, whatever the order in which they came."""

    @pytest.fixture(autouse=True)
    def pages(self, ledger: Ledger) -> None:
        text = " ".join(f"word{number}" for number in range(100))
        for number in range(12):
            page = report(f"page{number:02}", text, day=f"2031-06-{28 - number:02}")
            ledger.write([page], path=f"/news/{number}.txt")
        cut = report("half", " ".join(text.split()[:60]), day="2031-06-30")
        ledger.write([cut], path="/news/half.txt")

    def test_they_are_one_group(self, ledger: Ledger) -> None:
        names = ["half", *(f"page{number:02}" for number in range(12))]
        assert set(ledger.origins_of(names).values()) == {"page11"}, "the earliest, though it came last"

    @pytest.mark.parametrize("gone", [["page00"], ["page00", "page01", "half"], ["page05"], ["page11"]])
    def test_and_stay_one_when_some_of_them_go(self, ledger: Ledger, gone: list[str]) -> None:
        ledger.remove_articles(gone)
        left = [f"page{number:02}" for number in range(12) if f"page{number:02}" not in gone]
        left += [] if "half" in gone else ["half"]
        assert len(set(ledger.origins_of(left).values())) == 1

    def test_and_when_the_first_has_another_text(self, ledger: Ledger) -> None:
        ledger.write([report("page00", DAM.upper(), day="2031-06-28")], path="/news/0.txt")
        origins = ledger.origins_of(["half", *(f"page{number:02}" for number in range(12))])
        assert origins.pop("page00") == "dam"
        assert set(origins.values()) == {"page11"}
