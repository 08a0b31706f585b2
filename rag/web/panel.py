"""Panels of HTML: the one way in which the page shows HTML of its own.

Gradio's HTML component runs its template through `Function`, which our Content-Security-Policy forbids, so a panel is a
Markdown component that leaves one block of HTML as it is. Only `Markup` goes in: text of articles, questions and names
becomes Markup by escaping and in no other way, so that nothing unescaped can reach the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    import gradio

NOTHING = Markup("")


def html_panel(value: Markup = NOTHING, *, elem_id: str, classes: str = "") -> gradio.Markdown:
    """A component that shows a block of HTML; a handler that it is an output of returns `panel_value(markup)`."""
    import gradio as gr

    return gr.Markdown(
        panel_value(value),
        sanitize_html=False,
        latex_delimiters=[],
        container=False,
        elem_id=elem_id,
        elem_classes=["panel", *classes.split()],
    )


def panel_value(value: Markup) -> str:
    """A block of HTML, on one line: an empty line would end it, and what follows would be read as Markdown.

    Raises TypeError for text that is not Markup.
    """
    if not isinstance(value, Markup):
        raise TypeError(f"a panel shows Markup, not {type(value).__name__}: escape the text first")
    return f"<div>{str(value).replace(chr(13), '').replace(chr(10), '&#10;')}</div>" if value else ""


def joined(parts: Iterable[Markup]) -> Markup:
    """Pieces of HTML, one after the other."""
    return Markup("").join(parts)
