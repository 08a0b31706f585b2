"""Attributions in headlines: "Mayor: no taxes", "Depot hit – Ministry of Defence", "Dam may fail, engineers say".

A page's own "Title – Site name" is no attribution: what follows the dash is compared with the article's outlet and
address.
"""

from __future__ import annotations

import re

from corpus.types import Article, Span
from rag.attribution import grammar as g
from rag.attribution.cues import FORMS, NOUNS
from rag.attribution.mentions import read_mention
from rag.attribution.nouns import COMMON
from rag.attribution.outlets import is_outlet
from rag.attribution.phrases import is_finite
from rag.attribution.tokens import Sentence
from rag.types import Attribution

DASHES = frozenset({"–", "—", "-", "--", "―"})
LABELS = frozenset(
    "analysis opinion video watch live breaking exclusive updated update photos explainer editorial "
    "review podcast interview factbox timeline report poll graphic gallery read live-blog recap "
    "correction letters comment column".split()
)
NO_SOURCE = g.SUBORDINATORS | g.PREPOSITIONS | g.CONJUNCTIONS | frozenset("what how why a my your our this".split())
SPEAKERS = COMMON | g.TITLES
IN_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My)\b|[“\"‘„«]")
LINE = re.compile(r"\S(?:[^\n]*\S)?")
ENDED = re.compile(r"[.!?,;:…]$|[.!?,][”\"’]$")
PARTED = re.compile(r"[^\S\n]*\n\s*?\n\s*\S")
MAX_SOURCE_WORDS = 8
MAX_HEADLINE = 160
"""In characters, for text whose title is not known."""


def headline_attributions(s: Sentence, article: Article) -> list[Attribution]:
    """The attributions that only a headline's punctuation shows; those with a verb are found as in any sentence."""
    found = _colon(s) or _dash(s, article)
    return [made for made in found if could_speak(made, article)]


STANDING = frozenset(
    "latest analysis opinion exclusive update watch listen video photos live explainer timeline".split()
)
"""Labels that stand over articles of a kind, and say nothing: The Latest: bridge open."""


def could_speak(made: Attribution, article: Article) -> bool:
    """Whether a headline's phrase is a speaker: by its noun, or as a name that speaks in the article's text.

    A place or a topic stands before a colon too ("Haldrum: bakery reopens"), and says nothing.
    """
    mention = read_mention(made.source[0].of(article.text))
    if mention.name.lower() in STANDING or _describes(made, article.text):
        return False
    if mention.head in SPEAKERS or mention.kind in {"organisation", "government"}:
        return True
    body = article.text[article.headline.end :] if article.headline else ""
    if " " not in mention.name and re.search(
        rf"\b(?:in|near|outside|(?:town|city|village) of)\s{re.escape(mention.name)}\b", body
    ):
        return False
    in_person = any(IN_PERSON.search(piece.of(article.text)) for piece in made.content)
    return mention.named and (in_person or _speaks(mention.name.split()[-1], body))


def _describes(made: Attribution, text: str) -> bool:
    """Ana Ruiz: the candidate taking on Vale: a noun phrase, which tells who she is."""
    words = made.content[0].of(text).split() if len(made.content) == 1 else []
    if not words or words[0].lower() not in g.ARTICLES or IN_PERSON.search(" ".join(words)):
        return False
    return not any(
        (w.lower() in g.FINITE | FORMS.keys() and not w.endswith("ing")) or re.search(r"(?:(?<!s)s|ed)[.…]*$", w)
        for w in words[1:]
    )


def _speaks(name: str, text: str) -> bool:
    """Whether a name stands beside a word of saying somewhere: "Ruiz later said", "said Ana Ruiz".

    Not behind a preposition: in "the hospital in Elsin said" it is not Elsin that says it.
    """
    said = rf"(\w+)\s((?:[A-Z][\w.]*\s){{0,3}}){re.escape(name)}\b(?:,?\s(?:\w+ly\s|later\s|has\s|had\s)?(\w+))?"
    return any(
        before.lower() in FORMS
        or (after.lower() in FORMS.keys() - NOUNS.keys() and before.lower() not in g.PREPOSITIONS)
        for before, _, after in re.findall(said, f". {text}")
    )


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _colon(s: Sentence) -> list[Attribution]:
    at = next((i for i, w in enumerate(s.words) if w == ":"), None)
    if at is None or at == 0 or at + 1 >= len(s):
        return []
    if _source_like(s, 0, at) and _statement(s, at + 1, len(s)):
        return [_made(s, (0, at), (at, at + 1), (at + 1, len(s)))]
    return []


def _dash(s: Sentence, article: Article) -> list[Attribution]:
    at = next((i for i in range(len(s) - 1, 0, -1) if s.words[i] in DASHES), None)
    if at is None or at + 1 >= len(s) or at < 3:
        return []
    name = s.say(at + 1, len(s))
    if is_outlet(name, article) or not _source_like(s, at + 1, len(s)) or not _statement(s, 0, at):
        return []
    return [_made(s, (at + 1, len(s)), (at, at + 1), (0, at))]


def _source_like(s: Sentence, start: int, end: int) -> bool:
    """A short noun phrase that could speak: no verb, no label such as "Analysis", no number in front."""
    if end - start > MAX_SOURCE_WORDS or not all(s.is_word(i) or s.words[i] in {",", "&"} for i in range(start, end)):
        return False
    first = s.lower[start]
    if (
        first in LABELS | NO_SOURCE
        or not first[0].isalpha()
        or s.lower[end - 1].isdigit()
        or first.endswith(("ing", "ed"))
    ):
        return False
    verbs = (
        s.lower[i] in g.FINITE or (i > start and s.lower[i] in FORMS and not s.is_capital(i)) for i in range(start, end)
    )
    return not any(verbs)


def _statement(s: Sentence, start: int, end: int) -> bool:
    """Three words or more, with a verb or a quotation among them."""
    words = [i for i in range(start, end) if s.is_word(i)]
    quoted = any(s.quote[i] >= 0 for i in range(start, end))
    return quoted or (len(words) >= 3 and any(_is_verbal(s, i) for i in words))


def _is_verbal(s: Sentence, at: int) -> bool:
    """Headlines leave auxiliaries out: "struck", "no taxes", "to resign", "warns" all make a statement."""
    low = s.lower[at]
    if is_finite(s, at) or low in g.FINITE | FORMS.keys() | {"no", "not", "to"} or low.endswith("ed"):
        return True
    return low.endswith("s") and not low.endswith(("ss", "'s", "’s")) and len(low) > 3


def _made(s: Sentence, source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
    start, end = content
    while end > start and s.words[end - 1] in {".", ","}:
        end -= 1
    return Attribution(source=(s.cut(*source),), cue=(s.cut(*cue),), content=(s.cut(start, end),), confidence=0.8)


def headline_span(text: str, title: str = "") -> Span | None:
    """The first line, where it repeats the title or, without a title, looks like a headline: short, no full stop.

    It must be followed by an empty line and more text.
    """
    found = LINE.search(text)
    if found is None:
        return None
    line = found.group()
    span = Span(found.start(), found.start() + len(line))
    if title.strip():
        return span if _fold(line) == _fold(title) else None
    ended = ENDED.search(line) is not None
    return span if len(line) <= MAX_HEADLINE and not ended and PARTED.match(text, span.end) else None
