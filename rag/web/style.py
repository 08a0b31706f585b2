"""How the page looks: its theme, and the styles and scripts of `assets/`, put into its head."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio

ASSETS = Path(__file__).parent / "assets"


@cache
def page_head() -> str:
    """The styles and scripts of the page, for the `head` of `launch` or `mount_gradio_app`: nothing is fetched."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css")))
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))
    return f"<style>{styles}</style><script>{scripts}</script>"


def page_theme() -> gradio.themes.Base:
    """The theme, with the fonts that the reader's system has."""
    import gradio as gr

    plain = ["ui-sans-serif", "system-ui", "sans-serif"]
    return gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        font=plain,
        font_mono=["ui-monospace", "monospace"],
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_200",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_300",
    )
