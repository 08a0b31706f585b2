"""Markdown as plain text. Covers what articles use of CommonMark; tables stay as they are."""

from __future__ import annotations

import re

_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_TITLE = re.compile(r"#[ \t]+(?P<atx>[^\n]*)(?:\n|\Z)|(?P<setext>[^\n]+)\n=+[ \t]*(?:\n|\Z)")
_RULE = re.compile(r"[ ]{0,3}(?:(?:[-*_][ \t]*){3,}|=+|-+)")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~).*")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")

_INLINE = (
    (re.compile(r"!\[([^\[\]\n]*)\]\([^)\n]*\)"), r"\1"),  # image: its description
    (re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),  # link
    (re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\d*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(?=\S)([^~\n]+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"</?(?:a|b|br|em|i|p|small|span|strong|sub|sup|u)(?:\s[^<>\n]*)?/?>", re.IGNORECASE), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def first_heading(text: str) -> tuple[str, str]:
    """The heading that a text begins with, if it is one of the first level, and the text below it."""
    text = text.lstrip()
    match = _TITLE.match(text)
    if not match:
        return "", text
    return (match["setext"] or match["atx"].rstrip("# \t")).strip(), text[match.end() :]


def plain_text(text: str) -> str:
    """Markdown without its marks: paragraphs on one line each, headings and items as paragraphs."""
    blocks: list[str] = []
    is_open = False  # whether the next line goes on with the last block
    for line in _without_comments(text).split("\n"):
        quoted = re.sub(r"^(?:[ ]{0,3}>[ ]?)+", "", line)
        if not quoted.strip() or _FENCE.fullmatch(quoted) or _RULE.fullmatch(quoted):
            is_open = False
        elif heading := _HEADING.fullmatch(quoted):
            blocks.append(heading[1])
            is_open = False
        elif is_open and not _ITEM.match(quoted):
            blocks[-1] += f" {quoted.strip()}"
        else:
            blocks.append(quoted.strip())
            is_open = True
        if quoted.endswith(("  ", "\\")) and is_open:  # a line break on purpose
            blocks[-1] = blocks[-1].removesuffix("\\")
            is_open = False
    return "\n\n".join(_inline(block) for block in blocks)


def _without_comments(text: str) -> str:
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces.append(text[at:start])
        at = end + len("-->")
    return "".join([*pieces, text[at:]])


def _inline(text: str) -> str:
    for mark, plain in _INLINE:
        text = mark.sub(plain, text)
    return text
