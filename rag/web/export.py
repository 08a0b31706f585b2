"""All claims of a view as a file: CSV, JSON or JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from rag.errors import RagError
from rag.render import render_csv, render_json, render_jsonld
from rag.web.claims_tab import filter_of

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from rag.assistant import Assistant

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
        )
        found = list(assistant.ledger.each_claim(which))
    except RagError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    claims = [one.claim for one in found]
    articles = {one.article.id: one.article for one in found}
    if form == "json":
        text = render_json(claims)
    elif form == "csv":
        text = render_csv(claims, article_of=articles.get)
    else:
        text = render_jsonld(claims, article_of=articles.get)
    headers = {"content-disposition": f'attachment; filename="claims.{form}"'}
    return Response(text.encode("utf-8", "replace"), media_type=f"{TYPES[form]}; charset=utf-8", headers=headers)
