"""What holds for every text, however odd."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Article
from rag.attribution import RuleExtractor, claims_of
from rag.attribution.headlines import headline_span
from rag.attribution.nesting import nest

WORDS = (
    "Ana Ruiz|said|told|CNN|the minister|officials|he|they|who|that|denied|according to|citing|reported|and|by|his|"
    "is believed to|claim that|called|a “gift”|the port is shut|It rained.|’s|Mr.|62|Russian|put the toll at|(FWA)|"
    "A Lund judge|Sens.|the letter|sent a letter|voters|-- like|And|Supervisor of|could|on “Sail the Bay”|s"
)
MARKS = [*",.:;–()“”‘’\"'«»„?!", "''", "\n\n", "\n", "\u00a0", "\u200b"]
news = st.lists(st.sampled_from([*WORDS.split("|"), *MARKS]), max_size=40).map(" ".join)
texts = st.one_of(news, st.text(max_size=200))


def article_of(text: str) -> Article:
    return Article(id="a", text=text, headline=headline_span(text))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_spans_lie_in_the_text_and_hold_words(text: str) -> None:
    for made in RuleExtractor().extract(article_of(text)):
        assert made.content
        for span in (*made.source, *made.cue, *made.content):
            assert 0 <= span.start < span.end <= len(text)
        assert all(any(ch.isalnum() for ch in span.of(text)) for span in (*made.source, *made.content))
        assert 0 <= made.confidence <= 1


@settings(max_examples=300, deadline=None)
@given(texts)
def test_pieces_of_one_content_do_not_overlap(text: str) -> None:
    for made in RuleExtractor().extract(article_of(text)):
        pieces = sorted(made.content)
        assert list(made.content) == pieces
        assert all(a.end <= b.start for a, b in pairwise(pieces))
        assert not any(s.overlaps(c) for s in made.source for c in pieces)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_outermost_attributions_share_no_content(text: str) -> None:
    outermost = [made for made in RuleExtractor().extract(article_of(text)) if made.outer is None]
    for number, made in enumerate(outermost):
        for other in outermost[number + 1 :]:
            assert not any(a.overlaps(b) for a in made.content for b in other.content)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_claims_are_whole_and_nesting_is_settled(text: str) -> None:
    extractor = RuleExtractor()
    article = article_of(text)
    for claim in claims_of(article, extractor=extractor):
        assert claim.text == " ... ".join(span.of(text) for span in claim.content)
        assert claim.party.name
        assert claim.party.id
        assert claim.party.name not in claim.via
    found = extractor.extract(article)
    assert {made.content for made in nest(found)} == {made.content for made in found}


def test_a_text_that_is_no_prose_is_read_all_the_same() -> None:
    """Cues by the thousand without an end of sentence: the rules must not look at each pair of them."""
    for text in ("said " * 4000, "according to " * 4000, "Ana Ruiz, " * 4000 + "said no.", "Ab " * 20000, "“" * 5000):
        assert len(RuleExtractor().extract(article_of(text))) < 4000
