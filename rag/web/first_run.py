"""The first run: while there is nothing to ask about, the page says so, offers the sample, and shows how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from markupsafe import Markup

from rag.errors import RagError
from rag.web.panel import NOTHING, html_panel, panel_value

if TYPE_CHECKING:
    from rag.web.desk import Desk, Work

SECONDS = 1.0
_NOTHING, _COMING, _READY = "nothing", "coming", "ready"


def build_first_run(desk: Desk, *, page: gr.Blocks) -> gr.Textbox:
    """Build the notice above the tabs; the hidden text box that is returned changes when the page is opened, when there
    is something to ask about, and when it is known that nothing comes."""
    with gr.Column(visible=desk.assistant is None, elem_id="first-run") as notice:
        said = html_panel(notice_html(desk), elem_id="first-run-said")
        start = gr.Button(
            "Load the sample articles", variant="primary", interactive=not desk.is_working, elem_id="load-sample"
        )
    ready = gr.Textbox(value="", visible="hidden", label="state", elem_id="first-run-state", container=False)
    watch = gr.Timer(SECONDS, active=desk.assistant is None)
    outputs: list[Any] = [notice, said, start, ready, watch]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": True}

    def look() -> tuple[Any, ...]:
        try:
            desk.open()
        except RagError as error:
            return gr.Column(visible=True), panel_value(_alert(str(error))), gr.skip(), gr.skip(), gr.skip()
        waiting = desk.assistant is None
        return (
            gr.Column(visible=waiting),
            panel_value(notice_html(desk)),
            gr.Button(interactive=not desk.is_working),
            (_COMING if desk.is_awaited else _NOTHING) if waiting else _READY,
            gr.Timer(active=waiting),
        )

    def load() -> tuple[Any, ...]:
        desk.load_sample()
        return look()

    page.load(look, None, outputs, **quiet)
    watch.tick(look, None, outputs, **quiet)
    start.click(load, None, outputs, **quiet)
    return ready


def notice_html(desk: Desk) -> Markup:
    """What is so, what can be done, and how far the work is."""
    if desk.assistant is not None:
        return NOTHING
    work = desk.work
    text = Markup(
        "<h2>No articles are indexed yet</h2><p>Nothing is in <code>{}</code>. Index your own with "
        "<code>python -m rag index PATH</code>, or try the sample articles, which are all fictional.</p>"
    ).format(str(desk.settings.index))
    return Markup('<div class="first-run">{}{}</div>').format(text, work_html(work) if work else "")


def work_html(work: Work) -> Markup:
    """How far work is, or why it ended."""
    if work.error is not None:
        return _alert(work.error)
    if work.is_over:
        return NOTHING
    percent = round(work.progress.fraction * 100)
    return Markup(
        '<div class="work"><p role="status">{} … {} %</p><progress max="100" value="{}" aria-label="{}">{} %'
        '</progress><p class="soft">{}</p></div>'
    ).format(work.title, percent, percent, work.title, percent, work.progress.summary)


def _alert(said: str) -> Markup:
    return Markup('<p class="trouble" role="alert">{}</p>').format(said)
