"""The rules as an extractor: sentences, headlines, quotations, then nesting."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Article
from rag.attribution.headlines import headline_attributions
from rag.attribution.indirect import attributions_of
from rag.attribution.nesting import nest
from rag.attribution.quoted import attach_quotations, is_claim
from rag.attribution.spans import merge_spans
from rag.attribution.tokens import Document, read_document
from rag.types import Attribution


class RuleExtractor:
    """Finds attributions by rules over words and quotation marks: no model, no parser."""

    name = "rules-1"

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        document = read_document(article.text, article.headline)
        found = [
            (headline_attributions(s, article) if s.headline else []) or attributions_of(s) for s in document.sentences
        ]
        found = attach_quotations(document, found)
        sound = (_sound(document, a) for row in found for a in row)
        return nest([a for a in sound if a is not None])


def _sound(document: Document, made: Attribution) -> Attribution | None:
    """Merge overlapping pieces, drop pieces without a word and attributions without a content."""
    text = document.text
    content = merge_spans(text, made.content)
    if not content or (not made.cue and not is_claim(" ".join(p.of(text) for p in content))):
        return None
    source = tuple(p for p in merge_spans(text, made.source) if not any(p.overlaps(c) for c in (*content, *made.cue)))
    return replace(made, source=source, content=content, outer=made.outer and _sound(document, made.outer))
