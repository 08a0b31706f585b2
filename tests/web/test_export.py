"""An export is the same file, whether it is written at once or as the claims are read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams

from rag.assistant import Assistant
from rag.render import render_csv, render_json, render_jsonld
from rag.store.browsing import ClaimFilter
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
