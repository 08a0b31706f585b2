"""Runs of capitalised words that could be names, cut where a word belongs to no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.attribution import grammar as g
from rag.attribution.kinds import is_people
from rag.attribution.nouns import COMMON, GOVERNMENT, ORGANISATION
from rag.attribution.roles import is_title

_BODY = "|".join(sorted(word.capitalize() for word in ORGANISATION | GOVERNMENT))
_MEMBERS = rf"[A-Z][\w-]*s['’](?=[ \u00a0](?:{_BODY})\b)"  # the Dock Workers' | Union
WORD = rf"(?:{_MEMBERS}|[A-Z][\w’'-]*\w|[A-Z]\.)"
FULL_NAME = re.compile(rf"(?<![\w.]){WORD}(?:[ \u00a0](?:(?:de|da|del|der|van|von|bin|al|el|la|di)[ \u00a0])?{WORD})+")
ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s$")
OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;“\"”’'\n¶])\s*$")
FIRST_NAMES = frozenset("will may april june august mark rob bill chase grant sue drew".split())
"""Verbs, auxiliaries and months that people are called by as well."""
NO_NAME = (
    g.LEADING
    | g.SUBORDINATORS
    | g.PREPOSITIONS
    | g.DETERMINERS
    | g.PRONOUNS
    | g.DAYS
    | g.MONTHS
    | g.AUXILIARIES
    | frozenset(
        "dear last next early late yes no please watch read full breaking photo video exclusive update latest here "
        "there editor’s editor's".split()
    )
) - FIRST_NAMES
_DOES = r"(?:is|was|has|had|does|did|will|would|can|could|says|said)\b"
CALENDAR = (g.DAYS | g.MONTHS) - FIRST_NAMES


def capitalised_runs(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Runs of two capitalised words or more that could be a name: where, the words, and whether "the" precedes."""
    for begin, run in _parted_runs(text):
        opens = OPENS_SENTENCE.search(text, max(0, begin - 4), begin) is not None
        before = next((n for n, word in enumerate(run) if not _leads_in(text, word, opens=opens)), len(run))
        start = begin + sum(len(word) + 1 for word in run[:before])
        definite = ARTICLE_BEFORE.search(text, max(0, start - 5), start) is not None
        dropped = _lead_of(run[before:]) or _rest_of_office(run[before:], text[max(0, start - 50) : start])
        start += sum(len(word) + 1 for word in run[before : before + dropped])
        words = _without_end(text, start, run[before + dropped :])
        if len(words) >= 2 and not all(word.isupper() and len(word) > 3 for word in words):
            yield start, words, definite


def _leads_in(text: str, word: str, *, opens: bool) -> bool:
    """Whether a word has its capital from where it stands; `opens` for the beginning of a sentence."""
    return word.lower() in NO_NAME or (opens and _opens_common(word) and not _acts(text, word))


def _acts(text: str, word: str) -> bool:
    """Whether a word that could be a participle is told to do or own something: Harding did, Harding's."""
    return word.endswith("ing") and re.search(rf"\b{re.escape(word)}(?:['’]s\b|\s{_DOES})", text) is not None


def _without_end(text: str, start: int, words: list[str]) -> list[str]:
    """Former Rep. | Ana Ruiz: without the title that the next name has, and without prepositions."""
    end = start + len(" ".join(words))
    if words and text[end : end + 1] == "." and is_title(words[-1]):
        words = words[:-1]
    last = next((n for n in range(len(words), 0, -1) if words[n - 1].lower() not in g.PREPOSITIONS), 0)
    return words[:last]


def _parted_runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of capitalised words, parted where one of them belongs to no name: Ana Ruiz | And | Tom Vale."""
    for found in FULL_NAME.finditer(text):
        start, run = found.start(), found.group().replace("\u00a0", " ").split()
        at = start
        words: list[str] = []
        for number, word in enumerate(run):
            at = text.index(word, at)
            if number and _ends_name(word):
                yield start, words
                words = []
            else:
                start = at if not words else start
                words.append(word)
            at += len(word)
        yield start, words


def _opens_common(word: str) -> bool:
    """Whether a word has its capital only from the sentence that it opens: Following Ruiz, Residents ..."""
    low = word.lower()
    return (
        (low in COMMON and not is_title(word))
        or (low.endswith("ing") and len(low) > 5)
        or (low.endswith("ly") and low not in g.NOT_ADVERBS)
    )


def _lead_of(words: Sequence[str]) -> int:
    """How many words stand before the name: Democrats (Ana Ruiz), Senators (Ana Ruiz)."""
    low = words[0].lower() if len(words) > 2 else ""
    return int(low.endswith("s") and (is_people(words[0]) or is_title(low.removesuffix("s"))))


def _rest_of_office(words: Sequence[str], before: str) -> int:
    """How many words belong to an office that began before them: Supervisor of Elections (Ana Ruiz)."""
    office = re.search(r"([A-Z]\w+)\s(?:of\s(?:the\s)?|(?:of|for)\s(?:the\s)?[A-Z][\w-]*\sand\s)$", before)
    if office is None or len(words) < 3 or not is_title(office[1]):
        return 0
    return len(words) - (3 if words[-2].endswith(".") else 2)


def _ends_name(word: str) -> bool:
    """Whether a word with a capital belongs to no name before it: a day, a pronoun, "And", "The"."""
    return word.lower().strip(".") in CALENDAR | g.PRONOUNS or word.lower() in g.ARTICLES | g.CONJUNCTIONS
