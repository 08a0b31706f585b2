"""Whom a definite description takes up: "the minister", "the health ministry", "the company", "the 45-year-old".

Every word of a description must be known of whom it is given to, and only one may fit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from rag.attribution.kinds import ARTICLE, head_of
from rag.attribution.mentions import Mention
from rag.attribution.nouns import COMPANY_NAMES, GOVERNMENT, ORGANISATION
from rag.attribution.parties import Entity, same_body
from rag.attribution.people import People
from rag.attribution.register import Register, only_body, words_of

COMPANY_HEADS = frozenset("company firm corporation manufacturer retailer operator maker".split())
GENERIC = frozenset(
    "government state office house staff group press media news society party city county country community public "
    "report street board force forces military army side west east north south".split()
)
"""Heads of so many names that a body must have spoken under one to be meant by them."""
REGULATORS = frozenset("inspectorate authority commission agency regulator watchdog".split())
"""Nouns of bodies that "the regulator" may mean."""
EPITHETS = frozenset("businessman businesswoman billionaire millionaire tycoon mogul magnate native veteran".split())
"""Nouns for what somebody is besides, which take up whoever was named, and introduce nobody."""
OTHER_WORDS = {"pontiff": "pope"}
"""A noun for an office by the one that stands before names."""
COURTESIES = frozenset("mr mrs ms dr sir dame lord lady miss".split())
FORMER = re.compile(r"(?:the\s)?(?:previous|former|last|outgoing|then|old)\b", re.IGNORECASE)
EMPTY = frozenset("the this that same said".split())
APPOSED = re.compile(r",\s(?:the|an?|its|his|her|their)?\s?([^,.;:\n]{0,60})")
TITLED = re.compile(r"\b(?:the|its|their|his|her|an?)\s([^,.;:“”\"]{3,50}),\s$", re.IGNORECASE)
"""the environment minister, Conrad Wex"""
AGED = re.compile(r"^,\s(?:aged\s)?(\d{1,3})[,.]")
YEARS_OLD = re.compile(r"\b(\d{1,3})-year-old\b")


class Descriptions:
    """What an article says of the people and bodies that it names."""

    def __init__(self, people: People, register: Register, *, headline_end: int) -> None:
        self._people = people
        self._register = register
        self._headline_end = headline_end

    def find(self, mention: Mention, at: int) -> Entity | str | None:
        """The party that a description means, or the full name of somebody who has not spoken yet."""
        words = [word for word in words_of(ARTICLE.sub("", mention.name)) if word not in EMPTY]
        definite = len(words) == 1 or mention.name.lower().startswith(("the ", "this ", "that "))
        if mention.plural or not definite or not words:  # "her ministry" is not "the ministry"
            return None
        aged = YEARS_OLD.search(mention.name)
        if aged:
            return _only(self._aged[aged[1]])
        if mention.kind == "unnamed":
            return self._unnamed(mention, words, at)
        if mention.head in ORGANISATION | GOVERNMENT:
            return self._body(mention, words, at)
        if mention.kind != "person":
            return None
        return self._person(words, at) or (self._just_named(mention, at) if mention.head in EPITHETS else None)

    def _just_named(self, mention: Mention, at: int) -> str | None:
        """The New York businessman: the only person named in this paragraph so far and in the one before."""
        text = self._people.text
        start = text.rfind("\n", 0, max(0, text.rfind("\n", 0, at)))
        before = {naming.name for naming in self._people.named_in(max(0, start), at)}
        name = _only(before)
        gender = self._people.genders.get(name or "", "")
        return name if name and " " in name and (not gender or mention.gender in {gender, ""}) else None

    def _person(self, words: list[str], at: int) -> Entity | str | None:
        words = [*words[:-1], OTHER_WORDS.get(words[-1], words[-1])]
        if words == ["doctor"] and (doctor := _only(self._doctors)) is not None:
            return doctor
        known = self._register.people_with(words)
        if known:
            return known[0] if len({id(entity) for entity in known}) == 1 else None
        called = [
            name
            for position, name, said in self._called[words[-1]]
            if position < at and set(words) <= said | {*words_of(name)}
        ]
        return _only(set(called))

    def _unnamed(self, mention: Mention, words: list[str], at: int) -> Entity | str | None:
        """The source, the official: the only one of those who were so called, and else somebody with that title."""
        if " " not in mention.name:
            return None
        spoken = self._register.unnamed_headed(mention.head)
        spoken = [e for e in spoken if e.kind == "unnamed" and not e.plural and set(words) <= {*words_of(e.name)}]
        if spoken:
            return spoken[0] if len(spoken) == 1 else None
        return self._person(words, at) if mention.head not in {"source", "person"} else None

    def _body(self, mention: Mention, words: list[str], at: int) -> Entity | str | None:
        if mention.head in COMPANY_HEADS and len(words) == 1:
            company = only_body(self._register.companies())
            if company is not None:
                return company
            if (named_company := self._one_named(COMPANY_NAMES, before=at)) is not None:
                return named_company
        if mention.head == "regulator":
            return self.regulator()
        bodies = [e for e in self._register.bodies_headed(mention.head) if set(words) <= {*words_of(e.name)}]
        bodies = [e for e in bodies if not any(FORMER.match(alias) for alias in e.aliases)]
        if bodies:
            return only_body(bodies)
        if mention.head in GENERIC and len(words) == 1:
            return None
        headline = at < self._headline_end
        named = [
            name
            for name in self._named[mention.head]
            if set(words) <= {*words_of(name)} and (headline or self._people.text.find(name, 0, at) >= 0)
        ]
        one = named and all(same_body(named[0], other) for other in named[1:])
        return max(named, key=len) if one else None

    def regulator(self) -> str | None:
        """The one inspectorate, authority or commission that the article names."""
        return self._one_named(REGULATORS, before=len(self._people.text))

    def _one_named(self, heads: frozenset[str], *, before: int) -> str | None:
        """The one body named so far whose name ends in one of these nouns, by its longest name."""
        text = self._people.text
        named = [
            n for n in self._people.organisations if " " in n and head_of(n) in heads and 0 <= text.find(n) < before
        ]
        one = named and all(same_body(named[0], other) or other == named[0] for other in named[1:])
        return max(named, key=len) if one else None

    @cached_property
    def _named(self) -> defaultdict[str, list[str]]:
        """Bodies by the heads of their names."""
        named: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._people.organisations):
            if " " in name:
                named[head_of(name)].append(name)
                if (first := name.split()[0].lower()) in ORGANISATION | GOVERNMENT:  # Ministry of Defence
                    named[first].append(name)
        return named

    @cached_property
    def _called(self) -> defaultdict[str, list[tuple[int, str, set[str]]]]:
        """What people are called beside their names, by the nouns: "Mayor Ana Ruiz", "Ana Ruiz, the mayor of Lund"."""
        called: defaultdict[str, list[tuple[int, str, set[str]]]] = defaultdict(list)
        for position, name in self._people.full_names:
            line = self._people.text[max(0, position - 60) : position].rsplit("\n", 1)[-1]
            titled = TITLED.search(line)
            line = titled[1] if titled else line
            lead = [word for word in words_of(re.split(r"[,.;:“”\"]", line)[-1])[-4:] if word not in COURTESIES]
            after = APPOSED.match(self._people.text, position + len(name))
            said = {*lead, *(words_of(after[1]) if after else ())}
            for head in {*lead[-1:], head_of(after[1]) if after else ""}:
                called[head].append((position, name, said))
        return called

    @cached_property
    def _doctors(self) -> set[str]:
        """Full names that follow "Dr."."""
        people = self._people
        return {name for at, name in people.full_names if re.search(r"\bDr\.?\s$", people.text[max(0, at - 4) : at])}

    @cached_property
    def _aged(self) -> defaultdict[str, set[str]]:
        """People by the age that follows their name."""
        aged: defaultdict[str, set[str]] = defaultdict(set)
        for position, name in self._people.full_names:
            after = AGED.match(self._people.text[position + len(name) : position + len(name) + 12])
            if after:
                aged[after[1]].add(name)
        return aged


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None
