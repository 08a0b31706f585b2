"""Through whom a claim reached the article: "Ortiz told Vesta News", "an interview with the Harbour Post", "tweeted".

An outlet is known by its form ("... News", "... Post") or by what is done with it: one is told, interviewed, appears on
it, writes for it, it reports. What a speaker told an outlet in one place stays so through the next words of the same
speaker, until the article says that they spoke elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.types import Span
from rag.attribution.outlet_names import NAME, OutletNames, employer, modifies
from rag.attribution.parties import Entity
from rag.attribution.people import People
from rag.attribution.tokens import Document
from rag.types import Attribution

_TO = r"(?:\s(?:the|The|conservative|liberal|radio|television|TV|talk|show|hosts?|journalists?|reporters?|anchor|of))*"
_WHEN = (
    r"(?:\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\s(?:earlier|last|this|late|week|month|year|night|\d{4}|again))*"
)
TOLD = re.compile(
    r"\b(?:told|tells?|telling|informed|assured|joined|(?:said|says|spoke|speaking|wrote|talked|chatted|opened\sup|"
    r"acknowledg\w+|complain\w+|confirm\w+|explain\w+|admitt\w+|confess\w+|stat\w+|email(?:ed)?(?:\smessage)?)"
    rf"{_WHEN}\s(?:to|with)){_TO}\s({NAME})"
)
INTERVIEW = re.compile(
    r"\b(?:interview(?:ed)?|appear(?:ance|ed|ing|s)?|conversation|Q&A|op-?ed|opinion piece|column|essay|article|guest|"
    r"discussion|profile|segment|program|show|piece|published|aired|broadcast|hosted|issue)"
    rf"{_WHEN}\s(?:with|on|by|in|for|of)(?:\s(?:an?|the|his|her))?{_TO}\s({NAME})"
)
WRITTEN_IN = re.compile(rf"\b(?:[Oo]n|[Ii]n|for|via)\s(?:the\s|The\s)?(?:[A-Z][a-z]+day['’]s\s)?({NAME})")
FEATURED = re.compile(rf"({NAME})\s(?:interview|op-?ed|opinion piece|column|podcast|editorial)\b")
SPOKE_ON = re.compile(r"\b(?:speaking|spoke|said|says|seen|heard)\son\s((?:[A-Z]{2,}[A-Z0-9-]*\d*))(?=['’]s\b|\W)")
POSTED = re.compile(
    rf"\b(?:posted|posting|wrote|writing|writes|post|message|video|update|took|out|back)\s(?:\w+\s){{0,6}}?(?:on|to)\s({NAME})"
    rf"|\b(?:an?|his|her|the|its)\s({NAME})\s(?:post|message|page|account)\b"
)
TWEETED = re.compile(r"\btweet(?:s|ed|ing)?\b", re.IGNORECASE)
IN_TWEETS = re.compile(r"\b(?:in|with) (?:a|an|another|the|his|her) (?:\w+ ){0,2}tweet\b|\b(?:on|via|to) Twitter\b")
EPISODE = re.compile(rf"\b(?:episode|edition|broadcast|instal+ment|airing)\sof\s(?:the\s|The\s)?({NAME})")
RELEASED = re.compile(
    r"\b(?:released|published|leaked|disclosed|obtained)\s(?:\w+\s){0,3}?(?:by|through|as part of|via)\s"
    rf"(?:the\s|The\s)?({NAME})"
)
REPORTED = re.compile(
    rf"\b(?:[Aa]ccording to|reported by|reports? (?:by|from|in)|quoted (?:by|in))\s(?:the\s|The\s)?({NAME})"
    rf"|\b(?:[Tt]he\s)?({NAME})\s(?:reported|reports|first reported)\b"
)
ELSEWHERE = re.compile(
    r"\b(?:at (?:a|an|the|his|her|their)|in (?:a|an|the|his|her|their|prepared)) (?:[\w-]+ ){0,3}(?:rally|conference|"
    r"briefing|hearing|debate|speech|statement|letter|memo|event|meeting|forum|town hall|fundraiser|address|remarks|"
    r"testimony|court|filing|release|email|sermon|call)\b"
    r"|\btold (?:reporters|investors|analysts|supporters|lawmakers|the court|a crowd|"
    r"the crowd|jurors|a judge|delegates|voters)\b"
)
THEN = re.compile(
    r"\b(?:then|at the time|back in \d{4}|(?:years|months|weeks) (?:ago|earlier)|earlier this (?:year|month)|last (?:"
    r"year|month|spring|summer|fall|autumn|winter)|[Ii]n (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|\d{4}))\b"
)
"""What was told another time, and not what is told now."""
TITLE = re.compile(r"[“\"‘']((?:(?:[A-Z][\w’'!-]*|of|the|and|with|in|\d+)[ ,.]*){1,6})[”\"’']")
"""A programme in quotation marks: on Vesta's “Harbour Tonight.”"""
WRITES = re.compile(r"\b(?:wr[io]t|writing|post|add|continu|tweet|conclud)", re.IGNORECASE)
PLATFORM = "Twitter"
"""What a tweet is on."""
MAX_PARAGRAPHS = 6
"""How many paragraphs on a speaker may still be speaking to the same outlet."""


