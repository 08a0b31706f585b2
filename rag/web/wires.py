"""Wires: how a click inside a panel of HTML reaches the server.

The page's script writes a message, one JSON object, into a hidden text box, whose change is an event like any other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio


def wire_box(name: str) -> gradio.Textbox:
    """The hidden text box of one wire; the script knows it by its name."""
    import gradio as gr

    return gr.Textbox(visible="hidden", elem_id=f"wire-{name}", label=f"wire {name}", container=False)


def read_message(message: str) -> dict[str, Any]:
    """What the script says; what is no message of it is an empty one."""
    try:
        said = json.loads(message)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
