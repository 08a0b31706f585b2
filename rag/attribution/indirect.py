"""All attributions within one sentence, nested ones among them."""

from __future__ import annotations

from rag.attribution.clauses import active
from rag.attribution.complements import complement, sentence_end
from rag.attribution.cues import FORMS
from rag.attribution.oblique import according_to, estimates, noun_cues, participle, passive, with_cited
from rag.attribution.phrases import Ranges
from rag.attribution.sources import main_subject, source_before
from rag.attribution.tokens import Sentence
from rag.attribution.verbs import VerbGroup, verb_groups
from rag.types import Attribution

_CUES = FORMS.keys() | {"according"}
MAX_CUES = 40
"""What has more words that could be cues is no sentence."""


def attributions_of(s: Sentence) -> list[Attribution]:
    """The attributions of a sentence in the order of their cues. A content may be empty: "He said:"."""
    if sum(map(_CUES.__contains__, s.lower)) > MAX_CUES:
        return []
    found: list[Attribution] = []
    subject: Ranges | None = None  # of the last outermost cue: later ones of the sentence may share it
    high = sentence_end(s)
    for group in verb_groups(s):
        made: Attribution | None
        if group.voice == "passive":
            made = passive(s, group, high)
        elif group.voice == "ing":
            made = participle(s, group, complement(s, group), subject, found)
        else:
            source = _subject(s, group, subject)
            made = active(s, group, source, complement(s, group), high)
            if made is not None and not _is_inner(made, found):
                subject = source or subject
        if made is not None:
            found.append(made)
    found += according_to(s, high)
    found += noun_cues(s, high)
    found += estimates(s, high)
    return sorted(with_cited(s, found, high), key=lambda a: a.cue[0].start)


def _is_inner(made: Attribution, found: list[Attribution]) -> bool:
    return any(piece.contains(made.cue[0]) for other in found for piece in other.content)


def _subject(s: Sentence, group: VerbGroup, shared: Ranges | None) -> Ranges | None:
    """The subject of a finite cue; after "and" that of the cue before it."""
    before = group.start - 1
    if before >= 0 and s.lower[before] in {"and", "but", "or"}:
        return shared or main_subject(s, before)
    return source_before(s, group.start)
