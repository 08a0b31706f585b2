"""Answers questions over news articles, with evidence, and labels who made every claim."""

from __future__ import annotations

from corpus.late_names import late_names

TYPE_CHECKING = False  # as in `typing`, which the command line does not wait for
if TYPE_CHECKING:
    from typing import Any

    from rag.assistant import Assistant
    from rag.attribution import extract_claims
    from rag.errors import RagError
    from rag.types import Answer, Attribution, Citation, Claim, IndexReport, Party, Scope

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

__getattr__ = late_names(
    __name__,
    {
        "rag.assistant": ("Assistant",),
        "rag.attribution": ("extract_claims",),
        "rag.errors": ("RagError",),
        "rag.types": ("Answer", "Attribution", "Citation", "Claim", "IndexReport", "Party", "Scope"),
    },
)

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
