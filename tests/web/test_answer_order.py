"""What stands first in the text of an answer stands first on the page."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Span
from rag.types import Answer, ArticleRef, Citation, Claim, Party, Scope
from rag.web.answer_html import answer_html

ARTICLE = ArticleRef(id="a", title="", outlet="Orla Post", published="2031-05-04", url=None, path=None)
CLAIM = Claim(
    id="c",
    text="It proves nothing",
    party=Party(id="ana-ruiz", name="Ana Ruiz", kind="person"),
    voice="party",
    stance="asserts",
    quote_type="indirect",
    source=(),
    cue=(),
    content=(Span(0, 17),),
    article="a",
    confidence=0.9,
)


def cited(number: int, quote: str, claim: str | None) -> Citation:
    return Citation(number=number, article=ARTICLE, span=Span(0, len(quote)), quote=quote, claim=claim)


ANSWER = Answer(
    question="Where was it taken?",
    text="The articles say:",
    status="answered",
    claims=(CLAIM,),
    citations=(cited(1, CLAIM.text, "c"),),
    reason=None,
    scope=Scope(articles=1, outlets=("Orla Post",), since=None, until=None, filters=()),
)


def test_the_outlet_s_words_stand_where_the_answer_has_them() -> None:
    own, said = "It was taken near Elsin.", CLAIM.text
    first = replace(ANSWER, citations=(cited(1, own, None), cited(2, said, "c")))
    last = replace(first, citations=(cited(1, said, "c"), cited(2, own, None)))

    def leads(answer: Answer) -> bool:
        page = str(answer_html(answer, turn=1))
        return page.index(f"<blockquote>{own}") < page.index(f"<blockquote>{said}")

    assert leads(first)
    assert not leads(last)


def test_a_screen_reader_hears_first_whether_it_is_an_answer() -> None:
    sure, unsure = (str(answer_html(replace(ANSWER, sure=sure), turn=1)) for sure in (True, False))
    assert 'data-say="Answer: 1 claims of 1 parties."' in sure
    assert 'data-say="Nothing in these articles surely answers this. The nearest: 1 claims of 1 parties."' in unsure
    assert 'class="answer unsure"' in unsure


def test_the_article_s_verb_follows_the_stance_and_is_escaped() -> None:
    words = "Ruiz <i>hailed the plan"
    cue = Span(words.index("<i>"), words.index(" the"))
    claim = replace(CLAIM, text="the plan", cue=(cue,), content=(Span(cue.end + 1, len(words)),))
    page = str(answer_html(replace(ANSWER, claims=(claim,), citations=(cited(1, words, "c"),)), turn=1))
    assert '<span class="word stance-asserts">asserts</span> <span class="cue">“&lt;i&gt;hailed”</span>' in page
