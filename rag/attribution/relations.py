"""What somebody is to another, as told in passing: "his brother, Tom Vale", "Tom Vale, the rider's brother".

A role is read from the words of a source, and who is introduced in one sentence and speaks in the next has none there.
Only nouns that say whose (a brother, a lawyer) are read here, and "his" is only told of whom it surely means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.attribution.antecedents import Scene
from rag.attribution.kinds import POSSESSIVE, surname_of
from rag.attribution.parties import Entity
from rag.attribution.people import People

KIN = (
    "brother|sister|wife|husband|spouse|widow|widower|son|daughter|father|mother|uncle|aunt|cousin|nephew|niece|"
    "grandfather|grandmother|grandson|granddaughter|godfather|godmother|twin|fiancé|fiancée|girlfriend|boyfriend"
)
SERVING = (
    "lawyer|attorney|solicitor|barrister|agent|manager|coach|trainer|spokesman|spokeswoman|spokesperson|doctor|"
    "physician|aide|adviser|advisor|assistant|secretary|bodyguard|nanny|biographer"
)
"""Who is a friend or rival of somebody is not known by that: such nouns are no roles."""
_NAME = r"[A-Z][\w’'-]*\w(?:\s(?:(?:de|da|del|van|von|der|bin|al|el|la)\s)?[A-Z][\w’'-]*\w){0,3}"
_OWNER = (
    r"(?P<owner>[Hh]is|[Hh]er|[Tt]heir|[Tt]he\s(?:[a-z][\w-]*\s){0,2}[a-z][\w-]*(?:['’]s|s['’])|"
    r"(?:[A-Z][\w-]+\s){0,2}[A-Z][\w-]+['’]s)"
)
_QUALITY = r"(?P<quality>(?:(?!and\s|or\s)[a-z][\w-]*\s){0,2})"
_NOUN = rf"(?P<noun>(?:ex-|half-|step-?)?(?:{KIN}|{SERVING})(?:-in-law)?)"
_BEFORE = re.compile(
    rf"\b{_NOUN}(?:\s|(?P<comma>,)\s(?={_NAME}(?:[,.;:)]|\s[–—(]|\swho\b)))(?P<name>{_NAME})(?!\w)(?!['’]s)"
    r"(?!,?\s(?:and|or|[JS]r\b|I{2,3}\b))"
)
"""His brother, Tom Vale, | big brother Tom Vale; not "his brother, Vale said", nor the list "his brother, Tom Vale and
Eva Marsh"."""
_OWNED = re.compile(rf"\b{_OWNER}\s{_QUALITY}$")
_MAY_BE_TOLD = re.compile(
    r"\b(?:t(?:old|ells?|elling)|assur\w+|remind\w+|warn\w+|show\w+|an?|the|one|another|some|my|our|your)\s$"
)
"""Told his lawyer Tom Vale (had left), told a friend Tom Vale (had left): the name may be of somebody else."""
_BEHIND = re.compile(
    rf"(?P<name>{_NAME}),\s{_OWNER}\s{_QUALITY}{_NOUN}(?=[.;:)]|,\s(?!(?:and|or)\b|[A-Z])|\s(?:who|since|for\s(?:many|\d+))\b)"
)
"""Tom Vale, the rider's brother; not "Tom Vale, his brother, Eva Marsh and", a list again."""
_OF = re.compile(
    rf"(?P<name>{_NAME}),\s(?:an?|the)\s{_QUALITY}{_NOUN}\s(?:of|to|for)\s(?P<whom>(?!(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\b){_NAME})(?=[.;:)]|,\s(?!(?:and|or)\b)|\swho\b)"
)
"""Tom Vale, a cousin of Ana Ruiz."""
_PRONOUNS = {"his": "male", "her": "female"}
_NEAR = 250
"""How many characters before "his" nobody else may be named whom it could mean."""
_BACK = 80
"""How many characters before a noun tell whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    """Who is told to be what; where it stands and the words that say whose, which may be none."""

    name: str
    noun: str
    at: int
    owner: str = ""


def is_relational(noun: str) -> bool:
    """Whether a noun, in lower case, says what somebody is to another: brother, ex-wife, lawyer."""
    return re.fullmatch(_NOUN, noun) is not None


def tell_relations(entities: Iterable[Entity], people: People, scene: Scene) -> None:
    """Give people without a role, or with one that lacks whose it is, the one that the article tells beside a name."""
    speaking = {entity.name: entity for entity in entities if entity.kind == "person" and not entity.ambiguous}
    for told in _relations(scene.text) if speaking else ():
        entity = speaking.get(POSSESSIVE.sub("", told.name))
        if entity is None or not entity.named or scene.is_quoted(told.at):  # my brother Tom Vale
            continue
        role = _role(told, entity, people, scene)
        bare = told.noun.split()[-1]
        if not entity.role or (entity.role in {bare, told.noun} and role != told.noun):
            entity.role = role


def _relations(text: str) -> Iterator[_Relation]:
    for found in _BEFORE.finditer(text):
        start = max(0, found.start() - _BACK)
        owned = _OWNED.search(text, start, found.start())
        if not found["comma"] and _MAY_BE_TOLD.search(text, start, owned.start() if owned else found.start()):
            continue
        if owned is not None:
            noun = f"{owned['quality']}{found['noun']}"
            yield _Relation(name=found["name"], noun=noun, at=owned.start("owner"), owner=owned["owner"])
        elif not found["comma"] and re.search(KIN, found["noun"]):
            yield _Relation(name=found["name"], noun=found["noun"], at=found.start("noun"))
    for found in _BEHIND.finditer(text):
        noun = f"{found['quality']}{found['noun']}"
        yield _Relation(name=found["name"], noun=noun, at=found.start("owner"), owner=found["owner"])
    for found in _OF.finditer(text):
        noun = f"{found['quality']}{found['noun']}"
        yield _Relation(name=found["name"], noun=noun, at=found.start("quality"), owner=f"{found['whom']}’s")


def _role(told: _Relation, person: Entity, people: People, scene: Scene) -> str:
    """The noun, with whose it is as far as that is sure: the rider's brother, brother of Ana Ruiz."""
    owner = told.owner
    if not owner:
        return told.noun
    if owner.lower() in _PRONOUNS:
        whose = _owner(told.at, _PRONOUNS[owner.lower()], person, people, scene)
        return f"{told.noun} of {whose}" if whose else told.noun
    if owner.lower() == "their":
        return told.noun
    if owner[:4].lower() == "the ":
        return f"{owner[4:]} {told.noun}"
    name = POSSESSIVE.sub("", owner)
    return told.noun if name == person.name else f"{told.noun} of {_full(name, person, people) or name}"


def _owner(at: int, gender: str, person: Entity, people: People, scene: Scene) -> str:
    """The full name of whom "his" or "her" means; empty where another is named near whom it could mean.

    Nobody is a brother of himself.
    """
    found = scene.person_before(at, gender)
    if found is None or found is person or (isinstance(found, Entity) and (not found.named or found.kind != "person")):
        return ""
    name = found.name if " " in found.name else _full(found.name, person, people)
    near = {one.name for one in people.named_in(max(0, at - _NEAR), at)} - {name, person.name}
    near.discard(surname_of(name or found.name))
    others = {one for one in near if scene.genders.get(one, gender) in {gender, ""}}
    shown = (found.gender if isinstance(found, Entity) else "") or scene.genders.get(name, "")
    return name if name != person.name and shown in {gender, ""} and not others else ""


def _full(surname: str, person: Entity, people: People) -> str:
    """The one full name of a surname that is not the person's own."""
    others = people.bearers(surname) - {person.name} if " " not in surname else {surname}
    others = {name for name in others if surname_of(name) == surname_of(surname)}
    return next(iter(others)) if len(others) == 1 else ""
