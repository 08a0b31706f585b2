"""Passages: whole sentences, exact spans, nothing left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, RawArticle, chunk_article, clean_article, split_paragraphs, split_sentences

SENTENCE = "The water stood forty centimetres below the crest of the dam."  # 61 characters


def article(*paragraphs: str, title: str = "Lowmarsh dam holds") -> Article:
    return clean_article(RawArticle(text="\n\n".join(paragraphs), title=title, id="dam"))


def test_a_short_article_is_one_passage_that_begins_with_the_headline() -> None:
    (passage,) = chunk_article(article(SENTENCE))
    assert passage.text == f"Lowmarsh dam holds\n\n{SENTENCE}"
    assert (passage.article, passage.number) == ("dam", 0)


def test_passages_are_whole_sentences_of_about_the_size() -> None:
    passages = chunk_article(article(" ".join([SENTENCE] * 40)), size=300)
    assert all(passage.text.endswith("dam.") for passage in passages)
    assert all(200 <= len(passage.text) <= 300 for passage in passages[:-1])


def test_a_passage_rather_ends_with_a_paragraph() -> None:
    paragraph = " ".join([SENTENCE] * 3)
    text = article(*[paragraph] * 5)
    ends = {span.end for span in split_paragraphs(text.text)}
    assert all(passage.span.end in ends for passage in chunk_article(text, size=300))


def test_a_sentence_over_the_size_is_cut_at_white_space() -> None:
    passages = chunk_article(article(("forty centimetres " * 100) + "rose."), size=200)
    assert all(len(passage.text) <= 300 for passage in passages)
    assert {word for passage in passages[1:] for word in passage.text.split()} == {"forty", "centimetres", "rose."}


def test_the_headline_is_never_a_passage_of_its_own() -> None:
    first, *_ = chunk_article(article("word " * 50 + "end."), size=260)
    assert first.text.startswith("Lowmarsh dam holds\n\nword")


def test_a_short_rest_joins_the_passage_before_it() -> None:
    passages = chunk_article(article(" ".join([SENTENCE] * 5), "It rained."), size=350)
    assert passages[-1].text.endswith("It rained.")
    assert len(passages) == 1


def test_an_empty_article_has_no_passages() -> None:
    assert chunk_article(Article(id="none", text="")) == ()


def test_a_size_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        chunk_article(article(SENTENCE), size=0)


PIECES = st.sampled_from(["It rose. ", SENTENCE + " ", "\n\n", "x" * 90, "Why? ", "Mr. Bell said no. "])
TEXT = st.lists(PIECES, max_size=60)


@given(TEXT.map("".join), st.sampled_from(["", "Dam holds", "Dam holds " * 12]), st.integers(20, 400))
def test_passages_are_exact_in_order_and_hold_every_sentence(text: str, title: str, size: int) -> None:
    whole = article(text, title=title)
    passages = chunk_article(whole, size=size)
    assert [passage.number for passage in passages] == list(range(len(passages)))
    at = 0
    for passage in passages:
        assert passage.text == passage.span.of(whole.text) == passage.text.strip()
        assert 0 < len(passage.text) <= 1.5 * size
        assert not whole.text[at : passage.span.start].strip()
        at = passage.span.end
    assert not whole.text[at:].strip()
    for sentence in split_sentences(whole.text):
        if len(sentence) <= size:
            assert sum(passage.span.contains(sentence) for passage in passages) == 1
