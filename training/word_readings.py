"""Articles and questions as the comparison of words sees them: pieces of passages, windows of claims, what is right."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.types import Span
from rag.assistant import Assistant
from rag.late import is_spoken, rarity
from rag.retrieval.wording import NEAR, claim_window, in_article
from rag.store.entries import StoredUnit
from training.paraphrases import Paraphrase
from training.questions import locate

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text in pieces: their ids, offsets and whether they carry meaning, each of shape (n,)."""

    ids: Ints
    starts: Ints
    spoken: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question, how rare its pieces are, and which claims and passages of its article answer it."""

    read: Read
    rarity: NDArray[np.float32]
    claims: Bools
    passages: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article: its passages, whose offsets are into the article, and the sentences of its claims with their windows.

    `within[i]` are the passages that the i-th sentence stands in. `topic` is the mean of the passages' vectors.
    """

    article: str
    passages: tuple[Read, ...]
    spans: tuple[Span, ...]
    windows: tuple[Span, ...]
    within: tuple[tuple[int, ...], ...]
    topic: NDArray[np.float32]
    askings: tuple[Asking, ...]


class Reader:
    """Reads articles of an index with the encoder's own pieces."""

    def __init__(self, assistant: Assistant, tokenizer: Tokenizer, *, most_pieces: int = 256) -> None:
        self._ledger, self._tokenizer = assistant.ledger, tokenizer
        self._tokenizer.enable_truncation(most_pieces)
        self._spoken = {id: is_spoken(piece) for piece, id in tokenizer.get_vocab().items()}
        self._units: dict[str, list[StoredUnit]] = {}
        self._pieces: dict[str, list[StoredUnit]] = {}
        for kind, found in (("passage", self._units), ("claim", self._pieces)):
            for unit in assistant.ledger.units(kind):
                found.setdefault(unit.article_id, []).append(unit)

    def read(self, text: str) -> Read:
        encoding = self._tokenizer.encode(text)
        return Read(
            ids=np.array(encoding.ids, dtype=np.int64),
            starts=np.array([start for start, _ in encoding.offsets], dtype=np.int64),
            spoken=np.array([self._spoken[piece] for piece in encoding.ids], dtype=bool),
        )

    def read_articles(self, questions: Iterable[Paraphrase], raw: Mapping[str, str]) -> Iterator[Reading]:
        """The articles of these questions, each with those that its index answers; `raw` has the texts of the spans."""
        by_article: dict[str, list[Paraphrase]] = {}
        for question in questions:
            by_article.setdefault(question.article, []).append(question)
        for article, some in sorted(by_article.items()):
            if article in self._units and article in self._pieces:
                yield self._read_article(article, some, raw[article])

    def _read_article(self, article: str, questions: Sequence[Paraphrase], raw: str) -> Reading:
        stored = self._ledger.article(article)
        assert stored is not None  # noqa: S101 -- its units are there
        units = self._units[article]
        pieces = [one for one in self._pieces[article] if any(unit.span.overlaps(one.span) for unit in units)]
        claims = {claim.id: claim for claim in self._ledger.claims([unit.owner_id for unit in pieces])}
        askings = []
        for question in questions:
            place = locate(raw, question.span, stored.text)
            if place is None:
                continue
            right = np.array([piece.span.overlaps(place) for piece in pieces], dtype=bool)
            if right.any():
                read = self.read(question.question)
                passages = np.array([unit.span.overlaps(place) for unit in units], dtype=bool)
                askings.append(Asking(read=read, rarity=rarity(read.ids), claims=right, passages=passages))
        passages = []
        for unit in units:
            read = self.read(unit.text)
            passages.append(Read(ids=read.ids, starts=in_article(unit, read.starts), spoken=read.spoken))
        return Reading(
            article=article,
            passages=tuple(passages),
            spans=tuple(unit.span for unit in units),
            windows=tuple(claim_window(claims[piece.owner_id], piece.span) for piece in pieces),
            within=tuple(
                tuple(at for at, unit in enumerate(units) if unit.span.overlaps(piece.span)) for piece in pieces
            ),
            topic=self._ledger.vectors([unit.id for unit in units]).mean(axis=0),
            askings=tuple(askings),
        )


def widen(window: Span) -> Span:
    """A claim's window with what stands near it."""
    return Span(max(0, window.start - NEAR), window.end + NEAR)


def make_epoch(readings: Sequence[Reading], rng: random.Random, *, size: int, alike: float) -> Iterator[list[Reading]]:
    """Every article once, `size` at a time; in a share `alike` of the batches they are about the same things."""
    left = list(readings)
    rng.shuffle(left)
    topics = {one.article: one.topic / np.linalg.norm(one.topic) for one in left}
    while left:
        first = left.pop()
        if rng.random() < alike:
            near = sorted(left, key=lambda one: -float(topics[one.article] @ topics[first.article]))[: size - 1]
        else:
            near = left[: size - 1]
        chosen = {one.article for one in near}
        left = [one for one in left if one.article not in chosen]
        yield [first, *near]
