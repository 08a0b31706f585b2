"""People whose surname is the word for an office: Mara Judge, in whose article "Judge said" is she and no judge."""

from __future__ import annotations

import re

from rag.attribution import grammar as g
from rag.attribution.countries import COUNTRY_OF
from rag.attribution.kinds import ACRONYM, is_person_noun
from rag.attribution.nouns import COMMON, GOVERNMENT, ORGANISATION, PLACES
from rag.attribution.runs import CALENDAR, NO_NAME

OFFICES = frozenset(
    "president minister senator mayor governor pope king queen secretary chancellor general ceo cfo speaker ambassador "
    "judge justice commissioner chairman chairwoman director chief".split()
)
RANKS = frozenset(
    "circuit district deputy prime first supreme high appeals chief federal state county city town municipal regional "
    "national senior acting former vice lord associate magistrate lead trial appellate foreign attorney general "
    "executive managing assistant interim house".split()
)
"""What stands before an office and is nobody's first name: Circuit Judge, Prime Minister."""
_OFFICE = "|".join(office.capitalize() for office in sorted(OFFICES))
FULL = re.compile(rf"(?<![\w.’'-])([A-Z][a-z]+)[ \u00a0]({_OFFICE})\b(?![’']?\w|[ \u00a0][A-Z])")
BEFORE = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Aa]s|[A-Z][\w’'&-]*)|['’]s)[ \u00a0]$")
SHOWN = re.compile(
    r",\s(?:aged\s)?\d{1,2}[,.;]|,?\swho\b|,\s(?:an?|the|his|her|their)\s|(?:\s[a-z]+){0,4}\s(?:he|she|his|her)\b"
)
PARTED = re.compile(r"(?:^|(?<![\w’'-])[a-z][\w’'-]*,?\s|\b(?:Mr|Mrs|Ms|Dr)\.?\s|[.!?”\"’]\s+|\n)$")
ARTICLE_BEFORE = re.compile(r"\b(?:the|an?|as|its|their|our|his|her)\s$", re.IGNORECASE)


def people_with_offices_names(text: str) -> tuple[tuple[int, str], ...]:
    """Where the text names people such as Mara Judge in full.

    Two words with capitals may as well be an office of a place or body (Elsin Mayor, Tarn Director): the first must
    stand nowhere by itself, and the text must tell of a person there, or go on to use the surname like a name.
    """
    found = [match for match in FULL.finditer(text) if _is_first_name(match[1])]
    names = {match.group().replace("\u00a0", " "): match for match in found}
    kept = {name for name, match in names.items() if _is_name(text, match[1], match[2])}
    return tuple((match.start(), name) for match in found if (name := match.group().replace("\u00a0", " ")) in kept)


def _is_first_name(word: str) -> bool:
    low = word.lower()
    known = COMMON | GOVERNMENT | ORGANISATION | PLACES | g.TITLES | NO_NAME | CALENDAR | RANKS
    return not (low in known or is_person_noun(low) or word in COUNTRY_OF or ACRONYM.fullmatch(word))


def _is_name(text: str, first: str, surname: str) -> bool:
    places = [match for match in FULL.finditer(text) if (match[1], match[2]) == (first, surname)]
    if any(BEFORE.search(text, max(0, match.start() - 30), match.start()) for match in places):
        return False
    if re.search(rf"(?<![\w’'-]){first}\b(?![ \u00a0]{surname}\b)", text):  # Elsin
        return False
    if any(SHOWN.match(text, match.end()) for match in places):
        return True
    alone = re.finditer(rf"\b{surname}(?:['’]s)?\s(?=[a-z])", text)
    befores = (text[max(0, match.start() - 12) : match.start()] for match in alone)
    return any(PARTED.search(before) and not ARTICLE_BEFORE.search(before) for before in befores)
