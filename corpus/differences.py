"""What one text of a report lacks or adds, beside another: between copies of it, and between its versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import split_paragraphs
from corpus.syndication import words_of
from corpus.types import Article, Span

_GRAM = 3  # words
_SAME_PARAGRAPH = 0.5
"""The share of a paragraph's runs of words that the other text has, for it to be the same one with other words."""

_DECISIVE = frozenset(
    "no not never none nor neither nobody nothing without cannot two three four five six seven eight nine ten eleven "
    "twelve dozen dozens twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions".split()
)
"""Words of which one more, one less or another makes it another statement; so do figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Paragraphs below the headline, as spans in order.

    `lacking` are the paragraphs of the one article that the other lacks, `added` those of the other that the one lacks
    (spans into the other's text), `changed` pairs of paragraphs, one of each, that are worded differently.
    """

    lacking: tuple[Span, ...]
    added: tuple[Span, ...]
    changed: tuple[tuple[Span, Span], ...]

    def __bool__(self) -> bool:
        return bool(self.lacking or self.added or self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    span: Span
    words: tuple[str, ...]


def compare_articles(one: Article, other: Article) -> Differences:
    """What `other` lacks, adds and words differently, beside `one`.

    Case, punctuation and where paragraphs begin do not count: a paragraph whose words stand in the other text in the
    same order is in both.
    """
    first, second = _paragraphs(one), _paragraphs(other)
    lacking, reworded = _apart(first, second)
    added, back = _apart(second, first)
    pairs = {*reworded, *((mine, theirs) for theirs, mine in back)}
    return Differences(
        lacking=tuple(lacking),
        added=tuple(added),
        changed=tuple(sorted(pairs, key=lambda pair: (pair[0].start, pair[1].start))),
    )


def share_carried(words: str, text: str) -> float:
    """The share of some words, a quotation say, that a text has: 1 where it has them all in their order."""
    wanted = words_of(words)
    if not wanted:
        return 0.0
    held = words_of(text)
    return 1.0 if _stands_in(wanted, held) else _share(wanted, _grams(held, length=min(_GRAM, len(wanted))))


def keeps_figures(words: str, text: str) -> bool:
    """Whether the figures and denials of some words stand in a text with the words beside them."""
    wanted = words_of(words)
    held = _grams(words_of(text), length=(length := min(_GRAM, len(wanted))))
    runs = (wanted[at : at + length] for at in range(len(wanted) - length + 1))
    return all(" ".join(run) in held for run in runs if any(map(_is_decisive, run)))


def _is_decisive(word: str) -> bool:
    return word in _DECISIVE or any(map(str.isdigit, word))


def _apart(mine: Sequence[_Paragraph], theirs: Sequence[_Paragraph]) -> tuple[list[Span], list[tuple[Span, Span]]]:
    """My paragraphs that they lack, and those that they word differently, each with theirs."""
    running = [word for paragraph in theirs for word in paragraph.words]
    joined = f" {' '.join(running)} "
    grams = {length: _grams(running, length=length) for length in range(1, _GRAM + 1)}
    lacking, reworded = [], []
    for paragraph in mine:
        if f" {' '.join(paragraph.words)} " in joined:
            continue
        if _share(paragraph.words, grams[min(_GRAM, len(paragraph.words))]) < _SAME_PARAGRAPH:
            lacking.append(paragraph.span)
        else:
            reworded.append((paragraph.span, _nearest(paragraph, theirs)))
    return lacking, reworded


def _nearest(paragraph: _Paragraph, among: Sequence[_Paragraph]) -> Span:
    length = min(_GRAM, len(paragraph.words))
    wanted = _grams(paragraph.words, length=length)
    best = max(among, key=lambda other: (wanted & _grams(other.words, length=length)).total())
    return best.span


def _paragraphs(article: Article) -> list[_Paragraph]:
    start = article.headline.end if article.headline else 0
    spans = [span for span in split_paragraphs(article.text) if span.start >= start]
    paragraphs = [_Paragraph(span=span, words=tuple(words_of(span.of(article.text)))) for span in spans]
    return [paragraph for paragraph in paragraphs if paragraph.words]


def _stands_in(words: Sequence[str], text: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(text)} "


def _share(words: Sequence[str], grams: Counter[str]) -> float:
    wanted = _grams(words, length=min(_GRAM, len(words)))
    return (wanted & grams).total() / wanted.total()


def _grams(words: Sequence[str], *, length: int) -> Counter[str]:
    return Counter(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
