"""What a source does to its content: asserts, denies, questions, ...; and whether it is quoted word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.types import Span
from rag.attribution.cues import FORMS, NOUNS, UNSETTLED, Cue
from rag.attribution.grammar import NEGATIONS
from rag.attribution.quotes import WORD, Quote
from rag.attribution.wording import CALLED, stance_of_wording
from rag.types import QuoteType, Stance

CUE_WORD = re.compile(r"[\w’'-]+")
NO_COMMENT = re.compile(
    r"(?:to )?(?:comment|say|answer|discuss|speak|respond|elaborate|disclose|identify|name|confirm|give|provide|define|"
    r"specify|reply|talk|reveal|detail|explain|be (?:named|identified|quoted|interviewed))\b",
    re.IGNORECASE,
)
UNANSWERED = re.compile(
    r"\b(?:not|n['’]t|never)\b.*\b(?:respond|reply|return|answer|available|reached|comment)"
    r"|\b(?:would not|wouldn['’]t|will not|won['’]t)\s(?:\w+ly\s)?"
    r"(?:say|comment|discuss|elaborate|answer|disclose|speculate)\b",
    re.IGNORECASE,
)
"""Cues of silence: did not respond to (a request), would not say (who paid)."""
FORMAL = frozenset({"that", "to"})
"""Words that may stand outside the marks of a content that is quoted word for word."""
UNCERTAIN = frozenset(
    "may might could would reportedly apparently possibly perhaps likely seems appears seemed".split()
)
CALLING = frozenset("call describe characterise characterize label brand dub deem consider".split())
IGNORING = frozenset("know understand see remember recall realise realize".split())
"""Verbs whose negation tells that somebody does not know, which denies nothing."""
BE = frozenset("is are was were be been being".split())


@lru_cache(maxsize=512)
def stance_of(cue: str, content: str, *, has_source: bool = True) -> Stance:
    """The stance that a cue lends to its content: by its verb or noun, its negation and its modal.

    A speech act that did not happen ("did not say who fired") is "none"; a belief that is not held is a denial.
    """
    words = [word.lower().replace("’", "'") for word in CUE_WORD.findall(cue)]
    lexical, verb = _lexical(words)
    silent = _silence(cue, words, content, lexical, verb)
    if silent is not None:
        return silent
    unsure = lexical == "asserts" and not UNCERTAIN.isdisjoint(words[:2])
    if unsure or (not has_source and not BE.isdisjoint(words)):
        return "hedges"
    asked = verb is not None and verb.lemma == "ask" and content.lower().startswith(("to ", "for "))
    if asked and stance_of_wording(content) != "questions":  # asked for help
        return "asserts"
    if verb is not None and verb.lemma in CALLING and lexical == "asserts" and CALLED.search(content):
        return "denies"
    plain = lexical == "asserts" and (verb is None or verb.speech)
    return stance_of_wording(content) if plain else lexical


def _silence(cue: str, words: Sequence[str], content: str, lexical: Stance, verb: Cue | None) -> Stance | None:
    """The stance of who did not say, think or do something; None where the cue tells of nothing left undone."""
    if lexical == "declined":
        return "declined" if NO_COMMENT.match(content) or (verb is not None and verb.lemma == "decline") else "denies"
    if UNANSWERED.search(cue):
        return "declined"
    if any(word in NEGATIONS or word.endswith("n't") for word in words):
        asked = verb is not None and verb.lemma == "ask"  # asked not to be named
        return "declined" if asked and NO_COMMENT.match(content) else _negated(verb)
    return None


def _negated(verb: Cue | None) -> Stance:
    if verb is not None and verb.lemma in IGNORING:
        return "none"
    if verb is None or verb.speech or verb.lemma in UNSETTLED:
        return "hedges" if verb is not None and verb.lemma == "deny" else "none"
    return "denies"


def _lexical(words: Sequence[str]) -> tuple[Stance, Cue | None]:
    """The stance of the word of a cue that says most, and its entry where it is a verb: the first that is not plain."""
    found: list[tuple[Stance, Cue | None]] = []
    for at, word in enumerate(words):
        form = FORMS.get(word)
        if form is not None:
            after = " ".join(words[at + 1 :])
            cue = next((c for c in form.cues if after.startswith(c.particle)), None)
            found += [(cue.stance, cue)] if cue is not None else []
        elif not found and (word in NOUNS or word.removesuffix("s") in NOUNS):
            found.append((NOUNS.get(word) or NOUNS[word.removesuffix("s")], None))
    return next((entry for entry in found if entry[0] != "asserts"), found[0] if found else ("asserts", None))


def is_noun_cue(cue: str) -> bool:
    """Whether a cue is a noun ("claim that"), so that what is said of it is not said of the act."""
    words = CUE_WORD.findall(cue.lower())
    return 0 < len(words) <= 3 and (words[-1] in NOUNS or words[-1].removesuffix("s") in NOUNS)


def quote_type_of(text: str, content: Sequence[Span], quotes: Sequence[Quote]) -> QuoteType:
    """Direct where all words of the content stand within quotation marks, indirect where none does, else mixed."""
    marked = [piece for quote in quotes for piece in quote.pieces]
    inside = outside = 0
    for span in content:
        near = [piece for piece in marked if piece.overlaps(span)]
        for word in WORD.finditer(text, span.start, span.end):
            if any(piece.start <= word.start() < piece.end for piece in near):
                inside += 1
            elif word.group().lower() not in FORMAL:
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
