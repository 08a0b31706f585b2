"""A denial in its own words ("said that he had not seen it") told from words that are denied ("denied that ...")."""

from __future__ import annotations

import re

from rag.answer.cue_words import cited, lemmas_of
from rag.attribution.cues import FORMS
from rag.types import Citation, Claim

TURNING_DOWN = frozenset("reject refuse oppose object disagree".split())
"""Verbs under which a stance of denying is no denial of a statement: rejected the resignation, opposed the bill."""
STATEMENTS = frozenset(
    "claim allegation accusation charge suggestion assertion notion idea report contention criticism argument belief "
    "theory finding conclusion statement rumour rumor story account insinuation view opinion complaint estimate".split()
)
"""Nouns of what can be denied: rejected the charge."""
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
    cue = " ".join(cited(citation, piece) for piece in claim.cue)
    return bool(cue.strip()) and not any(_is_denial(word) for word in _WORD.findall(cue)) and not _NEGATION.search(cue)


def turns_down(claim: Claim, citation: Citation) -> bool:
    """Whether a claim's verb, as far as it is cited, is against something rather than denies that it is so."""
    cue = " ".join(cited(citation, piece) for piece in claim.cue)
    return claim.stance == "denies" and not TURNING_DOWN.isdisjoint(lemmas_of(cue))


def turns_down_a_thing(claim: Claim, citation: Citation) -> bool:
    """Whether what is turned down is no statement: the resignation, but not "claims that he would resign"."""
    statement = not STATEMENTS.isdisjoint(word.lower().removesuffix("s") for word in _WORD.findall(claim.text))
    return turns_down(claim, citation) and claim.quote_type == "indirect" and not statement


def is_negated(words: str) -> bool:
    """Whether words hold a negation: not, never, nobody."""
    return _NEGATION.search(words) is not None


def _is_denial(word: str) -> bool:
    form = FORMS.get(word.lower())
    return form is not None and any(cue.stance == "denies" for cue in form.cues)
