"""The tab of all claims: filtered, sorted and paged by the database, so that their number costs the page nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import gradio as gr
from markupsafe import Markup

from rag.answer.wording import STANCE_WORDS
from rag.errors import RagError
from rag.store.browsing import ClaimFilter, ClaimOrder
from rag.types import Stance
from rag.web.dates import date_box, read_day
from rag.web.panel import html_panel, joined, panel_value
from rag.web.tables import claims_table, exports_html, position_html

if TYPE_CHECKING:
    from rag.web.desk import Desk

ROWS = 50
MOST_LETTERS = 200
NOBODY = ("", "")
"""The name and the id of the party whose claims alone are shown."""
EMPTY = Markup('<p class="position">No articles are indexed yet.</p>')
_ORDERS: list[tuple[str, ClaimOrder]] = [
    ("Newest first", "newest"),
    ("Oldest first", "oldest"),
    ("Party", "party"),
    ("Outlet", "outlet"),
    ("Stance", "stance"),
    ("Surest label first", "surest"),
]


@dataclass(frozen=True, slots=True)
class ClaimsParts:
    """The components of the tab, for one that leads here."""

    desk: Desk
    inputs: list[Any]
    outputs: list[Any]

    def of_party(self, name: str, *, id_: str) -> tuple[Any, ...]:
        """What `inputs` and `outputs` become to show the claims of a party, and of no filter else."""
        name = name[:MOST_LETTERS]
        values: tuple[Any, ...] = ((name, id_), name, "", [], [], "", "", "newest")
        return (*values, *_page(self.desk, 0, *values))


def build_claims_tab(desk: Desk, *, tab: gr.Tab) -> ClaimsParts:
    """Build the tab inside its `gr.Tab`, which fills it when it is opened."""
    with gr.Row(elem_classes=["row-filters"]):
        party = _box("Party", "name or role", "claims-party")
        text = _box("Words in the claim", "", "claims-text")
        stance = gr.Dropdown(
            [(STANCE_WORDS[one], one) for one in get_args(Stance)],
            multiselect=True,
            label="Stance",
            min_width=140,
            elem_classes=["any"],
        )
        outlet = gr.Dropdown(
            [], multiselect=True, label="Outlet", min_width=140, elem_id="claims-outlet", elem_classes=["any"]
        )
        since = date_box("From", elem_id="claims-since")
        until = date_box("Until", elem_id="claims-until")
        order = gr.Dropdown(_ORDERS, value="newest", label="Order", min_width=140, elem_id="claims-order")
    position = html_panel(elem_id="claims-position")
    table = html_panel(elem_id="claims-table")
    at = gr.State(0)
    speaker = gr.State(NOBODY)
    with gr.Row(elem_classes=["pager"]):
        back = gr.Button("Previous 50", size="sm", interactive=False, elem_id="claims-back")
        on = gr.Button("Next 50", size="sm", interactive=False, elem_id="claims-on")
    inputs = [speaker, party, text, stance, outlet, since, until, order]
    outputs = [position, table, at, back, on]

    def show(offset: int, *values: Any) -> tuple[Any, ...]:
        return _page(desk, offset, *values)

    def first(*values: Any) -> tuple[Any, ...]:
        return show(0, *values)

    def opened(offset: int, *values: Any) -> tuple[Any, ...]:
        assistant = desk.assistant
        names = list(assistant.ledger.scope().outlets) if assistant else []
        return (gr.Dropdown(choices=names), *show(offset, *values))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    tab.select(opened, [at, *inputs], [outlet, *outputs], **quiet)
    typed, chosen = (party, text), (stance, outlet, since, until, order)
    submits, blurs = [box.submit for box in typed], [box.blur for box in typed]
    gr.on(
        [*submits, *blurs, *(box.change for box in chosen)],
        first,
        inputs,
        outputs,
        trigger_mode="always_last",
        **quiet,
    )
    back.click(lambda offset, *values: show(offset - ROWS, *values), [at, *inputs], outputs, **quiet)
    on.click(lambda offset, *values: show(offset + ROWS, *values), [at, *inputs], outputs, **quiet)
    return ClaimsParts(desk, inputs, outputs)


def filter_of(  # noqa: PLR0913, PLR0917 -- one an input
    party: str | None = None,
    text: str | None = None,
    stances: Iterable[str] | None = None,
    outlets: Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    speaker: str | None = None,
) -> ClaimFilter:
    """The filter that the inputs say; a `speaker` is the party alone, not all whose name holds the words.

    Raises QuestionError for a date that is none.
    """
    known: dict[str, Stance] = {one: one for one in get_args(Stance)}
    return ClaimFilter(
        speaker=speaker or "",
        party="" if speaker else (party or "")[:MOST_LETTERS],
        text=(text or "")[:MOST_LETTERS],
        stances=tuple(known[one] for one in stances or () if one in known),
        outlets=tuple(outlets or ()),
        since=read_day(since),
        until=read_day(until),
    )


def _page(desk: Desk, offset: int, *values: Any) -> tuple[Any, ...]:
    (name, speaker), *filters, order = values
    assistant = desk.assistant
    still = (gr.Button(interactive=False), gr.Button(interactive=False))
    if assistant is None:
        return panel_value(EMPTY), "", 0, *still
    try:
        which = filter_of(*filters, speaker=speaker if filters[0] == name else None)  # until the name is written over
        total = assistant.ledger.count_claims(which)
        offset = max(0, min(offset, (total - 1) // ROWS * ROWS))
        found = assistant.checked.browse(which, order=order, offset=offset, limit=ROWS)
    except RagError as error:
        return panel_value(Markup('<p class="trouble" role="alert">{}</p>').format(str(error))), "", 0, *still
    of = filters[0] if which.speaker else ""
    said = position_html("claim", of=of, offset=offset, shown=len(found), total=total)
    return (
        panel_value(joined((said, exports_html(which, total=total)))),
        panel_value(claims_table(found)),
        offset,
        gr.Button(interactive=offset > 0),
        gr.Button(interactive=offset + len(found) < total),
    )


def _box(label: str, placeholder: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(
        label=label, placeholder=placeholder, max_lines=1, max_length=MOST_LETTERS, min_width=140, elem_id=elem_id
    )
