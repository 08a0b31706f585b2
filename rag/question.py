"""Question (and the questions before it) -> Query: what is asked, whose words are asked for, about what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.attribution.grammar import TITLES
from rag.errors import QuestionError
from rag.types import Party, Stance

Intent = Literal["who_said", "what_said", "whether", "figure", "topic"]
"""Who said X; what did P say; did P deny X; how many / when / where according to whom; what is known about X."""

_SAY = (
    r"say|says|said|tell|told|claim|claimed|report|reported|argue|argued|accuse|accused|deny|denied|dispute|disputed|"
    r"reject|rejected|confirm|confirmed|admit|admitted|announce|announced|warn|warned|suggest|suggested|explain|"
    r"explained|respond|responded|answer|answered|reply|replied|react|reacted|promise|promised|vow|vowed|pledge|pledged|"
    r"describe|described|call|called|think|thought|believe|believed|want|wanted|insist|insisted|acknowledge|"
    r"acknowledged|justify|justified|comment|commented|question|questioned|blame|blamed|criticise|criticize|condemn|"
    r"complain|state|stated|add|added|put|give|gave|make|estimate|estimated"
)
_ASKED_OF = re.compile(
    rf"\b(?:did|does|do|has|have|had|is|was|were|are)\s+(?P<speaker>[^?]{{1,90}}?)\s+(?:(?:also|ever|already|then|publicly|"
    rf"themselves|himself|herself)\s+)*(?P<verb>{_SAY}|saying|telling)\b",
    re.IGNORECASE,
)
_ACCORDING_TO = re.compile(r"\baccording to (?P<speaker>(?!whom)[^?,;]{2,80})", re.IGNORECASE)
_FRAME = re.compile(
    rf"(?:{_SAY}|who|whom|whose|which|what|when|where|how|why|did|does|do|has|have|had|is|was|were|are|and|but|so|then|"
    r"according|else|many|much|said|that|about|he|she|they|it|him|her|them|himself|herself|themselves|there|this)",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:\W|and |but |so |then )*(?:who|whom|whose|which)\b|\baccording to whom\b|\bwho(?:se)? (?:else|passed)\b", re.I
)
_WHETHER = re.compile(r"^(?:\W|and |but |so |then )*(?:did|does|do|has|have|is|was|were|are|had)\b", re.I)
_FIGURE = re.compile(
    r"\bhow (?:many|much|big|large|high|long|far|often|old)\b|\bwhat (?:share|percentage|number|figure|sum)\b", re.I
)
_FOLLOWS_UP = re.compile(
    r"^(?:and|but|so|then|also|what about|how about|who else|anyone else|why|when|where)\b|"
    r"\b(?:he|she|they|it|his|her|their|him|them|himself|herself|that|this)\b",
    re.IGNORECASE,
)
_STANCES: tuple[tuple[re.Pattern[str], tuple[Stance, ...]], ...] = (
    (
        re.compile(
            r"\b(?:den(?:y|ied|ies)|disput\w+|reject\w*|rebut\w*|refut\w+|contradict\w*|brush\w* aside)\b", re.I
        ),
        ("denies",),
    ),
    (re.compile(r"\b(?:confirm\w*|acknowledg\w+|admit\w*|conced\w+)\b", re.I), ("confirms",)),
    (re.compile(r"\b(?:promis\w+|vow\w*|pledg\w+)\b", re.I), ("promises",)),
    (re.compile(r"\b(?:accus\w+|blam\w+|alleg\w+)\b", re.I), ("accuses",)),
    (re.compile(r"\bquestion(?:s|ed)\b|\bcast\w* doubt\b", re.I), ("questions",)),
    (re.compile(r"\b(?:declin\w+|refus\w+) to (?:comment|say|answer)\b", re.I), ("declined",)),
)
_WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")
_NAME = re.compile(r"\b[A-Z][\w'’\-]*(?:\s+(?:of|for|de|von|van|der|al|bin|the|and|&)(?=\s+[A-Z])|\s+[A-Z][\w'’\-]*)*")
_IN_NAMES = frozenset("of for de von van der al bin the and".split())
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_NO_NAME = frozenset(
    "i you he she it we they who him her them his its their our us one some many others the a an and of for".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question, understood.

    `text` is the question as it is searched: a follow-up carries the question before it. `topic` is what is left of it
    without question words, verbs of saying and the speakers' names; empty where all that a party says is asked for.
    `speakers` are the parties whose words are asked for; `unknown` names one asked for whom no claim of the corpus
    belongs to. `stances` are those that the question asks for, empty for any.
    """

    question: str
    text: str
    topic: str = ""
    intent: Intent
    speakers: tuple[Party, ...] = ()
    unknown: str | None = None
    stances: tuple[Stance, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an answer is restricted to: claims of these parties (names), articles of these outlets (names) and dates.

    `since` and `until` are ISO dates, both included.
    """

    outlets: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class PartyNames:
    """The names of the corpus's parties, to find them in a question."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Party]]] = defaultdict(list)
        for party in parties:
            if party.kind in {"unnamed", "outlet"}:
                continue
            names = {name_words(name) for name in (party.name, *party.aliases) if _is_name(name)}
            if party.kind == "person":
                names |= {words[-1:] for words in names if len(words) > 1}
            for words in names - {()}:
                self._by_first[words[0]].append((words, party))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str, *, cased: bool = True) -> tuple[Party, ...]:
        """The parties whose names stand in `text`, longest names first at each place, each party once.

        A name of one word counts only where it is written as a name, with a capital, unless nothing is (`cased` false).
        """
        tokens = list(_WORD.finditer(text))
        words = [_fold(token.group()) for token in tokens]
        found: dict[str, Party] = {}
        at = 0
        while at < len(tokens):
            matches = [
                (name, party)
                for name, party in self._by_first.get(words[at], [])
                if tuple(words[at : at + len(name)]) == name
                and (len(name) > 1 or not cased or _stands_alone(text, tokens[at], party))
            ]
            longest = max((len(name) for name, _ in matches), default=0)
            for name, party in matches:
                if len(name) == longest:
                    found.setdefault(party.id, party)
            at += max(1, longest)
        return tuple(found.values())

    def find_surname(self, name: str) -> tuple[Party, ...]:
        """The parties known only by the last word of `name`: an article may give no first name."""
        surname = name_words(name)[-1:]
        bearers = [party for words, party in self._by_first.get(surname[0], []) if words == surname] if surname else []
        return tuple(party for party in bearers if name_words(party.name) == surname)


