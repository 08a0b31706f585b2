"""The tab of all parties: who speaks, how often, where, about what, against whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from markupsafe import Markup

from rag.errors import RagError
from rag.store.browsing import SpeakerOrder
from rag.web.claims_tab import EMPTY, MOST_LETTERS, ClaimsParts
from rag.web.panel import html_panel, panel_value
from rag.web.tables import parties_table, position_html
from rag.web.wires import read_message, wire_box

if TYPE_CHECKING:
    from rag.web.desk import Desk

ROWS = 25
_ORDERS: list[tuple[str, SpeakerOrder]] = [
    ("Most claims", "claims"),
    ("Name", "name"),
    ("Most denials", "denials"),
    ("Most accusations", "accusations"),
    ("Heard last", "latest"),
]


def build_parties_tab(desk: Desk, *, tab: gr.Tab, tabs: gr.Tabs, claims: ClaimsParts) -> None:
    """Build the tab inside its `gr.Tab`, which fills it when it is opened; a name in it leads to the tab of claims."""
    with gr.Row(elem_classes=["row-filters"]):
        name = gr.Textbox(
            label="Party", placeholder="name or role", max_lines=1, max_length=MOST_LETTERS, elem_id="parties-name"
        )
        order = gr.Dropdown(_ORDERS, value="claims", label="Order", elem_id="parties-order")
    position = html_panel(elem_id="parties-position")
    table = html_panel(elem_id="parties-table")
    at = gr.State(0)
    wire = wire_box("party")
    with gr.Row(elem_classes=["pager"]):
        back = gr.Button("Previous 25", size="sm", interactive=False, elem_id="parties-back")
        on = gr.Button("Next 25", size="sm", interactive=False, elem_id="parties-on")
    outputs = [position, table, at, back, on]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on(
        [tab.select, name.submit, name.blur, order.change],
        lambda *values: _page(desk, 0, *values),
        [name, order],
        outputs,
        trigger_mode="always_last",
        **quiet,
    )
    back.click(lambda offset, *values: _page(desk, offset - ROWS, *values), [at, name, order], outputs, **quiet)
    on.click(lambda offset, *values: _page(desk, offset + ROWS, *values), [at, name, order], outputs, **quiet)

    def lead(message: str) -> tuple[Any, ...]:
        said = read_message(message)
        name, id_ = str(said.get("name") or ""), str(said.get("id") or "")
        return gr.Tabs(selected="claims"), *claims.of_party(name, id_=id_)

    wire.change(lead, wire, [tabs, *claims.inputs, *claims.outputs], **quiet)


def _page(desk: Desk, offset: int, name: str | None, order: SpeakerOrder) -> tuple[Any, ...]:
    assistant = desk.assistant
    still = (gr.Button(interactive=False), gr.Button(interactive=False))
    if assistant is None:
        return panel_value(EMPTY), "", 0, *still
    wanted = (name or "")[:MOST_LETTERS]
    try:
        total = assistant.ledger.count_speakers(name=wanted)
        offset = max(0, min(offset, (total - 1) // ROWS * ROWS))
        found = assistant.portraits(name=wanted, order=order, offset=offset, limit=ROWS)
    except RagError as error:
        return panel_value(Markup('<p class="trouble" role="alert">{}</p>').format(str(error))), "", 0, *still
    return (
        panel_value(position_html("party", offset=offset, shown=len(found), total=total)),
        panel_value(parties_table(found)),
        offset,
        gr.Button(interactive=offset > 0),
        gr.Button(interactive=offset + len(found) < total),
    )
