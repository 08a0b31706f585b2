"""Parties: the entity that a source turned out to be, with an id that is the same wherever the corpus names it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from rag.attribution.countries import COUNTRY_OF, country_named, government_named
from rag.attribution.kinds import ARTICLE, POSSESSIVE, head_of
from rag.types import Party, PartyKind

SPELLINGS = (
    ("defence", "defense"),
    ("centre", "center"),
    ("labour", "labor"),
    ("isation", "ization"),
    ("programme", "program"),
    ("harbour", "harbor"),
    ("honour", "honor"),
)
TRANSLITERATIONS = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        (r"(?<=[a-z])(?:iy|yy)\b", "y"),  # Orlovskiy, Orlovskyy: Orlovsky
        (r"\babd(?:el|ul|al| el| ul| al)\b", "abdul"),
        (r"\bm[ou]ham+[ae]d\b", "muhammad"),
        (r"\bh[ou]ss?[ae](?:i|y)n\b", "husayn"),
        (r"\by[ou]u?ss?[eou]f\b", "yusuf"),
        (r"\b(?:el|ul)\b", "al"),
    )
)
"""Names that other scripts spell in one way and newspapers in several."""
OFFICE_OF = re.compile(r"\b(ministry|department|office|bureau) of (?:the )?(\w+(?: and \w+)?)$")


@dataclass(slots=True)
class Entity:
    """One party of one article, as it is being put together.

    `last` is the offset of its latest mention; `ambiguous` is true for a surname that two people of the article bear,
    `shown` where something shows the kind.
    """

    name: str
    kind: PartyKind
    role: str | None = None
    side: str | None = None
    named: bool = True
    gender: str = ""
    plural: bool = False
    ambiguous: bool = False
    shown: bool = True
    aliases: list[str] = field(default_factory=list)
    last: int = -1


def party_of(entity: Entity, article: str) -> Party:
    """The finished party. What is no name ("officials"), or only a surname, is a party of its article alone.

    Two articles that say "Ruiz" may mean two people, and people of one surname are never merged.
    """
    name = slug(entity.name)
    lone_surname = entity.kind == "person" and len(entity.name.split()) == 1
    everywhere = entity.named and not entity.ambiguous and not lone_surname
    return Party(
        id=name if everywhere else f"{name}@{article}",
        name=entity.name,
        kind=entity.kind,
        role=entity.role,
        side=entity.side,
        aliases=tuple(alias for alias in dict.fromkeys(entity.aliases) if alias != entity.name),
    )


def unnamed_source(article: str) -> Party:
    """Whoever is behind "is said to"."""
    return Party(id=f"unnamed-source@{article}", name="unnamed source", kind="unnamed")


def outlet_party(outlet: str | None, article: str) -> Party:
    """The article's own outlet or, where that is not known, its author."""
    if not outlet:
        return Party(id=f"author@{article}", name="the author", kind="outlet")
    return Party(id=f"outlet-{_hyphenated(outlet.lower())}", name=outlet, kind="outlet")


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """The name folded to what its spellings share: case, accents, Defence and Defense, Ministry of X and X Ministry."""
    named = ARTICLE.sub("", name)
    seat = government_named(named)
    if seat:
        return _hyphenated(seat.lower())
    words = named.split()
    country = country_named(named)
    if country and len(words) > 1:
        length = next((n for n in (1, 2, 3) if POSSESSIVE.sub("", " ".join(words[:n])) in COUNTRY_OF), 1)
        words = [country, *words[length:]]
    plain = unicodedata.normalize("NFKD", " ".join(words))
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).lower()
    plain = re.sub(r"['’]s\b|[.'’]", "", plain)
    plain = re.sub(r"[^\w&]+", " ", plain).strip()
    for british, american in SPELLINGS:
        plain = plain.replace(british, american)
    for pattern, folded in TRANSLITERATIONS:
        plain = pattern.sub(folded, plain)
    return _hyphenated(OFFICE_OF.sub(r"\2 \1", plain)) or "unknown"


def same_body(one: str, other: str) -> bool:
    """Velian Ministry of Defence, Ministry of Defence of the Velian Republic, or the Ministry of Defence alone.

    The same head, and all the words of one, by their first letters, among those of the other.
    """
    if head_of(one) != head_of(other):
        return False
    a, b = stems_of(one), stems_of(other)
    return len(a & b) > 1 and (a <= b or b <= a)


@lru_cache(maxsize=4096)
def stems_of(name: str) -> frozenset[str]:
    """The words of a name by their first letters, so that Velia's and Velian are one."""
    return frozenset(word[:5] for word in slug(name).split("-")) - {"of", "the", "and", "for"}


def _hyphenated(words: str) -> str:
    return re.sub(r"[^\w]+", "-", words).strip("-")
