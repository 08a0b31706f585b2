"""Words as they are compared: a text as a row of terms, each with what must agree and what it may do to the sense.

Endings are taken off by the Snowball stemmer (https://snowballstem.org, in tantivy), figures are read as numbers, and
the words that turn a sentence ("not", "may", "only", "more") are told apart from those that fill it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any, Literal

from rag.answer.worded.word_lists import (
    ABBREVIATED,
    AUXILIARIES,
    BE,
    BOUNDARIES,
    CURRENCIES,
    DIRECTIONS,
    GLUE,
    HAVE,
    IRREGULAR,
    LINKS,
    MODALS,
    NOT_ENDINGS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    SCALES,
    SUFFIXES,
    TURNING,
    UNCHANGED,
)
from rag.attribution.grammar import ARTICLES

Role = Literal["content", "figure", "pronoun", "preposition", "determiner", "auxiliary", "glue", "and", "comma", "end"]
"""What a term is; "end" is a boundary that no shortening may cross: the end of a sentence, "but", "because"."""

_COLONS = frozenset({":", "–", "—", "-", "--"})
"""Marks after which stands what the words before them are about: it cannot be told without them."""
_TOKEN = re.compile(
    r"(?P<figure>\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|bn|tn|m|k)?(?![^\W_]))"
    r"|(?P<word>(?:[A-Za-z]\.){2,}|so-called|[^\W_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>\.\.\.|(?<=\s)-(?=\s)|[…;:!?.,()\[\]–—$€£%]|--+)"
)
_CLOSED: dict[str, tuple[Role, bool]] = {
    **dict.fromkeys(PREPOSITIONS, ("preposition", True)),
    **dict.fromkeys(LINKS, ("glue", True)),
    **dict.fromkeys(GLUE, ("glue", False)),
    **dict.fromkeys(ARTICLES, ("determiner", False)),
    **dict.fromkeys(AUXILIARIES, ("auxiliary", False)),
    **dict.fromkeys(("being", "having"), ("glue", True)),
    "and": ("and", False),
}
"""Words of closed classes: what each is, and whether a wording needs it."""
_NAME_TOO = frozenset("may will march bill mark can".split())
"""Words that are names where they have a capital within a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word, figure or mark: `key` is what must agree; `passive` marks a participle after a form of "be".

    A `needed` term of a sentence must stand in what it rests on. A `turning` one changes the sense: it may be neither
    added nor left out.
    """

    key: str
    form: str
    role: Role
    needed: bool = False
    turning: bool = False
    capital: bool = False
    passive: bool = False
    start: int = 0


def read_terms(text: str) -> tuple[Term, ...]:
    """The terms of a text, in order; no boundary stands first, last or beside another."""
    raw = [_undress(text, found) for found in _TOKEN.finditer(text)]
    terms = list(_read([token for token in raw if token.form]))
    kept: list[Term] = []
    for term in terms:
        if term.role == "end" and (not kept or kept[-1].role == "end"):
            if kept and term.key not in {"|", ":"}:
                kept[-1] = term
            continue
        kept.append(_with_voice(term, kept))
    if kept and kept[-1].key in {"|", ":"}:
        kept.pop()
    return tuple(kept)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending; an irregular form stands for its verb: left and leaves are both leave."""
    low = word.casefold()
    found: list[str] = _stemmer().analyze(IRREGULAR.get(low, low))
    return found[0] if len(found) == 1 else low


@cache
def _stemmer() -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.lowercase()).filter(Filter.stemmer("english")).build()


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    kind: str | None
    start: int
    capital: bool
    first: bool
    ends: bool


def _undress(text: str, found: re.Match[str]) -> _Token:
    form = found.group().replace("’", "'")
    before = text[: found.start()].rstrip(" \n\"'“”‘’(")
    after = text[found.end() :]
    ends = form == "." and bool(re.match(r"[\"'”’)]*(?:\s|$)", after))
    if ends and (last := re.search(r"(\w+)$", text[: found.start()])):
        ends = last.group(1).casefold() not in ABBREVIATED and len(last.group(1)) > 1
    if form == "." and not ends:
        form = ""
    return _Token(form, found.lastgroup, found.start(), form[:1].isupper(), not before or before[-1] in ".!?:;…", ends)


def _read(tokens: Sequence[_Token]) -> Iterator[Term]:
    at = 0
    figure_before = False
    while at < len(tokens):
        token = tokens[at]
        number, after = _figure(tokens, at)
        if number is not None:
            if (vague := _before_figure(tokens, at)) is not None:
                yield vague
            yield from _figure_terms(tokens, at, number)
            at, figure_before = after, True
            continue
        if token.form == "of" and figure_before:
            yield Term(key="of a number", form="of", role="preposition", needed=True, turning=True, start=token.start)
        elif not (token.form in CURRENCIES and _figure(tokens, at + 1)[0] is not None):
            following = tokens[at + 1].form.casefold() if at + 1 < len(tokens) else ""
            yield from _terms(token, following)
        at, figure_before = at + 1, False


