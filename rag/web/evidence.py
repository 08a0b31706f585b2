"""The evidence: an article with the cited words marked, letter for letter, and what each party says underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from markupsafe import Markup

from corpus.language import is_english
from corpus.types import Article, Span
from rag.answer.wording import STANCE_WORDS, listed
from rag.assistant import Assistant
from rag.errors import RagError
from rag.types import Citation, Claim
from rag.web.palette import look_of, name_of
from rag.web.panel import joined

NO_EVIDENCE = Markup(
    '<div class="evidence-empty"><p><b>Evidence</b></p>'
    "<p>Choose a number such as [1] in an answer: the article opens here, at the cited words.</p>"
    '<ul><li><mark class="cited">Words like these</mark> are what the answer cites, letter for letter.</li>'
    '<li><span class="said party-0 line-solid">Words</span> <span class="said party-4 line-dashed">of each</span> '
    '<span class="said party-3 line-wavy">party</span> are underlined in its colour and its own line, and end with '
    "its letters.</li><li>Everything else is the outlet’s own voice.</li></ul></div>"
)
MOST_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an article's text that is shown in one way."""

    span: Span
    cited: bool
    claim: Claim | None


def evidence_of_citation(assistant: Assistant, citation: Citation) -> Markup:
    """The article of a citation. Where it has changed since, that is said and nothing is marked."""
    try:
        article = assistant.checked.article(citation.article.id)
        claims = assistant.checked.claims_in(citation.article.id)
    except RagError as error:
        return _damaged(error)
    if article is None or citation.span.end > len(article.text) or citation.span.of(article.text) != citation.quote:
        return _gone(citation.quote)
    return evidence_html(article, cited=citation.span, claims=claims, citation=citation)


def evidence_of_claim(assistant: Assistant, claim_id: str) -> Markup:
    """The article of a claim of the corpus, at the claim's words."""
    try:
        found = assistant.checked.claims(assistant.ledger.claims([claim_id]))
        article = assistant.checked.article(found[0].article) if found else None
        claims = assistant.checked.claims_in(article.id) if article else []
    except RagError as error:
        return _damaged(error)
    if article is None:
        return _gone("")
    return evidence_html(article, cited=found[0].extent, claims=claims)


def evidence_html(
    article: Article, *, cited: Span, claims: Sequence[Claim], citation: Citation | None = None
) -> Markup:
    """The article: headline, where it stands, who speaks in it, its text."""
    spoken = [claim for claim in claims if claim.voice != "outlet"]
    number = f"[{citation.number}] " if citation else ""
    back = f"Back to [{citation.number}]" if citation else "Back to the claims"
    return Markup(
        '<article class="evidence" aria-label="Article"><header><p class="kicker">{}Evidence '
        '<button type="button" class="quiet" data-action="back" data-number="{}">{}</button></p><h3>{}</h3>'
        '<p class="byline">{}</p>{}{}</header>{}<div class="article-text" tabindex="0" role="region" '
        'aria-label="Text of the article">{}</div></article>'
    ).format(
        number,
        citation.number if citation else "",
        back,
        article.title or "(no headline)",
        _byline(article),
        _link(article),
        _copies(citation),
        _legend(spoken, language=article.language),
        joined(_piece(article, piece) for piece in cut_text(article, cited=cited, claims=spoken)),
    )


def cut_text(article: Article, *, cited: Span, claims: Sequence[Claim]) -> list[Piece]:
    """The text in pieces, in its order and without a gap; where claims lie in each other, the inner one is shown."""
    size = len(article.text)
    said = [(span, claim) for claim in claims for span in claim.content if span.end <= size]
    edges = {0, size, cited.start, cited.end, *(edge for span, _ in said for edge in (span.start, span.end))}
    cuts = sorted(edge for edge in edges if edge <= size)
    pieces = []
    for start, end in pairwise(cuts):
        span = Span(start, end)
        holding = [(len(around), i) for i, (around, _) in enumerate(said) if around.contains(span)]
        claim = said[min(holding)[1]][1] if holding else None
        pieces.append(Piece(span=span, cited=cited.contains(span), claim=claim))
    return pieces


