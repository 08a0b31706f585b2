"""Who a worded sentence says is speaking: the speaker, the cue and the content, in the few forms that are accepted.

    Mayor Ana Ruiz said on Monday that the dam is safe.
    According to the Residents' League, more than 40 families have left.
    The dam is safe, Ana Ruiz said. | The dam is safe, according to Ana Ruiz.

A sentence of another form is not read: who words an answer is asked to keep to these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.types import Span
from rag.attribution.cues import FORMS
from rag.attribution.grammar import NOT_ADVERBS

_CALENDAR = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)"
)
_TIME = (
    r"(?:(?:on|in|late|early|last|this|earlier|later)\s+){0,3}"
    rf"(?:{_CALENDAR}(?:\s+(?:morning|afternoon|evening|night|\d{{1,2}}(?:,?\s+\d{{4}})?))?"
    rf"|\d{{1,2}}\s+{_CALENDAR}(?:\s+\d{{4}})?"
    r"|yesterday|today|week|month|year|morning|afternoon|evening|night)"
)
_NAME, _CUE = "\ue000", "\ue001"
"""Private characters that stand for the name and the cue while a sentence is matched."""
_WHEN = rf"(?:\s+(?P<time>{_TIME}))?"
_WORDS = r"(?:[\w.'’\-]+\s+)"
_APPOSITION = r",[^,“”\"]{1,80}"
_OF = r"\s+(?:of|for|at|from|in)\s(?:[\w.'’\-]+\s?){1,6}?"
_SPEAKERS = (
    rf"(?P<before>{_WORDS}{{0,8}}?){_NAME}",  # Mayor Ana Ruiz
    rf"(?P<before>{_WORDS}{{0,8}}?){_NAME}(?P<after>{_APPOSITION}),",  # Ana Ruiz, the mayor,
    rf"(?P<before>{_WORDS}{{0,8}}?){_NAME}(?P<after>{_OF})",  # Mayor Ana Ruiz of Orla
    rf"(?P<before>{_WORDS}{{0,8}}?[\w.'’\-]+,\s+){_NAME},",  # The operator, Brightwater,
)
_LAST_SPEAKERS = (*_SPEAKERS, rf"(?P<before>{_WORDS}{{0,8}}?){_NAME}(?P<after>{_APPOSITION})")
_CONTENT = r"(?P<content>.+[,?!][”\"’]?)"


def _compile(form: str, speakers: Sequence[str] = _SPEAKERS) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form.replace("SPEAKER", speaker).replace("CUE", _CUE)) for speaker in speakers)


_TOLD = _compile(rf"SPEAKER\s*CUE\s+(?P<to>{_WORDS}{{0,5}}?[\w.'’\-]+){_WHEN}\s+that\s+(?P<content>.+)")
_SAID = _compile(rf"SPEAKER\s*CUE{_WHEN}(?:\s+that\s+|\s*[:,]\s*|\s+)(?P<content>.+)")
_CLOSING = (
    *_compile(rf"{_CONTENT}\s*SPEAKER\s*CUE{_WHEN}\.?"),
    *_compile(rf"{_CONTENT}\s*CUE\s+SPEAKER{_WHEN}\.?", _LAST_SPEAKERS),
)
_ACCORDING = _compile(r"CUE\s+SPEAKER,?\s+(?P<content>.+)")
_CLOSING_ACCORDING = _compile(rf"(?P<content>.+?),?\s+CUE\s+SPEAKER{_WHEN}\.?", _LAST_SPEAKERS)
_ACCORDING_TO = re.compile(r"\baccording to\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HELPERS = frozenset("has have had did does do also not never later didn't doesn't don't hasn't hadn't".split())
RECIPIENT = frozenset("tell remind inform notify advise assure reassure".split())
"""Verbs that name whom the words were said to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A sentence taken apart.

    `name` is what the speaker is called, `before` and `after` what stands with it (a title, an apposition), `cue` the
    words that say that somebody spoke, `to` and `time` to whom and when, `content` what they said.
    """

    name: str
    before: str
    after: str
    cue: str
    to: str
    time: str
    content: str


def read_frames(sentence: str, *, names: Sequence[str]) -> Iterator[Frame]:
    """All ways in which a sentence can be read as words of a speaker of one of these names."""
    text = " ".join(sentence.split())
    if _NAME in text or _CUE in text:
        return
    for name in _find_names(text, names):
        for cue, patterns in _find_cues(text):
            if cue.overlaps(name):
                continue
            marked = _mark(text, name, cue)
            for pattern in patterns:
                if found := pattern.fullmatch(marked):
                    yield _frame(found.groupdict(), name=name.of(text), cue=cue.of(text))


def _frame(parts: dict[str, str | None], *, name: str, cue: str) -> Frame:
    before, after, to, time, content = (
        (parts.get(key) or "").strip(" ,") for key in ("before", "after", "to", "time", "content")
    )
    content = re.sub(r"^that\s+", "", content.lstrip(":"), count=1, flags=re.IGNORECASE)
    return Frame(name=name, before=before, after=after, cue=cue, to=to, time=time, content=content)


def _find_names(text: str, names: Sequence[str]) -> Iterator[Span]:
    """Where one of the names stands as a whole, longest names first, none within another's place."""
    taken: list[Span] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for found in re.finditer(_name_pattern(name), text):
            span = Span(*found.span())
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield span


def _name_pattern(name: str) -> str:
    """A name whatever its apostrophes, with or without an article; a common noun may open a sentence."""
    words = [re.escape(word).replace("’", "'").replace("'", "['’]") for word in name.split()]
    if name[0].islower():
        words[0] = f"[{name[0].upper()}{name[0]}]{words[0][1:]}"
    # a possessive is another's name: Ana Ruiz's deputy
    return r"(?<![\w-])(?:[Tt]he\s+|[Aa]n?\s+)?" + r"\s+".join(words) + r"(?![\w-]|['’]s)"


def _find_cues(text: str) -> Iterator[tuple[Span, tuple[re.Pattern[str], ...]]]:
    """The verbs of saying, with helpers and particles, and the forms of a sentence that each may stand in."""
    for found in _ACCORDING_TO.finditer(text):
        yield Span(*found.span()), _ACCORDING if found.start() == 0 else _CLOSING_ACCORDING
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        form = FORMS.get(word.group().lower())
        if form is None or form.tense == "ing":
            continue
        first = at
        while first and _helps(words[first - 1].group().lower().replace("’", "'")):
            first -= 1
        telling = any(cue.lemma in RECIPIENT for cue in form.cues)
        for particle in dict.fromkeys(cue.particle for cue in form.cues):
            whole = f" {particle}" if particle else ""
            if re.match(re.escape(whole) + r"(?!\w)", text[word.end() :]):
                end = word.end() + len(whole)
                yield Span(words[first].start(), end), (_TOLD if telling else ()) + _SAID + _CLOSING


def _helps(word: str) -> bool:
    return word in _HELPERS or (word.endswith("ly") and word not in NOT_ADVERBS)


def _mark(text: str, name: Span, cue: Span) -> str:
    (first, a), (second, b) = sorted([(name, _NAME), (cue, _CUE)], key=lambda pair: pair[0].start)
    return text[: first.start] + a + text[first.end : second.start] + b + text[second.end :]
