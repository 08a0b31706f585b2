"""Copies of one report in several outlets: which articles they are, and which of them the others were taken from.

Two bodies are compared by their shingles, runs of a few words (Broder 1997, On the resemblance and containment of
documents, https://doi.org/10.1109/SEQUEN.1997.666900). Of every article a signature is kept, which estimates how much
two resemble each other (MinHash); articles that share a band of a signature are worth comparing (locality-sensitive
hashing, Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, chapter 3, http://www.mmds.org).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.clean import body_of
from corpus.types import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEME = "3 words, crc32, 128 x 32 bits, affine32"
"""How signatures are made. Those of two schemes cannot be compared."""

SHINGLE = 3  # words: one word in ten exchanged leaves three quarters of the shingles
PERMUTATIONS = 128
ROWS = 2  # of a band. Two articles that share a quarter of their shingles have a band in common in 98 of 100 cases

ALIKE = 0.55
"""The share of all their words that two articles share at least to be copies, each with its own changes,"""

CUT = 0.75
"""or the share of the shorter one, which is then a part of the other,"""

LEAST = 0.2
"""if it is this large a part at least: a round-up that holds a report is no copy of it."""

WORTH_COMPARING = 0.08
"""The resemblance that is estimated of two copies at least: three standard errors below what copies have at least."""

TWINS = 0.9
"""The share of all their words that two copies share at least to count as one text."""

SHORT = 20  # shingles; of less, a share says little: only twins are copies

_WORD = re.compile(r"\w+(?:[.,'’]\w+)*")
_APOSTROPHES = str.maketrans("’ʼ", "''")
_NAME = re.compile(r"\s*(?:/|,|;|\||\band\b|\bwith\b|\bvia\b)\s*", re.IGNORECASE)

AGENCIES = frozenset(
    (
        "reuters|thomson reuters|ap|associated press|ap news|afp|agence france-presse|dpa|deutsche presse-agentur|efe|"
        "ansa|pa|pa media|press association|pa news agency|tass|interfax|xinhua|kyodo|kyodo news|jiji press|yonhap|"
        "anadolu|anadolu agency|upi|united press international|apa|austria presse agentur|pti|press trust of india|ani|"
        "ians|aap|australian associated press|canadian press|lusa|belga|ntb|ritzau|pap|polish press agency|ctk|mti|"
        "agerpres|ukrinform|antara|bernama|bloomberg|bloomberg news|dow jones newswires|keystone-sda|kna|epd|"
        "europa press|agência brasil"
    ).split("|")
)
"""News agencies, as outlets are named, in small letters: what one of them published itself is the origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`size` is the number of different shingles, `values` the least hash of them under each permutation (uint32)."""

    size: int
    values: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share: of all their shingles (`resemblance`), of those of the shorter (`containment`)."""

    resemblance: float
    containment: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is to be known of an article to tell whose report it is."""

    id: str
    outlet: str | None
    agency: str | None
    published: str | None


def words_of(text: str) -> list[str]:
    """The words of a text without case and punctuation, as copies have them in common."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold())


def shingles_of(text: str, *, length: int = SHINGLE) -> frozenset[str]:
    """The runs of so many words in a text; of a text of fewer words, all of it."""
    words = words_of(text)
    if not words:
        return frozenset()
    return frozenset(" ".join(words[at : at + length]) for at in range(max(1, len(words) - length + 1)))


def sign_article(article: Article) -> Signature:
    """The signature of an article's body: a copy under another headline has the same."""
    from datasketch import MinHash

    shingles = shingles_of(body_of(article))
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32", hashfunc=zlib.crc32)
    if shingles:
        minhash.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in shingles])
    return Signature(size=len(shingles), values=minhash.hashvalues.astype("<u4").tobytes())


def bands_of(signature: Signature) -> list[int]:
    """The bands of a signature as signed 64-bit integers: two articles that share none of them are no copies."""
    import numpy as np

    if not signature.size:
        return []
    pairs = _values(signature).reshape(-1, ROWS).astype(np.uint64)
    numbers = np.arange(len(pairs), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)  # keeps equal bands apart
    bands: list[int] = (((pairs[:, 0] << np.uint64(32)) | pairs[:, 1]) ^ numbers).view(np.int64).tolist()
    return bands