def _piece(article: Article, piece: Piece) -> Markup:
    shown = Markup("{}").format(piece.span.of(article.text))
    if piece.claim:
        look = look_of(piece.claim.party)
        last = any(piece.span.end == span.end for span in piece.claim.content)
        shown = Markup('<span class="said {}" title="{}"{}>{}</span>').format(
            look.classes,
            f"{name_of(piece.claim)} {STANCE_WORDS[piece.claim.stance]}",
            Markup(' data-mark="{}"').format(look.mark) if last else Markup(),
            shown,
        )
    return Markup('<mark class="cited">{}</mark>').format(shown) if piece.cited else shown


def _byline(article: Article) -> Markup:
    parts = [
        Markup("<b>{}</b>").format(article.outlet) if article.outlet else None,
        Markup("<span>{}</span>").format(article.published[:10]) if article.published else None,
        Markup("<span>by {}</span>").format(listed(article.authors)) if article.authors else None,
        Markup("<span>{}</span>").format(article.agency) if article.agency else None,
    ]
    return Markup(" · ").join(part for part in parts if part) or Markup("outlet and date not known")


def _link(article: Article) -> Markup:
    """A link to the article where its address is one of the web: no other scheme becomes a link."""
    address = (article.url or "").strip()
    if urlsplit_scheme(address) in {"http", "https"}:
        return Markup(
            '<p class="link"><a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a></p>'
        ).format(address, address)
    place = address or article.path or ""
    return Markup('<p class="link">{}</p>').format(place) if place else Markup()


def urlsplit_scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


def _copies(citation: Citation | None) -> Markup:
    if citation is None or not (citation.copies or citation.lacking):
        return Markup()
    parts = []
    for said, articles in (("The same report is in", citation.copies), ("Cut by", citation.lacking)):
        names = list(dict.fromkeys(one.outlet or one.title or one.id for one in articles))[:MOST_NAMED]
        parts += [f"{said} {listed(names)}."] if names else []
    return Markup('<p class="note">{}</p>').format(" ".join(parts))


def _legend(claims: Sequence[Claim], *, language: str | None) -> Markup:
    """Who speaks in the article, with the colour, the line and the letters that mark their words."""
    if not claims and language and not is_english(language):
        return Markup('<p class="note">This article is not in English: who says what in it is not known here.</p>')
    if not claims:
        return Markup('<p class="note">No party speaks in this article.</p>')
    numbers = Counter(claim.party.id for claim in claims)
    first = {claim.party.id: claim for claim in reversed(claims)}
    items = joined(
        Markup(
            '<li class="{}"><span class="mark" aria-hidden="true">{}</span><span class="said">{}</span>'
            '<span class="times">{}</span></li>'
        ).format(look_of(first[one].party).classes, look_of(first[one].party).mark, _named(first[one]), f"×{number}")
        for one, number in numbers.most_common()
    )
    return Markup('<details class="legend" open><summary>Who speaks in it</summary><ul>{}</ul></details>').format(items)


def _named(claim: Claim) -> str:
    return f"Unnamed: {claim.party.name}" if claim.voice == "unnamed" else claim.party.name


def _gone(quote: str) -> Markup:
    cited = Markup("<p>It was cited for:</p><blockquote>{}</blockquote>").format(quote) if quote else Markup()
    return Markup(
        '<div class="evidence-empty"><p><b>This article was changed or removed since it was cited.</b> '
        "Ask again to see what it says now.</p>{}</div>"
    ).format(cited)


def _damaged(error: RagError) -> Markup:
    return Markup('<div class="evidence-empty"><p class="trouble" role="alert">{}</p></div>').format(str(error))
