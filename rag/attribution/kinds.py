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
    ORGANISATION,
    PLACES,
    POLLS,
    UNNAMED_BODIES,
)
from rag.types import PartyKind

Gender = Literal["male", "female", ""]

ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
ARABIC_ARTICLE = re.compile(r"^(?:al|el|ad|as|ash|ar|an|az)-(?=[A-Z])")
ACRONYM = re.compile(r"[A-Z0-9&.-]{2,}")
CAPITAL_FUNCTION_WORD = re.compile(r"\s(?:Without|Against|For|Of|To|In|Rights|Lives)\s")
HIDDEN = re.compile(r"\b(?:familiar with|close to|briefed on|knowledge of|condition of anonymity|not authori[sz]ed)\b")
BELIEVERS = frozenset("Republicans Democrats Conservatives Muslims Christians Jews Catholics".split())
INNUMERABLE = frozenset("people police men women some many others several most both".split())


def kind_of_name(name: str, *, titled: bool = False) -> PartyKind:
    """The kind of a proper name; `titled` where a title or a role stood before it, so that it is a person's."""
    if name in AGENCIES:
        return "organisation"
    words = {POSSESSIVE.sub("", w.strip(",.")).lower() for w in name.split()}
    if government_named(name) or (words & GOVERNMENT and not titled):
        return "government"
    if words & (ORGANISATION | PLACES) and not titled:
        return "organisation"
    if CAPITAL_FUNCTION_WORD.search(name) or ACRONYM.fullmatch(name) or "&" in name or (" of " in name and not titled):
        return "organisation"
    if any(ch.isdigit() for ch in name):
        return "organisation"
    return "group" if is_people(name.rsplit(maxsplit=1)[-1]) else "person"


def kind_of_noun(phrase: str) -> PartyKind:
    """The kind of a phrase without a proper name: "officials", "the company", "a person close to the talks"."""
    low, head = phrase.lower(), head_of(ARTICLE.sub("", phrase))
    if head in GOVERNMENT and not HIDDEN.search(low):
        return "government"
    if head in ORGANISATION - POLLS and not HIDDEN.search(low):
        return "organisation"
    if HIDDEN.search(low) or (head in ANONYMOUS and country_named(ARTICLE.sub("", phrase)) is None):
        return "unnamed"
    if is_plural(head):
        return "group"
    definite = low == head or low.startswith(("the ", "its ", "his ", "her ", "their ", "my "))
    if not definite or head in ANONYMOUS | ARTEFACTS | g.PRONOUNS:
        return "unnamed"
    return "person" if _is_role(head) else "organisation"  # the infirmary


def is_named(phrase: str) -> bool:
    """A proper name: its head is a capital, or a common noun of an organisation after one ("Lund police")."""
    words = [word for word in phrase.split() if word[0].isalnum()]
    if not words or words[0].lower() in {"some", "many", "most", "other", "several", "few", "all", "these", "those"}:
        return False
    head = ARABIC_ARTICLE.sub("", _head_word(words))
    if head == words[0] and (head.lower() in COMMON | g.PRONOUNS or (len(words) == 1 and is_people(head))):
        return False
    if head[0].isupper() or (head[0].isdigit() and any(word[0].isupper() for word in words)):
        return True
    body = head.lower() in (GOVERNMENT | ORGANISATION) - UNNAMED_BODIES
    return words[0][0].isupper() and body and words[0].lower() not in g.DETERMINERS


def is_people(word: str) -> bool:
    """A plural that has a capital without naming one party: Republicans, Russians."""
    return word in BELIEVERS or (word.endswith("s") and COUNTRY_OF.get(word, word) != word)


def head_of(phrase: str) -> str:
    """The head noun in lower case: the last word before the first preposition, relative or comma."""
    words = [word for word in phrase.split() if word[0].isalnum()]
    return _head_word(words).lower() if words else ""


def _head_word(words: list[str]) -> str:
    for at in range(1, len(words)):
        if words[at].lower() in g.PREPOSITIONS | g.RELATIVES or words[at - 1].endswith(","):
            return words[at - 1].strip(",")
    return words[-1].strip(",")


def is_plural(head: str) -> bool:
    return head in INNUMERABLE or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def _is_role(head: str) -> bool:
    nouns = g.TITLES | g.HONORIFICS_MALE | g.HONORIFICS_FEMALE
    return head in nouns or head.endswith(("er", "or", "ist", "ian", "ent", "man", "woman"))


def gender_of(surface: str) -> Gender:
    """The gender that titles, nouns and pronouns in a phrase show; never guessed from a first name."""
    words = {word.strip(".,’'").lower() for word in surface.split()}
    if words & (g.HONORIFICS_FEMALE | {"she", "her"}):
        return "female"
    return "male" if words & (g.HONORIFICS_MALE | {"he", "his"}) else ""
