"""The parties of one article as they come up, to be found again by name, surname, head noun, role or description.

Every way of finding is an index, so that an article of thousands of claims takes no longer for each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rag.attribution.kinds import head_of, surname_of
from rag.attribution.nouns import COMPANY_NAMES, MEDIA, ORGANISATION
from rag.attribution.parties import Entity, same_body, slug, stems_of
from rag.attribution.people import acronyms_of, same_person

BODIES = frozenset({"organisation", "government"})


class Register:
    """The parties so far. `index` after every change of a name or role: old names go on being found."""

    def __init__(self) -> None:
        self._named: dict[str, Entity] = {}
        self._described: dict[str, Entity] = {}
        self._unsure: dict[str, Entity] = {}  # surnames that two people bear
        self._people: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
        self._bodies: defaultdict[tuple[str, str], dict[int, Entity]] = defaultdict(dict)
        self._headed: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
        self._lettered: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
        self._companies: dict[int, Entity] = {}
        self._roles: defaultdict[str, dict[int, Entity]] = defaultdict(dict)

    def index(self, entity: Entity) -> Entity:
        """Make a party found by all that is known of it now."""
        if entity.ambiguous:
            self._unsure.setdefault(entity.name, entity)
        elif not entity.named:
            self._described.setdefault(entity.name.lower(), entity)
            self._headed[f"a {head_of(_bare(entity.name))}"][id(entity)] = entity
        else:
            self._named.setdefault(slug(entity.name), entity)
            if entity.kind == "person":
                self._people[surname_of(entity.name)][id(entity)] = entity
            elif entity.kind in BODIES:
                self._index_body(entity)
        for part in (entity.role or "").split(", "):
            self._roles[head_of(part)][id(entity)] = entity
        return entity

    def _index_body(self, entity: Entity) -> None:
        head = head_of(entity.name)
        for stem in stems_of(entity.name) - {head[:5]}:
            self._bodies[head, stem][id(entity)] = entity
        for word in {head, *words_of(entity.name)}:
            self._headed[word][id(entity)] = entity
        for short in acronyms_of(entity.name):
            self._lettered[short][id(entity)] = entity
        company = entity.kind == "organisation" and " of " not in entity.name and MEDIA.isdisjoint(entity.name.split())
        if company and entity.shown and not set(words_of(entity.name)) & (ORGANISATION - COMPANY_NAMES):
            self._companies[id(entity)] = entity

    def named(self, name: str) -> Entity | None:
        """The party of this name in any spelling."""
        return self._named.get(slug(name))

    def lettered(self, name: str) -> Entity | None:
        """The one body whose initials a name of three letters or more is: the DOH."""
        found = [*self._lettered[name].values()] if len(name) > 2 and name.isupper() else []
        return found[0] if len(found) == 1 else None

    def described(self, words: str) -> Entity | None:
        """The party that has the same description: "the residents"."""
        return self._described.get(words.lower())

    def unsure(self, surname: str) -> Entity | None:
        """Whoever is meant by a surname that two people bear."""
        return self._unsure.get(surname)

    def people(self, name: str) -> list[Entity]:
        """People with the surname of this name whose names do not rule each other out."""
        return [e for e in self._people[surname_of(name)].values() if same_person(e.name, name)]

    def bearers(self, surname: str) -> set[str]:
        """Full names of the people of this surname."""
        return {e.name for e in self._people[surname].values() if " " in e.name}

    def body_like(self, name: str) -> Entity | None:
        """The one body of a longer or shorter name: Ministry of Defence, Velian Ministry of Defence."""
        head = head_of(name)
        found = {number: e for stem in stems_of(name) for number, e in self._bodies[head, stem].items()}
        return only_body([entity for entity in found.values() if same_body(entity.name, name)])

    def bodies_headed(self, head: str) -> list[Entity]:
        """Bodies that have a word in their name: "ministry"."""
        return [e for e in self._headed[head].values() if e.kind in BODIES]

    def unnamed_headed(self, head: str) -> list[Entity]:
        """Sources without a name that were described by this noun: "a source at the ministry"."""
        return list(self._headed[f"a {head}"].values())

    def companies(self) -> list[Entity]:
        """Bodies that "the company" may mean."""
        return list(self._companies.values())

    def people_with(self, words: Sequence[str]) -> list[Entity]:
        """Named people whose role has all of these words, the last of them as its head noun."""
        found = [e for e in self._roles[words[-1]].values() if e.kind == "person" and e.named]
        return [e for e in found if set(words) <= {*words_of(e.role or ""), *words_of(e.name)}]


def only_body(bodies: Sequence[Entity]) -> Entity | None:
    """The one body, under however many names; None for two."""
    one = bodies and all(same_body(bodies[0].name, other.name) or other is bodies[0] for other in bodies[1:])
    return bodies[0] if one else None


def words_of(phrase: str) -> list[str]:
    """The words of a phrase in lower case."""
    return re.findall(r"[\w-]+", phrase.lower())


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?|one|another|some)\s+", "", name, flags=re.IGNORECASE)
