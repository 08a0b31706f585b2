"""The article's own verb, told beside the stance where it says more: asserts (“defended”) the plan.

A content may be a thing rather than a statement ("praised the decision"): with the stance alone it would say nothing.
"""

from __future__ import annotations

import re

from corpus.types import Span
from rag.attribution.cues import FORMS
from rag.types import Citation, Claim, Stance

LONGEST = 40
"""Characters of a cue that is shown."""
PLAIN = frozenset(
    "say tell add state write report according according_to ask speak continue reply respond answer".split()
)
"""Verbs that tell no more than that somebody said it, or asked."""
SAME: dict[Stance, str] = {
    "denies": "deny",
    "confirms": "confirm",
    "questions": "question",
    "hedges": "suggest",
    "promises": "promise",
    "accuses": "accuse",
    "declined": "decline",
}
"""The verb that a stance is called by."""
_WORD = re.compile(r"[\w’'-]+")
_TELLING = 4
"""Letters of the shortest verb that tells anything where the lexicon of cues has none of its words."""


def cue_words(claim: Claim, citation: Citation) -> str:
    """The words that say how a claim was made, as far as its citation holds them; "" where they say no more than it.

    Under a quotation the quotation tells enough.
    """
    if claim.quote_type == "direct":
        return ""
    words = " ... ".join(filter(None, (cited(citation, piece).strip(" ,:;–—-") for piece in claim.cue)))
    lemmas = lemmas_of(words)
    telling = bool(lemmas) or any(len(word) >= _TELLING for word in re.findall(r"[^\W\d_]+", words))
    if not telling or len(words) > LONGEST or lemmas & PLAIN or SAME.get(claim.stance) in lemmas:
        return ""
    return " ".join(words.split())


def cited(citation: Citation, piece: Span) -> str:
    """What of a piece of an article lies in a citation of it."""
    start = citation.span.start
    return citation.quote[max(0, piece.start - start) : max(0, piece.end - start)]


def lemmas_of(words: str) -> set[str]:
    """What the words of a cue are forms of, in the lexicon of cues or among the plain ones."""
    return {lemma for word in _WORD.findall(words.lower()) for lemma in _lemmas(word)}


def _lemmas(word: str) -> set[str]:
    form = FORMS.get(word)
    return {cue.lemma for cue in form.cues} if form else {word} & PLAIN
