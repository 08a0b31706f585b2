"""Answers and claims in the forms that leave the program."""

from __future__ import annotations

import csv
import io

import pytest

from corpus.types import Span
from rag.render import render_claims, render_csv, render_jsonld, render_markdown
from rag.types import Answer, ArticleRef, Citation, Claim, Party, Scope

ARTICLE = ArticleRef(
    id="a1",
    title="Dam *holds*",
    outlet="Orla Post",
    published="2026-02-03",
    url="https://orlapost.example/dam",
    path=None,
)


def claim(text: str, party: Party | None = None, **changes: object) -> Claim:
    fields = {
        "id": "c1",
        "text": text,
        "party": party or Party(id="ana-ruiz", name="Ana Ruiz", kind="person", role="mayor"),
        "voice": "party",
        "stance": "asserts",
        "quote_type": "indirect",
        "source": (Span(20, 28),),
        "cue": (Span(29, 33),),
        "content": (Span(0, 18),),
        "article": "a1",
        "confidence": 0.9,
    }
    return Claim(**{**fields, **changes})  # type: ignore[arg-type]


def rows(claims: list[Claim]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv(claims, article_of={"a1": ARTICLE}.get))))


def test_csv_gives_label_words_and_place() -> None:
    row = rows([claim("the dam is safe", via=("Radio Lume", "Northern News"))])[0]
    assert row["party"] == "Ana Ruiz"
    assert row["via"] == "Radio Lume > Northern News"
    assert (row["start"], row["end"]) == ("0", "33")
    assert row["published"] == "2026-02-03"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@cmd", "\tx"])
def test_csv_runs_nothing_in_a_spreadsheet(text: str) -> None:
    assert rows([claim(text)])[0]["text"] == f"'{text}"


def test_jsonld_names_no_author_for_an_unnamed_source() -> None:
    unnamed = Party(id="an-official@a1", name="an official", kind="unnamed")
    assert '"author"' not in render_jsonld([claim("x", unnamed, voice="unnamed")], article_of={"a1": ARTICLE}.get)


def test_a_claim_list_is_never_without_a_label() -> None:
    unnamed = Party(id="unnamed@a1", name="unnamed source", kind="unnamed")
    listed = render_claims([claim("x", unnamed, voice="unnamed"), claim("y")], article_of={"a1": ARTICLE}.get)
    assert listed.splitlines()[0].startswith("- **Unnamed source** *asserts*: x")
    assert listed.splitlines()[1].startswith("- **Ana Ruiz**, mayor *asserts*: y")


def test_sources_under_the_answer_escape_headlines_and_quotes() -> None:
    citation = Citation(number=1, article=ARTICLE, span=Span(0, 9), quote="<b>dam</b>")
    scope = Scope(articles=1, outlets=("Orla Post",), since="2026-02-03", until="2026-02-03")
    answer = Answer(
        question="q", text="t [1]", status="answered", claims=(), citations=(citation,), reason=None, scope=scope
    )
    shown = render_markdown(answer)
    assert "<b>" not in shown
    assert "Dam \\*holds\\*" in shown
    assert "characters 0–9" in shown
