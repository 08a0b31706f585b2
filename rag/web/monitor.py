"""/metrics for whoever runs the chat, off unless the settings say so, and what /health tells anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from rag.errors import RagError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.assistant import Assistant
    from rag.observe.metrics import Metrics


Health = Literal["ok", "empty", "failing"]

_log = logging.getLogger(__name__)


def mount_metrics(app: FastAPI, current: Callable[[], Assistant | None], metrics: Metrics) -> None:
    """Add the page to a server, about the assistant that `current` gives; `metrics` is what that one counts in.

    Call it before another application is mounted at "/".
    """
    from fastapi.responses import Response

    def stored() -> int:
        assistant = current()
        return assistant.ledger.scope().articles if assistant else 0

    metrics.count_stored(stored)

    @app.get("/metrics", include_in_schema=False)
    def figures() -> Response:
        return Response(metrics.render(), media_type=metrics.content_type)


def health_of(assistant: Assistant | None) -> Health:
    """Whether questions can be answered now. It is told without a log-in, so it tells nothing of the index."""
    if assistant is None:
        return "empty"
    try:
        assistant.ledger.revision()
    except RagError:
        _log.warning("the index cannot be read", exc_info=True)
        return "failing"
    return "ok"
