"""Article text inside Markdown is shown, never obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag.answer.markdown import escape_markdown

HOSTILE = [
    "![x](https://evil.example/pixel.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "# heading",
    "- item",
    "1. item",
    "| a | b |\n|---|---|\n| c | d |",
    "```\ncode\n```",
    "&lt;b&gt; &amp; &#60;",
    "see [3] and **bold** and $x^2$",
    "<https://evil.example>",
    "text\n\n> quote",
]


def shown(markdown: str) -> tuple[str, set[str]]:
    """The text that a reader sees, and the kinds of things that Markdown made of it."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(f"- said: {markdown}")
    inline = [child for token in tokens if token.type == "inline" for child in token.children or []]
    text = "".join(child.content for child in inline if child.type in {"text", "text_special"})
    kinds = {child.type for child in inline} | {token.type for token in tokens}
    return text, kinds


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    words, kinds = shown(escape_markdown(text))
    assert words == f"said: {' '.join(text.split())}"
    assert not kinds & {
        "image",
        "link_open",
        "html_inline",
        "html_block",
        "heading_open",
        "table_open",
        "fence",
        "code_inline",
    }


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    words, _ = shown(escape_markdown(text))
    assert words.split() == ["said:", *text.split()]
