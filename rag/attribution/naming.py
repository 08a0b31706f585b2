"""Who speaks first by a role and then by name: "A Lund tax officer says ... Ana Ruiz says ..." is one person.

Reports open with what somebody is and name them in the sentences behind. The two are joined only where the next one to
speak is named there for the first time and nothing that the text says of them speaks against it. What an artefact says
("the letter reads") is given to whoever is told to have sent it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.antecedents import Scene
from rag.attribution.kinds import ARTICLE, POSSESSIVE, head_of, is_people, is_person_noun
from rag.attribution.nouns import ANONYMOUS, ARTEFACTS, PARTISANS
from rag.attribution.parties import Entity
from rag.attribution.people import People, initials_of
from rag.attribution.register import words_of
from rag.attribution.tokens import Document
from rag.attribution.trimming import maker_of, trim_source

Speakers = dict[tuple[Span, ...], tuple[Entity, ...]]

WITHIN = 3
"""In how many sentences behind the description the name must come."""
SPOKEN_FOR = frozenset("spokesman spokeswoman spokesperson representative".split())
"""Nouns that hide who speaks and yet are what somebody is."""
SAME = (
    frozenset("sen senator lawmaker legislator".split()),
    frozenset("rep representative congressman congresswoman lawmaker legislator".split()),
    frozenset("gov governor".split()),
    frozenset("dr doctor physician surgeon".split()),
    frozenset("judge justice magistrate".split()),
    frozenset("prof professor academic scholar".split()),
    frozenset("chairman chairwoman chair".split()),
    frozenset("spokesman spokeswoman spokesperson".split()),
    frozenset("attorney lawyer counsel".split()),
    frozenset("general commander officer gen".split()),
)
"""Words for one office."""
SAYS_LITTLE = (
    g.DETERMINERS
    | g.PREPOSITIONS
    | g.CONJUNCTIONS
    | frozenset("former ex longtime senior top new current who was is then s and the".split())
)
WHICH_ONE = re.compile(r"the\s[^,]*\s(?:who|that|whose)\s", re.IGNORECASE)
POSSESSED = re.compile(r"^.*(?:['’]s|s['’])\s")
APPOSED = re.compile(r"[^,.;]{0,30},\s(?:an?|the|his|her|its|their|who|whose|one|former)\s")
SENT = r"\b(?:sent|wrote|writing|signed|penned|issued|published|delivered|submitted|released|circulated|mailed)\s"
OWN = "an?|his|her|its|their"
SUBJECT = 5
"""How many characters into its sentence a description is still its subject, where others speak in it."""
BESIDE = 70
"""How many characters before a name, and twice as many behind it, tell what its bearer is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One source of the article: where it begins, its words, in which sentence, and whom it stands for."""

    start: int
    words: str
    sentence: int
    entities: tuple[Entity, ...]


def name_speakers(document: Document, speakers: Speakers, people: People, scene: Scene) -> Speakers:
    """The speakers with descriptions and artefacts replaced by the parties that the text shows them to be."""
    turns = _turns(document, speakers)
    named: dict[int, Entity] = {}
    for at, turn in enumerate(turns):
        if len(turn.entities) == 1 and id(turn.entities[0]) not in named:
            (entity,) = turn.entities
            own = turn.words.lower() not in g.RELATIVES | g.PRONOUNS | g.POSSESSIVES
            person = _named_behind(document, turns, at, people, scene) if own and _is_office(entity) else None
            maker = _maker(document, turns, at) if person is None else None
            if (found := person or maker) is not None:
                named[id(entity)] = found
                if person is not None:
                    person.aliases += [alias for alias in (entity.name, *entity.aliases) if alias not in person.aliases]
                    person.role = person.role or ARTICLE.sub("", entity.name)
    return {source: _replaced(entities, named) for source, entities in speakers.items()} if named else speakers


def _turns(document: Document, speakers: Speakers) -> list[_Turn]:
    starts = [sentence.span.start for sentence in document.sentences]
    return [
        _Turn(
            start=source[0].start,
            words=" ".join(piece.of(document.text) for piece in source),
            sentence=max(0, bisect_right(starts, source[0].start) - 1),
            entities=speakers[source],
        )
        for source in sorted(speakers)
        if starts
    ]


def _replaced(entities: tuple[Entity, ...], named: Mapping[int, Entity]) -> tuple[Entity, ...]:
    found = [named.get(id(entity), entity) for entity in entities]
    return tuple({id(entity): entity for entity in found}.values())


def _is_office(entity: Entity) -> bool:
    """Whether a description says what one person is, so that a name may follow: a tax officer, no source."""
    if entity.named or entity.plural or entity.kind not in {"person", "unnamed"}:
        return False
    if WHICH_ONE.match(entity.name):  # the judge who heard the case: one of several
        return False
    head = head_of(ARTICLE.sub("", entity.name))
    if head in ANONYMOUS - SPOKEN_FOR or head in PARTISANS or not is_person_noun(head):
        return False
    return not is_people(head.capitalize()) and len(words_of(entity.name)) > 2 and " and " not in entity.name


def _named_behind(document: Document, turns: list[_Turn], at: int, people: People, scene: Scene) -> Entity | None:
    """The next to speak, where they are named there for the first time and may be who was described."""
    turn = turns[at]
    described = turn.entities[0]
    headline = document.sentences[turn.sentence].headline
    for later in islice(turns, at + 1, None):
        behind = later.sentence - turn.sentence
        entity = later.entities[0]
        if behind > WITHIN + headline or len(later.entities) != 1:
            return None
        if entity is described or _is_office(entity) or behind == 0:
            continue
        if entity.kind != "person" or not entity.named or entity.ambiguous or maker_of(trim_source(later.words)):
            return None
        first = min(
            (start for start, name in people.full_names if name == entity.name and start > turn.start), default=-1
        )
        earlier = any(name == entity.name and start < turn.start for start, name in people.full_names)
        fresh = first >= 0 and not earlier and document.sentences[later.sentence].span.end > first
        alone = all(other.sentence != turn.sentence for other in (*turns[max(0, at - 1) : at], *turns[at + 1 : at + 2]))
        alone = alone or turn.start - document.sentences[turn.sentence].span.start < SUBJECT
        bare = alone and _opens(document, turn, described)
        return entity if fresh and _agree(scene, described, entity, first, bare=bare) else None
    return None


def _opens(document: Document, turn: _Turn, described: Entity) -> bool:
    """Whether a description introduces somebody: it opens a paragraph, and "the ..." opens the article itself."""
    sentences, number = document.sentences, turn.sentence
    first = number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph
    if not described.name.lower().startswith("the "):
        return first
    return first and all(sentence.headline for sentence in sentences[:number])


def _agree(scene: Scene, described: Entity, person: Entity, at: int, *, bare: bool) -> bool:
    """Whether what the text says of a person where it names them fits a description.

    `bare` is whether a person of whom it says nothing there may be who was described.
    """
    known = {described.gender, scene.gender_of(person)} - {""}
    if len(known) > 1:
        return False
    text, end = scene.text, at + len(person.name)
    before = re.split(r"[.,;:“”\"¶\n]", text[max(0, at - BESIDE) : at].removesuffix(". "))[-1]
    lead = [word for word in words_of(before)[-4:] if word not in SAYS_LITTLE]
    titled = any(is_person_noun(word) or any(word in same for same in SAME) for word in lead)
    apposed = APPOSED.match(text, end)
    if not titled and apposed is None and person.role is None:
        return bare
    beside = {*(lead if titled else ()), *words_of(person.role or "")}
    beside |= set(words_of(text[end : end + 2 * BESIDE])) if apposed else set()
    words = [word for word in words_of(described.name) if word not in SAYS_LITTLE]
    shared = {word for word in words if word in beside or any(word in same and same & beside for same in SAME)}
    initials = initials_of(" ".join(w for w in ARTICLE.sub("", described.name).split() if w[0].isupper())).lower()
    if not _of_one_camp(described.name, beside, text[end : end + 5]) or _of_other_office(described.name, before):
        return False
    heads = head_of(ARTICLE.sub("", described.name)) in shared
    return heads or len(shared) > 1 or (len(initials) > 2 and initials in beside)


def _of_one_camp(description: str, beside: set[str], behind: str) -> bool:
    """A Democratic senator is not Tom Vale (R-Norland)."""
    for word in re.findall(r"\b([A-Z]\w{4,})(?=\s[a-z])", POSSESSED.sub("", description)):
        stem = word[:5].lower()
        if any(camp.startswith(stem) for camp in PARTISANS):
            bracketed = behind.strip(" (,").startswith(f"{word[0]}-")
            if not bracketed and not any(other.startswith(stem) for other in beside):
                return False
    return True


def _of_other_office(description: str, before: str) -> bool:
    """A District Court judge is not Circuit Court Judge Tom Vale: each has a capital that the other lacks."""
    mine = {w.strip(".,") for w in description.split() if w[0].isupper()}
    lead = [w.strip(".,") for w in before.split()[-4:]]
    theirs = {w for w in lead if w[0].isupper() and not is_person_noun(w.lower())}
    return bool(mine & theirs) and bool(mine - theirs) and bool(theirs - mine)


def _maker(document: Document, turns: list[_Turn], at: int) -> Entity | None:
    """Who is told in this sentence or the two before to have sent or written the letter that speaks.

    Farther back it is theirs who spoke "in a statement" where the article has told of no other before.
    """
    turn = turns[at]
    (artefact,) = turn.entities
    noun = head_of(ARTICLE.sub("", artefact.name))
    if artefact.named or noun not in ARTEFACTS or not re.match(r"(?:the|this|that)\s", artefact.name, re.IGNORECASE):
        return None
    begin = document.sentences[max(0, turn.sentence - 2)].span.start
    sent = re.compile(
        rf"(?:{SENT}(?:the|another|one|this|that|{OWN})|\bin\s(?:{OWN}))\s(?:[\w-]+\s){{0,3}}?{re.escape(noun)}\b"
    )
    found = [match.start() for match in sent.finditer(document.text, begin, turn.start)]
    found = found or _only_one(noun, document.text[: turn.start])
    if len(found) != 1:
        return None
    said = next(n for n, sentence in enumerate(document.sentences) if sentence.span.end > found[0])
    makers = [t for t in islice(turns, at) if t.sentence == said and t.start < found[0]]
    if not makers or len(makers[-1].entities) != 1 or makers[-1].entities[0] is artefact:
        return None
    between = document.text[makers[-1].start : found[0]]
    return makers[-1].entities[0] if not re.search(r"[.;:“”\"]", POSSESSIVE.sub("", between)) else None


def _only_one(noun: str, before: str) -> list[int]:
    """Where somebody spoke "in a statement", if no statement is told of besides."""
    told = re.findall(rf"\b{re.escape(noun)}s?\b", before, re.IGNORECASE)
    spoken = re.finditer(rf"\bin\s(?:{OWN})\s(?:[\w-]+\s){{0,2}}?{re.escape(noun)}\b", before)
    return [match.start() for match in spoken] if len(told) == 1 else []
