"""What kind of party a phrase names, by its form: a person, an organisation, a government, a group, nobody known."""

from __future__ import annotations

import re
from typing import Literal

from rag.attribution import grammar as g
from rag.attribution.countries import COUNTRY_OF, country_named, government_named
from rag.attribution.nouns import (
    AGENCIES,
    ANONYMOUS,
    ARTEFACTS,
    COMMON,
    GOVERNMENT,
    INSTITUTIONS,
    NO_ROLES,
    OCCASIONS,
    ORGANISATION,
    PARTISANS,
    PERSON_NOUNS,
    PLACES,
    POLLS,
    UNNAMED_BODIES,
)
from rag.attribution.silent import is_silent
from rag.types import PartyKind

Gender = Literal["male", "female", ""]

ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
ARABIC_ARTICLE = re.compile(r"^(?:al|el|ad|as|ash|ar|an|az)-(?=[A-Z])")
ACRONYM = re.compile(r"[A-Z0-9&.-]{2,}")
CAPITAL_FUNCTION_WORD = re.compile(r"\s(?:Without|Against|For|Of|To|In|Rights|Lives)\s")
CAUSE = re.compile(
    r"^[A-Z][\w-]*(?:\s[A-Z][\w-]*)*\sfor\s(?:an?\s|the\s)?[A-Z](?:.*\s[A-Z])?[\w’'-]*$"
)  # Voters for Clean Harbours
SITE = re.compile(r"\w\.(?:com|org|net|co|io|tv|gov|edu|info)(?:\.\w+)?$", re.IGNORECASE)
RUN_TOGETHER = re.compile(r"^(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|St|O|D)[A-Z’'])[A-Z]?[a-z]+[A-Z]")  # IranWire
HIDDEN = re.compile(r"\b(?:familiar with|close to|briefed on|knowledge of|condition of anonymity|not authori[sz]ed)\b")
AGENT = re.compile(r"(?:[eo]r|sident|agent|student|parent|client|patient|tendent|pondent|ponent|adent|man|-year-old)$")
AMOUNTS = frozenset("number majority minority share".split())
SUFFIXES = frozenset("jr sr ii iii iv".split())
BELIEVERS = frozenset("Republicans Democrats Conservatives Muslims Christians Jews Catholics".split())
SURE_COMPANIES = frozenset(
    "mutual plc ltd inc corp llc gmbh airlines airways holdings pharmaceuticals chemicals securities bikes "
    "industries services technologies solutions".split()
)
"""Last words that no person's name has, whatever title stands before it."""
INNUMERABLE = frozenset("people police men women some many others several most both".split())
QUANTIFIERS = frozenset(
    "some many most other several few all these those every each no any various numerous multiple both half more less "
    "nearly roughly almost about".split()
)
COMPASS = frozenset("north south east west new".split())
"""What opens the name of a region or town: West Tarnland."""
EITHER = frozenset({"spokesman", "chairman"})
"""What women are called as well."""
NO_SPEAKERS = frozenset("here there now then this that these those his her their my your nearly".split())
_NO_NAME_FIRST = QUANTIFIERS | NO_SPEAKERS | g.PREPOSITIONS
_NAMED_BODIES = (GOVERNMENT | ORGANISATION) - UNNAMED_BODIES
_BEHIND_HEAD = g.PREPOSITIONS | g.RELATIVES
_CALLED = g.TITLES | PERSON_NOUNS
_PERSONS = _CALLED | g.HONORIFICS_MALE | g.HONORIFICS_FEMALE


def kind_of_name(name: str, *, titled: bool = False) -> PartyKind:
    """The kind of a proper name; `titled` where a title or a role stood before it, so that it is a person's."""
    if name in AGENCIES:
        return "organisation"
    cause = not titled and CAUSE.search(name) is not None
    if cause or _is_of_many(name):
        return "organisation" if cause else "group"
    ordered = [POSSESSIVE.sub("", w.strip(",.")).lower() for w in re.split(r"[\s/–]", name) if w]
    words = set(ordered)
    region = len(ordered) == 2 and ordered[0] in COMPASS and not titled and ordered[1] not in ORGANISATION
    if (region and not ordered[1].endswith("er")) or government_named(name) or (words & GOVERNMENT and not titled):
        return "government"
    sure = len(ordered) > 1 and ordered[-1] in SURE_COMPANIES
    occasion = ordered[-1] in OCCASIONS and words.isdisjoint(g.PREPOSITIONS)  # not: Tides Over Health
    if sure or (not titled and (words & (ORGANISATION | PLACES) or occasion)):
        return "organisation"
    if (" of " in name and not titled) or _is_spelt_as_body(name):
        return "organisation"
    return "group" if is_people(name.rsplit(maxsplit=1)[-1]) else "person"


def _is_spelt_as_body(name: str) -> bool:
    """NATO, Marsh & Vale, Doctors Without Boats, vesta.com, IranWire, Channel 4."""
    if CAPITAL_FUNCTION_WORD.search(name) or ACRONYM.fullmatch(name) or "&" in name:
        return True
    run_together = " " not in name and RUN_TOGETHER.match(name) is not None
    return any(ch.isdigit() for ch in name) or SITE.search(name) is not None or run_together


def _is_of_many(name: str) -> bool:
    """Republicans on the Harbour Committee, partisans on both sides; the Dock Workers of Norland are a union."""
    head = head_of(name)
    if head == name.rsplit(maxsplit=1)[-1].lower():
        return False
    return is_people(head.capitalize()) or (is_plural(head) and head in COMMON and " of " not in name)


