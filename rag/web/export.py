"""All claims of a view as a file: CSV, JSON or JSON-LD.

It is written as the claims are read, so that a hundred thousand neither fill the memory nor keep others waiting. What
fails before anything was sent is an error of the server. A browser takes a file that is cut later for a whole one: its
last line says that it is none, and as JSON it cannot be read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response, StreamingResponse

from rag.errors import RagError
from rag.render import render_csv, render_json, render_jsonld
from rag.store.browsing import FoundClaim
from rag.web.claims_tab import filter_of

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from rag.assistant import Assistant

_log = logging.getLogger(__name__)

AT_ONCE = 200
"""Claims that are written at once."""
AHEAD = 10
"""Parts that are ready before the first is sent: a small file is whole by then."""
FAILED = "The export failed, by a fault on the server; its log says what. Try again.\n"
CUT = "\r\nINCOMPLETE: the export failed here, by a fault on the server. Export again.\r\n"
TYPES = {"csv": "text/csv", "json": "application/json", "jsonld": "application/ld+json"}


def export_claims(assistant: Assistant | None, form: str, query: QueryParams) -> Response:
    """The file, as an attachment; 404 where there is nothing to export, 400 for a filter that is none."""
    if assistant is None or form not in TYPES:
        return PlainTextResponse("there is nothing to export\n", status_code=404)
    try:
        which = filter_of(
            query.get("party"),
            query.get("text"),
            query.getlist("stance"),
            query.getlist("outlet"),
            query.get("since"),
            query.get("until"),
            speaker=query.get("speaker"),
        )
    except RagError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    parts = _WRITERS[form](assistant.checked.each(which))
    try:
        begun = list(islice(parts, AHEAD))
    except Exception:  # whatever it is: the reader gets a line, whoever runs the server the rest
        _log.exception("an export failed before it began")
        return PlainTextResponse(FAILED, status_code=500)
    headers = {"content-disposition": f'attachment; filename="claims.{form}"'}
    return StreamingResponse(
        (part.encode("utf-8", "replace") for part in chain(begun, _to_the_end(parts))),
        media_type=f"{TYPES[form]}; charset=utf-8",
        headers=headers,
    )


def _to_the_end(parts: Iterator[str]) -> Iterator[str]:
    """The parts; where one fails, the last line says that the file is not whole."""
    try:
        yield from parts
    except Exception:  # as above, but the answer has begun
        _log.exception("an export failed in the middle")
        yield CUT


def _csv(found: Iterator[FoundClaim]) -> Iterator[str]:
    yield render_csv((), article_of=_no_article)
    for some in _batched(found):
        text = render_csv([one.claim for one in some], article_of={one.article.id: one.article for one in some}.get)
        yield text.split("\r\n", 1)[1]  # without its line of names


def _json(found: Iterator[FoundClaim]) -> Iterator[str]:
    return _listed((render_json([one.claim for one in some]) for some in _batched(found)), head="[", end="\n]")


def _jsonld(found: Iterator[FoundClaim]) -> Iterator[str]:
    head, end = render_jsonld((), article_of=_no_article).rsplit("[]", 1)
    lists = (
        render_jsonld(
            [one.claim for one in some], article_of={one.article.id: one.article for one in some}.get
        ).removeprefix(head)[: -len(end)]
        for some in _batched(found)
    )
    return _listed(lists, head=f"{head}[", end=f"\n  ]{end}")


def _listed(lists: Iterator[str], *, head: str, end: str) -> Iterator[str]:
    """One list out of several, each of them in its brackets."""
    yield head
    for number, text in enumerate(lists):
        yield ("," if number else "") + text.strip()[1:-1].rstrip()
    yield end


def _batched(found: Iterator[FoundClaim]) -> Iterator[list[FoundClaim]]:
    while some := list(islice(found, AT_ONCE)):
        yield some


def _no_article(_: str) -> None:
    return None


_WRITERS: dict[str, Callable[[Iterator[FoundClaim]], Iterator[str]]] = {"csv": _csv, "json": _json, "jsonld": _jsonld}
