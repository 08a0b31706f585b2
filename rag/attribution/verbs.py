"""Verb groups that are cues: the verb with its auxiliaries, negation, adverbs and particle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.attribution import grammar as g
from rag.attribution.cues import FORMS, NOUNISH, Cue, Form
from rag.attribution.phrases import is_finite
from rag.attribution.tokens import Sentence

Voice = Literal["active", "passive", "ing"]

CARRIERS = frozenset(
    "went go goes gone going continued continues continue began begins used decided chose chooses managed seemed seems "
    "seem appeared appears appear sought seeks seek tried tries declined declines refused refuses failed fails had has "
    "have is was are were wants wanted want on quick likely set ready careful able forced first last expected due "
    "going moved rushed took takes needs ought supposed happy willing prepared reluctant hesitated paused".split()
)
"""Words that carry an infinitive and add little to it: "went on to say", "declined to say"."""

CONNECTING = frozenset("so yet still now then too well earlier".split())
COUNTED = frozenset("all both some many several most few one that two another others".split())
PLURAL_SUBJECTS = frozenset(
    "people some many most others which that officials police men women few both all media us percent who and".split()
)


NO_SUBJECT = g.DETERMINERS | g.PREPOSITIONS | g.FINITE | {"no", "and", "or"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """Tokens start..end of a cue: `head` is its verb, `end` lies after its particle."""

    start: int
    head: int
    end: int
    voice: Voice
    cues: tuple[Cue, ...]

    @property
    def frames(self) -> str:
        return "".join(cue.frames for cue in self.cues)

    @property
    def lemma(self) -> str:
        return self.cues[0].lemma

    @property
    def speech(self) -> bool:
        return any(cue.speech for cue in self.cues)


def verb_groups(s: Sentence) -> Iterator[VerbGroup]:
    """All verb groups of a sentence whose verb is in the lexicon, left to right."""
    for at in [at for at, low in enumerate(s.lower) if low in FORMS]:
        form = FORMS[s.lower[at]]
        if s.quote[at] >= 0 or (s.is_capital(at) and at > 0):
            continue
        matched = _with_particle(s, at, form.cues)
        if matched is None:
            continue
        cues, end = matched
        start = _group_start(s, at)
        if form.tense == "base" and start > 0 and s.lower[start - 1] == "to":
            carried = _carrier_start(s, start - 1)
            if carried is not None:
                yield VerbGroup(start=carried, head=at, end=end, voice="active", cues=cues)
            continue
        voice = _voice(s, start, at, form)
        if voice is not None and (_is_marked(s, start, at, form) or _is_present(s, start, end, form)):
            yield VerbGroup(start=start, head=at, end=end, voice=voice, cues=cues)


def _group_start(s: Sentence, at: int) -> int:
    """Back over auxiliaries, negations and adverbs; an adverb that connects clauses stays out."""
    start = at
    while start > 0 and s.is_word(start - 1) and (s.lower[start - 1] in g.AUXILIARIES or s.is_adverb(start - 1)):
        start -= 1
    while start < at and s.is_adverb(start) and (s.is_capital(start) or s.lower[start] in CONNECTING):
        start += 1
    return start


def _with_particle(s: Sentence, at: int, cues: tuple[Cue, ...]) -> tuple[tuple[Cue, ...], int] | None:
    """The cues whose particle follows the verb, the longest particle only; None if all want one that is not there."""
    for cue in cues:
        particle = cue.particle.split()
        if s.lower[at + 1 : at + 1 + len(particle)] == particle:
            return tuple(c for c in cues if c.particle == cue.particle), at + 1 + len(particle)
    return None


def _carrier_start(s: Sentence, to: int) -> int | None:
    """went on [to] say: where the verb begins that carries the infinitive after token `to`."""
    before = to - 1
    while before >= 0 and s.is_word(before) and s.is_adverb(before):
        before -= 1
    if before < 0 or s.lower[before] not in CARRIERS:
        return None
    while (
        before > 0
        and s.is_word(before - 1)
        and (s.lower[before - 1] in CARRIERS or s.lower[before - 1] in g.AUXILIARIES or s.is_adverb(before - 1))
    ):
        before -= 1
    return before


def _voice(s: Sentence, start: int, at: int, form: Form) -> Voice | None:
    """How the form at token `at` is used, its auxiliaries beginning at `start`; None where it is no finite cue."""
    previous = s.lower[start - 1] if start else ""
    auxiliary = next((w for w in reversed(s.lower[start:at]) if w in g.AUXILIARIES), "")
    contracted = start > 0 and _contracted(previous, form.tense)
    voice: Voice | None = "active"
    if form.tense == "ing":
        if not (auxiliary in g.BE or contracted):
            voice = None if previous in g.DETERMINERS or previous.endswith(("'s", "’s")) else "ing"
    elif form.tense == "past":
        if auxiliary in g.BE:
            voice = "passive"
        elif auxiliary in g.DO | g.MODALS:
            voice = "active" if s.lower[at] in {"hit", "forecast"} else None
        elif previous in g.DETERMINERS - COUNTED:
            voice = None
    elif auxiliary in g.BE | g.HAVE:
        voice = None
    return voice


def _is_marked(s: Sentence, start: int, at: int, form: Form) -> bool:
    """Whether its ending or an auxiliary shows that a form is a verb."""
    if form.tense in {"past", "ing"} or any(word in g.DO | g.MODALS for word in s.lower[start:at]):
        return True
    return start > 0 and _contracted(s.lower[start - 1], form.tense)


def _contracted(word: str, tense: str) -> bool:
    """he's said, they'd say: an auxiliary hangs on the subject."""
    stem, _, ending = word.replace("’", "'").rpartition("'")
    if ending in {"d", "ll"}:
        return tense in {"base", "past"}
    return ending in {"s", "re", "ve", "m"} and tense in {"past", "ing"} and stem in g.SUBJECT_PRONOUNS | {"that"}


def _is_present(s: Sentence, start: int, end: int, form: Form) -> bool:
    """A present form without auxiliary, such as "claims": told apart from a noun by what stands on either side."""
    if start == 0:
        return False
    previous, nounish = s.lower[start - 1], form.cues[0].lemma in NOUNISH
    if s.quote[start - 1] >= 0 or previous == ",":
        return not nounish
    if previous in g.SUBJECT_PRONOUNS:
        return True
    if previous in NO_SUBJECT or not s.is_word(start - 1) or previous.endswith(("'s", "’s", "ing")):
        return False
    if form.tense == "base" and not previous.endswith("s") and previous not in PLURAL_SUBJECTS:
        return s.is_capital(start - 1) and not nounish and "and" in s.lower[:start]
    return not nounish or _opens_content(s, start, end, tense=form.tense)


def _opens_content(s: Sentence, start: int, end: int, *, tense: str) -> bool:
    """A form that is as often a noun ("claims"): a content must follow, and no other verb."""
    if end >= len(s):
        return False
    opening = g.DETERMINERS | g.SUBJECT_PRONOUNS | {"that", "whether", "how", "to", ":"}
    if s.lower[end] not in opening and not s.is_capital(end):
        return False
    if any(is_finite(s, i) for i in range(end, min(end + 2, len(s)))):
        return False
    return tense == "s" or s.is_capital(start - 1) or s.lower[start - 1].endswith("s")
