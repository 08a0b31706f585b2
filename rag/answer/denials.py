"""A denial in its own words ("said that he had not seen it") told from words that are denied ("denied that ...")."""

from __future__ import annotations

import re

from corpus.types import Span
from rag.attribution.cues import FORMS
from rag.types import Citation, Claim

_WORD = re.compile(r"[\w’'-]+")
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|nothing|nowhere|cannot|without)\b|n[’']t\b", re.IGNORECASE
)


def denies_by_saying(claim: Claim, citation: Citation) -> bool:
    """Whether a claim's words are the denial itself, so that "denies" before them would say the opposite.

    Its verb, as far as the cited words hold it, is no word of denying, and its words are negated.
    """
    if claim.stance != "denies" or not claim.cue or not _NEGATION.search(claim.text):
        return False
    cue = " ".join(_cited(citation, piece) for piece in claim.cue)
    return bool(cue.strip()) and not any(_is_denial(word) for word in _WORD.findall(cue)) and not _NEGATION.search(cue)


def _cited(citation: Citation, piece: Span) -> str:
    start = citation.span.start
    return citation.quote[max(0, piece.start - start) : max(0, piece.end - start)]


def _is_denial(word: str) -> bool:
    form = FORMS.get(word.lower())
    return form is not None and any(cue.stance == "denies" for cue in form.cues)