def read_question(
    question: str, *, names: PartyNames, history: Sequence[str] = (), filters: Filters | None = None
) -> Query:
    """Understand a question; `history` holds the questions before it, oldest first.

    Raises QuestionError for an empty question, a date that is none, a party that no claim
    of the corpus belongs to.
    """
    filters = filters or Filters()
    asked = " ".join(question.split())
    if not _WORD.search(asked):
        raise QuestionError("the question is empty; ask for example: Who reported the civilian deaths?")
    speakers, unknown = _asked_of(asked, names)
    for party in filters.parties:
        found = names.find(party, cased=party != party.lower()) or names.find_surname(party)
        if not found:
            raise QuestionError(f"no claim in this index belongs to a party named {party!r}; see: python -m rag claims")
        speakers = (*speakers, *(p for p in found if p not in speakers))
    text = _with_history(asked, history)
    return Query(
        question=asked,
        text=text,
        topic=_topic(asked if speakers else text, speakers),
        intent=_intent(asked, speakers=bool(speakers or unknown)),
        speakers=speakers,
        unknown=None if speakers else unknown,
        stances=next((stances for pattern, stances in _STANCES if pattern.search(asked)), ()),
        outlets=filters.outlets,
        since=_iso_date(filters.since, "since"),
        until=_iso_date(filters.until, "until"),
    )


def _stands_alone(text: str, token: re.Match[str], party: Party) -> bool:
    """Whether a name of one word is that party's, and not the end of another's name: Mayor Ruiz, but not Eva Ruiz."""
    if not token.group()[0].isupper():
        return False
    before = re.search(r"(\b[A-Z][\w'’.\-]*)\s+$", text[: token.start()])
    if before is None or before.group(1).casefold().rstrip(".") in TITLES:
        return True
    known = {word for name in (party.role or "", *party.aliases) for word in name_words(name)}
    return _fold(before.group(1)) in known


def name_words(name: str) -> tuple[str, ...]:
    """A name as the words that it is compared by: no determiner, no possessive, case folded."""
    return tuple(_fold(word) for word in _WORD.findall(_DETERMINER.sub("", name)))


def _fold(word: str) -> str:
    folded = word.casefold().replace("’", "'").removesuffix("'s").replace(".", "")
    return folded.removesuffix("'")


def _is_name(name: str) -> bool:
    words = _WORD.findall(_DETERMINER.sub("", name))
    return any(word[0].isupper() and _fold(word) not in _NO_NAME for word in words)


def _asked_of(question: str, names: PartyNames) -> tuple[tuple[Party, ...], str | None]:
    """Whose words are asked for: parties of the corpus, else a name in the speaker's place that it does not know."""
    if re.match(r"^(?:\W|and |but )*(?:who|whom|which)\b", question, re.IGNORECASE):
        return (), None
    match = _ASKED_OF.search(question) or _ACCORDING_TO.search(question)
    if not match:
        return (), None
    phrase = match["speaker"]
    if not _names_only(phrase):
        return (), None
    speakers = names.find(phrase, cased=question != question.lower())
    if speakers:
        return speakers, None
    name = _NAME.search(phrase)
    return (names.find_surname(name.group()), name.group()) if name else ((), None)


def _names_only(phrase: str) -> bool:
    """Whether a phrase is made of names, and no description: "the Orla Post", but not "the Orla police chief"."""
    words = _DETERMINER.sub("", phrase).split()
    described = [word for word in words if word[0].islower() and word not in _IN_NAMES and word not in TITLES]
    return not described or phrase == phrase.lower()


def _topic(text: str, speakers: Sequence[Party]) -> str:
    names = {word for party in speakers for name in (party.name, *party.aliases) for word in name_words(name)}
    words = [
        word
        for word in text.split()
        if not _FRAME.fullmatch(word.strip("?,.;:!")) and not set(name_words(word)) & names
    ]
    return " ".join(words) if any(len(word) > 3 for word in words) else ""


def _intent(question: str, *, speakers: bool) -> Intent:
    if _FIGURE.search(question):
        return "figure"
    if _WHO.search(question):
        return "who_said"
    if _WHETHER.search(question):
        return "whether"
    return "what_said" if speakers else "topic"


def _with_history(question: str, history: Sequence[str]) -> str:
    """A question that leans on the one before it takes that one along."""
    earlier = [" ".join(turn.split()) for turn in history if turn.strip()]
    if not earlier or not _FOLLOWS_UP.search(question):
        return question
    return f"{_with_history(earlier[-1], earlier[:-1])} {question}"


def _iso_date(value: str | None, name: str) -> str | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise QuestionError(f"{name} must be a date like 2026-01-31, not {value!r}") from error
    return day.isoformat()
