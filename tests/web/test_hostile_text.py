"""Whatever an article, a name or a question says, it stays text on every surface: no tag, no address, no event."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import product

import pytest

from corpus.types import Article, Span
from rag.question import Filters
from rag.types import Answer, ArticleRef, Citation, Claim, Party, Row, Scope, Table
from rag.web.answer_html import answer_html
from rag.web.conversation import Turn, conversation_html
from rag.web.evidence import evidence_html
from rag.web.panel import panel_value
from rag.web.sharing import export
from rag.web.suggestions import suggestions_html

BODIES = (
    "<img src=x onerror={0}>",
    "<script>{0}</script>",
    "<svg onload={0}>",
    "<iframe srcdoc='<script>{0}</script>'></iframe>",
    "<a href=javascript:{0}>x</a>",
    "<form action=//evil.example><input name=q></form>",
    "<div style='position:fixed;inset:0'>{0}</div>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "![x](http://evil.example/x.png)",
    "[x](javascript:{0})",
)
WRAPS = (
    "{}",
    "\"'>{}",
    "</div></article>{}",
    "\n\n{}\n\n",
    "{}\\[1\\]",
    "&lt;{}",
    "``` {}",
    "--> {}",
    "**{}",
    "{{{{{}}}}}",
)
PAYLOADS = [wrap.format(body.format("steal()")) for body, wrap in product(BODIES, WRAPS)]
OURS = set(
    "div p ul li span b i button blockquote table caption thead tbody tr th td details summary figure figcaption "
    "article header h2 h3 mark a section form label input".split()
)


class Tags(HTMLParser):
    """All tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def answer_of(words: str) -> tuple[Answer, Article]:
    """An answer in which everything that comes from outside says `words`."""
    text = f"{words} 12 homes\n\n{words}"
    article = Article(id="a", text=text, title=words, outlet=words, authors=(words,), url=words, published="2026-01-01")
    party = Party(id=words, name=words, kind="person", role=words, side=words)
    span = Span(0, len(text))
    claim = Claim(
        id="c",
        text=text,
        party=party,
        voice="party",
        stance="denies",
        via=(words,),
        quote_type="direct",
        source=(),
        cue=(),
        content=(span,),
        article="a",
        confidence=0.1,
    )
    place = ArticleRef(id="a", title=words, outlet=words, published="2026-01-01", url=words, path=words)
    citation = Citation(number=1, article=place, span=span, quote=text, claim="c", copies=(place,), lacking=(place,))
    row = Row(party=words, stance="denies", says=f"12 {words}", outlet=words, published=words, citation=1)
    return (
        Answer(
            question=words,
            text=f"{words} [1]\n\n{words}",
            status="answered",
            claims=(claim,),
            citations=(citation,),
            reason=words,
            scope=Scope(articles=1, outlets=(words,), since=words, until=words, filters=(words,)),
            tables=(Table(kind="figures", about=words, rows=(row, row), disagree=True),),
            notes=(words,),
        ),
        article,
    )


@pytest.mark.parametrize("words", PAYLOADS)
def test_words_from_outside_make_no_tag_and_no_event(words: str) -> None:
    answer, article = answer_of(words)
    turn = Turn(question=words, filters=Filters(outlets=(words,), parties=(words,)), answer=answer)
    (claim,) = answer.claims
    for shown in (
        answer_html(answer, turn=0),
        conversation_html((turn, Turn(question=words, filters=Filters(), error=words))),
        evidence_html(article, cited=Span(0, len(words)), claims=[claim], citation=answer.citations[0]),
        suggestions_html([words], title=words),
    ):
        panel = panel_value(shown)
        assert "\n" not in panel  # a blank line would end the block of HTML
        for tag, attributes in Tags(panel).found:
            assert tag in OURS
            assert not [name for name in attributes if name.startswith("on") or name in {"src", "srcdoc", "action"}]
            assert (attributes.get("href") or "https:").startswith(("http:", "https:"))
            assert tag != "input" or attributes.get("name") == "note"
            assert re.fullmatch(r"(--(x|to|step):[\d.]+%;?)*", attributes.get("style") or "")
    saved = Tags(export([turn], "html")).found
    assert {tag for tag, _ in saved} <= {*OURS, *"html head meta title style body h1 em ol".split()}
    assert not [a for _, a in saved if any(name.startswith("on") for name in a)]


def test_only_escaped_text_enters_a_panel() -> None:
    with pytest.raises(TypeError, match="escape"):
        panel_value("<b>not escaped</b>")  # type: ignore[arg-type]
