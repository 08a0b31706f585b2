"""Words of articles inside Markdown: shown as they are, never obeyed."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#|!~$^=:@])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape_markdown(text: str) -> str:
    """Escape what Markdown or HTML would act on, and fold white space: no link, picture, tag or heading survives."""
    folded = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", re.sub(r"[&<>]", lambda match: _ENTITIES[match.group()], folded))
    return re.sub(r"^(\d+)\.", r"\1\\.", re.sub(r"^([-+])", r"\\\1", escaped))