def estimate_resemblance(one: Signature, other: Signature) -> float:
    """The share of all their shingles that two articles have in common, with a standard error of .04 at the most."""
    if not one.size or not other.size:
        return 0.0
    return float((_values(one) == _values(other)).mean())


def measure_overlap(one: Collection[str], other: Collection[str]) -> Overlap:
    """What two sets of shingles have in common."""
    if not one or not other:
        return Overlap(resemblance=0.0, containment=0.0)
    shared = len(frozenset(one).intersection(other))
    return Overlap(
        resemblance=shared / (len(one) + len(other) - shared), containment=shared / min(len(one), len(other))
    )


def are_copies(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two articles, by the shingles of their bodies, are one report, whole or cut."""
    overlap = measure_overlap(one, other)
    if min(len(one), len(other)) < SHORT:
        return overlap.resemblance >= TWINS
    return overlap.resemblance >= ALIKE or (overlap.containment >= CUT and overlap.resemblance >= LEAST)


def are_twins(one: Signature, other: Signature) -> bool:
    """Whether two articles have the same text, but for a credit or a word."""
    return estimate_resemblance(one, other) >= TWINS


def find_origins(
    copies: Collection[Copy], neighbours: Mapping[str, Collection[str]], *, twins: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """The origin of each article, by id: its own where it is nobody's copy.

    `neighbours` are the ids that each is a copy of or has as a copy, `twins` those with the same text. Each text is
    followed to the neighbour that came first, and from there on: two reports that a third holds both of are not thereby
    copies of one another. What an agency published itself (one of `AGENCIES`, or one that a neighbour credits) comes
    first, then the earliest; of two on one day, the one whose time is known.
    """
    near = {copy.id: {*neighbours.get(copy.id, ()), *twins.get(copy.id, ())} for copy in copies}
    credits = {copy.id: _names(copy.agency) for copy in copies}
    credited = {id_: {name for other in others for name in credits[other]} for id_, others in near.items()}
    for copy in copies:
        credited[copy.id] |= {
            name for twin in twins.get(copy.id, ()) for other in near[twin] for name in credits[other]
        }
    rank = {copy.id: _rank(copy, credited[copy.id]) for copy in copies}
    text = _texts(rank, twins)
    first = {id_: id_ for id_ in text.values()}  # whom each text is followed to
    for id_, others in near.items():
        first[text[id_]] = min((first[text[id_]], *(text[other] for other in others)), key=rank.__getitem__)
    origins: dict[str, str] = {}
    for id_ in sorted(rank, key=rank.__getitem__):  # whom a text is followed to ranks before all of it: that is done
        origins[id_] = origins.get(first[text[id_]], id_)
    return {id_: origins[id_] for id_ in rank}


def _texts(rank: Mapping[str, tuple[bool, str, str, str]], twins: Mapping[str, Collection[str]]) -> dict[str, str]:
    """One id for each text: that of the article among its twins that comes first."""
    text: dict[str, str] = {}
    for id_ in sorted(rank, key=rank.__getitem__):
        reached = [id_]
        while reached:
            if (one := reached.pop()) not in text:
                text[one] = id_
                reached += twins.get(one, ())
    return text


def _rank(copy: Copy, credited: Collection[str]) -> tuple[bool, str, str, str]:
    is_agency = any(name in AGENCIES or name in credited for name in _names(copy.outlet))
    day, time = _moment(copy.published)
    return not is_agency, day, time, copy.id


def _moment(published: str | None) -> tuple[str, str]:
    """Day and time to sort by, in UTC where the zone is known; what is not known comes last."""
    if not published:
        return "9999", ""
    if len(published) <= len("2026-01-31"):
        return published, "24"
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published[:10], "24"
    if moment.tzinfo:
        moment = moment.astimezone(UTC)
    return moment.date().isoformat(), moment.time().isoformat()


def _names(credit: str | None) -> list[str]:
    return [name.casefold().removeprefix("the ").strip(" .()") for name in _NAME.split(credit or "") if name]


def _values(signature: Signature) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(signature.values, dtype="<u4")
