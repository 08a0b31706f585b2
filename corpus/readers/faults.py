"""What the errors of parsers say, for the reasons of problems."""

from __future__ import annotations

LONGEST = 160  # characters


def said(error: BaseException) -> str:
    """What an error says, as one line; the name of its type where it says nothing."""
    return " ".join(str(error).split())[:LONGEST] or type(error).__name__
