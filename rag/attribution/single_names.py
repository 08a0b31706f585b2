"""People whom an article never names in full: Mr Marsh, and a singer who goes by one name.

Without them a pronoun would be given to whoever else has a full name. One word shows little, so that it must follow a
courtesy title, or much must speak for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.attribution.countries import COUNTRY_OF
from rag.attribution.evidence import Evidence
from rag.attribution.kinds import INNUMERABLE, POSSESSIVE, is_people, is_person_noun
from rag.attribution.nouns import COMMON, GOVERNMENT, ORGANISATION, PLACES
from rag.attribution.runs import CALENDAR, NO_NAME

COURTESY = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady)\.?\s+((?:[A-Z][\w’'-]+\s?)+)")
SINGLE = re.compile(r"(?<![\w.’'@#&/-])([A-Z][a-z][\w-]+)\b(?![&/]|['’](?!s\b)\w|[ \u00a0](?:&[ \u00a0])?[A-Z])")
CAPITAL_BEFORE = re.compile(r"[A-Z][\w’'-]*[ \u00a0]$")
LEAST = 4
"""How much must speak for it that a name of one word is a person's."""
OFTEN = 2
"""How many times such a name must stand."""


def single_names(text: str, evidence: Evidence, *, known: set[str]) -> list[tuple[int, str]]:
    """Where the text names somebody by one word; `known` are the words of full names, which are none of these."""
    titled, shared = _titled(text)
    known = known | shared
    shown = {
        name
        for name in evidence.weights
        if " " not in name and evidence.weigh(name) <= -LEAST and _may_be_name(name) and name not in evidence.places
    }
    lower = set(re.findall(r"\b[a-z]{3,}\b", text))
    shown = {
        name
        for name in shown - known
        if name.lower() not in lower | INNUMERABLE and len(re.findall(rf"\b{re.escape(name)}\b", text)) >= OFTEN
    }
    return [(at, name) for at, name in _standing(text) if name in (titled - known) | shown]


def _titled(text: str) -> tuple[set[str], set[str]]:
    """Marsh, of Mr Marsh; and apart those whom there is a Mrs Marsh to as well."""
    titles: dict[str, set[str]] = {}
    for title, words in COURTESY.findall(text):
        name = POSSESSIVE.sub("", words.strip())
        if " " not in name:
            titles.setdefault(name, set()).add("male" if title in {"Mr", "Sir", "Lord"} else "female")
    shared = {name for name, genders in titles.items() if len(genders) > 1}
    return titles.keys() - shared, shared


def _standing(text: str) -> Iterator[tuple[int, str]]:
    for found in SINGLE.finditer(text):
        before = CAPITAL_BEFORE.search(text, max(0, found.start() - 30), found.start())
        if before is None or COURTESY.match(text, before.start()):
            yield found.start(), found[1]


def _may_be_name(word: str) -> bool:
    low = word.lower()
    common = COMMON | GOVERNMENT | ORGANISATION | PLACES | NO_NAME | CALENDAR
    return not (low in common or is_person_noun(low) or word in COUNTRY_OF or is_people(word))
