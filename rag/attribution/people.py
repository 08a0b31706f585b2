"""The people, bodies and acronyms that an article names, whether they speak or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.countries import COUNTRY_OF
from rag.attribution.evidence import Evidence, read_evidence
from rag.attribution.kinds import ARTICLE, EITHER, POSSESSIVE, surname_of, without_suffix
from rag.attribution.mentions import Mention, read_mention
from rag.attribution.offices import people_with_offices_names
from rag.attribution.roles import is_title
from rag.attribution.runs import NO_NAME, capitalised_runs
from rag.attribution.single_names import COURTESY, single_names

EXPANSION = re.compile(
    r"((?:[A-Z][\w’'-]+[ \u00a0](?:(?:of|for|and|the|on|in)[ \u00a0]){0,2}){1,8}[A-Z][\w’'-]+)"
    r"\s\((?:the\s)?[“\"]?([A-Z]{2,8})[”\"]?\)"
)
_MALE, _FEMALE = (
    "|".join(sorted(nouns - EITHER - {"mr", "mrs", "ms", "sir", "lord", "dame", "lady", "king", "queen", "miss"}))
    for nouns in (g.HONORIFICS_MALE, g.HONORIFICS_FEMALE)
)
RELATED = re.compile(  # her husband, Tom Vale | Tom Vale, an actor | the actor Tom Vale
    rf"\b(?:({_MALE})|({_FEMALE})),?\s((?:[A-Z][\w’'-]+\s?){{2,3}})"
    rf"|((?:[A-Z][\w’'-]+\s?){{2,3}}),\s(?:an?|the|his|her|their)\s(?:[\w-]+\s){{0,3}}?(?:({_MALE})|({_FEMALE}))\b"
)
TITLED_SURNAME = re.compile(
    r"\b(Mr|Mrs|Ms|President|Senator|Sen|Governor|Gov|Mayor|Minister|Secretary|Judge|King|Pope)\.?[ \u00a0]"
    r"([A-Z][\w’-]+)\b"
    r"(?![ \u00a0][A-Z])"
)
_KIN = "first lady|first gentleman|wife|husband|daughter|son|brother|sister|father|mother|niece|nephew|cousin"
RELATIVE_BEFORE = re.compile(rf"\b(?:{_KIN}),?\s$")
FIRST_LADY = re.compile(r"\b[Ff]irst [Ll]ady,?\s((?:[A-Z][\w’'-]+\s?){2,3})")
CAPITALISED = re.compile(r"[A-Z][\w’'-]+")
SHORT_TITLE = re.compile(r"\b((?:Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Prof|Rev)\.)[ \u00a0]$")
MODIFYING = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s$")
OWNED = re.compile(r"['’]s\s")
PLACE_BEFORE = re.compile(r"\b(?:in|near|across|throughout|outside|around|into|through)\s(?:the\s)?$")
SURE = 2
"""How much must speak for it that a name of one word is that of a body which "it" may mean."""
SMALL = frozenset("of for and the on in to".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Where a person is named, by the full name or by the surname; `owning` where it is "Ruiz's".

    `name` is the full name; the surname alone where two people bear it, which `shared` says.
    """

    start: int
    end: int
    name: str
    owning: bool
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class People:
    """Full names with the offsets where they stand; organisations; acronyms with their expansions; genders of names.

    A gender is what Mr or Mrs before a name or surname shows; empty where both occur. `places` are names that "in" or
    "near" mostly precedes; `evidence` is what the article shows of each name; `offices` are those of the full
    names whose surname is the word for an office; `titles` are those that stand before full names.
    """

    text: str
    full_names: tuple[tuple[int, str], ...]
    organisations: frozenset[str]
    expansions: dict[str, str]
    genders: dict[str, str]
    places: frozenset[str]
    evidence: Evidence
    offices: frozenset[str]
    titles: dict[str, str]

    def surnames(self) -> dict[str, str]:
        """The last full name for each surname."""
        return self._surnames

    def bearers(self, name: str) -> set[str]:
        """All full names with this surname."""
        return self._bearers.get(name, set())

    def first_named(self, name: str) -> set[str]:
        """All full names with this first name."""
        return self._first_named.get(name, set())

    @cached_property
    def located(self) -> frozenset[str]:
        """Names of where something is or goes: what is in Elsin is no short name of the Elsin Hospital.

        Shares in Harding, and what is told to Harding, tell of no place.
        """
        return self.evidence.places

    @cached_property
    def _surnames(self) -> dict[str, str]:
        return {self._family(name): name for _, name in self.full_names}

    @cached_property
    def _bearers(self) -> dict[str, set[str]]:
        return _grouped((self._family(full), full) for _, full in self.full_names)

    def _family(self, name: str) -> str:
        """The surname by which somebody may be meant: Tom Ruiz Jr. is not Ruiz beside Ana Ruiz."""
        surname = surname_of(name)
        last = name.rsplit(maxsplit=1)[-1]
        return last if last != surname and surname in self._plain_surnames else surname

    @cached_property
    def _plain_surnames(self) -> frozenset[str]:
        return frozenset(name.split()[-1] for _, name in self.full_names)

    @cached_property
    def _first_named(self) -> dict[str, set[str]]:
        return _grouped((full.split()[0], full) for _, full in self.full_names)

    @cached_property
    def namings(self) -> tuple[Named, ...]:
        """Every naming of a person whose full name the article gives, in the order of the text."""
        return tuple(self._namings())

    def _namings(self) -> Iterator[Named]:
        full = dict(self.full_names)
        reach = 0
        for found in CAPITALISED.finditer(self.text):
            start = found.start()
            if start < reach:
                continue
            surname = POSSESSIVE.sub("", found.group())
            name, end = full.get(start), found.end()
            if name is not None:
                end = start + len(name)
            elif surname in self._bearers and not _is_part_of_name(self.text, start, end):
                name = self._surnames[surname] if len(self._bearers[surname]) == 1 else surname
            if name is None:
                continue
            reach = end
            owning = surname != found.group() or self.text[end : end + 2] in {"'s", "’s"}
            yield Named(start=start, end=end, name=name, owning=owning, shared=len(self.bearers(name)) > 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [naming.start for naming in self.namings]

    def named_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The namings that begin in a stretch of the text."""
        return self.namings[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _grouped(pairs: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, set()).add(value)
    return groups


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """the Ruiz campaign, Ruiz Foundation, Eva Ruiz: a surname within the name of something or somebody else."""
    if MODIFYING.search(text, max(0, start - 5), start) or re.match(r"[ \u00a0][A-Z]\w+", text[end : end + 30]):
        return True
    before = re.search(r"([A-Z][\w’'-]+)[ \u00a0]$", text[max(0, start - 30) : start])
    return before is not None and not is_title(before[1]) and before[1].lower() not in NO_NAME


def read_people(text: str, quoted: Sequence[Span] = ()) -> People:
    """Find full names, organisations, acronyms with their expansions, and the genders that courtesy titles show.

    A capitalised name that somewhere follows "the" is no person's: the Harbour Front. Courtesy titles inside
    quotations, at `quoted`, show nothing: who is quoted may speak of somebody else of that surname.
    """
    names: list[tuple[int, str]] = []
    bodies: set[str] = set()
    placed: Counter[str] = Counter()
    definites: Counter[str] = Counter()
    titles: dict[str, str] = {}
    evidence = read_evidence(text)
    for start, words, definite in capitalised_runs(text):
        mention = read_mention(" ".join(words))
        name = POSSESSIVE.sub("", mention.name)
        kind = mention.kind if mention.role else evidence.kind_of(name, mention.kind)
        placed[name] += 1 if PLACE_BEFORE.search(text, max(0, start - 16), start) else -1
        if kind in {"organisation", "government"}:
            bodies.add(name)
        elif kind == "person" and definite and not mention.role:
            definites[name] += 1
        elif kind == "person" and _is_full_name(name, mention):
            found = text.find(name, start, start + 120)
            at = start if found < 0 else found
            if "/" not in {text[at - 1 : at], text[at + len(name) : at + len(name) + 1]}:  # Ana Ruiz/Tarn Images
                names.append((at, name))
                before = SHORT_TITLE.search(text, max(0, at - 8), at)
                if (title := mention.role or (before[1] if before else None)) and " " in name:
                    titles.setdefault(name, title)
    names = _without_bynames(names)
    names += _of_others(text, names)
    offices = people_with_offices_names(text)
    names += offices
    names += single_names(text, evidence, known={word for _, name in names for word in name.split()})
    plain = Counter(name for _, name in names)
    bodies |= {name for name, count in definites.items() if count > plain[name]}
    bodies |= {name for name in evidence.within if " " not in name and evidence.weigh(name) >= SURE}
    places = _single_places(text) | {name for name, balance in placed.items() if balance > 0}
    return People(
        text=text,
        full_names=tuple((start, name) for start, name in names if name not in bodies and name not in places),
        organisations=frozenset(bodies),
        expansions=_expansions(text),
        genders=_genders(text, quoted),
        places=frozenset(places),
        evidence=evidence,
        offices=frozenset(name for _, name in offices),
        titles=titles,
    )


def _is_full_name(name: str, mention: Mention) -> bool:
    """Two to four words, none of them an owner, or what a role stands beside."""
    words = name.split()
    if name.lower() in NO_NAME or (len(words) > 2 and words[-1] in COUNTRY_OF):  # Governor Earlier; Tags Elsin Norway
        return False
    whole = mention.role is not None or 2 <= len(name.split()) <= 4
    return mention.named and whole and OWNED.search(name) is None


def _without_bynames(names: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lucky Ana Ruiz is Ana Ruiz, where the text names her so before, and as often; Eva Abdel Karsk comes first."""
    count = Counter(name for _, name in names)
    first = {name: start for start, name in reversed(names)}
    plain = []
    for start, name in names:
        lead, _, rest = name.partition(" ")
        byname = " " in rest and count[rest] >= count[name] and first[rest] < first[name]
        plain.append((start + len(lead) + 1, rest) if byname else (start, name))
    return plain


def _of_others(text: str, names: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Titles with a surname whose only full name comes later and is a relative's: President Ruiz, his wife Eva Ruiz."""
    first = {name: start for start, name in reversed(names)}
    bearers = _grouped((surname_of(name), name) for name in first if " " in name)
    others = []
    for found in TITLED_SURNAME.finditer(text):
        title, surname = found.groups()
        known = bearers.get(surname, set())
        (name,) = known if len(known) == 1 else ("",)
        before = text[max(0, first.get(name, 0) - 30) : first.get(name, 0)]
        if name and found.start() < first[name] and name.split()[0] != title and RELATIVE_BEFORE.search(before):
            others.append((found.start(), f"{title} {surname}"))
    return others


def _single_places(text: str) -> set[str]:
    """Single names that "in" precedes at least twice, and more often than nothing of the kind does."""
    placed = Counter(re.findall(r"\b(?:in|near|across|throughout|outside)\s([A-Z][\w-]+)\b(?!['’]|\s[A-Z])", text))
    return {name for name, count in placed.items() if count >= 2 or text.count(name) <= 2 * count}


def _expansions(text: str) -> dict[str, str]:
    """Acronyms in brackets after what they stand for: the shortest run of words before with those initials."""
    expansions = {}
    for full, short in EXPANSION.findall(text):
        words = full.replace("\u00a0", " ").split()
        suffixes = (words[at:] for at in range(len(words) - 1, -1, -1) if words[at].lower() not in SMALL)
        tails = list(suffixes)
        match = next((tail for tail in tails if _initials(tail) == short), None)
        if match is None and len(short) > 2:  # the Union of Bakers, Millers and Cooks (UBM)
            match = next((tail for tail in tails if _initials(tail).startswith(short)), None)
        if match is not None or len(words) <= 6:
            expansions[short] = ARTICLE.sub("", " ".join(match or words))
    return expansions


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word.lower() not in SMALL).upper()


def initials_of(name: str) -> str:
    """CCL for the Continental Cycling League."""
    return _initials(name.split())


def acronyms_of(name: str) -> set[str]:
    """What a body may be called by its initials: DOH as well as UDH for the U.S. Department of Harbours."""
    words = name.split()
    plain = (
        words[1:] if len(words) > 2 and (words[0] in COUNTRY_OF or re.fullmatch(r"(?:[A-Z]\.)+", words[0])) else words
    )
    return {_initials(words), _initials(plain), "".join(word[0] for word in plain).upper()}


def _genders(text: str, quoted: Sequence[Span]) -> dict[str, str]:
    genders: dict[str, str] = {}
    starts = sorted(quoted)
    for found in COURTESY.finditer(text):
        before = bisect_left(starts, Span(found.start() + 1, found.start() + 1)) - 1
        if before >= 0 and found.start() < starts[before].end:
            continue
        title, name = found.groups()
        name = POSSESSIVE.sub("", name.strip())
        gender = "male" if title in {"Mr", "Sir", "Lord"} else "female"
        for known in {name, surname_of(name)}:
            genders[known] = gender if genders.get(known, gender) == gender else ""
    for found in FIRST_LADY.finditer(text):
        genders.setdefault(POSSESSIVE.sub("", found[1].strip()), "female")
    for found in RELATED.finditer(text):
        name = POSSESSIVE.sub("", (found[3] or found[4]).strip())
        genders.setdefault(name, "male" if found[1] or found[5] else "female")
    return genders


def same_person(one: str, other: str) -> bool:
    """Ruth C. Marsh and Ruth Marsh, or a part of it: the same surname, and no first names that differ.

    Tom Ruiz Jr. is not Tom Ruiz, but may be Ruiz.
    """
    if " " in one and " " in other and (without_suffix(one) == one) != (without_suffix(other) == other):
        return False
    a, b = one.split(), other.split()
    if all(without_suffix(name) != name for name in (one, other)) and a[-1].strip(".") != b[-1].strip("."):
        return False  # father and son
    part = a[-len(b) :] == b or b[-len(a) :] == a or other == surname_of(one) or one == surname_of(other)
    return part or (surname_of(one) == surname_of(other) and a[0] == b[0])
