"""How many words two texts share that carry meaning."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]{3,}")
_SMALL = frozenset(
    """
    the and who what when where which whom whose how many much did does has have had was were are been being say said
    says tell told report reported reports claim claimed according about that this with for from into there their his
    her its they anyone anybody anything someone somebody something ever
    """.split()
)


def content_words(text: str) -> set[str]:
    """The words that carry a question's or a sentence's meaning, case folded, a plural s taken off."""
    return {word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _SMALL}
