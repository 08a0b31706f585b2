"""The check that a worded sentence says nothing which each of the numbers that it names does not say.

A sentence stands where it is read as words of the cited claim's party, with the claim's stance, and its content is a
shortening of that party's cited words. Everything that it consists of is looked at: what is not understood is struck.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from corpus import split_sentences
from rag.answer.worded.frame import Frame, read_frames
from rag.answer.worded.items import Item
from rag.answer.worded.shortening import is_supported
from rag.answer.worded.terms import read_terms
from rag.answer.worded.word_lists import IRREGULAR
from rag.attribution import grammar as g
from rag.attribution.cues import FORMS, NOUNISH
from rag.attribution.stance import stance_of
from rag.types import Stance

Flaw = Literal[
    "it cites nothing",
    "it cites a number that is not there",
    "it is too long",
    "it holds markup, a link or a citation of its own",
    "it is more than one sentence",
    "it speaks to the reader",
    "it gives an order",
    "it quotes what is not quoted there",
    "it does not say, in a form that can be checked, that the cited party says it",
    "it names the speaker with words that do not stand there",
    "its verb is not what the cited party does",
    "its words are not those of the cited party",
]

LONGEST = 400
"""Characters of a sentence."""
MOST_NUMBERS = 5
"""Numbers that one sentence may rest on; each must carry the whole of it."""
NEUTRAL = frozenset({"say", "tell", "state", "according"})
"""Verbs of saying that add nothing, and may stand for another that asserts."""
CARRYING = g.HAVE | g.DO | g.NEGATIONS | {"to", "also"}
"""Words of a cue that the stance accounts for, or that say nothing."""
OUTLET_CUES = NEUTRAL | {"report", "write"}
WEAKER: frozenset[tuple[Stance, Stance]] = frozenset({("asserts", "confirms"), ("asserts", "promises")})
"""A wording's stance and a claim's stance that it may stand for, beside the same one: who confirms also says."""

SAID = frozenset(claimed for said, claimed in WEAKER if said == "asserts")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_CUE_WORD = re.compile(r"[\w’'-]+")
_ORDERS = (
    frozenset(IRREGULAR.values())
    | frozenset(form for form, entry in FORMS.items() if entry.tense == "base" and form not in NOUNISH)
    | frozenset(
        "delete run send print output obey stop call click visit open follow repeat please remember dear".split()
    )
) - frozenset("man woman child person foot wife life half lead".split())
"""Verbs in the form that a command begins with."""
_PUNCTUATION = frozenset(" .,;:!?'’‘“”\"()-–—…%$€£&/")
_LINK = re.compile(r"//|www\.|\b[\w-]{2,}\.[a-z]{2,}\b|[\w.]@", re.IGNORECASE)
_OWN_CITATION = re.compile(r"\(\s*(?:no\.?\s*)?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\)", re.IGNORECASE)
_QUOTATION = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|(?<!\w)‘([^‘’]*)’")
_LEFT_OPEN = re.compile(r"[“”\"]")
_TO_READER = re.compile(
    r"\b(?:I|[Ww]e|us|me|[Mm]y|[Oo]ur|ours|mine|myself|ourselves|[Yy]ou|[Yy]ours?|[Yy]oursel(?:f|ves))\b"
    r"|(?i:\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,60}\b(?:instructions?|prompts?|rules?|above|previous)\b"
    r"|\bsystem (?:prompt|message)\b|\blanguage model\b|\bas an ai\b|\b(?:click|tap) (?:here|on)\b)"
)


def find_flaw(text: str, numbers: Sequence[int], *, items: Mapping[int, Item]) -> Flaw | None:
    """Why a sentence is struck, or None where each of its numbers supports the whole of it."""
    text = " ".join(text.split())
    if not numbers:
        return "it cites nothing"
    if len(set(numbers)) > MOST_NUMBERS or any(number not in items for number in numbers):
        return "it cites a number that is not there"
    flaw = _form_flaw(text)
    for number in dict.fromkeys(numbers):
        flaw = flaw or _item_flaw(text, items[number])
    return flaw


def _form_flaw(text: str) -> Flaw | None:
    if len(text) > LONGEST:
        return "it is too long"
    if not all(ch in _PUNCTUATION or unicodedata.category(ch)[0] in "LM" or ch in "0123456789" for ch in text):
        return "it holds markup, a link or a citation of its own"
    if _LINK.search(text) or _OWN_CITATION.search(text):
        return "it holds markup, a link or a citation of its own"
    unquoted = _QUOTATION.sub("“x”", text)
    if len(split_sentences(unquoted)) != 1:
        return "it is more than one sentence"
    return "it speaks to the reader" if _TO_READER.search(unquoted) else None


def _item_flaw(text: str, item: Item) -> Flaw | None:
    """What is wrong with a sentence as words of one item; it stands where one way of reading it does."""
    strange = {ch for ch in text if not ch.isascii() and ch not in _PUNCTUATION}
    if not strange <= set(item.citation.quote).union(*item.names):
        return "its words are not those of the cited party"  # letters of other scripts that look alike
    if not _quotes_stand(text, item):
        return "it quotes what is not quoted there"
    flaws = [_frame_flaw(frame, item) for frame in read_frames(text, names=item.names)]
    if not flaws:
        return "it does not say, in a form that can be checked, that the cited party says it"
    return None if None in flaws else flaws[0]


def _frame_flaw(frame: Frame, item: Item) -> Flaw | None:
    if _orders(frame.content):
        return "it gives an order"
    if not _speaker_fits(frame, item):
        return "it names the speaker with words that do not stand there"
    if not _cue_fits(frame, item):
        return "its verb is not what the cited party does"
    if not is_supported(_self_named(frame.content, item), item.words):
        return "its words are not those of the cited party"
    return None


def _orders(content: str) -> bool:
    """Whether words outside quotation marks command, or announce what follows: said that Write ..., that Note: ..."""
    unquoted = _QUOTATION.sub("“x”", content)
    first = (re.match(r"[^\W\d_]*", clause.strip()) for clause in re.split(r"[;.!?]\s", unquoted))
    return ": " in unquoted or any(found is not None and found.group().lower() in _ORDERS for found in first)


def _speaker_fits(frame: Frame, item: Item) -> bool:
    """Whether all that is said of the speaker, of when and of to whom they spoke, is the label's or the article's."""
    quote, name = item.citation.quote, _ARTICLE.sub("", frame.name)
    party = item.claim.party if item.claim else None
    about = {_ARTICLE.sub("", known).casefold() for known in (party.role, party.side) if known} if party else set()
    before, after = _ARTICLE.sub("", frame.before), _ARTICLE.sub("", frame.after)
    via = item.claim.via if item.claim else ()
    return (
        (not before or before.casefold() in about or _holds(quote, f"{before} {name}"))
        and (not after or after.casefold() in about or _holds(quote, f"{name} {frame.after}"))
        and (not frame.to or _holds(item.cue, frame.to) or frame.to in via)
        and (not frame.time or _holds(item.cue, frame.time))
    )


def _cue_fits(frame: Frame, item: Item) -> bool:
    """Whether the wording's verb is the article's own, or one that adds nothing, and lends the claim's stance."""
    said = stance_of(frame.cue, frame.content)
    claimed: Stance = item.claim.stance if item.claim else "asserts"
    words, own = _cue_words(frame.cue), _cue_words(item.cue)
    own_cue = stance_of(item.cue, frame.content)  # a part of a claim may be worded with less or more doubt than all
    if (said not in {claimed, own_cue} and (said, claimed) not in WEAKER) or _is_negated(words) != _is_negated(own):
        return False
    free = OUTLET_CUES if item.claim is None or item.claim.voice == "outlet" else NEUTRAL
    verbs = {_lemma(word) for word in words - CARRYING}
    if "tell" in verbs and not frame.to:
        return False
    return verbs <= {_lemma(word) for word in own} or (claimed in {"asserts", *SAID} and verbs <= free)


