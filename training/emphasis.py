"""Which words of an attribution count more than others in training: those that are missed most dearly."""

from __future__ import annotations

import re

from corpus.types import Span
from rag.attribution.cues import FORMS, NOUNS
from rag.types import Attribution

PRONOUNS = frozenset("i you he she it we they who which that one some many most several both".split())

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_PHRASES = re.compile(r"according to|quoted?|citing|testimony|statement", re.IGNORECASE)


def is_speech(cue: str) -> bool:
    """Say whether the words of a cue tell of speech rather than of a thought or a wish: "later told reporters", ":"."""
    words = _WORD.findall(cue.lower())
    if not words or _PHRASES.search(cue):
        return True
    forms = [FORMS[word] for word in words if word in FORMS]
    if forms:
        return any(cue.speech for form in forms for cue in form.cues)
    return any(word in NOUNS or word.removesuffix("s") in NOUNS for word in words)


def emphasised(attribution: Attribution, text: str) -> tuple[Span, ...]:
    """The source and cue of an attribution that reports speech, or whose source is a pronoun; of others nothing."""
    cue = " ".join(span.of(text) for span in attribution.cue)
    source = " ".join(span.of(text) for span in attribution.source)
    if is_speech(cue) or source.lower() in PRONOUNS:
        return attribution.source + attribution.cue
    return ()