def kind_of_noun(phrase: str) -> PartyKind:
    """The kind of a phrase without a proper name: "officials", "the company", "a person close to the talks"."""
    low, head = phrase.lower(), head_of(ARTICLE.sub("", phrase))
    hidden = HIDDEN.search(low) is not None
    if not hidden and head in GOVERNMENT | (INSTITUTIONS - ARTEFACTS) | (ORGANISATION - POLLS):
        return "government" if head in GOVERNMENT else "organisation"
    nameless = head in ANONYMOUS and country_named(ARTICLE.sub("", phrase)) is None
    if hidden or nameless or head in ARTEFACTS or is_silent(phrase):
        return "unnamed"
    if head in AMOUNTS:
        return "group" if " of " in low else "unnamed"
    if is_plural(head) or is_people(head.capitalize()):
        return "group"
    definite = low.startswith(("the ", "its ", "his ", "her ", "their ", "my "))
    definite = definite or (low == head and head in COMMON | PERSON_NOUNS | g.TITLES)  # a headline leaves "the" out
    if not definite or head in ANONYMOUS | g.PRONOUNS or head.endswith("ing"):
        return "unnamed"
    return "person" if _is_role(head) else "organisation"  # the infirmary


def is_named(phrase: str) -> bool:
    """A proper name: its head is a capital, or a common noun of an organisation after one ("Lund police")."""
    words = [word for word in phrase.split() if word[0].isalnum()]
    if not words or words[0].lower() in _NO_NAME_FIRST:
        return False
    head = ARABIC_ARTICLE.sub("", _head_word(words))
    if head == words[0] and _is_common(head, alone=len(words) == 1):
        return False
    if len(words) == 1 and (head.lower().endswith("ly") and head.lower() not in g.NOT_ADVERBS):
        return False
    if head[0].isupper() or (head[0].isdigit() and any(word[0].isupper() for word in words)):
        return not head[0].isdigit() or not words[0][0].isdigit()
    body = head.lower() in _NAMED_BODIES
    return words[0][0].isupper() and body and words[0].lower() not in g.DETERMINERS | COMMON


def _is_common(head: str, *, alone: bool) -> bool:
    """Whether a word that opens a phrase and heads it has its capital from there: Residents, Information (from)."""
    if head.isupper() and head.lower() in g.RELATIVES:  # the WHO
        return False
    low = head.lower()
    return low in COMMON | g.PRONOUNS | INNUMERABLE or (is_people(head) if alone else low in ARTEFACTS)


def is_partisan(phrase: str) -> bool:
    """A New Hampshire Democrat, the Wisconsin Republican, a German: somebody of a camp or country, by no name."""
    found = ARTICLE.match(phrase) or re.match(r"(?:one|another|some|many|most)\s", phrase, re.IGNORECASE)
    if found is None:
        return False
    words = phrase[found.end() :].split()
    last = words[-1] if words else ""
    if last.lower() in PARTISANS:
        return True
    return (
        len(words) == 1
        and not is_people(last)
        and COUNTRY_OF.get(last, last) != last
        and government_named(last) is None
    )


def is_people(word: str) -> bool:
    """A plural that has a capital without naming one party: Republicans, Russians."""
    return word in BELIEVERS or (word.endswith("s") and COUNTRY_OF.get(word, word) != word)


def head_of(phrase: str) -> str:
    """The head noun in lower case: the last word before the first preposition, relative or comma."""
    words = [word for word in phrase.split() if word[0].isalnum()]
    return _head_word(words).lower() if words else ""


def _head_word(words: list[str]) -> str:
    for at in range(1, len(words)):
        if words[at].lower() in _BEHIND_HEAD or words[at - 1].endswith(","):
            return words[at - 1].strip(",")
    return words[-1].strip(",")


def surname_of(name: str) -> str:
    """Ruiz, of Ana Ruiz and of Tom Ruiz Jr."""
    return without_suffix(name).rsplit(maxsplit=1)[-1]


def without_suffix(name: str) -> str:
    """Tom Ruiz, of Tom Ruiz Jr."""
    lead, _, last = name.rpartition(" ")
    return lead if " " in lead and last.strip(".,").lower() in SUFFIXES else name


def is_plural(head: str) -> bool:
    if head in INNUMERABLE:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in {"news", "politics"}


def is_person_noun(word: str) -> bool:
    """Whether a common noun, in lower case, is what one person may be called: mayor, lawyer, frontwoman."""
    if word in _PERSONS:
        return True
    last = word.rsplit("-", 1)[-1]
    return last in _CALLED or (
        word.endswith(("man", "ist", "ian", "person")) and word not in {"human", "german", "list", "mist"}
    )


def _is_role(head: str) -> bool:
    return is_person_noun(head) or (AGENT.search(head) is not None and head not in NO_ROLES)


def gender_of(surface: str, role: str | None = None) -> Gender:
    """The gender that a title, the head noun of a role or a pronoun shows; never guessed from a first name.

    Billie Jean King is no king, and her husband is not female: only what opens a phrase or heads it counts.
    """
    words = [word.strip(".,’'").lower() for word in surface.split()]
    shown = {word for word in words[:1] if len(words) == 1 or word not in g.POSSESSIVES}
    for phrase in (role or "").split(", "):
        shown |= {head_of(phrase), phrase.split()[0].strip(".").lower()} if phrase else set()
    if role is None:
        shown.add(
            head_of(ARTICLE.sub("", surface)) if len(words) > 1 and surface.rsplit(maxsplit=1)[-1].islower() else ""
        )
    if shown & (g.HONORIFICS_FEMALE | {"she", "her"}):
        return "female"
    return "male" if shown & ((g.HONORIFICS_MALE - EITHER) | {"he", "his"}) else ""
