"""What the page says of articles that are not in English, in which hardly a claim is found."""

from __future__ import annotations

import pytest

from corpus.types import Article, Span
from rag.web.evidence import evidence_html


@pytest.mark.parametrize(("language", "known"), [("en-GB", True), (None, True), ("de", False), ("und", False)])
def test_nobody_is_said_to_be_silent_in_an_article_that_is_not_understood(language: str | None, *, known: bool) -> None:
    article = Article(id="a", text="Der Damm ist sicher, sagte Ana Ruiz.", title="Damm", language=language)
    shown = evidence_html(article, cited=Span(0, 8), claims=[], citation=None)
    assert ("No party speaks in this article" in shown) is known
    assert ("not in English" in shown) is not known
