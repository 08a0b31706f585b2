"""The page: a chat over one index, bound to this machine unless told otherwise."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from rag.answer.markdown import escape_markdown
from rag.answer.wording import scope_label
from rag.assistant import Assistant
from rag.errors import RagError, SettingsError
from rag.render import render_sources
from rag.settings import Settings

if TYPE_CHECKING:
    import gradio

logger = logging.getLogger(__name__)

TITLE = "Attest: who said it?"
NO_SOURCES = "*The passages that an answer cites are shown here.*"
EXAMPLES = (
    "Who reported the civilian deaths?",
    "Who denied that civilians had been killed?",
    "How many litres escaped from the tank, according to whom?",
)
_CONCURRENT = 8
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def serve(settings: Settings, *, named: bool = False) -> None:
    """Open the index and serve the chat until interrupted; with `named`, only the index of the settings will do.

    Raises SettingsError for an address outside this machine: there is no log-in yet.
    """
    if settings.host not in _LOOPBACK:
        raise SettingsError(f"the web chat has no log-in: host must be 127.0.0.1, not {settings.host}")
    print("Opening the articles; the first time this takes some seconds ...", flush=True)
    assistant = Assistant.open(settings, create=False) if named else Assistant.open_default(settings)
    assistant.embeddings.embed_query("ready")
    page = build_page(assistant)
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
        )
        print(f"{TITLE} http://{settings.host}:{page.server_port}/ (Ctrl-C to stop)", flush=True)
        page.block_thread()
    except OSError as error:
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port}: {error}; choose another port"
        ) from error


def build_page(assistant: Assistant) -> gradio.Blocks:
    """The page, not launched yet."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    note = _scope_note(assistant)
    page: gradio.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True) as page:
        gr.Markdown(f"# {TITLE}\n\n{note}")
        with gr.Row():
            with gr.Column(scale=2, render=False) as beside:
                gr.Markdown("### Sources of the last answer")
                sources = gr.Markdown(NO_SOURCES, label="Sources", height="70vh", latex_delimiters=[])
            with gr.Column(scale=3):
                gr.ChatInterface(
                    lambda message, history: answer_message(assistant, message, history),
                    chatbot=gr.Chatbot(
                        label="Conversation",
                        height="66vh",
                        buttons=["copy", "copy_all"],
                        latex_delimiters=[],
                        allow_tags=False,
                    ),
                    textbox=gr.Textbox(
                        placeholder="Ask who said what", label="Question", show_label=False, max_length=2000
                    ),
                    additional_outputs=[sources],
                    examples=list(EXAMPLES) if assistant.is_sample else None,
                    cache_examples=False,
                    flagging_mode="never",
                    api_visibility="private",
                    concurrency_limit=_CONCURRENT,
                )
            beside.render()
    return page


def answer_message(assistant: Assistant, message: str, history: list[dict[str, Any]]) -> tuple[str, str]:
    """One turn of the chat: the answer and its sources, as Markdown; an error is told in one line."""
    asked = [_text_of(turn["content"]) for turn in history if turn["role"] == "user"]
    try:
        answer = assistant.ask(message, history=asked)
    except RagError as error:
        return escape_markdown(f"{error}"), NO_SOURCES
    return answer.text, render_sources(answer) or NO_SOURCES


def _text_of(content: Any) -> str:
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content if isinstance(part, dict))


def _scope_note(assistant: Assistant) -> str:
    note = scope_label(assistant.ledger.scope()).replace("Searched", "Answers from", 1)
    if assistant.is_sample:
        note += " These are the sample articles: all of them are fictional. Index your own: `python -m rag index PATH`."
    return note
