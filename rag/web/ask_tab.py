"""The tab in which questions are asked: conversation, evidence and corpus, and the wires to what happens there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.web import conversation as talk
from rag.web.ask_handlers import AskHandlers
from rag.web.conversation import conversation_html
from rag.web.corpus_panel import FilterParts, build_filters
from rag.web.evidence import NO_EVIDENCE
from rag.web.panel import html_panel
from rag.web.wires import wire_box

if TYPE_CHECKING:
    from rag.web.desk import Desk

_CONCURRENT = 8
KEPT_FOR = 6 * 3600
"""Seconds after which the conversation of a closed page is forgotten."""


@dataclass(frozen=True, slots=True)
class AskParts:
    """The components that handlers write to."""

    conversation: gr.Markdown
    evidence: gr.Markdown
    next: gr.Markdown
    editing: gr.Markdown
    outbox: gr.Markdown
    question: gr.Textbox
    send: gr.Button
    turns: gr.State
    replacing: gr.State
    wording: gr.State
    filters: FilterParts

    @property
    def shown(self) -> list[Any]:
        return [self.conversation, self.evidence, self.next, self.editing, self.question, self.turns, self.replacing]


def build_ask_tab(desk: Desk, *, tabs: gr.Tabs, ready: gr.Textbox) -> AskParts:
    """Build the tab inside its `gr.Tab`; `tabs` is switched to it when evidence is opened from another tab.

    `ready` changes when the page is opened, and when there is something to ask about: the tab is filled then, and what
    was asked before is answered.
    """
    parts = _layout(desk)
    wires = {name: wire_box(name) for name in ("ask", "edit", "open", "other")}
    handlers = AskHandlers(desk)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": _CONCURRENT}
    asking = [parts.question, parts.turns, parts.replacing, *parts.filters.inputs]
    again = [wires["ask"], parts.turns, *parts.filters.inputs]
    filters = parts.filters
    answered = [
        start(handlers.ask, asking, parts.shown, **quiet) for start in (parts.question.submit, parts.send.click)
    ]
    answered.append(wires["ask"].change(handlers.ask_again, again, parts.shown, **quiet))
    answered.append(ready.change(handlers.load, parts.turns, [*parts.shown, *filters.inputs, filters.facts], **quiet))
    for event in answered:  # apart from the answer: the next question can be asked while suggestions are sought
        event.then(handlers.follow, parts.turns, parts.next, **quiet)
        worded = event.then(handlers.word, parts.turns, parts.wording, **quiet)  # a model may take a minute
        worded.then(handlers.take, [parts.wording, parts.turns], [parts.conversation, parts.turns], **quiet)
    wires["edit"].change(handlers.edit, [wires["edit"], parts.turns], parts.shown, **quiet)
    wires["open"].change(handlers.open, [wires["open"], parts.turns], [parts.evidence, tabs], **quiet)
    wires["other"].change(handlers.other, [wires["other"], parts.turns], parts.outbox, **quiet)
    return parts


def _layout(desk: Desk) -> AskParts:
    turns, replacing = gr.State((), time_to_live=KEPT_FOR), gr.State(None)
    wording = gr.State(None, time_to_live=KEPT_FOR)
    with gr.Row(elem_id="areas"):
        with gr.Column(elem_id="talk-area"):
            conversation = html_panel(conversation_html(()), elem_id="conversation")
            with gr.Column(elem_id="composer"):
                following = html_panel(elem_id="next")
                editing = html_panel(elem_id="editing")
                with gr.Row(elem_id="ask-row"):
                    question = gr.Textbox(
                        placeholder="Ask who said what",
                        label="Question",
                        show_label=False,
                        max_length=talk.MOST_LETTERS,
                        lines=1,
                        max_lines=4,
                        container=False,
                        autofocus=True,
                        elem_id="question",
                    )
                    send = gr.Button("Ask", variant="primary", elem_id="send")
        with gr.Column(elem_id="evidence-area"):
            evidence = html_panel(NO_EVIDENCE, elem_id="evidence")
        with gr.Column(elem_id="corpus-area"):
            filters = build_filters(desk.assistant)
    outbox = html_panel(elem_id="outbox")
    return AskParts(
        conversation, evidence, following, editing, outbox, question, send, turns, replacing, wording, filters
    )
