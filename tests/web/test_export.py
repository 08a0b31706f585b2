"""An export is the same file, whether it is written at once or as the claims are read, and never cut without a word."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import QueryParams

from rag.assistant import Assistant
from rag.errors import StoreError
from rag.render import render_csv, render_json, render_jsonld
from rag.store.browsing import ClaimFilter, FoundClaim
from rag.web import export
from tests.stories import DAM, STRIKE


def exported(assistant: Assistant, form: str, **query: str) -> str:
    async def read() -> bytes:
        answer = export.export_claims(assistant, form, QueryParams(query))
        return b"".join([bytes(part) async for part in answer.body_iterator])  # type: ignore[attr-defined]

    with ThreadPoolExecutor(1) as pool:  # a browser test may have left a loop running in this thread
        return pool.submit(asyncio.run, read()).result().decode()


@pytest.mark.parametrize("at_once", [1, 3, 1000])
@pytest.mark.parametrize("party", ["", "brandt", "nobody at all"])
def test_a_file_in_pieces_is_the_whole_file(
    assistant: Assistant, newsroom: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, at_once: int, party: str
) -> None:
    assistant.add(newsroom(dam=DAM, strike=STRIKE))
    found = list(assistant.ledger.each_claim(ClaimFilter(party=party)))
    claims, articles = [one.claim for one in found], {one.article.id: one.article for one in found}
    monkeypatch.setattr(export, "AT_ONCE", at_once)

    assert exported(assistant, "csv", party=party) == render_csv(claims, article_of=articles.get)
    if claims:  # an empty list is "[]" in one and "[", "]" in the other
        assert exported(assistant, "json", party=party) == render_json(claims)
        assert exported(assistant, "jsonld", party=party) == render_jsonld(claims, article_of=articles.get)


class Breaking:
    """An assistant that fails after some claims."""

    def __init__(self, assistant: Assistant, *, after: int) -> None:
        self.checked = self
        self._found = list(assistant.ledger.each_claim(ClaimFilter()))[:after]

    def each(self, _: ClaimFilter) -> Iterator[FoundClaim]:
        yield from self._found
        raise StoreError("the disk is gone")


@pytest.mark.parametrize("form", ["csv", "json", "jsonld"])
def test_an_export_that_fails_in_the_middle_says_that_it_is_not_whole(
    assistant: Assistant, newsroom: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """A browser takes a stream that ends early for a whole file."""
    assistant.add(newsroom(dam=DAM, strike=STRIKE))
    monkeypatch.setattr(export, "AT_ONCE", 1)
    monkeypatch.setattr(export, "AHEAD", 1)
    breaking: Any = Breaking(assistant, after=2)
    text = exported(breaking, form)
    assert text.splitlines()[-1].startswith("INCOMPLETE: ")
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(text)))) == 2 + 1  # the claims before, and the line
    else:
        with pytest.raises(ValueError, match="delimiter"):
            json.loads(text)


def test_an_export_that_fails_at_once_is_an_error_and_no_file(
    assistant: Assistant, newsroom: Callable[..., Path]
) -> None:
    assistant.add(newsroom(dam=DAM))
    breaking: Any = Breaking(assistant, after=2)
    answer = export.export_claims(breaking, "csv", QueryParams({}))
    assert answer.status_code == 500
    assert "content-disposition" not in answer.headers
    assert b"The export failed" in bytes(answer.body)
