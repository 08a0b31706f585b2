"""Question (and the questions before it) -> Query: what is asked, whose words are asked for, about what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from rag.attribution.grammar import TITLES
from rag.attribution.kinds import head_of
from rag.attribution.relations import is_relational
from rag.errors import QuestionError
from rag.question.dates import asks_of_now, read_period
from rag.question.frames import (
    ACCORDING_TO,
    ASKED_OF,
    COMPARED,
    TOLD,
    WHO_ELSE,
    read_intent,
    read_stances,
    read_topic,
)
from rag.question.names import WORD, PartyNames, fold, name_words
from rag.question.query import Filters, Query
from rag.types import Party

_FOLLOWS_UP = re.compile(
    r"^(?:and|but|so|then|also|what about|how about|who else|anyone else|why|when|where)\b|"
    r"\b(?:he|she|they|it|his|her|their|him|them|himself|herself|that|this(?! (?:week|month|year|weekend)))\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"^\W*(?:and|but|so|then|also|what about|how about|who else|anyone else)\b", re.IGNORECASE)
_ELLIPTIC = re.compile(r"^\W*(?:and |but |so )?(?:when|where|why|how|since when|according to whom)\W*$", re.IGNORECASE)
_PERSONAL = re.compile(r"^(?:he|she|they|it)$", re.IGNORECASE)
_OWNED = re.compile(r"^(?:his|her|their|its)\s+(?P<what>[\w\s’'-]{3,60})$", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w'’\-]*(?:\s+(?:of|for|de|von|van|der|al|bin|the|and|&)(?=\s+[A-Z])|\s+[A-Z][\w'’\-]*)*")
_PLACED_ROLE = re.compile(r"[a-z]\w+ (?:of|in|at) [A-Z][\w ]+$")
_IN_NAMES = frozenset("of for de von van der al bin the and".split())
_OWNS = re.compile(r"\w(?:['’]s|s['’]) [a-z]")
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LIVE = timedelta(days=90)
"""How old the newest article may be for "this week" to mean something to a corpus; an archive has no such days."""
_IN_OUTLET = r"\b(?:in|by|from|according to|of)\s+(?:the\s+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What a question is read against: names of parties, outlets, and the day of the newest article."""

    names: PartyNames
    outlets: tuple[str, ...] = ()
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Whose words are asked for: parties, or a name that no claim belongs to.

    `described`: by what they are ("his lawyer"), in words that are no part of what is asked about. `unmatched`:
    somebody's lawyer is asked for, and no party is known to be that. `state`: the country that they speak
    for, where it is asked for by its name.
    """

    speakers: tuple[Party, ...] = ()
    unknown: str | None = None
    described: bool = False
    unmatched: bool = False
    state: str | None = None


def read_question(
    question: str,
    *,
    corpus: Corpus,
    history: Sequence[str] = (),
    filters: Filters | None = None,
    today: date | None = None,
) -> Query:
    """Understand a question; `history` holds the questions before it, oldest first, `today` is for "last week".

    Filters that are given win over what the question itself says of outlets and dates. Raises QuestionError for an
    empty question, a date that is none, a party that no claim of the corpus belongs to.
    """
    filters = filters or Filters()
    asked = " ".join(question.split())
    if not WORD.search(asked):
        raise QuestionError("the question is empty; ask for example: Who reported the civilian deaths?")
    earlier = _earlier(asked, corpus, history)
    found = _asked_of(asked, corpus, earlier)
    speakers = found.speakers + tuple(p for p in _filtered(filters, corpus.names) if p not in found.speakers)
    own = read_topic(_without_speaker(asked) if found.described else asked, speakers)
    query = Query(
        question=asked,
        text=f"{earlier.text} {asked}" if earlier else asked,
        topic=own or (earlier.topic if earlier else ""),
        inherited=bool(earlier and not own),
        intent=read_intent(asked, speakers=len(speakers) or bool(found.unknown)),
        speakers=speakers,
        unknown=None if speakers else found.unknown,
        unmatched=found.unmatched and not speakers,
        state=found.state,
        stances=read_stances(asked) or (earlier.stances if earlier and WHO_ELSE.search(asked) else ()),
        told=told["outlet"] if (told := TOLD.search(asked)) else None,
    )
    if earlier and own and not speakers:
        query = replace(query, topic=read_topic(query.text, ()))
    return _restricted(query, corpus, filters, earlier=earlier, today=today or datetime.now(UTC).date())


def asks_who_else(question: str) -> bool:
    """Whether a question asks for further parties than those told already."""
    return WHO_ELSE.search(question) is not None


def _earlier(asked: str, corpus: Corpus, history: Sequence[str]) -> Query | None:
    """The question before, where this one leans on it."""
    turns = [turn for turn in history if WORD.search(turn)]
    if not turns or not _FOLLOWS_UP.search(asked):
        return None
    return read_question(turns[-1], corpus=corpus, history=turns[:-1])


def _filtered(filters: Filters, names: PartyNames) -> tuple[Party, ...]:
    speakers: dict[str, Party] = {}
    for party in filters.parties:
        found = names.find(party, cased=party != party.lower()) or names.find_surname(party)
        if not found:
            raise QuestionError(f"no claim in this index belongs to a party named {party!r}; see: python -m rag claims")
        speakers |= {p.id: p for p in found}
    return tuple(speakers.values())


# Whose words


def _asked_of(question: str, corpus: Corpus, earlier: Query | None) -> _Asked:
    """Whose words are asked for: parties of the corpus, else a name in the speaker's place that it does not know."""
    if re.match(r"^(?:\W|and |but )*(?:who|whom|which)\b", question, re.IGNORECASE):
        return _Asked()
    compared = COMPARED.search(question)
    if compared:
        return _Asked(speakers=corpus.names.find(compared["speaker"] or compared["between"]))
    match = ASKED_OF.search(question) or ACCORDING_TO.search(question)
    if match and not _outlet_named(match["speaker"], corpus.outlets):
        return _speaking(match["speaker"].strip(), corpus.names, earlier, cased=question != question.lower())
    elliptic = match is None and earlier is not None and _ELLIPTIC.match(question)
    return _Asked(speakers=earlier.speakers) if earlier and elliptic else _Asked()


