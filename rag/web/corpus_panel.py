"""The side panel: what the corpus holds, and the filters that the next question is asked under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from rag.assistant import Assistant
from rag.question import Filters
from rag.render import render_languages
from rag.web.dates import date_box
from rag.web.panel import html_panel, joined

if TYPE_CHECKING:
    import gradio

MOST_OUTLETS = 500
MOST_PARTIES = 300
"""Names that a list offers; further ones can be typed."""
SHOWN_OUTLETS = 8


@dataclass(frozen=True, slots=True)
class FilterParts:
    """The inputs of the filters, in the order of the arguments of `filters_of`."""

    outlets: gradio.Dropdown
    parties: gradio.Dropdown
    since: gradio.Textbox
    until: gradio.Textbox
    clear: gradio.Button
    facts: gradio.Markdown

    @property
    def inputs(self) -> list[Any]:
        return [self.outlets, self.parties, self.since, self.until]


def build_filters(assistant: Assistant | None) -> FilterParts:
    """The panel; call it where it shall stand."""
    import gradio as gr

    facts = html_panel(corpus_html(assistant), elem_id="corpus")
    gr.Markdown("**Ask only within**", elem_classes=["filters-title"])
    choices = filter_choices(assistant)
    parts = FilterParts(
        outlets=_names_box("Outlets", choices[0], elem_id="outlets"),
        parties=_names_box("Parties", choices[1], elem_id="parties"),
        since=date_box("From", elem_id="since"),
        until=date_box("Until", elem_id="until"),
        clear=gr.Button("Clear filters", size="sm", elem_id="clear-filters"),
        facts=facts,
    )
    parts.clear.click(lambda: ([], [], "", ""), None, parts.inputs, show_progress="hidden", api_visibility="private")
    return parts


def _names_box(label: str, choices: list[str], *, elem_id: str) -> gradio.Dropdown:
    import gradio as gr

    return gr.Dropdown(
        choices,
        value=[],
        multiselect=True,
        allow_custom_value=True,
        label=label,
        elem_id=elem_id,
        elem_classes=["any"],
    )


def filter_choices(assistant: Assistant | None) -> tuple[list[str], list[str]]:
    """Names of outlets, and of parties with most claims first."""
    if assistant is None:
        return [], []
    parties = [party.name for party, _ in assistant.ledger.parties() if party.kind not in {"unnamed", "outlet"}]
    return list(assistant.ledger.scope().outlets[:MOST_OUTLETS]), list(dict.fromkeys(parties))[:MOST_PARTIES]


def filters_of(outlets: list[str] | None, parties: list[str] | None, since: str | None, until: str | None) -> Filters:
    """The filters that the inputs say."""
    return Filters(
        outlets=tuple(outlets or ()),
        parties=tuple(parties or ()),
        since=(since or "").strip() or None,
        until=(until or "").strip() or None,
    )


def filters_html(filters: Filters) -> Markup:
    """The filters that a question was asked under, in words."""
    said = [f"outlet: {name}" for name in filters.outlets] + [f"party: {name}" for name in filters.parties]
    said += [f"from {filters.since}"] if filters.since else []
    said += [f"until {filters.until}"] if filters.until else []
    return Markup('<p class="filtered">Only {}</p>').format("; ".join(said)) if said else Markup()


def corpus_html(assistant: Assistant | None) -> Markup:
    """How many articles, from when to when, and the outlets with most of them."""
    if assistant is None:
        return Markup('<div class="corpus"><p>No articles are indexed yet.</p></div>')
    scope = assistant.ledger.scope()
    numbers = Counter(article.outlet for article in assistant.ledger.articles()) if scope.articles <= 20_000 else None
    top = [(name, n) for name, n in numbers.most_common() if name][:SHOWN_OUTLETS] if numbers else []
    outlets = joined(Markup("<li><span>{}</span> <b>{}</b></li>").format(name, number) for name, number in top)
    more = len(scope.outlets) - len(top)
    others = assistant.ledger.other_languages()
    return Markup(
        '<div class="corpus"><p class="number"><b>{:,}</b> article{}</p><p>{}{}</p>{}{}<ul>{}</ul>{}</div>'
    ).format(
        scope.articles,
        "" if scope.articles == 1 else "s",
        _outlets(len(scope.outlets)),
        f", {scope.since} to {scope.until}" if scope.since else "",
        Markup('<p class="sample">Sample articles: all of them are fictional.</p>') if assistant.is_sample else "",
        Markup('<p class="sample">{}.</p>').format(render_languages(others)) if others else "",
        outlets,
        Markup('<p class="more">and {} more</p>').format(more) if top and more > 0 else Markup(),
    )


def _outlets(number: int) -> str:
    return f"{number} outlet{'' if number == 1 else 's'}" if number else "outlets not named"
