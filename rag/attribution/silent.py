"""Sources that are nobody who speaks: a view that shows, an anthem that hints, a victory that means, a storm.

What they are said to tell is in the article's own words, unless the text says whose picture or song it is.
"""

from __future__ import annotations

import re

from rag.attribution import grammar as g
from rag.attribution.nouns import ARTEFACTS, COMMON, GOVERNMENT, INSTITUTIONS, ORGANISATION

_PICTURES = "photo photograph picture image footage video clip view scene snapshot selfie map chart graph graphic"
_SONGS = "song lyric anthem chorus refrain verse melody tune ballad chant trailer sequel plot storyline"
_SIGNS = "hint sign clue trace silence gesture look smile mood trend pattern symptom clock weather sky version"
_EVENTS = (
    "victory defeat win loss draw goal storm hurricane typhoon cyclone tornado earthquake quake flood fire blaze "
    "wildfire blast explosion crash outbreak pandemic virus disease rise increase surge spike jump drop fall decline "
    "slump shift change start end beginning death birth wedding funeral holiday ceremony event incident episode moment "
    "game match race season tour concert tragedy disaster crisis war conflict fight battle attempt failure success "
    "arrival departure total rate price cost size fact history experience absence presence"
)
MADE = frozenset(f"{_PICTURES} {_SONGS}".split())
"""What somebody takes, draws or sings, so that it may be theirs: Ana Ruiz's anthem."""
SILENT = MADE | frozenset(f"{_SIGNS} {_EVENTS}".split())
SAID_OF_MANY = frozenset({"chorus"})
OPENING = re.compile(r"^(?:the|an?)\s")
STORMS = frozenset("hurricane storm typhoon cyclone".split())


def singular(noun: str) -> str:
    """hints -> hint, victories -> victory; as it is where it is no plural."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def is_silent(phrase: str) -> bool:
    """Whether a phrase without a name is one of nobody who speaks; not so of a chorus of critics, nor of its view."""
    words = OPENING.sub("", phrase.lower()).split()
    end = next((n for n, word in enumerate(words) if n and word in g.PREPOSITIONS | g.RELATIVES), len(words))
    lead, rest = words[:end], words[end : end + 1]
    if (
        not lead
        or singular(lead[-1].strip(",")) not in SILENT
        or (rest == ["of"] and singular(lead[-1]) in SAID_OF_MANY)
    ):
        return False
    speaking = GOVERNMENT | ORGANISATION | INSTITUTIONS | COMMON | ARTEFACTS
    return g.POSSESSIVES.isdisjoint(lead) and speaking.isdisjoint(set(lead[:-1]) | ({lead[-1]} & ARTEFACTS))


def is_storm(name: str) -> bool:
    """Hurricane Vale."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.lower() in STORMS
