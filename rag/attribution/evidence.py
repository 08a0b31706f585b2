"""Whether a name is a person's, by the words that stand beside it anywhere in the article.

"an economist at Tarn Vale", "Marrow’s chief executive", "Vesta, a lender" show a body; "Mr. Marrow", "Eva Marrow, 45",
"Marrow, who", "Marrow said he" a person. Each place counts, the clearer ones more, and what a name shows in one place
holds for the whole article. No name is known beforehand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rag.attribution.kinds import is_person_noun, is_plural
from rag.attribution.nouns import EITHER_WAY, INSTITUTIONS, ORGANISATION
from rag.attribution.roles import is_title
from rag.attribution.runs import NO_NAME, OPENS_SENTENCE
from rag.attribution.silent import STORMS, singular
from rag.types import PartyKind

_WORD = r"(?:[A-Z][\w&-]*(?:['’](?=[A-Z])[A-Z]\w+)?|[A-Z]\.)"
NAME = re.compile(
    rf"(?<![\w.’'@#-]){_WORD}(?:[ \u00a0](?:(?:de|da|del|der|van|von|bin|al|el|la|di)[ \u00a0])?{_WORD})*"
)
BESIDE = 90
"""How many characters on each side of a name tell what it is."""

_EXPERTS = (
    "analyst|economist|strategist|researcher|scientist|engineer|fellow|professor|expert|specialist|attorney|lawyer|"
    "consultant|adviser|advisor|trader|broker|scholar|forecaster|director|executive|partner|officer|meteorologist"
)
_LEADERS = r"CEOs?|chief executives?|chairman|chairwoman|(?:co-?)?founders?|managing director|chief (?:\w+ )?officer"
_HELD = "shares|stock|shareholders|employees|customers|subscribers|headquarters|staffers|executives|flights|stores"
_STAFF = rf"{_LEADERS}|{_HELD}|users|earnings|revenue|profits?|analysts?|economists?|researchers?|subsidiary|board"
NO_BODIES = frozenset("report study press times works watch developer contractor publisher operator".split())
_KNOWN = "|".join(sorted((INSTITUTIONS | ORGANISATION) - NO_BODIES))
_ENDS = r"(?=$|\s(?:of|in|at|for|from|on|with|by|that|which|and|run|made|known|set|\w+ed|\w+ing)\b)"
_HUMAN = (
    r"was born|was (?:arrested|jailed|sentenced|survived by)|died|smiled|laughed|joked|recalled|married|wept|retired|"
    r"grew up|sighed|nodded|resigned"
)
_LIFE = (
    "wife|husband|mother|father|parents|son|daughter|brother|sister|children|family|widow|girlfriend|boyfriend|"
    "fiancée?|testimony|lawyers?|attorneys?|agent|death|career|life|childhood|body|face|voice|hand|hometown|memoir|legacy"
)

Rule = tuple[re.Pattern[str], int]
"""A pattern and how much its place weighs."""

BODY_BEFORE: tuple[Rule, ...] = (
    (re.compile(rf"\b(?:{_EXPERTS})s?\s(?:at|with)\s(?:the\s)?$"), 2),
    (re.compile(rf"\b(?:{_LEADERS}|{_HELD}|analysts?|economists?)\s(?:of|for|from|at)\s(?:the\s)?$"), 2),
    (re.compile(r"\b(?:work(?:s|ed|ing)?|jobs?|employed|(?:manag|direct|head|employe|profess|teach)\w*)\sat\s$"), 2),
    (re.compile(r"\b(?:polls?|surveys?|data|figures|rankings?)\sfrom\s$"), 1),
    (re.compile(rf"\b(?:{'|'.join(sorted(INSTITUTIONS))})\s$"), 2),
    (re.compile(r"-(?:owned|based|listed|headquartered)\s$"), 1),
)
BODY_BEHIND: tuple[Rule, ...] = (
    (re.compile(rf"(?:['’]s?)?\s(?:{_LEADERS}|{_HELD})\b"), 2),
    (re.compile(rf"['’]s?\s(?:\w+\s)?(?:{_STAFF})\b"), 2),
    (re.compile(rf",\s(?:an?|one of the|the\s\w+)\s(?:[\w’'-]+\s){{0,5}}?(?:{_KNOWN})s?{_ENDS}"), 3),
    (re.compile(r",\s(?:based in|headquartered in|founded (?:in|by)|which (?:owns|makes|runs|sells|employs))\b"), 2),
    (re.compile(r"(?:\s[a-z]+){0,3}\s(?:its|itself)\b"), 1),
    (re.compile(r"(?:\s[a-z]+){0,1}\sits\b"), 1),
    (re.compile(r"\s\([A-Z]{3,6}\)"), 1),
    (re.compile(r"\s(?:made landfall|weakened|strengthened|intensified)\b"), 3),
)
PERSON_BEHIND: tuple[Rule, ...] = (
    (re.compile(r",\s(?:aged\s)?\d{1,2}(?=[,.;])|\s\(\d{2}\)|\s\d{2}\s(?=said|says)"), 3),
    (re.compile(r"(?:,|\s[–—-])?\swho(?:m|se)?\b"), 2),
    (re.compile(r"(?:\s[a-z’']+){0,4}\s(?:he|she|himself|herself)\b"), 2),
    (re.compile(r"(?:\s[a-z’']+){1,3}\s(?:his|her)\b"), 1),
    (re.compile(r"[^.!?A-Z\n]{0,150}[.!?][”\"’']?\s+(?:He|She)\b"), 2),
    (re.compile(rf"['’]s?\s(?:late\s|former\s|then-)?(?:{_LIFE})\b"), 2),
    (re.compile(rf"\s(?:{_HUMAN})\b"), 2),
    (re.compile(r"(?:['’]s)?\s(?:administration|presidency|allies|aides|supporters|rally|rallies|confidants?)\b"), 1),
)
APPOSED = re.compile(r",\s(?:an?|the|his|her|their|[A-Z][\w’'-]+['’]s)\s([^,.;:\n]{2,70})")
LAST_WORD = re.compile(r"(?:^|[\s(—–])([a-z][\w’-]*)\s$")
THE_BEFORE = re.compile(r"\b[Tt]he\s$")
ACTS = re.compile(r"\s(?:are|were|have|had|has|is|was|said|says?|will|would|announced|reported)\b")
TITLE_BEFORE = re.compile(r"\b([A-Z][a-z]+)\.\s$")
PLURAL_VERB = re.compile(r"\s(?:are|were|have)\b")
SPEAKS_AFTER = re.compile(r"[,.?!][”\"]\s(?:[a-z]+\s)?$")
SPEAKS_BEFORE = re.compile(r"(?:\s[a-z]+){1,4}[:,]\s[“\"]([^”\"\n]{0,300})")
IN_PERSON = re.compile(r"\b(?:I|my|me)\b")
EXECUTIVES = frozenset("ceo cfo coo chief chairman chairwoman founder co-founder director analyst economist".split())
OUTLETS = frozenset("News Times TV Television Radio Magazine Agency Gazette Tribune Herald Telegraph Newspaper".split())
"""Last words of outlets that are no surnames."""
LEAST = 3
"""How much must speak for a person before a name that looks like a body's is taken for a person's."""
MANY = re.compile(r"^[A-Z][a-z]{2,}(?:ers|ors|ists|ians|ants|ees|ites|crats)$")
LOCATED = re.compile(
    r"(?:\b(\w+)\s)?\b(?:in|near|outside|across"
    r"|(?:back|go|goes|going|went|come|came|drove|flew|moved?|road|sent|taken|travel\w*|trip|return\w*|visits?|way)\sto)"
    r"\s([A-Z][\w-]+)\b(?!['’])"
)
DEFINITE = re.compile(r"\b[Tt]he\s([A-Z][\w-]+\s[A-Z][\w-]+)\b")
LOWER = re.compile(r"\b[a-z]{3,}\b")
HELD_IN = frozenset(
    "share shares stake stakes stock interest confidence trust faith invest invested investor investors".split()
)
"""Nouns and verbs behind which "in" leads to no place."""
_TOLD = "said|says|told|tells|added|asked|believes?|thinks?|wrote|writes|answered|replied|recalled|tweeted"
SPEAKING = re.compile(
    rf"\b([A-Z][\w’'-]*\w)\s(?:and\s[^.,;:“”\n]{{1,50}}?\s)?(?:(?:also|then|later|has|had|\w+ly)\s)?(?:{_TOLD})\b|\b(?:said|says)\s([A-Z][\w’'-]*\w)\b"
)
OFTEN = 3
"""How many times a name stands in full, and never shortened, where it is hardly a person's."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the places of each name weigh together: above zero for a body, below for a person.

    `speaking` are names that stand beside a word of telling somewhere, `within` those that stand within a sentence,
    `definite` those that "the" precedes, `places` those that "in" or "near" does, and `common` words that have a
    capital only where they open a sentence.
    """

    weights: Counter[str]
    speaking: frozenset[str]
    within: frozenset[str]
    definite: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]

    def weigh(self, name: str) -> int:
        """For a name of several words what shows a person where its last word stands alone counts as well."""
        last = name.rsplit(maxsplit=1)[-1]
        return self.weights[name] + (min(0, self.weights[last]) if last != name else 0)

    def shows_body(self, name: str) -> bool:
        return self.weigh(name) > 0

    def shows_person(self, name: str) -> bool:
        return self.weigh(name) < 0

    def kind_of(self, name: str, kind: PartyKind) -> PartyKind:
        """The kind of a name without a title or role, which by its form is of this kind.

        What looks like a person's name is one where nothing speaks against it; a single word needs something that
        speaks for it.
        """
        if kind == "organisation" and self._is_person_after_all(name):
            return "person"
        if kind == "person" and " and " in name:  # Vesta and Tarn
            return "group"
        if kind != "person" or self.shows_person(name):
            return kind
        if self.shows_body(name):
            return "organisation"
        return "person" if " " in name else self._kind_of_word(name)

    def _is_person_after_all(self, name: str) -> bool:
        """Jin Park, 34: not so of what "the" precedes, the Elsin Park."""
        two = NAME.fullmatch(name) is not None and name.count(" ") == 1
        outlet = name.rsplit(maxsplit=1)[-1] in OUTLETS
        return two and not outlet and self.weights[name] <= -LEAST and name not in self.definite

    def _kind_of_word(self, name: str) -> PartyKind:
        many = name not in self.within and MANY.search(name) is not None
        if many or name in self.common:
            return "group" if many or is_plural(name.lower()) else "unnamed"
        if name in self.places:
            return "government"
        return "person" if name in self.speaking else "organisation"

    def shortened_to(self, name: str) -> bool:
        """Whether somebody goes by the first word of a name, and never by the last: Sun, of Sun Wei."""
        first, _, last = name.partition(" ")
        shown = min(0, self.weights[first]) + self.weights[name] < 0 and first not in self.places
        return shown and first in self.weights and last not in self.weights


def read_evidence(text: str) -> Evidence:
    """Weigh every place of every name of an article."""
    weights: Counter[str] = Counter()
    standing: Counter[str] = Counter()
    within: set[str] = set()
    for name, weight, opens in _weighed(text):
        weights[name] += weight
        standing[name] += 1
        within |= set() if opens else {name}
    for name in [name for name in standing if " " in name]:
        weights[name] += _by_shortening(name, standing, weights)
    lower = set(LOWER.findall(text))
    opening = {name for name in standing if " " not in name} - within
    return Evidence(
        weights=weights,
        speaking=frozenset(name for names in SPEAKING.findall(text) for name in names),
        within=frozenset(within),
        definite=frozenset(DEFINITE.findall(text)),
        common=frozenset(name for name in opening if {name.lower(), singular(name.lower())} & lower),
        places=frozenset(name for before, name in LOCATED.findall(text) if before.lower() not in HELD_IN),
    )


def _by_shortening(name: str, standing: Counter[str], weights: Counter[str]) -> int:
    """People are named in full once and then by the surname; bodies by their first word, or always in full."""
    words = name.split()
    if standing[words[-1]]:
        return 0 if is_title(words[-1]) else 1 if weights[words[-1]] > 0 else -1
    return int(weights[words[0]] > 0 or standing[name] >= OFTEN)


def _weighed(text: str) -> Iterator[tuple[str, int, bool]]:
    for found in NAME.finditer(text):
        opens = OPENS_SENTENCE.search(text, max(0, found.start() - 4), found.start()) is not None
        yield from _in_run(text, found.start(), found.group().replace("\u00a0", " ").split(), opens=opens)


def _in_run(text: str, start: int, words: list[str], *, opens: bool) -> Iterator[tuple[str, int, bool]]:
    """The names of one run of capitals, parted by a title: Vesta | CEO | Ana Ruiz."""
    while words and words[0].lower() in NO_NAME:
        start, words, opens = start + len(words[0]) + 1, words[1:], False
    title = next((n for n in range(len(words) - 2, -1, -1) if is_title(words[n])), None)
    if not words or words[0].lower() in STORMS:
        yield from ((name, LEAST, False) for name in (" ".join(words), " ".join(words[1:])) if name)
        return
    before, behind = text[max(0, start - BESIDE) : start], text[start + len(" ".join(words)) :][:BESIDE]
    if title is None:
        yield " ".join(words), _before(text, start, before, behind) + _behind(behind, opens=opens), opens
        return
    yield " ".join(words[title + 1 :]), -LEAST + _behind(behind, opens=False), False
    if title and words[title].lower() in EXECUTIVES:
        yield " ".join(words[:title]), 2, opens


def _before(text: str, start: int, before: str, behind: str) -> int:
    weight = sum(weight for pattern, weight in BODY_BEFORE if pattern.search(before))
    title = TITLE_BEFORE.search(before)
    if title and is_title(title[1]):
        weight -= LEAST
    if THE_BEFORE.search(before) and ACTS.match(behind):  # the Rovers have
        weight += 2
    noun = LAST_WORD.search(before)
    if noun and is_person_noun(noun[1]) and noun[1] not in EITHER_WAY:
        weight -= 2
    if SPEAKS_AFTER.search(before):  # bodies speak so more seldom
        quoted = re.split(r"[“\"]", text[max(0, start - 400) : start].rstrip("abcdefghijklmnopqrstuvwxyz ")[:-1])[-1]
        weight -= 3 if IN_PERSON.search(quoted) else 1
    return weight


def _behind(behind: str, *, opens: bool) -> int:
    weight = sum(weight for pattern, weight in BODY_BEHIND if pattern.match(behind))
    weight -= sum(weight for pattern, weight in PERSON_BEHIND if pattern.match(behind))
    weight += int(opens and PLURAL_VERB.match(behind) is not None)
    apposed = APPOSED.match(behind)
    if apposed is not None:
        words = re.split(r"\s(?:of|in|at|for|from|with|on|and|who|that|which)\b", apposed[1])[0].split()
        weight -= 3 * (words[-1].islower() and is_person_noun(words[-1]))
    said = SPEAKS_BEFORE.match(behind)
    return weight - 2 * bool(said and IN_PERSON.search(said[1]))
