"""Answers questions over news articles, with evidence, and labels who made every claim."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from rag.types import Answer, Attribution, Citation, Claim, IndexReport, Party, Scope

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.attribution import extract_claims

__all__ = [
    "Answer",
    "Assistant",
    "Attribution",
    "Citation",
    "Claim",
    "IndexReport",
    "Party",
    "RagError",
    "Scope",
    "ask",
    "extract_claims",
]

_LATER = {"Assistant": "rag.assistant", "extract_claims": "rag.attribution"}

_default: Assistant | None = None


def ask(question: str, **options: Any) -> Answer:
    """Answer a question over the default index, or over the sample articles where there is none yet.

    Takes the options of `Assistant.ask`.
    """
    global _default  # noqa: PLW0603 -- one assistant a process, opened when first asked
    if _default is None:
        from rag.assistant import Assistant

        _default = Assistant.open_default()
    return _default.ask(question, **options)


def __getattr__(name: str) -> Any:
    """The names that cost something to import, when they are first asked for."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
