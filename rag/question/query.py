"""What a question is understood as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.types import Party, Stance

Intent = Literal["who_said", "what_said", "whether", "figure", "when", "where", "compare", "timeline", "topic"]
"""Who said X; what did P say; did P deny X; how many / when / where according to whom; P against Q on T; T in the order
of time; what is known about T."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question, understood.

    `text` is the question as it is searched: a follow-up carries the question before it. `topic` is what is left of it
    without question words, verbs of saying and the speakers' names; empty where all that a party says is asked for, and
    `inherited` where it is that of the question before.
    `speakers` are the parties whose words are asked for, `exclude` those already told ("who else?"); `unknown` names
    one asked for whom no claim of the corpus belongs to; `unmatched`: somebody's brother or lawyer is
    asked for, and no party is known to be that. `state` is the country for which the speakers speak. `stances` are
    those that the question asks for, empty for any.
    `told` is the outlet that was told it ("told the Orla Post"). `near` is the day near which articles are preferred,
    where these days are asked about ("this week"). `filters` says in words which outlets, dates and parties were read
    out of the question or set beside it.
    """

    question: str
    text: str
    topic: str = ""
    inherited: bool = False
    intent: Intent
    speakers: tuple[Party, ...] = ()
    exclude: tuple[str, ...] = ()
    unknown: str | None = None
    unmatched: bool = False
    state: str | None = None
    stances: tuple[Stance, ...] = ()
    told: str | None = None
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    near: str | None = None
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an answer is restricted to: claims of these parties (names), articles of these outlets (names) and dates.

    `since` and `until` are ISO dates, both included.
    """

    outlets: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
