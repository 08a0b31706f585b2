"""The web chat, in Gradio."""

from rag.web.server import serve

__all__ = ["serve"]
