"""Who a source stands for within its article: pronouns, surnames, "the minister", "the ministry", acronyms.

The narrow kind: only sources are resolved, and only to what the text shows; a source that fits nothing, or two people,
keeps its own words. A wrong antecedent is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from heapq import heappop, heappush

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.antecedents import Scene
from rag.attribution.compounds import split_compound
from rag.attribution.descriptions import Descriptions
from rag.attribution.kinds import is_person_noun, surname_of
from rag.attribution.mentions import Mention, read_mention
from rag.attribution.names import RELATIVE, Names, fits
from rag.attribution.nouns import GOVERNMENT, ORGANISATION
from rag.attribution.parties import Entity
from rag.attribution.people import Named, read_people
from rag.attribution.register import BODIES, Register
from rag.attribution.silent import MADE, is_silent, singular
from rag.attribution.tokens import Document
from rag.attribution.trimming import TIME, maker_of, trim_source

NAME_BEFORE = re.compile(r"(?:(?:[A-Z][\w.’'-]+|of|de|van|von|bin|al)\s)*[A-Z][\w.’'-]*$")
NOUN_BEFORE = re.compile(r"\b(?:the|a|an|some|many|several|other|those|these|one)\s(?:[\w’'-]+\s){0,4}[\w’'-]+$")
NAME_JOINED = re.compile(r"–[A-Z][a-z]\w*(?:\s[a-z]+s(?=\s))?")
WITHIN = re.compile(r"\s(?:of|for|by|to|against|among)\s((?:the|an?|some|many)\s.+|[A-Z].*)$")
NAME_CUT = re.compile(r"(?:[A-Z][\w’'-]+ )+$")
PLURAL_BEFORE = re.compile(r"(?:^|\s)([a-z]{3,}(?<![su])s)$")
MOST_WORDS = 5
NO_MODIFIER = g.PRONOUNS | g.AUXILIARIES | g.RELATIVES | g.SUBORDINATORS | {"to"}
AFFILIATION = re.compile(r"\b(?:at|of|for|from|in|with)\s(?:the\s)?$")
PERSONAL = frozenset("he she his her him".split())
PLURAL, NEUTER = frozenset({"they", "their", "them"}), frozenset({"it", "its"})
FIRST_PERSON = frozenset("i we my our me us".split())
WRITTEN = frozenset("statement letter email tweet post memo message speech testimony lawsuit petition website".split())
ATTRIBUTIVE = frozenset("campaign administration team camp foundation".split())
"""What is named after its owner without "s": the Ruiz campaign."""


class Cast:
    """The parties of one article, in the order in which they come up."""

    def __init__(self, document: Document, *, spoken: Sequence[Span] = ()) -> None:
        """`spoken` are words that somebody says without quotation marks, as the answers of an interview."""
        self.text = document.text
        self._spoken = spoken
        quoted = [piece for quote in document.quotes for piece in quote.pieces]
        self.people = read_people(document.text, quoted)
        self.register = Register()
        self.scene = Scene(document.text, [sentence.span for sentence in document.sentences], self.people, quoted)
        end = _headline_end(document)
        self._descriptions = Descriptions(self.people, self.register, headline_end=end)
        self._names = Names(self.people, self.register, self.scene, self._descriptions, headline_end=end)
        self._previous: tuple[int, Entity] | None = None  # the source before, and where it ends
        self._together: tuple[int, tuple[Entity, ...]] = (0, ())  # whom the source before stands for, and where
        self._speaking: list[tuple[int, int, Entity]] = []  # where the words of each end: a heap
        self._count = 0

    def resolve(self, source: Sequence[Span], *, until: int) -> tuple[Entity, ...]:
        """The parties that a source stands for, more than one for a compound.

        Sources must come in the order of the text. `until` is where their words end: a speaker is nearest there.
        """
        while self._speaking and self._speaking[0][0] <= source[0].start:
            end, _, entity = heappop(self._speaking)
            self.scene.hear(end, entity, ends=True)
        found = self._resolve_all(source)
        for entity in found:
            self._count -= 1  # of two whose words end together the outer speaker is heard last
            heappush(self._speaking, (until, self._count, entity))
        return found

    def _resolve_all(self, source: Sequence[Span]) -> tuple[Entity, ...]:
        surface = self._beginning(source[0]) + " ".join(piece.of(self.text) for piece in source)
        joined = NAME_JOINED.match(self.text, source[-1].end)
        surface += joined.group() if joined and surface[-1:].islower() else ""  # Hollin | –Tarn riders
        parts = split_compound(surface)
        if len(parts) == 1 and " and " in surface:
            plain = trim_source(maker_of(trim_source(surface)) or surface)  # both Ruiz and Vale, Ruiz and Vale's report
            surnames = tuple(plain.split(" and "))
            parts = surnames if all(self._is_single(name) for name in surnames) else parts
        both = self._both(source[0]) if surface.lower() == "they" else ()
        found = list(both) or [self._resolve(part, source[0].start) for part in parts]
        self._previous = (source[-1].end, found[-1])
        entities = tuple({id(entity): entity for entity in found}.values())
        self._together = (source[0].start, entities)
        return entities

    def _is_single(self, word: str) -> bool:
        """Ruiz, Vesta: a surname, or a word by which the article names a body."""
        return word in self.people.surnames() or (" " not in word and self.people.evidence.shows_body(word))

    def _both(self, they: Span) -> tuple[Entity, ...]:
        """Ana Ruiz and Tom Vale said so. It is late, they say: both, where nobody else speaks in between."""
        at, entities = self._together
        return entities if len(entities) > 1 and self.scene.follows(at, they.start) else ()

    def _beginning(self, piece: Span) -> str:
        """What a source lacks that was cut within a name: the Process Workers' | Union."""
        word = piece.of(self.text)
        if not word[:1].isupper() or word.lower() not in ORGANISATION | GOVERNMENT:
            return ""
        before = NAME_CUT.search(self.text, max(0, piece.start - 60), piece.start)
        return before.group() if before else ""

    def _resolve(self, surface: str, at: int) -> Entity:
        mention = self._names.placed(read_mention(surface))
        entity = self._known(mention, at) or self._names.new(mention)
        self._learn(entity, mention)
        self.scene.hear(at, entity)
        return entity

    def _learn(self, entity: Entity, mention: Mention) -> None:
        """What these words add to what is known of a party."""
        low = mention.surface.lower()
        if low not in g.PRONOUNS | g.POSSESSIVES | g.RELATIVES and mention.owner is None:
            fresh = [alias for alias in (mention.surface, mention.name) if alias and "," not in alias]
            entity.aliases += [alias for alias in dict.fromkeys(fresh) if alias not in entity.aliases]
        if mention.role and not entity.role and entity.named:
            entity.role = mention.role
            self.register.index(entity)
        entity.side = entity.side or mention.side
        entity.gender = entity.gender or mention.gender

    def _known(self, mention: Mention, at: int) -> Entity | None:
        low = mention.surface.lower()
        relative = RELATIVE.match(low) is not None and not mention.named
        if low in PERSONAL | PLURAL | NEUTER | FIRST_PERSON or relative:
            return self._meant(low, mention, at)
        owned = self._owned(mention, at)
        if mention.named:
            return owned or self._names.named(mention, at)
        # a source without a name is never the unnamed source of another sentence
        if owned is not None or (mention.kind == "unnamed" and not low.startswith("the ")):
            return owned
        return self.register.described(mention.name) or self._names.party_of(self._descriptions.find(mention, at))

    # Pronouns

    def _meant(self, low: str, pronoun: Mention, at: int) -> Entity | None:
        if low in PERSONAL:
            found = self.scene.person_before(at, pronoun.gender)
            described = self.scene.described_before(at) if found is None else None
            if described is not None:
                person = self._names.party_of(self._descriptions.find(read_mention(described), at))
                return person if person is not None and fits(self.scene.gender_of(person), pronoun.gender) else None
            return self._person(found, pronoun)
        if low in PLURAL | NEUTER:
            return self._names.party_of(self.scene.body_before(at, plural=low in PLURAL))
        return self._first_person(at) if low in FIRST_PERSON else self._antecedent(at)

    def _person(self, found: Entity | Named | None, pronoun: Mention) -> Entity | None:
        if isinstance(found, Entity) or found is None:
            return found
        if not found.shared:
            return self._names.entity_of(found.name)
        entity = self._names.by_surname(replace(pronoun, name=found.name, kind="person", named=True), found.start)
        return None if entity is not None and entity.ambiguous else entity

    def _first_person(self, at: int) -> Entity | None:
        """I, in what is spoken: whose words these are, as far as that was said before them. Else it is the author."""
        if not self.scene.is_quoted(at) and not any(span.start <= at < span.end for span in self._spoken):
            return None
        return next((entity for end, _, entity in sorted(self._speaking) if end > at), None) or Entity(
            name="unnamed source", kind="unnamed", named=False
        )

    def _antecedent(self, at: int) -> Entity | None:
        """who, which: the noun phrase just before; none where that may be but the end of a longer one."""
        if self._previous is not None and not self.text[self._previous[0] : at].strip(" ,—–"):
            return self._previous[1]
        gap = self.text[max(0, at - 120) : at]
        before = gap.rstrip(" ,—–-")
        found = NAME_BEFORE.search(before) or NOUN_BEFORE.search(before)
        person = self.text[at : at + 3].lower() == "who"
        if found is None or _may_go_on(before[: found.start()], parted="," in gap[len(before) :]):
            many = _plural_before(before) if person and found is None else ""
            return self._known(read_mention(many), at) or self._names.new(read_mention(many)) if many else None
        words = found.group()
        if TIME.search(f" {words}"):  # the troops at the base on Saturday who
            return None
        if person and is_silent(words) and (behind := WITHIN.search(words)):  # a victory for the voters, who
            words = behind[1]
        mention = read_mention(words)
        if mention.kind == "person" and mention.named and not person:
            return None
        if not mention.name or mention.surface.lower() in g.RELATIVES or any(ch.isdigit() for ch in mention.name):
            return None
        return self._known(mention, at) or self._names.new(mention)

    def _owned(self, mention: Mention, at: int) -> Entity | None:
        """his campaign, Ruiz's office: a party named after its owner, where that is known."""
        if mention.owner is None:
            return None
        owner = self._known(read_mention(mention.owner), at)
        if owner is None or not owner.named or owner.ambiguous or (mention.named and owner.kind != "person"):
            return None
        if singular(mention.head) in MADE or mention.head in WRITTEN:  # her songs, her letter tell what she says
            return owner
        thing = mention.name[len(mention.owner) :].lstrip("’' ").removeprefix("s ").strip()
        short = surname_of(owner.name) if owner.kind == "person" else owner.name
        if owner.kind == "person" and len(self._names.bearers(short)) > 1:
            short = owner.name
        possessive = "" if mention.head in ATTRIBUTIVE else "’" if short.endswith("s") else "’s"
        name = f"{short}{possessive} {thing}"
        known = self.register.named(name) or self.register.described(name)
        if known is not None:
            return known
        named = mention.kind in BODIES
        kind = "organisation" if mention.head in ATTRIBUTIVE else mention.kind
        made = self._names.new(replace(mention, name=name, named=named, kind=kind, side=mention.side or owner.side))
        made.aliases += [alias for alias in (f"{owner.name}’s {thing}", f"{short}’s {thing}") if alias != name]
        return made


def _plural_before(before: str) -> str:
    """Voters, Harbour voters (who): a plural without a determiner, with what stands before it up to a preposition."""
    noun = PLURAL_BEFORE.search(before)
    if noun is None:
        return ""
    words: list[str] = []
    for word in reversed(before.split()[-MOST_WORDS:]):
        if word.lower() in (g.PREPOSITIONS | g.CONJUNCTIONS | g.DETERMINERS) - {"to"} or word.endswith((",", "—", "–")):
            return " ".join(words)
        if words and (word.lower() in NO_MODIFIER or word.endswith(("ing", ".", ":", ")", ";"))):
            break
        words.insert(0, word)
    return noun[1]


def _may_go_on(before: str, *, parted: bool) -> bool:
    """Whether what stands before "who" may be but the end of a longer phrase: a friend of Ruiz, who.

    Not so of whom a comma parts from it, where no noun for a person leads to them: contrast that with Ruiz, who.
    """
    found = AFFILIATION.search(before)
    if found is None:
        return False
    head = before[: found.start()].split()[-1:]
    return not parted or not head or head[0][0].isupper() or is_person_noun(head[0].lower())


def _headline_end(document: Document) -> int:
    return max((sentence.span.end for sentence in document.sentences if sentence.headline), default=0)
