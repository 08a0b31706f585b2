"""Structured logs: one line an event, for a person or as JSON.

At level info and above no line holds words of an article or of a question: an event says what was done, how much and
how long. Questions are logged only where `--log-questions` asks for it.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Literal

LogForm = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]

_OURS = ("rag", "corpus")
_FACTS = "facts"


def configure_logs(*, level: LogLevel = "warning", form: LogForm = "text") -> None:
    """Send the logs of this program to standard error, from `level` on; those of its libraries from warning on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines() if form == "json" else _Text())
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler.formatter, _Lines | _Text)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())


def tell(logger: logging.Logger, event: str, **facts: Any) -> None:
    """Log an event with its facts, at level info."""
    logger.info(event, extra={_FACTS: facts})


class _Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        facts = getattr(record, _FACTS, {})
        said = " ".join(f"{name}={_plain(value)}" for name, value in facts.items())
        return f"{line} {said}" if said else line


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, _FACTS, {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list | str) else str(value)