def _cue_words(cue: str) -> set[str]:
    return {word.replace("’", "'") for word in _CUE_WORD.findall(cue.lower())}


def _is_negated(words: set[str]) -> bool:
    return bool(words & g.NEGATIONS)


def _lemma(word: str) -> str:
    form = FORMS.get(word)
    return form.cues[0].lemma if form else word


def _self_named(content: str, item: Item) -> str:
    """The content with the speaker's name as "we": what they said of themselves may be told by name."""
    names = sorted(item.names, key=lambda name: -len(name))
    pattern = "|".join(r"\b(?:[Tt]he\s+)?" + re.escape(name) + r"\b" for name in names)
    speaks_of_self = any(term.key == "self" for term in read_terms(item.words))
    return re.sub(pattern, "we", content) if names and speaks_of_self else content


def _quotes_stand(text: str, item: Item) -> bool:
    """Whether all that is put between quotation marks is quoted, letter for letter, in the cited words."""
    if _LEFT_OPEN.search(_QUOTATION.sub("", text)):
        return False
    quoted = [next(filter(None, found.groups()), "") for found in _QUOTATION.finditer(item.citation.quote)]
    if item.claim and item.claim.quote_type == "direct":
        quoted.append(item.words)
    said = [next(filter(None, found.groups()), "").strip(" ,.?!;") for found in _QUOTATION.finditer(text)]
    return all(words and any(_holds(part, words, cased=True) for part in quoted) for words in said)


def _holds(text: str, words: str, *, cased: bool = False) -> bool:
    """Whether the words stand in a text as whole words, whatever its commas and apostrophes.

    The case of letters is free; where it counts (`cased`), so do commas, and the first letter's case is still free.
    """
    between = r"\s+" if cased else r"[\s,]+"
    said = words.split() if cased else words.replace(",", " ").split()
    pattern = between.join(re.escape(word).replace("’", "'").replace("'", "['’]") for word in said)
    if cased and pattern[0].isalpha():
        pattern = f"[{pattern[0].upper()}{pattern[0].lower()}]{pattern[1:]}"
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", text, 0 if cased else re.IGNORECASE))
