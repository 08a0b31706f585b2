"""What a speaker talks about, and whom its denials and accusations name, from the words of its claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.question import PartyNames
from rag.store.browsing import Speaker
from rag.types import Party, Plain

if TYPE_CHECKING:
    from rag.store.ledger import Ledger

MOST_PORTRAYED = 200
"""Claims of a party that are read to say what it talks about."""
TOPICS = 5
AGAINST = 3
LEAST_LETTERS = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLAIN = frozenset(
    "about above after again against ahead almost along already also always although among another anyone "
    "anything around asked back because been before began behind being below between both called came cannot come "
    "coming could days does doing done down during each early either enough even ever every everyone everything "
    "fact first from full gave give given goes going gone good have having here hers herself himself hour hours "
    "however into itself just keep kept knew know known last later least left less like likely little long look "
    "made make making many matter maybe mean might minutes month months more most much must nearly need never "
    "next nobody none nothing often once only other others over part people perhaps place point possible quite "
    "rather really right said same says saying seen several shall should show side since some someone something "
    "soon still such sure take taken taking tell than that their them themselves then there therefore these they "
    "thing things think this those though three through time times today told took toward towards under until "
    "upon used using very want wanted week weeks well went were what whatever when where whether which while "
    "whole whom whose will with within without work would year years yesterday your that's it's don't didn't "
    "doesn't won't isn't wasn't aren't weren't couldn't can't they're we're we've i'm".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait(Plain):
    """A speaker with the words that most of its claims hold, and the parties its denials and accusations name."""

    speaker: Speaker
    topics: tuple[str, ...]
    against: tuple[str, ...]


def portray_all(speakers: Sequence[Speaker], *, ledger: Ledger, names: PartyNames) -> list[Portrait]:
    """Portraits from the latest claims of each speaker."""
    ids = [speaker.party.id for speaker in speakers]
    said = ledger.words_of(ids, most=MOST_PORTRAYED)
    opposed = ledger.words_of(ids, stances=("denies", "accuses"), most=MOST_PORTRAYED)
    return [portray(one, said=said[one.party.id], opposed=opposed[one.party.id], names=names) for one in speakers]


def portray(speaker: Speaker, *, said: Sequence[str], opposed: Iterable[str], names: PartyNames) -> Portrait:
    """A portrait from what was said, and from what was denied or accused (`opposed`).

    Whom a speaker speaks for is not whom it speaks against, though its denials name it.
    """
    own = {speaker.party.id, *(party.id for party in names.find(speaker.party.role or ""))}
    named = Counter(party.name for text in opposed for party in names.find(text) if party.id not in own)
    return Portrait(
        speaker=speaker,
        topics=topics_of(said, party=speaker.party),
        against=tuple(name for name, _ in named.most_common(AGAINST)),
    )


def topics_of(texts: Sequence[str], *, party: Party) -> tuple[str, ...]:
    """The words that stand in most of the texts, besides plain ones and the speaker's own name."""
    own = {word.casefold() for name in (party.name, *party.aliases) for word in _WORD.findall(name)}
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text in texts:
        words = {word.replace("’", "'").casefold(): word for word in _WORD.findall(text)}
        for word, as_written in words.items():
            if len(word) >= LEAST_LETTERS and word not in _PLAIN and word.removesuffix("'s") not in own:
                counts[word] += 1
                written.setdefault(word, Counter())[as_written] += 1
    return tuple(written[word].most_common(1)[0][0] for word, _ in counts.most_common(TOPICS))
