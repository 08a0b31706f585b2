"""The page: assembles its tabs; each has a module of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from markupsafe import Markup

from rag.web.desk import Desk
from rag.web.panel import html_panel

if TYPE_CHECKING:
    import gradio

TITLE = "Attest: who said it?"
BRAND = Markup("<h1>Attest <span>who said it?</span></h1>")
KEPT_SECONDS = 3600
"""How long a file that was uploaded is kept for its page."""


def build_page(desk: Desk) -> gradio.Blocks:
    """The page, not launched yet; `page_head()` and `page_theme()` belong to whoever serves it."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from rag.web.adding import build_adding_tab
    from rag.web.ask_tab import build_ask_tab
    from rag.web.claims_tab import build_claims_tab
    from rag.web.first_run import build_first_run
    from rag.web.parties_tab import build_parties_tab

    page: gradio.Blocks
    with gr.Blocks(
        title=TITLE,
        analytics_enabled=False,
        fill_height=True,
        fill_width=True,
        delete_cache=(KEPT_SECONDS // 4, KEPT_SECONDS),
    ) as page:
        html_panel(BRAND, elem_id="brand")
        ready = build_first_run(desk, page=page)
        tabs = gr.Tabs(elem_id="tabs")
        with tabs:
            with gr.Tab("Ask", id="ask"):
                build_ask_tab(desk, tabs=tabs, ready=ready)
            with gr.Tab("Claims", id="claims") as tab:
                claims = build_claims_tab(desk, tab=tab)
            with gr.Tab("Parties", id="parties") as tab:
                build_parties_tab(desk, tab=tab, tabs=tabs, claims=claims)
            if desk.settings.allow_upload:
                with gr.Tab("Add articles", id="add"):
                    build_adding_tab(desk)
    return page
