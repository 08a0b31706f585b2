"""Who a source stands for within its article: pronouns, surnames, "the minister", "the ministry", acronyms.

The narrow kind: only sources are resolved, and only to what the text shows; a source that fits nothing, or two people,
keeps its own words. A wrong antecedent is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.kinds import POSSESSIVE, head_of, kind_of_name
from rag.attribution.mentions import Mention, read_mention, split_compound
from rag.attribution.nouns import ORGANISATION
from rag.attribution.parties import Entity, same_body, slug
from rag.attribution.people import CAPITALISED, read_people, same_person
from rag.attribution.tokens import Document

PERSON_HEADS = g.TITLES | frozenset(
    "man woman lawmaker billionaire businessman businesswoman singer actor player striker goalkeeper scientist "
    "researcher engineer teacher doctor victim suspect".split()
)
COMPANY_HEADS = frozenset(
    "company firm corporation airline bank manufacturer retailer operator maker charity union club".split()
)
COMPANIES = frozenset(
    "company corporation corp inc ltd plc group firm airline airlines motors energy industries holdings".split()
)
"""Words of a name that "the company" may take up again, where other nouns of organisations may not."""

NAME_BEFORE = re.compile(r"(?:(?:[A-Z][\w.’'-]+|of|de|van|von|bin|al)\s)*[A-Z][\w.’'-]*$")
NOUN_BEFORE = re.compile(r"\b(?:the|a|an|some|many|several|other|those|these|one)\s(?:[\w’'-]+\s){0,4}[\w’'-]+$")
AFFILIATION = re.compile(r"\b(?:at|of|for|from|in|with)\s(?:the\s)?$")
APPOSED = re.compile(r",\s(?:the|a|an)?[^,.;:]{0,60}")
PERSONAL = frozenset("he she his her".split())
PLURAL, NEUTER = frozenset({"they", "their"}), frozenset({"it", "its"})
BODIES = frozenset({"organisation", "government"})
MAX_BACK = 900
"""How many characters back a pronoun may reach."""


class Cast:
    """The parties of one article, in the order in which they come up."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.quoted = [piece for quote in document.quotes for piece in quote.pieces]
        self.people = read_people(document.text, self.quoted)
        self.sentences = [sentence.span for sentence in document.sentences]
        self.entities: list[Entity] = []
        self._previous: tuple[int, Entity] | None = None  # the source before, and where it ends
        self._speaking: list[tuple[int, Entity]] = []  # where the words of each end

    def resolve(self, source: Sequence[Span], *, until: int) -> tuple[Entity, ...]:
        """The parties that a source stands for, more than one for a compound.

        Sources must come in the order of the text. `until` is where their words end: a speaker is nearest there.
        """
        for end, entity in self._speaking:
            if end <= source[0].start:
                entity.last = max(entity.last, end)
        found = self._resolve_all(source)
        self._speaking += [(until, entity) for entity in found]
        return found

    def _resolve_all(self, source: Sequence[Span]) -> tuple[Entity, ...]:
        surface = " ".join(piece.of(self.text) for piece in source)
        parts = split_compound(surface)
        if len(parts) == 1 and " and " in surface:
            surnames = tuple(surface.split(" and "))  # Ruiz and Vale said
            parts = surnames if all(name in self.people.surnames() for name in surnames) else parts
        found = tuple(self._resolve(part, source[0].start) for part in parts)
        self._previous = (source[-1].end, found[-1])
        return found

    def _resolve(self, surface: str, at: int) -> Entity:
        mention = read_mention(surface)
        entity = self._known(mention, at) or self._new(mention)
        if mention.surface.lower() not in g.PRONOUNS | g.POSSESSIVES | g.RELATIVES:
            entity.aliases += [alias for alias in (mention.surface, mention.name) if alias and "," not in alias]
        entity.role = entity.role or mention.role
        entity.side = entity.side or mention.side
        entity.gender = entity.gender or mention.gender
        entity.last = at
        return entity

    def _known(self, mention: Mention, at: int) -> Entity | None:
        low = mention.surface.lower()
        if low in g.RELATIVES:
            return self._antecedent(at)
        if low in PERSONAL:
            return self._person_before(at, mention.gender)
        if low in PLURAL | NEUTER:
            return self._latest(at, lambda e: e.kind in BODIES or (low in PLURAL and (e.plural or e.kind == "group")))
        if mention.named:
            return self._named(mention)
        # a source without a name is never the unnamed source of another sentence
        return self._described(mention, at) if mention.kind != "unnamed" or low.startswith("the ") else None

    # Pronouns

    def _person_before(self, at: int, gender: str) -> Entity | None:
        """he, she: who spoke or was named first in this sentence or the one before, else the last who spoke."""
        here = next((n for n, s in enumerate(self.sentences) if s.start <= at < s.end), None)
        if here is None:
            return None
        spoken = [
            e
            for e in self.entities
            if e.kind in {"person", "unnamed"}
            and not e.plural
            and e.name not in g.PRONOUNS
            and at - MAX_BACK < e.last < at
            and _fits(e.gender, gender)
        ]
        for span in (self.sentences[n] for n in (here, here - 1) if n >= 0):
            inside = [e for e in spoken if span.start <= e.last <= span.end]
            named = self._people_in(span.start, min(span.end, at), gender)
            if inside:
                return max(inside, key=lambda e: e.last)
            if named:
                return self._entity_of(named[0])
        if spoken:
            latest = max(spoken, key=lambda e: e.last)
            others = set(self._people_in(latest.last, at, gender)) - {latest.name}
            return latest if len(others) <= 1 else None
        nearby = set(self._people_in(max(0, at - MAX_BACK), at, gender))
        return self._entity_of(nearby.pop()) if len(nearby) == 1 else None

    def _people_in(self, start: int, end: int, gender: str) -> list[str]:
        """People whom the article's own words name in a stretch of it, and whom a pronoun of this gender could mean."""
        found = [(at, name) for at, name in self.people.full_names if start <= at < end]
        surnames = self.people.surnames()
        for match in CAPITALISED.finditer(self.text, start, end):
            name = surnames.get(POSSESSIVE.sub("", match.group()))
            if name and not any(at <= match.start() < at + len(full) + 20 for at, full in found):
                found.append((match.start(), name))
        told = [(at, name) for at, name in found if not any(q.start <= at < q.end for q in self.quoted)]
        return [name for _, name in sorted(told) if _fits(self._gender_of(name), gender)]

    def _gender_of(self, name: str) -> str:
        known = next((e.gender for e in self.entities if e.name == name and e.gender), "")
        return known or self.people.genders.get(name.rsplit(maxsplit=1)[-1], "")

    def _latest(self, at: int, fits: Callable[[Entity], bool]) -> Entity | None:
        near = [e for e in self.entities if at - MAX_BACK < e.last < at and fits(e)]
        return max(near, key=lambda e: e.last, default=None)

    def _antecedent(self, at: int) -> Entity | None:
        """who, which: the noun phrase just before; none where that may be but the end of a longer one."""
        if self._previous is not None and not self.text[self._previous[0] : at].strip(" ,—–"):
            return self._previous[1]
        before = self.text[max(0, at - 120) : at].rstrip(" ,—–")
        found = NAME_BEFORE.search(before) or NOUN_BEFORE.search(before)
        if found is None or AFFILIATION.search(before, 0, found.start()):
            return None
        mention = read_mention(found.group())
        if not mention.name or mention.surface.lower() in g.RELATIVES:
            return None
        return self._known(mention, at) or self._new(mention)

    # Names

    def _named(self, mention: Mention) -> Entity | None:
        key = slug(self.people.expansions.get(mention.name, mention.name))
        known = next((e for e in self.entities if e.named and not e.ambiguous and slug(e.name) == key), None)
        if known is not None:
            if _capitals(mention.name) > _capitals(known.name) and len(mention.name) >= len(known.name):
                known.name = mention.name
            return known
        if mention.kind in BODIES:
            bodies = [e for e in self.entities if e.kind in BODIES and e.named]
            if " " not in mention.name and not mention.name.isupper():  # the Observatory
                return _only([e for e in bodies if head_of(e.name) == mention.head])
            return _only([e for e in bodies if same_body(e.name, mention.name)])
        if mention.kind == "person":
            return self._by_full_name(mention) if " " in mention.name else self._by_surname(mention)
        return None

    def _by_full_name(self, mention: Mention) -> Entity | None:
        """Somebody whose surname came first, or whose name has another initial here; of two bearers neither."""
        people = [e for e in self.entities if e.kind == "person" and e.named and same_person(e.name, mention.name)]
        longer = {n for _, n in self.people.full_names if len(n) > len(mention.name) and same_person(n, mention.name)}
        if not people and len(longer) == 1:
            return self._entity_of(longer.pop())
        if len(people) != 1 or not _fits(people[0].gender, mention.gender) or people[0].ambiguous:
            return None
        if " " not in people[0].name and len(self._bearers(mention.name.split()[-1])) > 1:
            return None
        people[0].name = max(people[0].name, mention.name, key=len)
        return people[0]

    def _by_surname(self, mention: Mention) -> Entity | None:
        """Ruiz, Mr. Ruiz: the one person of that surname; of two, the one whose gender fits, else nobody yet known."""
        surname = mention.name
        bearers = self._bearers(surname)
        if len(bearers) > 1 and mention.gender:
            certain = {name for name in bearers if self._gender_of(name) == mention.gender}
            bearers = certain or {name for name in bearers if not self._gender_of(name)}
        if len(bearers) > 1:
            known = next((e for e in self.entities if e.ambiguous and e.name == surname), None)
            return known or self._new(mention, ambiguous=True)
        if bearers:
            return self._entity_of(bearers.pop())
        bodies = {name for name in self.people.organisations if name.split()[0] == surname}
        if len(bodies) == 1 and not mention.gender:
            return self._body(bodies.pop())  # Kessling, of Kessling Chemicals
        first = {name for _, name in self.people.full_names if name.split()[0] == surname}
        return next((e for e in self.entities if e.name in first), None) if len(first) == 1 else None

    def _body(self, name: str) -> Entity | None:
        mention = read_mention(name)
        if mention.kind != "organisation":
            return None
        return next((e for e in self.entities if e.named and slug(e.name) == slug(name)), None) or self._new(mention)

    def _bearers(self, surname: str) -> set[str]:
        """The people of one surname, by their longest names."""
        spoken = {e.name for e in self.entities if e.kind == "person" and e.named and e.name.endswith(f" {surname}")}
        kept: set[str] = set()
        for name in sorted(self.people.bearers(surname) | spoken, key=lambda n: (-len(n), n)):
            if not any(same_person(name, other) for other in kept):
                kept.add(name)
        return kept

    def _entity_of(self, name: str) -> Entity:
        for entity in self.entities:
            full = " " in entity.name and same_person(entity.name, name)
            if entity.named and not entity.ambiguous and (slug(entity.name) == slug(name) or full):
                return entity
        return self._new(replace(read_mention(name), kind="person"))

    # "the minister", "the ministry", "the company"

    def _described(self, mention: Mention, at: int) -> Entity | None:
        same = next((e for e in self.entities if not e.named and e.name.lower() == mention.name.lower()), None)
        definite = " " not in mention.name or mention.name.startswith(("the ", "this ", "that "))
        if same is not None or mention.plural or not definite:  # "her ministry" is not "the ministry"
            return same
        head = mention.head
        if head in PERSON_HEADS:
            fits = [e for e in self.entities if e.kind == "person" and e.named and head in _words(e.role or "")]
            found = {id(e): e for e in fits or [self._entity_of(name) for name in self._titled(head, at)]}
            return next(iter(found.values())) if len(found) == 1 else None
        bodies = [e for e in self.entities if e.named and e.kind in {"organisation", "government"}]
        if head in COMPANY_HEADS:
            fits = [
                e for e in bodies if e.kind == "organisation" and not set(_words(e.name)) & (ORGANISATION - COMPANIES)
            ]
        else:
            fits = [e for e in bodies if head in _words(e.name)]
        return _only(fits)

    def _titled(self, head: str, at: int) -> set[str]:
        """People whom the article gives this title before `at`: "Mayor Ana Ruiz", "Ana Ruiz, the mayor"."""
        found = set()
        for position, name in self.people.full_names:
            if position >= at:
                break
            around = self.text[max(0, position - 60) : position + 120]
            lead, _, after = around.partition(name)
            apposed = APPOSED.match(after)
            if head in _words(lead.split("\n")[-1])[-3:] or (apposed and head in _words(apposed.group())):
                found.add(name)
        return found

    def _new(self, mention: Mention, *, ambiguous: bool = False) -> Entity:
        expanded = self.people.expansions.get(mention.name)
        entity = Entity(
            name=expanded or mention.name,
            kind=kind_of_name(expanded) if expanded else mention.kind,
            role=mention.role,
            side=mention.side,
            named=mention.named,
            gender=mention.gender,
            plural=mention.plural,
            ambiguous=ambiguous,
        )
        if not entity.gender and mention.kind == "person" and mention.name:
            entity.gender = self.people.genders.get(mention.name.split()[-1], "")
        if expanded:
            entity.aliases.append(mention.name)
        self.entities.append(entity)
        return entity


def _only(bodies: Sequence[Entity]) -> Entity | None:
    """The one body, under however many names; None for two."""
    one = bodies and all(same_body(bodies[0].name, other.name) for other in bodies[1:])
    return bodies[0] if one else None


def _fits(known: str, wanted: str) -> bool:
    return not known or not wanted or known == wanted


def _capitals(name: str) -> int:
    return sum(ch.isupper() for ch in name)


def _words(phrase: str) -> list[str]:
    return re.findall(r"[\w-]+", phrase.lower())
