"""Late interaction: a text kept as a code for each of its words, to be compared with a question word by word.

A vector for a whole text blurs what each word says in its place. Here every word that carries meaning keeps a vector of
256 numbers for its place (ColBERT, Khattab & Zaharia 2020, https://arxiv.org/abs/2004.12832), of which only the signs
are kept, 32 bytes; a question's words keep whole vectors (Yamada, Asai & Hajishirzi 2021,
https://arxiv.org/abs/2106.00882). `rag.word_encoder` makes both; it was trained with the signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

BITS = 256
WORD = np.dtype([("start", "<u2"), ("code", "u1", (BITS // 8,))])
"""A word of a text: the offset at which it starts, and its signs."""
_LONGEST = np.iinfo(np.uint16).max
_AT_ONCE = 1024  # words: of so many, the signs as numbers stay in a processor's cache
_ONE_THREAD = 32  # words: products as small as this BLAS does not share out; its threads wait for each other, and spin
_FIRST_WORD = 1996
"""BERT's pieces from this id on are words by falling frequency, so that an id tells how rare a word is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tokens:
    """The encoder's pieces of one text, `vectors` of shape (t, 256); the others, of shape (t,), are their ids, offsets
    and how much each weighs in a question, as a logit.

    `spoken` says which carry meaning: no marks of punctuation, no function words, none of the encoder's own signs.
    """

    vectors: Array
    logits: Array
    pieces: NDArray[np.int64]
    starts: NDArray[np.int64]
    spoken: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """A question's words: unit vectors of shape (q, 256), and weights that sum to 1."""

    vectors: Array
    weights: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Codes:
    """A text's words: where each starts, rising, shape (n,), and its signs as bits, shape (n, 32)."""

    starts: NDArray[np.int64]
    bits: NDArray[np.uint8]


def pack_tokens(tokens: Tokens) -> bytes:
    """A text's words as bytes: rows of `WORD`, 34 bytes each."""
    kept = np.flatnonzero(tokens.spoken & (tokens.starts <= _LONGEST))
    rows = np.zeros(len(kept), dtype=WORD)
    rows["start"] = tokens.starts[kept]
    rows["code"] = np.packbits(tokens.vectors[kept] > 0, axis=1)
    return rows.tobytes()


def unpack_words(rows: NDArray[Any]) -> Codes:
    """The words of a text, from rows of `WORD`."""
    return Codes(starts=rows["start"].astype(np.int64), bits=rows["code"])


def ask_with(tokens: Tokens) -> Asked:
    """A question's words; all of its pieces where none carries meaning."""
    kept = np.flatnonzero(tokens.spoken) if tokens.spoken.any() else np.arange(len(tokens.pieces))
    vectors = tokens.vectors[kept]
    weights = rarity(tokens.pieces[kept]) * np.exp(tokens.logits[kept] - tokens.logits[kept].max())
    return Asked(
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        weights=(weights / weights.sum()).astype(np.float32),
    )


def rarity(pieces: NDArray[np.int64]) -> Array:
    """How rare words are, from their ids: about 2 for the commonest, about 10 for the rarest."""
    return np.log(np.maximum(pieces - _FIRST_WORD, 0) + 8.0).astype(np.float32)


def compare(asked: Asked, texts: Iterable[Codes]) -> list[Array]:
    """How near each word of a text is to each word of a question: cosines, shape (q, n) for each text.

    A sign stands for 1 or -1 over the root of 256, so that a word's vector has length 1.
    """
    codes = list(texts)
    ends = np.cumsum([len(text.starts) for text in codes]).tolist()
    if not ends or not ends[-1]:
        return [np.zeros((len(asked.vectors), 0), dtype=np.float32) for _ in codes]
    cosines = _positive_sums(asked.vectors, np.concatenate([text.bits for text in codes]))
    cosines *= 2
    cosines -= asked.vectors.sum(axis=1, keepdims=True)
    cosines /= np.float32(BITS**0.5)
    return [cosines[:, start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _positive_sums(vectors: Array, bits: NDArray[np.uint8]) -> Array:
    """For each vector and each row of bits the sum of the numbers whose bit is set: shape (q, n)."""
    sums = np.empty((len(vectors), len(bits)), dtype=np.float32)
    for at in range(0, len(bits), _AT_ONCE):
        signs = np.zeros((_AT_ONCE, BITS), dtype=np.float32)
        some = np.unpackbits(bits[at : at + _AT_ONCE], axis=1)
        signs[: len(some)] = some
        product = signs.reshape(-1, _ONE_THREAD, BITS) @ vectors.T
        sums[:, at : at + _AT_ONCE] = product.reshape(_AT_ONCE, -1)[: len(some)].T
    return sums


def nearest(cosines: Array) -> Array:
    """For each word of the question the nearest of the text's words; FAR where there is none."""
    return cosines.max(axis=1) if cosines.shape[1] else np.full(len(cosines), FAR, dtype=np.float32)


FAR = np.float32(-0.2)
"""The cosine that stands for no word at all: below that of two words that have nothing in common."""


def is_spoken(piece: str) -> bool:
    """Whether a piece of the encoder's vocabulary carries meaning."""
    return any(character.isalnum() for character in piece) and piece not in _FUNCTION_WORDS


_FUNCTION_WORDS = frozenset(
    """
    [CLS] [SEP] [PAD] [UNK] [MASK] s t who what which whose whom when where how the a an of in on to by for with and or
    that did do does has had have was were be is are it its he she his her their they as at from about
    """.split()
)


def spoken_pieces(vocabulary: Sequence[str]) -> NDArray[np.bool_]:
    """For each piece of a vocabulary, by id, whether it carries meaning."""
    return np.array([is_spoken(piece) for piece in vocabulary], dtype=bool)
