"""Which predicted attributions are right: contents that share half their words, and the same source.

Words are counted, not characters. A source is right where both are empty, where half the words are shared, or where the
prediction holds the head word of the gold source without being over three times as long: the measure of PolNeAR-style
evaluations in which a comma more or less costs nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from corpus.types import Span
from rag.types import Attribution

Words = frozenset[int]

_WORD = re.compile(r"\w+(?:['’\-.]\w+)*")
_AFTER_HEAD = frozenset("of who in for at from with on that to which by and whose familiar close".split())


class Article:
    """A text as numbered words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in self.words]
        self._ends = [end for _, end in self.words]

    def ids(self, spans: Sequence[Span]) -> Words:
        """The numbers of the words that any span touches."""
        ranges = (range(bisect_right(self._ends, s.start), bisect_left(self._starts, s.end)) for s in spans)
        return frozenset(i for found in ranges for i in found)

    def head(self, ids: Words) -> int:
        """The last word before the first "of", "who", comma, ... of a source."""
        ordered = sorted(ids)
        for before, i in pairwise(ordered):
            start, end = self.words[i]
            gap = self.text[self.words[before][1] : start]
            if self.text[start:end].lower() in _AFTER_HEAD or re.search(r"[,(–—:]", gap):
                return before
        return ordered[-1]


def _overlap(a: Words, b: Words) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _source_right(article: Article, gold: Words, predicted: Words) -> bool:
    if not gold or not predicted:
        return not gold and not predicted
    headed = article.head(gold) in predicted and len(predicted) <= 3 * len(gold) + 2
    return _overlap(gold, predicted) >= 0.5 or headed


class Matcher:
    """The gold attributions of one article, to hold predictions against."""

    def __init__(self, text: str, gold: Sequence[Attribution]) -> None:
        self._article = Article(text)
        self._gold = [self._words(attribution) for attribution in gold]

    def _words(self, attribution: Attribution) -> tuple[Words, Words]:
        return self._article.ids(attribution.source), self._article.ids(attribution.content)

    def find_right(self, predicted: Sequence[Attribution]) -> list[bool]:
        """Say of each prediction whether it is right; every gold attribution makes at most one so, the best first."""
        pairs = []
        for j, (source, content) in enumerate(map(self._words, predicted)):
            for i, (gold_source, gold_content) in enumerate(self._gold):
                if gold_content & content and _source_right(self._article, gold_source, source):
                    pairs.append((_overlap(gold_content, content), i, j))
        right, taken = [False] * len(predicted), set()
        for overlap, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            if overlap >= 0.5 and i not in taken and not right[j]:
                taken.add(i)
                right[j] = True
        return right
