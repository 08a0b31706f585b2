"""The web chat, in Gradio."""

from rag.web.page import serve

__all__ = ["serve"]
