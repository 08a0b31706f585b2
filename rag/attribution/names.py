"""Which party of an article a proper name stands for: full names, surnames, acronyms, names cut short.

Two people of one surname are never taken for one; a surname that may be either stands for neither.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.attribution.antecedents import Scene
from rag.attribution.countries import country_named
from rag.attribution.descriptions import Descriptions
from rag.attribution.kinds import ARTICLE, head_of, is_person_noun, kind_of_name, surname_of, without_suffix
from rag.attribution.mentions import Mention, read_mention
from rag.attribution.nouns import EITHER_WAY, MEDIA
from rag.attribution.parties import Entity, slug, stems_of
from rag.attribution.people import People, acronyms_of
from rag.attribution.register import BODIES, Register, only_body
from rag.types import PartyKind

OWNED_BODY = re.compile(r"([A-Z]\w+)['’]s ((?:[A-Z]\w+ )+[A-Z]\w+)")
OWNED_MEMBER = re.compile(r"[A-Z][\w.&-]*['’]s ([A-Z][\w’'-]+)")
COURTESY = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr)\.?\s")
SUFFIXED = re.compile(r"\S+ (?:[JS]r\.?|I{2,3}|IV)")
"""Ruiz Jr."""
RELATIVE = re.compile(r"(?:(?:both|all|some|many|one|most|none) of )?(?:who|whom|whose|which)\b|that$")


class Names:
    """The parties of one article by their names; what comes up is kept in the register."""

    def __init__(
        self, people: People, register: Register, scene: Scene, descriptions: Descriptions, *, headline_end: int
    ) -> None:
        self._people = people
        self._register = register
        self._scene = scene
        self._descriptions = descriptions
        self._headline_end = headline_end
        self._acronyms = {short: name for name in sorted(people.organisations) for short in acronyms_of(name)}

    def party_of(self, found: Entity | str | None) -> Entity | None:
        """A party found, or that of a name found."""
        if isinstance(found, str):
            known = self._register.named(found)
            return known or (self.body(found) if found in self._people.organisations else self.entity_of(found))
        return found

    def placed(self, mention: Mention) -> Mention:
        """Estmar's Safety Inspectorate: the name of a body behind its country or town, which becomes its side.

        Mara Judge, Judge: somebody in whose article the word for an office is a surname.
        """
        name, _, role = COURTESY.sub("", mention.surface).partition(", ")
        if not mention.named and any(name in {full, full.split()[-1]} for full in self._people.offices):
            apposed = role if re.match(r"[a-z]", role) and not RELATIVE.match(role) else None
            return replace(mention, name=name, role=apposed and ARTICLE.sub("", apposed), kind="person", named=True)
        member = OWNED_MEMBER.fullmatch(mention.name)
        if member and mention.kind == "person" and self.bearers(member[1]):  # Vesta's Holm
            return replace(mention, name=member[1], owner=None)
        owned = OWNED_BODY.fullmatch(mention.name)
        if owned is None or mention.kind != "government" or self.bearers(owned[1]):
            return mention
        return replace(mention, name=owned[2], owner=None, side=mention.side or owned[1])

    def named(self, mention: Mention, at: int = -1) -> Entity | None:
        """The party that a proper name stands for, if it came up before or the article tells whose name it is.

        `at` is where the name stands, as far as that is known.
        """
        name = self._expanded(mention.name) or mention.name
        known = self._register.named(name) or self._register.lettered(mention.name)
        if known is not None and not known.ambiguous:
            if _capitals(mention.name) > _capitals(known.name) and len(mention.name) >= len(known.name):
                self._rename(known, mention.name)
            return known
        if mention.kind in BODIES:
            return self._body_named(mention, name)
        if mention.kind == "person":
            return self._by_full_name(mention) if " " in mention.name else self.by_surname(mention, at)
        return None

    def _body_named(self, mention: Mention, name: str) -> Entity | None:
        """The body that a longer or shorter name stands for."""
        if mention.head == "regulator" and (regulator := self._descriptions.regulator()) is not None:
            return self.party_of(regulator)
        if mention.side == mention.name:  # Norland is not South Norland
            return None
        if " " not in mention.name and not mention.name.isupper():  # the Observatory
            return only_body(self._register.bodies_headed(mention.head)) or self._ending(mention.name)
        like = self._register.body_like(name) or self._ending(name)
        if like is not None and not self._may_be_called(like, name):
            like = None
        if like is not None and len(name) > len(like.name) and like.name in name:
            self._rename(like, name)
        return like

    def _ending(self, name: str) -> Entity | None:
        """Compact Command, where the article names only one body that ends so: the Eastern Compact Command."""
        longer = {
            slug(n): n
            for n in self._people.organisations
            if n.endswith(f" {name}") and "’s " not in n and "'s " not in n and not self._only_modifies(n)
        }
        return self.body(next(iter(longer.values()))) if len(longer) == 1 else None

    def _may_be_called(self, body: Entity, name: str) -> bool:
        """Not so of the Velm Department of Health, where the Osk Department of Health was taken for this body."""
        stems, plain = stems_of(name), stems_of(body.name)
        others = (stems_of(alias) for alias in body.aliases)
        return all(other <= stems or stems <= other for other in others if plain < other)

    def _only_modifies(self, name: str) -> bool:
        """Whether a run of capitals only stands before a noun for a person: Vesta Supreme Court analyst Tom Vale."""
        behind = re.findall(rf"\b{re.escape(name)}\b(?: ([a-z][\w-]*))?", self._people.text)
        return bool(behind) and all(word and is_person_noun(word) for word in behind)

    def _expanded(self, name: str) -> str | None:
        """What an acronym stands for: as the article says in brackets, or by the initials of a body that it names."""
        return self._people.expansions.get(name) or (self._acronyms.get(name) if len(name) > 2 else None)

    def _by_full_name(self, mention: Mention) -> Entity | None:
        """Somebody whose surname came first, or whose name has another initial here; of two bearers neither."""
        plain = mention.name.strip(".")
        suffixed = {full for _, full in self._people.full_names if full.strip(".").endswith(f" {plain}")}
        if len(suffixed) == 1 and SUFFIXED.fullmatch(mention.name):
            (full,) = suffixed
            return self._register.named(full) or self.new(self.placed(read_mention(full)), kind="person")
        people = self._register.people(mention.name)
        longer = {n for n in self._people.bearers(surname_of(mention.name)) if len(n) > len(mention.name)}
        longer = {name for name in longer if name.endswith(mention.name) or name.split()[0] == mention.name.split()[0]}
        if not people and len(longer) == 1:
            return self.entity_of(longer.pop())
        if len(people) != 1 or not fits(self._scene.gender_of(people[0]), mention.gender) or people[0].ambiguous:
            return None
        if " " not in people[0].name and len(self.bearers(surname_of(mention.name))) > 1:
            return None
        self._rename(people[0], max(people[0].name, mention.name, key=len))
        return people[0]

    def by_surname(self, mention: Mention, at: int = -1) -> Entity | None:
        """Ruiz, Mr. Ruiz: the one person of that surname; of two, the one whose gender fits, else nobody yet known."""
        surname = mention.name
        bearers = self.bearers(surname)
        if len(bearers) > 1 and not mention.role and (introduced := self._introduced(surname, bearers, at)):
            bearers = {introduced}
        if len(bearers) > 1 and mention.role:
            bearers = {name for name in bearers if name.split()[0] in mention.role.replace(".", "").split()} or bearers
        if len(bearers) > 1 and mention.gender:
            certain = {name for name in bearers if self._gender_of(name) == mention.gender}
            bearers = certain or {name for name in bearers if not self._gender_of(name)}
        if len(bearers) > 1:
            return self._register.unsure(surname) or self.new(mention, ambiguous=True)
        if bearers:
            return self.entity_of(bearers.pop())
        placed = surname in self._people.located or mention.gender or mention.role
        bodies = {name for name in self._people.organisations if name.split()[0] == surname and " " in name}
        bodies = {name for name in bodies if not self._is_its_own(surname, name)}
        if len(bodies) == 1 and not placed:
            return self.body(bodies.pop())  # Kessling, of Kessling Chemicals
        first = self._people.first_named(surname)
        full = next(iter(first)) if len(first) == 1 else ""
        if full and self._people.evidence.shortened_to(full):  # Sun, of Sun Wei
            return self.entity_of(full)
        return self._register.named(full) if full else None

    def _is_its_own(self, word: str, name: str) -> bool:
        """Whether a body that has its own channel or paper is meant: Vesta, which came up before Vesta TV did."""
        if name.rsplit(maxsplit=1)[-1] not in MEDIA:
            return False
        first = re.search(rf"\b{re.escape(word)}\b(?! [A-Z])", self._people.text)
        return first is not None and first.start() < self._people.text.find(name)

    def _introduced(self, surname: str, bearers: set[str], at: int) -> str | None:
        """The one person of a surname who was named in full before it, where none was meant by it before that."""
        first = {name: start for start, name in reversed(self._people.full_names) if name in bearers}
        before = [name for name, start in first.items() if start < at]
        if len(before) != 1 or len(first) < len(bearers):
            return None
        bare = (
            n.start for n in self._people.namings if n.shared and n.name == surname and n.start >= self._headline_end
        )
        return before[0] if first[before[0]] < next(bare, at) else None

    def body(self, name: str) -> Entity | None:
        """The body of a name, known or new; None where the name is not that of one."""
        mention = self.placed(read_mention(name))
        if mention.kind not in BODIES:
            return None
        known = self._register.named(name) or self._register.named(mention.name)
        return known or self._register.body_like(mention.name) or self.new(mention)

    def bearers(self, surname: str) -> set[str]:
        """The people of one surname, by their longest names."""
        kept: set[str] = set()
        everyone = self._people.bearers(surname) | self._register.bearers(surname)
        plain = {name for name in everyone if without_suffix(name) == name}
        everyone = plain or everyone
        for name in sorted(everyone, key=lambda n: (-len(n), n)):
            first = name.split()[0]
            if not any(other.endswith(name) or other.split()[0] == first for other in kept):
                kept.add(name)
        return kept

    def _gender_of(self, name: str) -> str:
        known = self._register.named(name)
        return self._scene.gender_of(known) if known else self._scene.genders.get(name, "")

    def entity_of(self, name: str) -> Entity:
        """The person of a full name, known or new."""
        known = self._register.named(name)
        if known is not None and not known.ambiguous:
            return known
        alike = [e for e in self._register.people(name) if " " in e.name]
        if alike:
            return alike[0]
        mention = self.placed(read_mention(name))
        role = mention.role or self._people.titles.get(name)
        side = mention.side or (country_named(role) if role else None)
        return self.new(replace(mention, role=role, side=side), kind="person")

    def _kind(self, mention: Mention, expanded: str | None) -> PartyKind:
        if expanded:
            kind = kind_of_name(expanded)
            return "organisation" if kind == "person" else kind
        titled = mention.gender or (mention.role and head_of(mention.role) not in EITHER_WAY)
        if not mention.named or titled:
            return mention.kind
        known = mention.kind == "person" and mention.name in self._people.organisations
        return "organisation" if known else self._people.evidence.kind_of(mention.name, mention.kind)

    def _rename(self, entity: Entity, name: str) -> None:
        entity.name = name
        self._register.index(entity)

    def new(self, mention: Mention, *, ambiguous: bool = False, kind: PartyKind | None = None) -> Entity:
        """A party that did not come up before."""
        expanded = self._expanded(mention.name) if mention.named else None
        by_default = mention.kind == "person" and not self._people.evidence.shows_body(mention.name)
        entity = Entity(
            name=expanded or mention.name,
            kind=kind or self._kind(mention, expanded),
            role=mention.role,
            side=mention.side,
            named=mention.named,
            gender=mention.gender,
            plural=mention.plural,
            ambiguous=ambiguous,
            shown=not by_default,
        )
        if not entity.gender and mention.kind == "person" and mention.named:
            entity.gender = self._people.genders.get(surname_of(mention.name), "")
        if expanded:
            entity.aliases.append(mention.name)
        return self._register.index(entity)


def fits(known: str, wanted: str) -> bool:
    """Whether two genders may be those of one person: "" is unknown."""
    return not known or not wanted or known == wanted


def _capitals(name: str) -> int:
    return sum(ch.isupper() for ch in name)
