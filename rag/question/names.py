"""The names and roles of the corpus's parties, to find them in a question."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.attribution.countries import country_named, government_named
from rag.attribution.grammar import TITLES
from rag.attribution.kinds import head_of
from rag.store.entries import Appearance
from rag.types import Party

MOST_OF_ONE_ROLE = 3
"""Parties that one description may fit; of more, none is meant for certain."""
MOST_BEARERS = 5
"""Parties of whom a bare noun asks, each of which is told apart by its label; of more, none is meant for certain."""

WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")
STATE_OFFICES = frozenset(
    "president presidency minister premier chancellor ambassador envoy king queen monarch government ministry kremlin "
    "embassy diplomat".split()
)
"""Words in the name or role of who speaks for the country that is their side."""
NO_STATE = frozenset(
    "opposition rebel rebels coalition dissident exile exiled former ex insurgent separatist activists media "
    "tv television radio news newspaper agency federation league club union association".split()
)
"""Words in the name or role of who does not speak for the country that is their side, whatever else stands there."""
_STATE = re.compile(r"(?P<of>[A-Z][\w.]*)\s(?:government|authorities|leadership|leaders|side)")
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_OWNER = re.compile(r"^(?:the|a|an)\s+[a-z]+(?:'s|’s|s'|s’)\s+")
_NAMED_OWNER = re.compile(  # Orlamond's harbour master | the harbour master of Orlamond
    r"^(?:the\s+)?(?P<owner>[A-Z][^'’]*)(?:['’]s|(?<=s)['’])\s+(?P<role>[a-z][\w\s-]*)$|"
    r"^(?:the\s+)?(?P<role_of>[a-z][\w\s-]*?)\s+(?:of|at|for)\s+(?P<body>(?:the\s+)?[A-Z].*)$"
)
_WHOSE = re.compile(r"\b(?:of|to|for) (?P<whom>[A-Z][^,]*)$")
_NO_NAME = frozenset(
    "i you he she it we they who him her them his its their our us one some many others the a an and of for".split()
)
_OWNS = re.compile(r"['’]s?$")
_ALL_CAPITALS = re.compile(r"(?:\W*[A-Z0-9][\w'’\-]*){4,}\W*")
"""What Did Ruiz Say: every word with a capital, so that none tells a name."""
_ACRONYM = re.compile(r"[A-Z]{3,6}")
_CALENDAR = frozenset(name.casefold() for name in (*calendar.month_name, *calendar.day_name) if name)
_SMALL = frozenset("the a an of for at in to and on his her their its former then own".split())


class PartyNames:
    """The names of the corpus's parties, to find them in a question.

    `appearances` say which roles the articles give a party, besides the one that it is shown with.
    """

    def __init__(self, parties: Iterable[Party], appearances: Iterable[Appearance] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Party]]] = defaultdict(list)
        self._by_word: dict[str, dict[str, Party]] = defaultdict(dict)
        self._descriptions: dict[str, list[set[str]]] = {}
        self._roles: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._articles: dict[str, set[int]] = defaultdict(set)
        for one in appearances:
            self._articles[one.party].add(one.article)
            if one.role:
                self._roles[one.party][one.role].add(one.article)
        self._by_initials: dict[str, list[Party]] = defaultdict(list)
        self._of_state: dict[str, list[Party]] = defaultdict(list)
        for party in parties:
            if party.kind in {"unnamed", "outlet"}:
                continue
            if party.side and self._speaks_for_state(party):
                self._of_state[party.side].append(party)
            names = {name_words(name) for name in (party.name, *party.aliases) if _is_name(name)}
            if party.kind == "person":
                names |= {words[-1:] for words in names if len(words) > 1}
            for words in names - {()} if party.kind != "person" else ():
                self._by_initials["".join(word[0] for word in words if word not in _SMALL)].append(party)
            for words in names - {()}:
                self._by_first[words[0]].append((words, party))
            called = {word for name in (party.name, *party.aliases) for word in name_words(name)}
            roles = self._roles_of(party) or ("",)
            self._descriptions[party.id] = [called | set(name_words(role)) for role in roles]
            for word in set().union(*self._descriptions[party.id]):
                self._by_word[word][party.id] = party
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str, *, cased: bool = True) -> tuple[Party, ...]:
        """The parties whose names stand in `text`, longest names first at each place, each party once.

        A name of one word counts only where it is written as a name, with a capital, unless nothing is (`cased` false).
        """
        tokens = list(WORD.finditer(text))
        words = [fold(token.group()) for token in tokens]
        found: dict[str, Party] = {}
        at = 0
        while at < len(tokens):
            matches = [
                (name, party)
                for name, party in self._by_first.get(words[at], [])
                if tuple(words[at : at + len(name)]) == name
                and (len(name) > 1 or not cased or _stands_alone(text, tokens[at], party))
            ]
            longest = max((len(name) for name, _ in matches), default=0)
            for name, party in matches:
                if len(name) == longest:
                    found.setdefault(party.id, party)
            if (
                longest > 2 and "and" in words[at + 1 : at + longest - 1]
            ):  # A and B, who once spoke as one, and each of them
                end = tokens[at + longest - 1].end()
                for part in re.split(r"\band\b", text[tokens[at].start() : end]):
                    found |= {party.id: party for party in self.find(part, cased=cased)}
            at += max(1, longest)
        return tuple(found.values())

    def find_state(self, phrase: str) -> tuple[Party, ...]:
        """Those who speak for a country, where a phrase is its name, its seat or its government: "Velia", "Moscow"."""
        bare = _DETERMINER.sub("", phrase)
        governing = _STATE.fullmatch(bare)
        country = country_named(governing["of"]) if governing else government_named(bare)
        return tuple(self._of_state.get(country or "", ()))

    def _speaks_for_state(self, party: Party) -> bool:
        told = {word for said in (party.name, *self._roles_of(party)) for word in name_words(said)}
        speaks = party.kind == "government" or not told.isdisjoint(STATE_OFFICES)
        return speaks and told.isdisjoint(NO_STATE)

    def find_acronym(self, phrase: str) -> tuple[Party, ...]:
        """The one body that an acronym can stand for by its first letters: WHO, of the World Health Organization."""
        letters = _DETERMINER.sub("", phrase).replace(".", "")
        if not _ACRONYM.fullmatch(letters):
            return ()
        found = {p.id: p for p in self._by_initials.get(letters.casefold(), ())}
        return tuple(found.values()) if len(found) == 1 else ()

    def find_surname(self, name: str) -> tuple[Party, ...]:
        """The parties known only by the last word of `name`: an article may give no first name."""
        surname = name_words(name)[-1:]
        bearers = [party for words, party in self._by_first.get(surname[0], []) if words == surname] if surname else []
        return tuple(party for party in bearers if name_words(party.name) == surname)

    def find_described(self, phrase: str) -> tuple[Party, ...]:
        """The parties that a description fits: "the Marrow police chief", "Ruiz's campaign".

        Every word of it but the small ones must be a word of the party's name, aliases or one of its roles, two at
        least; a description that fits too many fits none. One that fits none may be the whole role of one person alone:
        "the caretaker", "the school's caretaker".
        """
        words = [word for word in name_words(phrase) if word not in _SMALL]
        found = self._fitting(words) or self._alone_in_role(_OWNER.sub("", phrase)) or self._employed(phrase)
        owned = _NAMED_OWNER.match(phrase)
        if owned is None or not owned["owner"]:
            return found
        owner = name_words(owned["owner"])  # Ana Ruiz's sister is not Ana Ruiz
        return tuple(
            p
            for p in found
            if name_words(p.name) != owner and not self._is_of_another(p, owner, name_words(owned["role"]))
        )

    def find_of(self, owner: Party, what: str) -> tuple[Party, ...]:
        """Who is this to a party: "brother", "campaign". Never the party itself, nor who is so called to another."""
        named = name_words(owner.name)
        found = self.find_described(f"{named[-1]} {what}")
        return tuple(p for p in found if p.id != owner.id and not self._is_of_another(p, named, name_words(what)))

    def _is_of_another(self, party: Party, owner: Sequence[str], what: Iterable[str]) -> bool:
        """Whether each role of these words says whose it is by the full name of somebody else: brother of Ana Ruiz."""
        roles = [role for role in self._roles_of(party) if set(name_words(role)).issuperset(what)]
        whose = [name_words(found["whom"]) if (found := _WHOSE.search(role)) else () for role in roles]
        return bool(roles) and all(len(whom) > 1 and not set(owner) <= set(whom) for whom in whose)

    def _alone_in_role(self, phrase: str) -> tuple[Party, ...]:
        """The one person who has this role, where no other has it in any form, nor a name with these words."""
        words = {word for word in name_words(phrase) if word not in _SMALL}
        if not words or not all(word in self._by_word for word in words):
            return ()
        found = [p for p in self._by_word[min(words)].values() if self._fits(p, words)]
        alone = len(found) == 1 and found[0].kind == "person" and self._has_role(found[0], words)
        return tuple(found) if alone else ()

    def _employed(self, phrase: str) -> tuple[Party, ...]:
        """The Orla Guild's treasurer: the one person of this role, if that body mostly speaks where he is given it.

        Articles seldom say of whom the treasurer is one where that is plain.
        """
        owned = _NAMED_OWNER.match(phrase)
        if owned is None:
            return ()
        role = owned["role"] or owned["role_of"]
        words = {word for word in name_words(role) if word not in _SMALL}
        found = self._alone_in_role(role)
        called = {
            article for p in found for r in self._roles_of(p) if _is_role(r, words) for article in self._roles[p.id][r]
        }
        owners = [owner for owner in self.find(owned["owner"] or owned["body"]) if owner.kind != "person"]
        beside = {article for owner in owners for article in self._articles[owner.id]}
        return found if 2 * len(called & beside) > len(called) else ()

    def _roles_of(self, party: Party) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*([party.role] if party.role else []), *self._roles[party.id]]))

    def _has_role(self, party: Party, words: set[str]) -> bool:
        return any(_is_role(role, words) for role in self._roles_of(party))

    def _fits(self, party: Party, words: Iterable[str]) -> bool:
        return any(described.issuperset(words) for described in self._descriptions[party.id])

    def _fitting(self, words: Sequence[str]) -> tuple[Party, ...]:
        if len(words) < 2 or not all(word in self._by_word for word in words):
            return ()
        rarest = min(words, key=lambda word: len(self._by_word[word]))
        found = [p for p in self._by_word[rarest].values() if self._fits(p, words)]
        found.sort(key=lambda party: (len(set().union(*self._descriptions[party.id])), party.id))
        # "Ruiz's campaign" is the Ruiz campaign before it is a person whom some article calls its chief
        named = [party for party in found if set(words) == set(name_words(party.name))]
        chosen = named or found
        # what is known in one article alone has an id for each article
        return tuple(chosen) if len({party.id.partition("@")[0] for party in chosen}) <= MOST_OF_ONE_ROLE else ()

    def find_bearers(self, noun: str) -> tuple[Party, ...]:
        """The parties that a bare noun can mean: "the union", "the mayor"; none where many bear it.

        A party of one article alone ("a mayor") does not count.
        """
        word = fold(noun)
        found = [p for p in self._by_word.get(word, {}).values() if "@" not in p.id and self._heads(p, word)]
        return tuple(found) if len(found) <= MOST_BEARERS else ()

    def _heads(self, party: Party, word: str) -> bool:
        """Whether a noun is what a party is: the last word of a body's name, or the head of a role of a person."""
        if party.kind == "person":
            return any(head_of(part) == word for role in self._roles_of(party) for part in role.split(", "))
        return name_words(party.name)[-1:] == (word,)


