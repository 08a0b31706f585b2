"""Which names are the article's own outlet's, so that it is nobody whom the article quotes."""

from __future__ import annotations

import pytest

from corpus.types import Article
from rag.attribution import RuleExtractor
from rag.attribution.claims import claims_of
from rag.attribution.outlets import is_outlet


@pytest.mark.parametrize(
    ("name", "outlet", "url", "id"),
    [
        ("The Elsin Post", "Elsin Post", None, "a"),
        ("the Post", "The Elsin Post", None, "a"),
        ("Elsin Post", None, "https://www.elsinpost.example/news/1", "a"),
        ("The Elsin Post", None, "https://mobile.theelsinpost.example", "a"),
        ("TNT", None, "https://www.tnt.co.example/news/1", "a"),
        ("TNT Sport", None, "https://edition.tnt.example/sport", "a"),
        ("Tarn Harbour Times", None, "https://thtimes.example/1", "a"),
        # where a record has no address its id may be one
        ("TNT", None, None, "tnt.example/2024/05/bridge/index.html"),
    ],
)
def test_own_outlet(name: str, outlet: str | None, url: str | None, id: str) -> None:
    assert is_outlet(name, Article(id=id, text="x", outlet=outlet, url=url))


@pytest.mark.parametrize("name", ["Tarn Agency", "Tarn", "TNT Ferries", "Tom Nils Tarn", "Post Office", ""])
def test_another_than_the_own_outlet(name: str) -> None:
    article = Article(id="a", text="x", outlet="Elsin Post", url="https://tnt.example/")
    assert not is_outlet(name, article)


def test_whom_an_outlet_is_named_after_is_not_the_outlet() -> None:
    assert not is_outlet("the Democrats", Article(id="a", text="x", outlet="Harbour Democrats"))


def test_the_own_outlet_is_no_party_and_what_it_relays_does_not_come_through_its_author() -> None:
    text = "TNT reported in May that the bridge was closed. TNT reported that Ana Ruiz said she was tired."
    article = Article(id="tnt.example/2024/05/bridge", text=text)
    claims = claims_of(article, extractor=RuleExtractor())
    assert {claim.party.kind for claim in claims} == {"outlet", "person"}
    assert "the author" not in {name for claim in claims for name in claim.via}
