"""A party's colour and mark, the same wherever and whenever it is shown.

Colour never stands alone: each party also has a mark (two letters) and a pattern for underlines, for those who see no
colours, and for print.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from rag.types import Claim, Party

COLOURS = 10
"""Colours that `assets/page.css` defines, as --party-0 and so on, for light and for dark."""
PATTERNS = ("solid", "dashed", "dotted", "double", "wavy")
_SMALL_WORDS = frozenset("the a an of for and de la le der die das von van al".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The number of a colour, the pattern of an underline, and two letters."""

    colour: int
    pattern: str
    mark: str

    @property
    def classes(self) -> str:
        return f"party-{self.colour} line-{self.pattern}"


def look_of(party: Party) -> Look:
    """How a party looks: decided by its id alone, so that no other party and no other answer can change it."""
    number = int.from_bytes(hashlib.sha256(party.id.encode()).digest()[:4])
    return Look(
        colour=number % COLOURS,
        pattern=PATTERNS[number // COLOURS % len(PATTERNS)],
        mark=_mark(party),
    )


def name_of(claim: Claim) -> str:
    """Who is shown as the speaker of a claim."""
    if claim.voice == "unnamed":
        return "Unnamed source"
    return claim.party.name


def _mark(party: Party) -> str:
    if party.kind == "unnamed":
        return "?"
    words = [word for word in re.findall(r"\w+", party.name) if word.lower() not in _SMALL_WORDS]
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else (words[0][:2] if words else "–")
    return letters.upper()
