"""The tagger and the rules together: rules where quotation marks decide, the trained tagger for all else."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Article
from rag.attribution.nesting import nest
from rag.attribution.rules import RuleExtractor
from rag.attribution.tagger import TaggerExtractor
from rag.types import Attribution

CERTAIN = 0.7
"""Least confidence of a rule about a quotation for it to win over the tagger."""
DOUBTFUL = 0.6
"""What other attributions of the rules keep of their confidence: the tagger is right more often."""
_OPENING = frozenset("“\"‘„«'")


class CombinedExtractor:
    """Quotations, and who relays them, by the rules; the rest by the tagger; nested ones and headlines by both."""

    def __init__(self) -> None:
        self._tagger = TaggerExtractor()
        self._rules = RuleExtractor()
        self.name = f"{self._tagger.name}+{self._rules.name}"

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        ruled = self._rules.extract(article)
        certain = {made for made in ruled if made.confidence >= CERTAIN and _is_quoted(made, article)}
        certain |= {made.outer for made in certain if made.outer is not None}
        doubtful = [
            made for made in ruled if made not in certain and (made.outer is not None or _in_headline(made, article))
        ]
        found = [replace(made, outer=None, confidence=1 + made.confidence) for made in certain]
        found += [replace(made, outer=None, confidence=DOUBTFUL * made.confidence) for made in doubtful]
        nested = nest([*found, *self._tagger.extract(article)])
        return tuple(_as_probability(made) for made in nested)


def _as_probability(made: Attribution) -> Attribution:
    """Take off the 1 that let the certain ones win."""
    outer = made.outer and _as_probability(made.outer)
    return replace(made, confidence=made.confidence - 1 if made.confidence > 1 else made.confidence, outer=outer)


def _is_quoted(made: Attribution, article: Article) -> bool:
    """Whether the content opens with a quotation mark."""
    start = made.content[0].start
    return article.text[start] in _OPENING or article.text[max(0, start - 1)] in _OPENING


def _in_headline(made: Attribution, article: Article) -> bool:
    return article.headline is not None and any(span.overlaps(article.headline) for span in made.content)