def _is_role(role: str, words: set[str]) -> bool:
    """Whether these are all the words of a role, or of a part of it."""
    return any(set(name_words(part)) - _SMALL == words for part in (role, *role.split(", ")))


def _stands_alone(text: str, token: re.Match[str], party: Party) -> bool:
    """Whether a name of one word is that party's, and no part of another's: Mayor Ruiz, but not Eva Ruiz, Ruiz Vale."""
    if not token.group()[0].isupper():
        return False
    known = {word for name in (party.name, party.role or "", *party.aliases) for word in name_words(name)}
    behind = re.match(r"\s+([A-Z][\w'’\-]*)", text[token.end() :])
    if behind and not _OWNS.search(token.group()) and not _ALL_CAPITALS.fullmatch(text):
        word = fold(behind.group(1))
        if word not in known and word not in _CALENDAR:
            return False
    before = re.search(r"(\b[A-Z][\w'’.\-]*)\s+$", text[: token.start()])
    if before is None or before.group(1).casefold().rstrip(".") in TITLES:
        return True
    return fold(before.group(1)) in known


@lru_cache(maxsize=1 << 13)
def name_words(name: str) -> tuple[str, ...]:
    """A name as the words that it is compared by: no determiner, no possessive, case folded."""
    return tuple(fold(word) for word in WORD.findall(_DETERMINER.sub("", name)))


def fold(word: str) -> str:
    """A word as names are compared by it: case and accents folded, no possessive, no full stops."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))
    folded = plain.casefold().replace("’", "'").removesuffix("'s").replace(".", "")
    return folded.removesuffix("'")


def _is_name(name: str) -> bool:
    words = WORD.findall(_DETERMINER.sub("", name))
    return any(word[0].isupper() and fold(word) not in _NO_NAME for word in words)
