"""/health and /metrics for whoever runs the chat: off unless the settings say `metrics`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from rag.observe.metrics import Metrics

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.assistant import Assistant


def mount_monitor(app: FastAPI, assistant: Assistant) -> None:
    """Add the two pages to a server, if the settings say so, and count from now on what the assistant does.

    Call it before another application is mounted at "/".
    """
    if not assistant.settings.metrics:
        return
    from fastapi.responses import JSONResponse, Response

    metrics = assistant.metrics = Metrics()
    metrics.count_stored(lambda: assistant.ledger.scope().articles)
    started = time.monotonic()

    @app.get("/health", include_in_schema=False)
    def health() -> Response:
        state = health_of(assistant)
        told = {**state, "seconds_up": round(time.monotonic() - started)}
        return JSONResponse(told, status_code=200 if state["status"] == "ok" else 503)

    @app.get("/metrics", include_in_schema=False)
    def figures() -> Response:
        return Response(metrics.render(), media_type=metrics.content_type)


def health_of(assistant: Assistant) -> dict[str, Any]:
    """Whether the index can be read: its state, and how much is in it or what is wrong."""
    try:
        scope = assistant.ledger.scope()
        return {"status": "ok", "articles": scope.articles, "revision": assistant.ledger.revision()}
    except RagError as error:
        return {"status": "failing", "reason": str(error)}
