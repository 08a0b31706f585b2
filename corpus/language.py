"""Whether a text is English: everything after reading knows the words and the grammar of English alone.

What a page says of its language is often that of its template, and most files say nothing. A third of the words of any
English prose are the same few dozen; of these, the ones below are in hardly any other language words of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

ENGLISH = "en"
OTHER = "und"
"""BCP 47 for a language that is not determined: not English, and the article does not say what."""
FEWEST_LETTERS = 120
"""Of a shorter text what it says of itself is believed."""
LEAST_SHARE = 0.03
"""Of the words of English news a fifth is among those below, and seldom less than a tenth; of other news hardly any."""

_LETTERS = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    """
    the and that with by from his not are were have has this which but they their been would it its who after more
    than said about what when there she you could should because while these those other into
    """.split()
)


def language_of(text: str, *, said: str | None) -> str | None:
    """The language of a text as a BCP 47 tag: what was `said` of it, unless its words say otherwise. None: unknown."""
    words = _LETTERS.findall(text.casefold())
    if sum(map(len, words)) < FEWEST_LETTERS:
        return said
    if sum(word in _COMMON for word in words) >= LEAST_SHARE * len(words):
        return said if said and is_english(said) else ENGLISH
    return said if said and not is_english(said) else OTHER


def is_english(tag: str) -> bool:
    """Whether a BCP 47 tag names English, of whatever region."""
    return tag.partition("-")[0] == ENGLISH


def count_others(tags: Iterable[str | None]) -> Counter[str]:
    """How many are of each language but English, without regions; what is not known to be another is not counted."""
    return Counter(tag.partition("-")[0] for tag in tags if tag and not is_english(tag))
