"""Entries over a made-up town, small enough to reason about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.types import Article, Passage, Span
from rag.store.entries import Entry, Unit
from rag.types import Claim, Party

DIMENSION = 8
MAYOR = Party(id="mayor", name="Ilse Marrok", kind="person", role="mayor", aliases=("Marrok",))
WORKS = Party(id="works", name="Veltport Waterworks", kind="organisation", aliases=("the waterworks",))


def unit_vector(seed: int, *, dimension: int = DIMENSION) -> NDArray[np.float32]:
    vector = np.random.default_rng(seed).normal(size=dimension).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def make_entry(
    name: str,
    text: str = "Dam holds\n\nThe dam above Veltport holds, the mayor said.",
    *,
    seed: int = 0,
    party: Party = MAYOR,
    outlet: str | None = "Veltport Courier",
    published: str | None = "2031-05-04T10:00:00+02:00",
    dimension: int = DIMENSION,
) -> Entry:
    """One article, one passage over all of it, one claim with two pieces: three units."""
    whole, half = Span(0, len(text)), len(text) // 2
    claim = Claim(
        id=f"{name}#1",
        text=text[:half],
        party=party,
        voice="party",
        stance="asserts",
        via=("Harbour Radio",),
        quote_type="indirect",
        source=(Span(half, len(text)),),
        cue=(),
        content=(Span(0, half),),
        article=name,
        confidence=0.75,
    )
    units = [Unit(kind="passage", owner=0, span=whole, text=text, vector=unit_vector(seed, dimension=dimension))]
    for number, piece in enumerate((Span(0, half // 2), Span(half // 2, half)), start=1):
        units.append(
            Unit(
                kind="claim",
                owner=0,
                span=piece,
                text=piece.of(text),
                vector=unit_vector(seed + 1000 * number, dimension=dimension),
            )
        )
    return Entry(
        article=Article(
            id=name,
            text=text,
            title=text[:9],
            headline=Span(0, min(9, len(text))),
            outlet=outlet,
            authors=("Ona Brill",),
            published=published,
            url=f"https://courier.example/{name}",
            path=f"{name}.txt",
        ),
        digest=f"{text}{seed}",
        passages=(Passage(article=name, number=0, span=whole, text=text),),
        claims=(claim,),
        units=tuple(units),
    )