STATED = (TOLD, INTERVIEW, SPOKE_ON, EPISODE, FEATURED, WRITTEN_IN, RELEASED, REPORTED)
LETTER = re.compile(r"\bwr(?:ote|ites|itten|iting)\b")
"""One writes to any body: to an agency as well as to a paper."""
BY_USE = frozenset(STATED) - {WRITTEN_IN, RELEASED}
"""Patterns after which a name is that of an outlet though its form does not show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """An outlet, whether it was told in writing, and whether what follows may have been told it too."""

    outlet: str
    written: bool = False
    lasting: bool = True


class Channels:
    """Through which outlet each attribution of one article came, besides those that relay it."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        entities: Mapping[tuple[Span, ...], tuple[Entity, ...]],
        people: People,
    ) -> None:
        self._document = document
        self._people = people
        self._starts = [sentence.span.start for sentence in document.sentences]
        self._quoted = sorted(piece for quote in document.quotes for piece in quote.pieces)
        titles = {title[1] for p in self._quoted if (title := TITLE.fullmatch(p.of(document.text)))}
        self._names = OutletNames(people, titles)
        self._found: dict[Attribution, str] = {}
        self._follow(attributions, entities)

    def of(self, made: Attribution) -> str | None:
        """The outlet to which a claim was made, or in which it was written; None where none is shown."""
        return self._found.get(made)

    def _follow(
        self, attributions: Sequence[Attribution], entities: Mapping[tuple[Span, ...], tuple[Entity, ...]]
    ) -> None:
        speaking: dict[str, tuple[Channel | None, int]] = {}  # by name: the last channel, and in which paragraph
        described: tuple[Channel, int] | None = None  # what somebody was told on whom only a description stands for
        reached = 0
        for made in sorted(attributions, key=lambda a: (a.cue or a.content)[0].start):
            number = max(0, bisect_right(self._starts, (made.cue or made.content)[0].start) - 1)
            for passed in range(reached, number):
                self._set_scene(passed, speaking)
            reached = max(reached, number)
            sentence = self._document.sentences[number]
            said = self._telling(made, sentence.span)
            cue = " ".join(piece.of(self._document.text) for piece in made.cue)
            speakers = entities.get(made.source, ())
            stated = self._stated(said, cue, speakers)
            if stated is not None:
                self._found[made] = stated.outlet
            heirs = [e.name for e in speakers if e.named and speaking.get(e.name, (None, 0))[0] is None]
            if described is not None and number - described[1] <= 1 and len(heirs) == len(speakers) == 1:
                speaking[heirs[0]] = (described[0], sentence.paragraph)  # the former mayor ... “No,” Ruiz said.
            described = None
            for entity in speakers:
                kept, paragraph = speaking.get(entity.name, (None, 0))
                if stated is not None and kept is not None and stated.outlet in kept.outlet.split():
                    self._found[made] = kept.outlet  # told Vale, on the Tom Vale Morning Show
                elif stated is not None and stated.lasting and (kept is None or THEN.search(said) is None):
                    kept = stated
                elif ELSEWHERE.search(said) or sentence.paragraph - paragraph > MAX_PARAGRAPHS:
                    kept = None
                if stated is None and kept is not None and (not kept.written or WRITES.search(cue)):
                    self._found[made] = kept.outlet
                speaking[entity.name] = (kept, sentence.paragraph)
                if not entity.named and entity.kind == "person" and kept is not None:
                    described = (kept, number)

    def _set_scene(self, number: int, speaking: dict[str, tuple[Channel | None, int]]) -> None:
        """Ruiz appeared on Vesta News: a sentence may say it in which she says nothing yet."""
        sentence = self._document.sentences[number]
        named = self._people.named_in(sentence.span.start, sentence.span.end)
        stated = self._stated(self._masked(sentence.span, ()), "", ()) if named else None
        if stated is not None and stated.lasting:
            kept, _ = speaking.get(named[0].name, (None, 0))
            if kept is None or THEN.search(self._document.text, sentence.span.start, sentence.span.end) is None:
                speaking[named[0].name] = (stated, sentence.paragraph)

    def _telling(self, made: Attribution, sentence: Span) -> str:
        """The article's own words in the sentence of a cue: quotations are masked, and what is said besides."""
        return self._masked(sentence, made.content)

    def _masked(self, sentence: Span, hidden: Sequence[Span]) -> str:
        start = sentence.start
        words = list(self._document.text[start : sentence.end])
        first = max(0, bisect_right(self._quoted, Span(start, start)) - 1)
        inside = [piece for piece in self._quoted[first : first + len(words)] if piece.start < sentence.end]
        for piece in (*hidden, *inside):
            whole = start <= piece.start and piece.end <= sentence.end
            if whole and piece in inside and TITLE.fullmatch(piece.of(self._document.text)):
                words[piece.start - start] = words[piece.end - 1 - start] = " "
                continue
            for at in range(max(piece.start, start), min(piece.end, sentence.end)):
                words[at - start] = "_"
        return re.sub(r"_+", "_", re.sub(r" {2,}", " ", "".join(words)))

    def _stated(self, said: str, cue: str, speakers: Sequence[Entity]) -> Channel | None:
        """What the words of telling say of where they were said."""
        own = {alias for entity in speakers for alias in (entity.name, *entity.aliases)}
        for pattern in STATED:
            for found in pattern.finditer(said):
                name = next(group for group in found.groups() if group)
                used = pattern in BY_USE and not modifies(said, found.end())
                used = used and not (pattern is TOLD and LETTER.match(found.group()))
                if pattern is REPORTED and any(f"{name} " in other for other in own):  # Vesta pilot Tom Vale
                    continue
                outlet = self._names.named(name, by_use=used, before=found.group()[: -len(name)])
                if outlet is not None and not any(outlet == other or outlet in other.split(" of ") for other in own):
                    written = pattern is RELEASED
                    return Channel(outlet=outlet, written=written, lasting=pattern is not REPORTED)
        if TWEETED.search(cue) or IN_TWEETS.search(said):
            return Channel(outlet=PLATFORM, written=True)
        for found in POSTED.finditer(said):
            name = (found[1] or found[2]).split()[0]
            if not self._names.is_nobody(name) and not self._names.is_person(name):
                return Channel(outlet=name, written=True)
        roles = (entity.role or "" for entity in speakers)
        return next((Channel(outlet=outlet) for role in roles if (outlet := employer(role)) is not None), None)
