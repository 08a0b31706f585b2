"""One article has many addresses."""

from __future__ import annotations

import pytest

from corpus.identity import canonical_url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.orlapost.example/news/dam",
        "http://orlapost.example/news/dam/",
        "https://m.orlapost.example/news/dam?utm_source=mail",
        "https://orlapost.example//news/dam/amp",
        "https://orlapost.example/news/dam/index.html",
        "orlapost.example/news/dam",
    ],
)
def test_one_article(url: str) -> None:
    assert canonical_url(url) == "orlapost.example/news/dam"


def test_what_tells_articles_apart_stays() -> None:
    assert canonical_url("https://orlapost.example/?p=12") != canonical_url("https://orlapost.example/?p=13")
    assert canonical_url("https://orlapost.example/a#b") != canonical_url("https://orlapost.example/A#b")


@pytest.mark.parametrize(
    "url", [None, "", "https://orlapost.example/", "not an address", "https://[bad", "urn:x:y", "ftp://a.example/b"]
)
def test_what_is_no_one_articles_address(url: str | None) -> None:
    assert canonical_url(url) is None
