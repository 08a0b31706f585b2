"""/health and /metrics for whoever runs the chat: off unless the settings say `metrics`."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rag.errors import RagError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.assistant import Assistant
    from rag.observe.metrics import Metrics


def mount_monitor(app: FastAPI, current: Callable[[], Assistant | None], metrics: Metrics) -> None:
    """Add the two pages to a server, about the assistant that `current` gives; `metrics` is what that one counts in.

    Call it before another application is mounted at "/".
    """
    from fastapi.responses import JSONResponse, Response

    def stored() -> int:
        assistant = current()
        return assistant.ledger.scope().articles if assistant else 0

    metrics.count_stored(stored)
    started = time.monotonic()

    @app.get("/health", include_in_schema=False)
    def health() -> Response:
        state = health_of(current())
        told = {**state, "seconds_up": round(time.monotonic() - started)}
        return JSONResponse(told, status_code=503 if state["status"] == "failing" else 200)

    @app.get("/metrics", include_in_schema=False)
    def figures() -> Response:
        return Response(metrics.render(), media_type=metrics.content_type)


def health_of(assistant: Assistant | None) -> dict[str, Any]:
    """Whether the index can be read: its state, and how much is in it or what is wrong."""
    if assistant is None:
        return {"status": "empty"}
    try:
        scope = assistant.ledger.scope()
        return {"status": "ok", "articles": scope.articles, "revision": assistant.ledger.revision()}
    except RagError as error:
        return {"status": "failing", "reason": str(error)}
