"""Answer and claims -> Markdown, JSON, JSON-LD, CSV. Pure functions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from corpus.language import OTHER
from rag.answer.markdown import escape_markdown
from rag.answer.wording import party_label, place_label, stance_label
from rag.types import Answer, ArticleRef, Claim, Plain, to_plain

CSV_COLUMNS = (
    "claim",
    "party",
    "role",
    "side",
    "voice",
    "stance",
    "via",
    "text",
    "quote_type",
    "act",
    "confidence",
    "article",
    "title",
    "outlet",
    "published",
    "url",
    "start",
    "end",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_markdown(answer: Answer) -> str:
    """The answer and, under it, what it cites."""
    sources = render_sources(answer)
    return f"{answer.text}\n\n**Sources**\n\n{sources}" if sources else answer.text


def render_sources(answer: Answer) -> str:
    """Each citation of an answer: number, headline, outlet, date, place and the cited words."""
    lines = []
    for citation in answer.citations:
        article = citation.article
        title = f"“{escape_markdown(article.title)}”, " if article.title and article.outlet else ""
        where = escape_markdown(article.url or article.path or article.id)
        lines.append(
            f"\\[{citation.number}\\] {title}{place_label(article)} — {where}, "
            f"characters {citation.span.start}–{citation.span.end}  \n> {escape_markdown(citation.quote)}\n"
        )
    return "\n".join(lines)


def render_languages(others: Mapping[str, int]) -> str:
    """What articles in other languages are good for, given how many are in which."""
    number = sum(others.values())
    told = ", ".join(f"{count} {'unknown' if tag == OTHER else tag}" for tag, count in others.items())
    which = f" ({told})" if set(others) != {OTHER} else ""
    are, their, them = ("article is", "its", "it") if number == 1 else ("articles are", "their", "them")
    return (
        f"{number} {are} not in English{which}: {their} passages are searched, but who said what is "
        f"read in English only, so claims in {them} are missing or less sure"
    )


def render_claims(claims: Sequence[Claim], *, article_of: Callable[[str], ArticleRef | None]) -> str:
    """Claims as a Markdown list: party, stance, words, and where they stand."""
    if not claims:
        return "No claims."
    lines = []
    for claim in claims:
        article = article_of(claim.article)
        place = f" — {place_label(article)}" if article else ""
        lines.append(f"- {party_label(claim)} {stance_label(claim)}: {escape_markdown(claim.text)}{place}")
    return "\n".join(lines)


def render_json(item: Plain | Sequence[Plain]) -> str:
    """One JSON document, human-readable, with text as it is."""
    return json.dumps(to_plain(item), ensure_ascii=False, indent=2)


def render_csv(claims: Sequence[Claim], *, article_of: Callable[[str], ArticleRef | None]) -> str:
    """Claims as CSV, a row each, `via` joined by " > ", outermost first.

    A cell that a spreadsheet would run as a formula is led by an apostrophe
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for claim in claims:
        article = article_of(claim.article)
        row = (
            claim.id,
            claim.party.name,
            claim.party.role,
            claim.party.side,
            claim.voice,
            claim.stance,
            " > ".join(claim.via),
            claim.text,
            claim.quote_type,
            claim.act,
            f"{claim.confidence:.2f}",
            claim.article,
            article.title if article else None,
            article.outlet if article else None,
            article.published if article else None,
            article.url if article else None,
            claim.extent.start,
            claim.extent.end,
        )
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def render_jsonld(claims: Sequence[Claim], *, article_of: Callable[[str], ArticleRef | None]) -> str:
    """Claims as JSON-LD, of the type https://schema.org/Claim, with the article each appears in."""
    graph = [_jsonld(claim, article_of(claim.article)) for claim in claims]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=2)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _jsonld(claim: Claim, article: ArticleRef | None) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "Claim", "@id": f"urn:claim:{claim.id}", "text": claim.text}
    if claim.voice == "party":
        kind = "Person" if claim.party.kind == "person" else "Organization"
        node["author"] = {"@type": kind, "name": claim.party.name}
        if claim.party.role:
            node["author"]["jobTitle" if kind == "Person" else "description"] = claim.party.role
    if article:
        appearance = {
            "@type": "NewsArticle",
            "identifier": article.id,
            "headline": article.title or None,
            "datePublished": article.published,
            "url": article.url,
            "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        }
        node["appearance"] = {key: value for key, value in appearance.items() if value is not None}
    return node