def _speaking(phrase: str, names: PartyNames, earlier: Query | None, *, cased: bool) -> _Asked:
    """The parties that the words in the speaker's place mean."""
    if earlier and (_PERSONAL.match(phrase) or _OWNED.match(phrase)):
        speakers = _taken_up(phrase, earlier, names)
        return _Asked(speakers=speakers, described=bool(speakers), unmatched=is_relational(head_of(phrase)))
    bare = _DETERMINER.sub("", phrase)
    bearers = names.find_bearers(bare) if bare != phrase and bare.islower() and bare.isalpha() else ()
    if bearers:  # the union
        return _Asked(speakers=bearers, described=True)
    if for_state := names.find_state(phrase if cased else phrase.title()):
        everyone = {party.id: party for party in (*names.find(phrase, cased=cased), *for_state)}
        return _Asked(speakers=tuple(everyone.values()), described=True, state=bare)
    if _PLACED_ROLE.match(bare):  # the mayor of Elsin
        described = names.find_described(phrase)
        return _Asked(speakers=described, described=bool(described))
    if not _names_only(phrase):
        by_name = names.find(phrase, cased=cased) if _title_and_name(phrase) else ()
        described = names.find_described(phrase)
        somebodys = _OWNS.search(phrase) is not None and is_relational(head_of(phrase))
        return _Asked(speakers=described or by_name, described=bool(described), unmatched=somebodys)
    return _named(phrase, names, cased=cased)


def _named(phrase: str, names: PartyNames, *, cased: bool) -> _Asked:
    """The parties of this name, else those known by its surname or described by it."""
    speakers = names.find(phrase, cased=cased) or names.find_acronym(phrase)
    described = () if speakers else names.find_described(phrase)
    name = _NAME.search(phrase)
    if speakers or described or not name:
        return _Asked(speakers=speakers or described, described=bool(described))
    the = "the " if phrase[: name.start()].lower() == "the " else ""
    return _Asked(speakers=names.find_surname(name.group()), unknown=f"{the}{name.group()}")


def _without_speaker(question: str) -> str:
    """A question without the words in the speaker's place."""
    match = ASKED_OF.search(question) or ACCORDING_TO.search(question)
    return f"{question[: match.start('speaker')]} {question[match.end('speaker') :]}" if match else question


