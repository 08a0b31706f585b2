"""What stands before a pronoun: who spoke, and whom the article's own words name.

A pronoun takes up the one who spoke or was named first in its own sentence or the one before. Farther back it is given
to nobody between whom and it another was named who would fit as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.genders import genders_of, overlapping
from rag.attribution.kinds import ARTICLE, head_of, is_person_noun
from rag.attribution.nouns import ANONYMOUS, ARTEFACTS, COMMON, GOVERNMENT, ORGANISATION
from rag.attribution.parties import Entity
from rag.attribution.people import Named, People
from rag.attribution.register import BODIES
from rag.attribution.runs import NO_NAME
from rag.attribution.silent import is_silent, singular

MAX_BACK = 900
"""How many characters back a pronoun may reach."""
LEADING = 45
"""How many characters into a sentence its subject may begin."""
AHEAD = 60
"""How many characters after the comma of an opening clause its subject may begin."""
OBJECT = {"male": re.compile(r"\bhim\b"), "female": re.compile(r"\bher(?=[,.;:]|\s(?:of|for|to|in|on|at|as|and)\b)")}
DESCRIBED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)\s(?:[\w-]+\s){0,4}?([a-z][\w-]+)\s"
    r"(?=(?:\w+ed|has|had|was|is|gave|said|says|won|went|just|took|stood|left|came|made|met|kept|wrote|spoke|sat|flew|"
    r"became|began|told|knew|lost|held|led|ran|saw|got|put|drew|fell|rose|sent|read|brought|thought|felt|found)\b)"
)
PREPOSITION = re.compile(r"\b(?:of|with|from|by|to|for|since|after|before|against|about)\s$")
NAMED_SUBJECT = re.compile(r"\W*(?:The\s)?((?:[A-Z][\w’'&-]*\s)*?[A-Z][\w’'&-]*)(?=\s[a-z])")
TOLD_BEHIND = re.compile(r"\w+(?:\s\w+){1,5}[.;]?$")
RIVAL = re.compile(
    r"\b[a-z]{3,}(?<![us])s,?\s(?:after|because|when|if|as|once|until|before|since|while|unless|that|which)\s\Z"
)
"""several towns after (they): a plural that "they" takes up sooner than a body."""
OPENING_PRONOUN = re.compile(r"(?:(?:But|And|So|Still|Then|Now|Later)\s)?(he|she)\s(?=[a-z])", re.IGNORECASE)
ASKED = re.compile(r"\W*(?:When\s|But\s)?(?:asked|pressed|questioned)\b[^.;:“”\"]*,\s\Z", re.IGNORECASE)
"""Asked whether Vale had left, (he): who is asked was there before, and nobody whom the question names."""
OPENING_CLAUSE = re.compile(
    r"^(?:Even\s)?(?:As|While|Although|Though|When|Before|After|If|Because|Since|Despite|In|By|Asked)\b[^,.;]{0,40}$",
    re.IGNORECASE,
)


class Scene:
    """The text of an article, with who is heard where. `hear` must be called in the order of the text."""

    def __init__(self, text: str, sentences: Sequence[Span], people: People, quoted: Sequence[Span]) -> None:
        self.text = text
        self.people = people
        self.quoted = sorted(quoted)
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._heard_at: list[int] = []
        self._heard: list[Entity] = []
        self._ends: list[bool] = []
        self.genders = genders_of(people, sentences, quoted)

    def hear(self, at: int, entity: Entity, *, ends: bool = False) -> None:
        """Somebody begins to speak at this offset, or ends there."""
        self._heard_at.append(max(at, self._heard_at[-1] if self._heard_at else at))
        self._heard.append(entity)
        self._ends.append(ends)
        entity.last = self._heard_at[-1]

    def is_quoted(self, at: int) -> bool:
        return overlapping(self.quoted, at)

    def follows(self, before: int, at: int) -> bool:
        """Whether an offset stands in the sentence of another or in the next one."""
        first, second = self._sentence(before), self._sentence(at)
        return first is not None and second is not None and second - first in {0, 1}

    def gender_of(self, entity: Entity) -> str:
        """What the words beside a name show, else what pronouns show."""
        return entity.gender or self.genders.get(entity.name, "")

    def person_before(self, at: int, gender: str) -> Entity | Named | None:
        """Whom "he" or "she" means: somebody heard, or somebody only named so far."""
        here = self._sentence(at)
        if here is None:
            return None
        ahead = self._ahead(here, at, gender)
        if ahead is not None:
            return ahead
        if here and self._is_behind(here, at):
            before = self._sentences[here - 1]
            heard = self._latest(before.start, before.end + 1, lambda e: self._may_be(e, gender))
            if heard is not None and self.gender_of(heard) in {gender, ""} and heard.named:
                return heard
        for number in (here, here - 1):
            decided, found = self._in_sentence(number, here, at, gender) if number >= 0 else (False, None)
            if decided:
                return found
        return self._farther(at, gender)

    def _is_behind(self, number: int, at: int) -> bool:
        """Whether a pronoun stands behind the words of its sentence: Vale is late, she added."""
        span = self._sentences[number]
        ends = TOLD_BEHIND.match(self.text, at, span.end) is not None
        return ends and self.text[span.start : at].rstrip()[-1:] in set(',”"’')

    def _in_sentence(self, number: int, here: int, at: int, gender: str) -> tuple[bool, Entity | Named | None]:
        """Whether one sentence decides whom a pronoun means, and whom: nobody where it may be one without a name."""
        span = self._sentences[number]
        end = min(span.end, at)
        begin = self._after_others(span.start, end, gender) if number == here else span.start
        heard = self._latest(begin, end + (span.end < at), lambda e: self._may_be(e, gender))
        subject = self._opening_pronoun(span, end, gender)
        if heard is None and subject is not None:  # she met Ruiz, she said
            return number == here, self.person_before(subject, gender) if number == here else None
        named = self._told(begin, end, gender)
        subjects = self._subjects(named, gender)
        sure = [naming for naming in subjects if self.genders.get(naming.name) == gender]
        if heard is not None and (not sure or self.gender_of(heard) == gender or self._leads(span, at, heard)):
            return True, heard
        described = self._described(span.start, end)
        if described is not None and heard is None and not any(naming.start < described for naming in subjects):
            return True, None
        return bool(named), (sure if heard is not None else subjects or named)[0] if named else None

    def _subjects(self, named: Sequence[Named], gender: str) -> list[Named]:
        """Those named who may be what a sentence is about: not "Ruiz's", nor "with Ruiz" where others are named."""
        plain = [naming for naming in named if not naming.owning]
        known = [self.genders.get(naming.name) == gender for naming in plain]
        led = [PREPOSITION.search(self.text, naming.start - 9, naming.start) is not None for naming in plain]
        return [n for n, sure, behind in zip(plain, known, led, strict=True) if sure or not behind] or plain

    def _opening_pronoun(self, span: Span, end: int, gender: str) -> int | None:
        """Where the same pronoun is the subject of a sentence already: who that is, whoever else it names."""
        found = OPENING_PRONOUN.match(self.text, span.start, end)
        same = found is not None and {"he": "male", "she": "female"}[found[1].lower()] == gender
        return found.start(1) if found is not None and same and found.end(1) < end else None

    def _after_others(self, start: int, end: int, gender: str) -> int:
        """Where to look from: when Ana Ruiz accused him, or asked about her, he ... is not Ruiz."""
        if ASKED.match(self.text, start, end):
            return end
        objects = [found.end() for found in OBJECT[gender].finditer(self.text, start, end)] if gender else []
        return next((at for at in reversed(objects) if not self.is_quoted(at)), start)

    def _described(self, start: int, end: int) -> int | None:
        """Where the article's own words speak of a person without a name: the former president (gave a speech)."""
        for found in DESCRIBED.finditer(self.text, start, end):
            if not self.is_quoted(found.start()) and is_person_noun(found[1].lower()):
                return found.start()
        return None

    def described_before(self, at: int) -> str | None:
        """The only description ("the minister") of a person in the sentence of a pronoun or the one before."""
        here = self._sentence(at)
        if here is None:
            return None
        start = self._sentences[max(0, here - 1)].start
        found = [
            f"the {match[1]}"
            for match in DESCRIBED.finditer(self.text, start, at)
            if is_person_noun(match[1].lower())
            and not self.is_quoted(match.start())
            and match.group()[:3].lower() == "the"
        ]
        return found[0] if len(set(found)) == 1 else None

    def _farther(self, at: int, gender: str) -> Entity | Named | None:
        heard = self._latest(at - MAX_BACK, at, lambda e: self._may_be(e, gender))
        if heard is not None:
            others = {naming.name for naming in self._told(heard.last, at, gender)} - {heard.name}
            return heard if not others else None
        named = self._told(max(0, at - MAX_BACK), at, gender)
        return named[-1] if named and len({naming.name for naming in named}) == 1 else None

    def _ahead(self, number: int, at: int, gender: str) -> Named | None:
        """Even as he denied it, Ruiz ...: the subject after the clause that the pronoun opens, where none is named."""
        start = self._sentences[number].start
        if OPENING_CLAUSE.match(self.text[start:at].strip()) is None or self.people.named_in(start, at):
            return None
        comma = self.text.find(",", at, self._sentences[number].end)
        if comma < 0:
            return None
        for naming in self._told(comma, comma + AHEAD, gender):
            between = self.text[comma + 1 : naming.start].split()
            direct = all(word[0].isupper() or word.lower() in g.ARTICLES | g.TITLES for word in between)
            follows = re.match(r"\s[a-z]+", self.text[naming.end : naming.end + 20])
            return naming if direct and follows and not naming.owning else None
        return None

    def body_before(self, at: int, *, plural: bool) -> Entity | str | None:
        """Which body "it" means, or who "they" are: who spoke first in this sentence, or in the one before.

        Where nobody spoke in this sentence, "it" is a body that it names as its subject: the name is given. Behind its
        words ("Tarn Foods may close, it said") it is whoever spoke in the sentence before.
        """
        here = self._sentence(at)

        def fits(entity: Entity) -> bool:
            if plural and (entity.plural or entity.kind == "group"):
                return not _is_of_things(entity.name)
            return entity.kind in BODIES and not rival

        rival = plural and here is not None and RIVAL.search(self.text, self._sentences[here].start, at) is not None
        for number in self._near(here, at):
            span = self._sentences[number]
            heard = self._latest(span.start, min(span.end + 1, at), fits)
            if heard is not None:
                alone = self._only(span, at, heard, fits) and self._leads(span, at, heard)
                return heard if alone else None
            if self.people.named_in(span.start, min(span.end, at)) and number < (here or 0):
                return None
            if self._latest(span.start, min(span.end + 1, at), _shows_no_person) is not None and number == here:
                return None
            bodies = () if plural or number != here else self._bodies(span.start, at)
            if bodies:
                (first, name), *others = bodies
                return name if not others and first - span.start < LEADING else None
            if number == here and not plural and self._has_named_subject(span.start, at):
                return None
        return None

    def _near(self, here: int | None, at: int) -> tuple[int, ...]:
        """The sentences that may tell who "it" is: the one before, and this one unless it ends with "it said"."""
        if here is None:
            return ()
        span = self._sentences[here]
        ends = TOLD_BEHIND.match(self.text, at, span.end) and self.text[span.start : at].rstrip()[-1:] in ',”"’'
        return tuple(number for number in ((here - 1,) if ends else (here, here - 1)) if number >= 0)

    def _has_named_subject(self, start: int, end: int) -> bool:
        """The Compact may have to revise its account, it says: not whoever spoke in the sentence before."""
        found = NAMED_SUBJECT.match(self.text, start, end)
        return (
            found is not None
            and not self.is_quoted(found.start(1))
            and (found[1].lower() not in NO_NAME | COMMON and not found[1].lower().endswith("ly"))
        )

    def _bodies(self, start: int, end: int) -> list[tuple[int, str]]:
        """Bodies that the text names between two offsets, where each first stands; parts of longer ones left out."""
        found = [(at, name) for name in self.people.organisations if (at := self.text.find(name, start, end)) >= 0]
        found = [(at, name) for at, name in found if not self.is_quoted(at)]
        return sorted(one for one in found if not any(one[1] in other and one[1] != other for _, other in found))

    def _leads(self, span: Span, at: int, heard: Entity) -> bool:
        """Whether somebody heard is the subject of the sentence or has just spoken."""
        low, high = bisect_left(self._heard_at, span.start), bisect_left(self._heard_at, min(span.end + 1, at))
        return any(
            self._heard[n] is heard and (self._ends[n] or self._heard_at[n] - span.start < LEADING)
            for n in range(low, high)
        )

    def _only(self, span: Span, at: int, heard: Entity, fits: Callable[[Entity], bool]) -> bool:
        low, high = bisect_left(self._heard_at, span.start), bisect_left(self._heard_at, min(span.end + 1, at))
        return all(e is heard for e in self._heard[low:high] if fits(e))

    def _may_be(self, entity: Entity, gender: str) -> bool:
        if entity.kind == "unnamed":
            head = head_of(ARTICLE.sub("", entity.name))
            alone = not entity.plural and (head in ANONYMOUS or is_person_noun(head))
        else:
            alone = entity.kind == "person" and entity.name not in g.PRONOUNS
        known = self.gender_of(entity)
        return alone and (not known or not gender or known == gender)

    def _latest(self, start: int, end: int, fits: Callable[[Entity], bool]) -> Entity | None:
        """The last one heard from `start` on, before `end`."""
        low, high = bisect_left(self._heard_at, max(start, 0)), bisect_left(self._heard_at, end)
        return next((self._heard[n] for n in range(high - 1, low - 1, -1) if fits(self._heard[n])), None)

    def _told(self, start: int, end: int, gender: str) -> list[Named]:
        """People whom the article's own words name in a stretch of it, and whom a pronoun of this gender could mean."""
        return [
            naming
            for naming in self.people.named_in(start, end)
            if not self.is_quoted(naming.start) and self.genders.get(naming.name, gender) in {gender, ""}
        ]

    def _sentence(self, at: int) -> int | None:
        number = bisect_right(self._starts, at) - 1
        return number if number >= 0 and at < self._sentences[number].end else None


def _shows_no_person(entity: Entity) -> bool:
    """A name of one word that nothing shows to be a person's: Harbourline may be a paper."""
    return entity.kind == "person" and entity.named and " " not in entity.name and not entity.gender and not entity.role


def _is_of_things(name: str) -> bool:
    """The recommendations, the findings, the reports: what is in them their authors say, and "they" are not it."""
    noun = singular(head_of(ARTICLE.sub("", name)))
    things = noun in ARTEFACTS or (noun.endswith(("tion", "ment", "ing")) and noun not in ORGANISATION | GOVERNMENT)
    return things or is_silent(name)
