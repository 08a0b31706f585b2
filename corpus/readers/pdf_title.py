"""The headline of a PDF: what is printed in the largest type on its first page."""

from __future__ import annotations

import re
from collections import Counter
from math import hypot
from typing import Any

LARGER = 1.2  # times the type of the text; less is emphasis
LONGEST = 200  # characters
FEWEST_WORDS = 3


def largest_type(page: Any) -> str:
    """The words in the largest type of a page, as one line; empty where all type is of about one size."""
    runs: list[tuple[float, str]] = []

    def visit(text: str, around: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            scale = hypot(matrix[1], matrix[3]) * hypot(around[1], around[3])
            runs.append((round(abs(size * scale), 1), text))

    page.extract_text(visitor_text=visit)
    letters: Counter[float] = Counter()
    for size, text in runs:
        letters[size] += len(text)
    if len(letters) < 2:
        return ""
    usual = letters.most_common(1)[0][0]
    # a masthead or a drop cap may be larger still, in a word or a letter
    for size in sorted((size for size in letters if size >= LARGER * usual), reverse=True):
        line = " ".join(" ".join(text for run, text in runs if run == size).split())
        if len(line.split()) >= FEWEST_WORDS and len(line) <= LONGEST:
            return line
    return ""


def set_apart(text: str, title: str) -> str:
    """The text with its title, on however many lines it stands, as a paragraph on one."""
    words = r"\s+".join(map(re.escape, title.split()))
    return re.sub(words, lambda _: f"\n\n{title}\n\n", text, count=1) if words else text