def _taken_up(phrase: str, earlier: Query, names: PartyNames) -> tuple[Party, ...]:
    """he, she: who was asked about before. His campaign: that of whom the question before named last."""
    owned = _OWNED.match(phrase)
    if not owned:
        people = [party for party in earlier.speakers if party.kind == "person" or phrase.lower() in {"they", "it"}]
        return tuple(people) or tuple(party for party in names.find(earlier.text)[-1:] if party.kind == "person")
    owners = dict.fromkeys([*reversed(names.find(earlier.text)), *earlier.speakers])
    for owner in owners:
        found = names.find_of(owner, owned["what"])
        if found:
            return found
    return ()


def _names_only(phrase: str) -> bool:
    """Whether a phrase is made of names, and no description: "the Orla Post", but not "the Orla police chief".

    "Ruiz's secretary" is a description too, though a title may stand in a name.
    """
    if _OWNS.search(phrase):
        return False
    words = _DETERMINER.sub("", phrase).split()
    described = [word for word in words if word[0].islower() and word not in _IN_NAMES and word not in TITLES]
    return not described or phrase == phrase.lower()


def _title_and_name(phrase: str) -> bool:
    """the mayor of Orla, Ana Ruiz | the former minister Ana Ruiz: a description that ends in a name of two words."""
    return re.search(r"\b[a-z]\w+,? [A-Z]\w+ [A-Z]\w+$", phrase) is not None


# Outlets and dates


def _restricted(query: Query, corpus: Corpus, filters: Filters, *, earlier: Query | None, today: date) -> Query:
    """With the outlets and the dates that filters or the question name; a follow-up keeps those before it."""
    period = read_period(query.question, today=today, latest=corpus.latest)
    since, until = _iso_date(filters.since, "since"), _iso_date(filters.until, "until")
    if since and until and since > until:
        raise QuestionError(f"since {since} is after until {until}: no day lies between them")
    if since is None and until is None and period:
        since, until = (day.isoformat() if day else None for day in (period.since, period.until))
    elif since is None and until is None and earlier:
        since, until = earlier.since, earlier.until
    outlets = filters.outlets or _outlets_in(query.question, corpus.outlets) or (earlier.outlets if earlier else ())
    said = [f"outlet: {name}" for name in outlets] + [f"party: {name}" for name in filters.parties]
    said += [f"since {since}"] if since else []
    said += [f"until {until}"] if until else []
    near = _near(query.question, corpus, min(today, date.fromisoformat(until)) if until else today)
    said += [f"nearest to {near}"] if near else []
    topic = query.topic.replace(period.words, " ") if period else query.topic
    for outlet in corpus.outlets:
        topic = re.sub(_in_outlet(outlet), " ", topic, flags=re.IGNORECASE)
    topic = " ".join(topic.split()) if WORD.search(topic) else ""
    return replace(query, outlets=outlets, since=since, until=until, near=near, topic=topic, filters=tuple(said))


def _near(question: str, corpus: Corpus, day: date) -> str | None:
    """The day that "this week" is counted from, where the corpus has articles of these days."""
    live = corpus.latest is not None and corpus.latest + _LIVE >= day
    return day.isoformat() if live and asks_of_now(question) else None


def _outlets_in(question: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """The outlets that a question restricts itself to: "in the Orla Post", "according to the Post"."""
    asked = ASKED_OF.search(question)
    speaker = _outlet_named(asked["speaker"], outlets) if asked else None
    found = [speaker] if speaker else []
    found += [outlet for outlet in outlets if re.search(_in_outlet(outlet), question, re.IGNORECASE)]
    return tuple(dict.fromkeys(found))


def _in_outlet(outlet: str) -> str:
    """The pattern of "in the Orla Post", "according to the Post"."""
    return rf"{_IN_OUTLET}{re.escape(_DETERMINER.sub('', outlet))}\b(?!['’]s)"


def _outlet_named(phrase: str, outlets: Iterable[str]) -> str | None:
    """The outlet whose name a phrase is."""
    words = [fold(word) for word in WORD.findall(_DETERMINER.sub("", phrase))]
    return next((outlet for outlet in outlets if list(name_words(outlet)) == words), None)


def _iso_date(value: str | None, name: str) -> str | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise QuestionError(f"{name} must be a date like 2026-01-31, not {value!r}") from error
    return day.isoformat()
