"""What is shown -> an Answer, without a language model: a lead, the claims grouped by party, the outlets' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.types import Article
from rag.answer.markdown import escape_markdown
from rag.answer.select import Selection, Shown, Store
from rag.answer.wording import (
    OWN_WORDS,
    listed,
    names_of,
    party_label,
    party_mention,
    place_label,
    scope_label,
    stance_label,
)
from rag.question import Query
from rag.types import Answer, ArticleRef, Citation, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbered:
    shown: Shown
    citation: Citation


def compose_answer(query: Query, selection: Selection, *, scope: Scope, store: Store) -> Answer:
    """Word the answer; where nothing was selected it has status `no_evidence` and says why."""
    numbered = _number(selection, store)
    claims = [item for item in numbered if item.shown.claim.voice != "outlet"]
    own = [item for item in numbered if item.shown.claim.voice == "outlet"]
    if query.unknown or not (claims or own):
        return _no_evidence(query, selection, scope)
    groups = _by_party(claims)
    parts = (
        _lead(query, groups),
        *(_group(group) for group in groups),
        _own(own),
        f"*{scope_label(scope)}*{_left_out(selection)}",
    )
    return Answer(
        question=query.question,
        text="\n\n".join(part for part in parts if part),
        status="answered",
        claims=tuple(shown.claim for shown in (*selection.claims, *selection.own_words)),
        citations=tuple(item.citation for item in numbered),
        reason=None,
        scope=scope,
    )


def _number(selection: Selection, store: Store) -> list[_Numbered]:
    """Give each item its citation, parties together, so that the numbers rise down the answer."""
    first = {shown.claim.party.id: place for place, shown in reversed(list(enumerate(selection.claims)))}
    ordered = sorted(selection.claims, key=lambda shown: first[shown.claim.party.id])
    numbered: list[_Numbered] = []
    for shown in (*ordered, *selection.own_words):
        article = store.article(shown.claim.article)
        if article is None:
            continue
        citation = Citation(
            number=len(numbered) + 1,
            article=reference(article),
            span=shown.cited,
            quote=shown.cited.of(article.text),
            claim=shown.claim.id if shown.claim.voice != "outlet" else None,
        )
        numbered.append(_Numbered(shown=shown, citation=citation))
    return numbered


def reference(article: Article) -> ArticleRef:
    """What a reader needs to find the article again."""
    return ArticleRef(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        path=article.path,
    )


def _by_party(claims: Sequence[_Numbered]) -> list[list[_Numbered]]:
    groups = groupby(claims, key=lambda item: item.shown.claim.party.id)
    return [list(group) for _, group in groups]


def _lead(query: Query, groups: Sequence[Sequence[_Numbered]]) -> str:
    if not groups:
        return "No article here names a party for this; the articles themselves say:"
    mentions = list(dict.fromkeys(party_mention(group[0].shown.claim) for group in groups))
    if query.speakers:
        return f"What {listed(mentions)} said on this, as the articles report it:"
    if query.intent == "figure":
        return f"According to {listed(mentions)}:"
    return f"On this the articles cite {listed(mentions)}."


def _group(group: Sequence[_Numbered]) -> str:
    """One party's claims: its label once, then a line a claim."""
    return "\n".join([party_label(group[0].shown.claim), *(_claim_line(item) for item in group)])


def _claim_line(item: _Numbered) -> str:
    words = escape_markdown(item.shown.words)
    return (
        f"- {stance_label(item.shown.claim)}: {words} [{item.citation.number}] — {place_label(item.citation.article)}"
    )


def _own(own: Sequence[_Numbered]) -> str:
    if not own:
        return ""
    lines = [
        f"- {escape_markdown(item.citation.quote)} [{item.citation.number}] — {place_label(item.citation.article)}"
        for item in own
    ]
    return "\n".join([f"**{OWN_WORDS}**", *lines])


def _left_out(selection: Selection) -> str:
    if not selection.left_out:
        return ""
    return f" *Left out: {selection.left_out} that could not be verified against the articles.*"


def _no_evidence(query: Query, selection: Selection, scope: Scope) -> Answer:
    if query.unknown:
        reason = f"no article here reports anything said by {query.unknown}"
    elif query.speakers:
        reason = f"{names_of(query.speakers)} is quoted here, but nothing that fits the question"
    elif not scope.articles:
        reason = "there is no article to search"
    else:
        reason = "no article here reports this"
    text = f"{escape_markdown(reason[0].upper() + reason[1:])}. {scope_label(scope)}{_left_out(selection)}"
    return Answer(
        question=query.question, text=text, status="no_evidence", claims=(), citations=(), reason=reason, scope=scope
    )
