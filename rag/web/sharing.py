"""Taking an answer along: a link that asks the same again, and the conversation as a file with all its citations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from markupsafe import Markup

from rag.answer.markdown import escape_markdown
from rag.question import Filters
from rag.render import render_markdown
from rag.types import Answer, to_plain
from rag.web.markdown_html import block_html
from rag.web.panel import joined

if TYPE_CHECKING:
    from rag.web.conversation import Turn

Form = Literal["md", "html", "json"]
TYPES: dict[Form, str] = {"md": "text/markdown", "html": "text/html", "json": "application/json"}
MOST_AFTER = 5
"""Earlier questions that a link carries: a follow-up needs those before it."""
MOST_LETTERS = 2000
TITLE = "Conversation with Attest"
_STYLE = Markup(
    "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{border-left:3px solid #888;margin:.3rem 0;padding-left:.8rem}td,th{border:1px solid #999;padding:.3rem;"
    "text-align:left}table{border-collapse:collapse}</style>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link asks: a question, its filters and the questions before it."""

    question: str
    filters: Filters
    after: tuple[str, ...] = ()


def link_query(question: str, *, filters: Filters, after: Sequence[str] = ()) -> str:
    """The query of a link that reproduces a question and its filters."""
    pairs = [("after", text) for text in after[-MOST_AFTER:]] + [("q", question)]
    pairs += [("outlet", name) for name in filters.outlets] + [("party", name) for name in filters.parties]
    pairs += [(name, day) for name, day in (("since", filters.since), ("until", filters.until)) if day]
    return urlencode(pairs)


def read_link(pairs: Iterable[tuple[str, str]]) -> Asked | None:
    """What the query of a link asks; None where it asks nothing."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value[:MOST_LETTERS])
    question = (given.get("q") or [""])[0].strip()
    if not question:
        return None
    return Asked(
        question=question,
        filters=Filters(
            outlets=tuple(given.get("outlet", ())),
            parties=tuple(given.get("party", ())),
            since=next(iter(given.get("since", ())), None),
            until=next(iter(given.get("until", ())), None),
        ),
        after=tuple(given.get("after", ()))[-MOST_AFTER:],
    )


def export(turns: Sequence[Turn], form: Form) -> str:
    """The conversation as one file: every answer with all its citations."""
    if form == "json":
        return json.dumps({"conversation": [_plain(turn) for turn in turns]}, ensure_ascii=False, indent=2)
    if form == "md":
        return "\n\n".join([f"# {TITLE}", *(_markdown(turn) for turn in turns)]) + "\n"
    head = Markup('<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title>{}</head>')
    body = Markup("<body><h1>{}</h1>{}</body></html>\n")
    told = joined(_html(turn, at) for at, turn in enumerate(turns))
    return str(head.format(TITLE, _STYLE) + body.format(TITLE, told))


def file_html(turns: Sequence[Turn], form: Form) -> Markup:
    """A file for the reader's browser to save: the page's script takes it from here."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    return Markup('<div class="file" data-name="attest-{}.{}" data-type="{}">{}</div>').format(
        day, form, TYPES[form], export(turns, form)
    )


def _plain(turn: Turn) -> dict[str, object]:
    return {
        "question": turn.question,
        "filters": to_plain(turn.filters),
        "answer": turn.answer.to_dict() if turn.answer else None,
        "error": turn.error,
    }


def _filters(filters: Filters) -> str:
    said = [*filters.outlets, *filters.parties]
    said += [f"from {filters.since}"] if filters.since else []
    said += [f"until {filters.until}"] if filters.until else []
    return ", ".join(said)


def _markdown(turn: Turn) -> str:
    only = _filters(turn.filters)
    head = f"## {escape_markdown(turn.question)}" + (f"\n\n*Only {escape_markdown(only)}*" if only else "")
    return f"{head}\n\n{render_markdown(turn.answer) if turn.answer else escape_markdown(turn.error or '')}"


def _html(turn: Turn, at: int) -> Markup:
    only = _filters(turn.filters)
    said = Markup("<p><em>Only {}</em></p>").format(only) if only else Markup()
    body = _answer(turn.answer, at) if turn.answer else Markup("<p>{}</p>").format(turn.error or "")
    return Markup("<section><h2>{}</h2>{}{}</section>").format(turn.question, said, body)


def _answer(answer: Answer, at: int) -> Markup:
    def cite(number: int) -> Markup:
        return Markup('<a href="#c{}-{}">[{}]</a>').format(at, number, number)

    blocks = [block for block in answer.text.split("\n\n") if not block.startswith("|")]
    tables = joined(
        Markup("<table><caption>{}</caption>{}</table>").format(
            table.about or table.kind,
            joined(
                Markup("<tr><th>{}</th><td>{}</td><td>{}</td></tr>").format(row.party, row.says, cite(row.citation))
                for row in table.rows
            ),
        )
        for table in answer.tables
        if table.disagree
    )
    sources = joined(
        Markup('<li id="c{}-{}" value="{}">{}, {}, characters {}–{}, {}<blockquote>{}</blockquote></li>').format(
            at,
            one.number,
            one.number,
            one.article.outlet or one.article.title,
            (one.article.published or "no date")[:10],
            one.span.start,
            one.span.end,
            one.article.url or one.article.path or one.article.id,
            one.quote,
        )
        for one in answer.citations
    )
    text = joined(_lines(block, cite) for block in blocks if not block.endswith(":**"))
    return text + tables + (Markup("<h3>Sources</h3><ol>{}</ol>").format(sources) if sources else Markup())


def _lines(block: str, cite: Callable[[int], Markup]) -> Markup:
    """A party's label and the list under it."""
    head = [line for line in block.split("\n") if not line.startswith("- ")]
    items = [line for line in block.split("\n") if line.startswith("- ")]
    shown = block_html(" ".join(head), cite=cite) if head else Markup()
    return shown + (block_html("\n".join(items), cite=cite) if items else Markup())
