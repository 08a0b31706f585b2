"""Sentences with their attributions marked in the text: how `training/data` is written.

[S1 Mayor Ruiz] [C1 said] [K1 the bridge opens in May].   ->   source, cue and content of attribution 1

S, C and K stand for source, cue and content; [S12 ...] is the source of attributions 1 and 2; ¶ parts paragraphs;
a line "== war" names the domain of those that follow, a line that begins with # is a comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Span
from rag.types import Attribution
from training.data import Example

_MARK = re.compile(r"\[([SCK])(\d+) ([^\[\]]+)\]")
_ROLES = {"S": "source", "C": "cue", "K": "content"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One example and the domain that it was written for."""

    domain: str
    example: Example


def parse_marked(line: str, *, name: str) -> Example:
    """Take the marks out of `line`. Raises ValueError where a bracket is left over or an attribution has no cue."""
    line = line.replace(" ¶ ", "\n\n")
    text, at = "", 0
    roles: dict[str, dict[str, list[Span]]] = defaultdict(lambda: {role: [] for role in _ROLES.values()})
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        for number in match[2]:
            roles[number][_ROLES[match[1]]].append(Span(len(text), len(text) + len(match[3])))
        text += match[3]
        at = match.end()
    text += line[at:]
    if "[" in text or "]" in text:
        raise ValueError(f"{name}: a mark is not closed, or not [S1 ...], [C1 ...] or [K1 ...]: {line}")
    if any(not found["cue"] or not found["content"] for found in roles.values()):
        raise ValueError(f"{name}: an attribution without cue or content: {line}")
    attributions = tuple(_attribution(roles[number]) for number in sorted(roles))
    return Example(id=name, text=text, attributions=attributions)


def _attribution(found: dict[str, list[Span]]) -> Attribution:
    return Attribution(source=tuple(found["source"]), cue=tuple(found["cue"]), content=tuple(found["content"]))


def read_marked(path: Path) -> Iterator[Marked]:
    domain = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("== "):
            domain = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            yield Marked(domain=domain, example=parse_marked(line, name=f"{path.stem}:{number}"))
