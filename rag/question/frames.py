"""The forms of questions: what kind one is, whose words it asks for, with what stance, and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.names import name_words
from rag.question.query import Intent
from rag.types import Party, Stance

_SAY = (
    r"say|says|said|tell|told|claim|claimed|report|reported|argue|argued|accuse|accused|deny|denied|dispute|disputed|"
    r"reject|rejected|confirm|confirmed|admit|admitted|announce|announced|warn|warned|suggest|suggested|explain|"
    r"explained|respond|responded|answer|answered|reply|replied|react|reacted|promise|promised|vow|vowed|pledge|pledged|"
    r"describe|described|call|called|think|thought|believe|believed|want|wanted|insist|insisted|acknowledge|"
    r"acknowledged|justify|justified|comment|commented|question|questioned|blame|blamed|criticise|criticize|condemn|"
    r"complain|state|stated|add|added|put|give|gave|make|estimate|estimated"
)
ASKED_OF = re.compile(
    rf"\b(?:did|does|do|has|have|had|is|was|were|are)\s+(?P<speaker>[^?]{{1,90}}?)\s+(?:(?:also|ever|already|then|publicly|"
    rf"themselves|himself|herself)\s+)*(?P<verb>{_SAY}|saying|telling|differ|disagree|agree)\b",
    re.IGNORECASE,
)
ACCORDING_TO = re.compile(r"\baccording to (?P<speaker>(?!whom)[^?,;]{2,80})", re.IGNORECASE)
COMPARED = re.compile(
    r"^\W*(?:please )?(?:compare|contrast)\s+(?:what\s+)?(?P<speaker>[^?]{2,120}?)"
    r"(?:\s+(?:say|said|says|on|about|over|regarding|concerning)\b|[?.]|$)|"
    r"\b(?:differ|disagree|differences?|conflict)\b[^?]*?\bbetween\s+(?P<between>[^?]{2,120}?)"
    r"(?:\s+(?:on|about|over|regarding|concerning)\b|[?.]|$)",
    re.IGNORECASE,
)
WHO = re.compile(
    r"^(?:\W|and |but |so |then )*(?:who|whom|whose|which)\b|\baccording to whom\b|\bwho(?:se)? (?:else|passed)\b", re.I
)
WHO_ELSE = re.compile(r"\b(?:who|anyone|anybody|someone) else\b|\bwhich others\b", re.IGNORECASE)
TOLD = re.compile(
    r"\b(?:told|tell|tells|telling|interview with|interviewed by|speaking to|spoke to|said on|say on|appearance on)\s+"
    r"(?P<outlet>(?:[Tt]he\s+)?[A-Z][\w.&’'-]*(?:\s+(?:of\s+|and\s+|the\s+)?[A-Z][\w.&’'-]*)*)"
)
_FRAME = re.compile(
    rf"(?:{_SAY}|who|whom|whose|which|what|when|where|how|why|did|does|do|has|have|had|is|was|were|are|and|but|so|then|"
    r"according|else|many|much|said|that|about|he|she|they|it|him|her|them|himself|herself|themselves|there|this|compare|"
    r"contrast|differ|disagree|timeline|chronology|known|whether)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\bhow (?:many|much|big|large|high|long|far|often|old)\b|\bwhat (?:share|percentage|number|figure|sum)\b|"
    r"\bdeath toll\b(?=\s*\?)",
    re.I,
)
_WHETHER = re.compile(r"^(?:\W|and |but |so |then )*(?:did|does|do|has|have|is|was|were|are|had)\b", re.I)
_TIMELINE = re.compile(
    r"\btime ?line\b|\bchronolog\w+|\bin (?:what|which) order\b|\bhow (?:did|has) .{3,80}? (?:unfold|develop|evolve)",
    re.I,
)
_WHEN = re.compile(r"^(?:\W|and |but |so |then )*when\b", re.I)
_WHERE = re.compile(r"^(?:\W|and |but |so |then )*where\b", re.I)
_STANCES: tuple[tuple[re.Pattern[str], tuple[Stance, ...]], ...] = (
    (
        re.compile(
            r"\b(?:den(?:y|ied|ies)|disput\w+|reject\w*|rebut\w*|refut\w+|contradict\w*|brush\w* aside|dismiss\w*)\b",
            re.I,
        ),
        ("denies",),
    ),
    (re.compile(r"\b(?:confirm\w*|acknowledg\w+|admit\w*|conced\w+)\b", re.I), ("confirms",)),
    (re.compile(r"\b(?:promis\w+|vow\w*|pledg\w+)\b", re.I), ("promises",)),
    (re.compile(r"\b(?:accus\w+|blam\w+|alleg\w+)\b", re.I), ("accuses",)),
    (re.compile(r"\bquestion(?:s|ed)\b|\bcast\w* doubt\b", re.I), ("questions",)),
    (re.compile(r"\b(?:declin\w+|refus\w+) to (?:comment|say|answer)\b", re.I), ("declined",)),
)


def read_intent(question: str, *, speakers: int) -> Intent:
    """What kind of question it is; `speakers` is how many parties' words it asks for."""
    asks_of_two = speakers > 1 and re.search(r"\bdiffer|\bdisagree|\bcompare|\bcontrast|\bconflict", question, re.I)
    tests: tuple[tuple[Intent, bool], ...] = (
        ("compare", bool(COMPARED.search(question) or asks_of_two)),
        ("timeline", bool(_TIMELINE.search(question))),
        ("figure", bool(_FIGURE.search(question))),
        ("who_said", bool(WHO.search(question) and not _WHEN.search(question) and not _WHERE.search(question))),
        ("when", bool(_WHEN.search(question))),
        ("where", bool(_WHERE.search(question))),
        ("whether", bool(_WHETHER.search(question))),
    )
    return next((intent for intent, fits in tests if fits), "what_said" if speakers else "topic")


def read_stances(question: str) -> tuple[Stance, ...]:
    """The stances that a question asks for; none where it does not say."""
    return next((stances for pattern, stances in _STANCES if pattern.search(question)), ())


def read_topic(text: str, speakers: Sequence[Party]) -> str:
    """What a question is about: its words without its frame and the speakers' names; empty where nothing is left."""
    names = {word for party in speakers for name in (party.name, *party.aliases) for word in name_words(name)}
    words = [
        word
        for word in text.split()
        if not _FRAME.fullmatch(word.strip("?,.;:!")) and not (name_words(word) and set(name_words(word)) <= names)
    ]
    return " ".join(words) if any(len(word) > 3 for word in words) else ""