def _figure(tokens: Sequence[_Token], at: int) -> tuple[str | None, int]:
    """The number that begins at a token, as a key, and where it ends: 1.1 trillion, two dozen, forty-two, 11:30."""
    if at >= len(tokens):
        return None, at
    token = tokens[at]
    if token.kind == "figure":
        key, scaled = _digits(token.form)
        if scaled is None:
            return f"#{key}", at + 1
        total, after = _scaled(tokens, at + 1, scaled)
        return f"#{_plain(total)}", after
    low = token.form.casefold()
    article = low == "a" and at + 1 < len(tokens) and tokens[at + 1].form.casefold() in SCALES
    if low not in NUMBERS and not article:
        return None, at
    total, part, here = Decimal(0), Decimal(0), at
    while here < len(tokens):
        low = tokens[here].form.casefold()
        if low in NUMBERS:
            part += NUMBERS[low]
        elif low in SCALES:
            value = (part or 1) * SCALES[low]
            total, part = (total, value) if low in {"hundred", "dozen"} else (total + value, Decimal(0))
        elif not (low == "and" and part >= 100 and _counts(tokens, here + 1)) and not (low == "a" and here == at):
            break
        here += 1
    return f"#{_plain(total + part)}", here


def _counts(tokens: Sequence[_Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].form.casefold() in NUMBERS


def _digits(form: str) -> tuple[str, Decimal | None]:
    """A figure in digits: its key, and its value where a scale may follow it."""
    found = re.fullmatch(r"(\d+(?:,\d{3})*(?:\.\d+)?)(bn|tn|m|k)?", form)
    if not found:
        return form, None
    try:
        value = Decimal(found[1].replace(",", "")) * SUFFIXES.get(found[2], 1)
    except InvalidOperation:
        return form, None
    return _plain(value), value


def _scaled(tokens: Sequence[_Token], at: int, value: Decimal) -> tuple[Decimal, int]:
    while at < len(tokens) and (scale := SCALES.get(tokens[at].form.casefold())):
        value, at = value * scale, at + 1
    return value, at


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _before_figure(tokens: Sequence[_Token], at: int) -> Term | None:
    """About 40, around 40: the preposition makes the figure a rough one."""
    before = at - 2 if at and tokens[at - 1].form in CURRENCIES else at - 1
    if before >= 0 and tokens[before].form.casefold() in {"about", "around"}:
        return Term(key="roughly", form="about", role="content", needed=True, turning=True, start=tokens[at].start)
    return None


def _figure_terms(tokens: Sequence[_Token], at: int, number: str) -> Iterator[Term]:
    token = tokens[at]
    yield Term(key=number, form=token.form, role="figure", needed=True, start=token.start)
    if at and (currency := CURRENCIES.get(tokens[at - 1].form)):
        yield Term(key=stem(currency), form=currency, role="content", needed=True, start=token.start)


def _terms(token: _Token, following: str) -> Iterator[Term]:
    """The terms of one token: a contraction has two."""
    low = token.form.casefold()
    if token.kind == "mark":
        yield from _mark(token)
        return
    if low.endswith("n't") or low == "cannot":
        base = NOT_ENDINGS.get(low, low.removesuffix("n't").removesuffix("not"))
        yield from _terms(replace(token, form=base), "not")
        yield Term(key="not", form="not", role="content", needed=True, turning=True, start=token.start)
        return
    base, mark, ending = low.partition("'")
    if mark and (base in PRONOUNS or base in GLUE | LINKS):
        yield from _terms(replace(token, form=base), ending)
        if ending in {"ll", "d"}:
            yield Term(key="will", form=low, role="auxiliary", needed=True, turning=True, start=token.start)
        elif ending:
            yield Term(key="be", form="is", role="auxiliary", start=token.start)
        return
    yield _word(token, low.removesuffix("'s").removesuffix("'"), following)


def _mark(token: _Token) -> Iterator[Term]:
    if token.form == "%":
        yield Term(key="percent", form="%", role="content", needed=True, start=token.start)
    elif token.form in {",", "(", ")", "[", "]"}:
        yield Term(key=",", form=token.form, role="comma", start=token.start)
    elif token.form not in CURRENCIES:
        key = "?" if token.form == "?" else ":" if token.form in _COLONS else "|"
        yield Term(key=key, form=token.form, role="end", needed=True, turning=True, start=token.start)


def _word(token: _Token, low: str, following: str) -> Term:  # noqa: PLR0911 -- one return a class of words
    term = Term(key=low, form=low, role="content", needed=True, capital=token.capital and low != "i", start=token.start)
    if token.form in {"US", "UK", "U.S.", "U.K."}:
        return replace(term, key=f"{low.replace('.', '')} (country)")
    if token.capital and not token.first and low in _NAME_TOO:
        return replace(term, key=f"{low} (name)")
    if low in MODALS or (low in HAVE and following == "to"):
        return replace(term, key=MODALS.get(low, "must"), role="auxiliary", turning=True)
    if low in BOUNDARIES:
        return replace(term, role="end", turning=True)
    if low in TURNING or (low in DIRECTIONS and token.capital):
        return replace(term, key=stem(low), turning=True)
    if low in PRONOUNS:
        return replace(term, key=PRONOUNS[low], role="pronoun")
    if low in _CLOSED:
        role, needed = _CLOSED[low]
        return replace(term, role=role, needed=needed)
    return replace(term, key="percent" if low == "percentage" else stem(low))


def _with_voice(term: Term, before: Sequence[Term]) -> Term:
    """Mark a participle after a form of "be", adverbs between: who did it and who bore it are not the same."""
    participle = term.form.endswith(("ed", "en")) or term.form in IRREGULAR or term.form in UNCHANGED
    if term.role != "content" or not participle:
        return term
    for earlier in reversed(before):
        if earlier.form.endswith("ly") or earlier.key in {"not", "never"}:
            continue
        return replace(term, passive=True) if earlier.form in BE else term
    return term
