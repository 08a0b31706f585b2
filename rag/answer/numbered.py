"""What is shown, with its citation: parties together, numbers rising down the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.types import Article
from rag.answer.overlap import around
from rag.answer.select import Selection, Shown, Store
from rag.store.entries import Carriage
from rag.types import ArticleRef, Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """An item of an answer, its citation, and what is around it: the headline, and the words near those cited."""

    shown: Shown
    citation: Citation
    around: str = ""


def number_items(selection: Selection, store: Store, *, by_date: bool = False) -> list[Numbered]:
    """Give each item its citation, in the order that they are shown: by party, best party first, or by date."""
    first = {shown.claim.party.id: place for place, shown in reversed(list(enumerate(selection.claims)))}
    ordered = sorted(selection.claims, key=lambda shown: first[shown.claim.party.id])
    parts = [selection.own_words, ordered] if selection.own_first else [ordered, selection.own_words]
    items = [(shown, store.article(shown.claim.article)) for part in parts for shown in part]
    found = [(shown, article) for shown, article in items if article is not None]
    if by_date:  # one without a date comes last
        found.sort(key=lambda pair: (pair[1].published or "9", pair[1].id, pair[0].cited.start))
    copied = store.with_copies({article.id for _, article in found})
    carriages = [
        store.carried_by(shown.claim.id) if shown.claim.voice != "outlet" and article.id in copied else None
        for shown, article in found
    ]
    return [
        _numbered(shown, article, number, carriage)
        for number, ((shown, article), carriage) in enumerate(zip(found, carriages, strict=True), start=1)
    ]


def _numbered(shown: Shown, article: Article, number: int, carriage: Carriage | None) -> Numbered:
    return Numbered(
        shown=shown,
        around=around(article, shown.cited),
        citation=Citation(
            number=number,
            article=reference(article),
            span=shown.cited,
            quote=shown.cited.of(article.text),
            claim=shown.claim.id if shown.claim.voice != "outlet" else None,
            copies=carriage.carrying if carriage else (),
            lacking=carriage.lacking if carriage else (),
        ),
    )


def by_party(items: Sequence[Numbered]) -> list[list[Numbered]]:
    """Items of one party that follow each other, together."""
    groups = groupby(items, key=lambda item: item.shown.claim.party.id)
    return [list(group) for _, group in groups]


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
