"""A date as it is entered anywhere on the page: by the browser's own calendar, or typed as 2026-01-31."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rag.errors import QuestionError

if TYPE_CHECKING:
    import gradio

SHOWN = 40


def date_box(label: str, *, elem_id: str) -> gradio.Textbox:
    """A box for one date; its value is text such as 2026-01-31, or empty. The page's script gives it a calendar."""
    import gradio as gr

    return gr.Textbox(
        label=label, placeholder="2026-01-31", max_lines=1, min_width=140, elem_id=elem_id, elem_classes=["date"]
    )


def read_day(said: str | None) -> str | None:
    """The date that was entered, None for none. Raises QuestionError for what is no date."""
    if not said or not said.strip():
        return None
    try:
        return date.fromisoformat(said.strip()).isoformat()
    except ValueError as error:
        raise QuestionError(f"{said.strip()[:SHOWN]!r} is no date: write it as 2026-01-31") from error
