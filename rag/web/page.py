"""The page: assembles its tabs; each has a module of its own."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rag.assistant import Assistant
from rag.errors import SettingsError
from rag.settings import Settings
from rag.web.style import page_head, page_theme

if TYPE_CHECKING:
    import gradio

logger = logging.getLogger(__name__)

TITLE = "Attest: who said it?"
_CONCURRENT = 8
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Desk(Protocol):
    """The index that the page shows: none before the first run, and another one after a change of index."""

    @property
    def assistant(self) -> Assistant | None: ...


@dataclass(frozen=True, slots=True)
class OneIndex:
    """A desk whose index stays the same."""

    assistant: Assistant | None


def serve(settings: Settings, *, named: bool = False) -> None:
    """Open the index and serve the chat until interrupted; with `named`, only the index of the settings will do.

    Raises SettingsError for an address outside this machine: there is no log-in yet.
    """
    if settings.host not in _LOOPBACK:
        raise SettingsError(f"the web chat has no log-in: host must be 127.0.0.1, not {settings.host}")
    print("Opening the articles; the first time this takes some seconds ...", flush=True)
    assistant = Assistant.open(settings, create=False) if named else Assistant.open_default(settings)
    assistant.embeddings.embed_query("ready")
    page = build_page(OneIndex(assistant))
    page.queue(default_concurrency_limit=_CONCURRENT)
    try:
        page.launch(
            server_name=settings.host,
            server_port=settings.port or None,
            share=False,
            footer_links=[],
            ssr_mode=False,
            quiet=True,
            prevent_thread_lock=True,
            head=page_head(),
            theme=page_theme(),
        )
        print(f"{TITLE} http://{settings.host}:{page.server_port}/ (Ctrl-C to stop)", flush=True)
        page.block_thread()
    except OSError as error:
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port}: {error}; choose another port"
        ) from error


def build_page(desk: Desk) -> gradio.Blocks:
    """The page, not launched yet; `page_head()` and `page_theme()` belong to whoever serves it."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from rag.web.ask_tab import build_ask_tab

    page: gradio.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True) as page:
        tabs = gr.Tabs(elem_id="tabs")
        with tabs, gr.Tab("Ask", id="ask"):
            build_ask_tab(desk, page=page, tabs=tabs)
    return page
