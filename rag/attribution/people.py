"""The people and acronyms that an article names, whether they speak or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.kinds import ARTICLE, POSSESSIVE
from rag.attribution.mentions import read_mention

WORD = r"(?:[A-Z][\w’'-]*\w|[A-Z]\.)"
FULL_NAME = re.compile(rf"{WORD}(?:[ \u00a0](?:(?:de|da|del|der|van|von|bin|al|el|la|di)[ \u00a0])?{WORD})+")
EXPANSION = re.compile(
    r"((?:[A-Z][\w’'-]+[ \u00a0](?:(?:of|for|and|the|on|in)[ \u00a0]){0,2}){1,8}[A-Z][\w’'-]+)"
    r"\s\((?:the\s)?[“\"]?([A-Z]{2,8})[”\"]?\)"
)
COURTESY = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady)\.?\s+((?:[A-Z][\w’'-]+\s?)+)")
CAPITALISED = re.compile(r"[A-Z][\w’'-]+")
ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s$")
NO_NAME = g.LEADING | g.PREPOSITIONS | g.DETERMINERS | g.SUBJECT_PRONOUNS | g.DAYS | g.MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Full names with the offsets where they stand; organisations; acronyms with their expansions; genders of surnames.

    A gender is what Mr or Mrs before the surname shows; empty where both occur.
    """

    full_names: tuple[tuple[int, str], ...]
    organisations: frozenset[str]
    expansions: dict[str, str]
    genders: dict[str, str]

    def surnames(self) -> dict[str, str]:
        """The last full name for each surname."""
        return {name.split()[-1]: name for _, name in self.full_names}

    def bearers(self, name: str) -> set[str]:
        """All full names with this surname."""
        return {full for _, full in self.full_names if full.split()[-1] == name}


def read_people(text: str, quoted: Sequence[Span] = ()) -> People:
    """Find full names, organisations, acronyms with their expansions, and the genders that courtesy titles show.

    A capitalised name that somewhere follows "the" is no person's: the Harbour Front. Courtesy titles inside
    quotations, at `quoted`, show nothing: who is quoted may speak of somebody else of that surname.
    """
    names, bodies = [], set()
    for found in FULL_NAME.finditer(text):
        start, words = found.start(), found.group().replace("\u00a0", " ").split()
        definite = ARTICLE_BEFORE.search(text, max(0, start - 5), start) is not None
        while words and words[0].lower() in NO_NAME:
            definite = words[0].lower() == "the"
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) < 2:
            continue
        mention = read_mention(" ".join(words))
        name = POSSESSIVE.sub("", mention.name)
        if mention.kind != "person" or (definite and mention.role is None):
            bodies.add(name)
        elif mention.named and (mention.role or 2 <= len(name.split()) <= 4):
            names.append((start, name))
    return People(
        full_names=tuple((start, name) for start, name in names if name not in bodies),
        organisations=frozenset(bodies),
        expansions={short: ARTICLE.sub("", full) for full, short in EXPANSION.findall(text)},
        genders=_genders(text, quoted),
    )


def _genders(text: str, quoted: Sequence[Span]) -> dict[str, str]:
    genders: dict[str, str] = {}
    for found in COURTESY.finditer(text):
        if any(piece.start <= found.start() < piece.end for piece in quoted):
            continue
        title, name = found.groups()
        surname = POSSESSIVE.sub("", name.split()[-1])
        gender = "male" if title in {"Mr", "Sir", "Lord"} else "female"
        genders[surname] = gender if genders.get(surname, gender) == gender else ""
    return genders


def same_person(one: str, other: str) -> bool:
    """Ruth C. Marsh and Ruth Marsh, or a part of it: the same surname, and no first names that differ."""
    a, b = one.split(), other.split()
    part = a[-len(b) :] == b or b[-len(a) :] == a
    return part or (a[-1] == b[-1] and a[0] == b[0])
