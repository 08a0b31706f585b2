"""An answer's claims and passages as the numbered items that a language model is given, and is held to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import split_sentences
from corpus.types import Span
from rag.attribution import extract_claims
from rag.types import Answer, ArticleRef, Citation, Claim

THE_ARTICLE = "the article"
UNNAMED_NAMES = ("an unnamed source", "an anonymous source", "unnamed sources", "unnamed source")
_CAPITAL = re.compile(r"\b[A-Z]")
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[“”„«»\"]")
_PIECES = " ... "


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered piece of evidence.

    `claim` is None for an outlet's own words. `names` are those that the speaker may be called by, the party's own
    first; a shorter one that two parties of the answer share is not among them. `words` are the speaker's words as far
    as the citation shows them, `cue` likewise the words that say that they spoke.
    """

    citation: Citation
    claim: Claim | None
    names: tuple[str, ...]
    words: str
    cue: str

    @property
    def number(self) -> int:
        return self.citation.number


def number_items(answer: Answer, *, passages: Sequence[Citation] = ()) -> tuple[Item, ...]:
    """The items of an answer: its citations, then `passages`, which carry the numbers after them.

    Left out is what nobody can be held to: a citation whose claim is not among the answer's claims, or that shows
    nothing of its words.
    """
    claims = {claim.id: claim for claim in answer.claims}
    cited = [
        (citation, claims.get(citation.claim) if citation.claim else None)
        for citation in (*answer.citations, *passages)
        if citation.claim is None or citation.claim in claims
    ]
    bearers: dict[str, set[str]] = {}
    for citation, claim in cited:
        for name in _names(citation.article, claim):
            bearers.setdefault(name.casefold(), set()).add(_party_id(citation.article, claim))
    items = (
        Item(
            citation=citation,
            claim=claim,
            names=tuple(
                name
                for at, name in enumerate(_names(citation.article, claim))
                if at == 0 or _is_general(name) or len(bearers[name.casefold()]) == 1
            ),
            words=_shown(claim.content, citation) if claim else own_words(citation.quote),
            cue=_shown(claim.cue, citation) if claim else "",
        )
        for citation, claim in cited
    )
    return tuple(item for item in items if item.words.strip())


def own_words(quote: str) -> str:
    """The sentences of a quote that nobody is said to say and that hold no quotation: those that are the outlet's."""
    said = [span for claim in extract_claims(quote) for span in (*claim.source, *claim.cue, *claim.content)]
    sentences = [
        sentence.of(quote)
        for sentence in split_sentences(quote)
        if not any(sentence.overlaps(span) for span in said) and not _QUOTED.search(sentence.of(quote))
    ]
    return _PIECES.join(sentences)


def _party_id(article: ArticleRef, claim: Claim | None) -> str:
    return claim.party.id if claim else f"outlet:{(article.outlet or '').casefold()}"


def _is_general(name: str) -> bool:
    return name == THE_ARTICLE or name in UNNAMED_NAMES


def _names(article: ArticleRef, claim: Claim | None) -> Iterator[str]:
    """What a speaker may be called, each once, without articles in front."""
    seen: set[str] = set()
    for name in _all_names(article, claim):
        bare = name if _is_general(name) else _DETERMINER.sub("", name).strip()
        if bare and bare.casefold() not in seen:
            seen.add(bare.casefold())
            yield bare


def _all_names(article: ArticleRef, claim: Claim | None) -> Iterator[str]:
    if claim is None or claim.voice == "outlet":
        yield from filter(None, (claim.party.name if claim else None, article.outlet, THE_ARTICLE))
        return
    party = claim.party
    yield party.name
    if claim.voice == "unnamed":
        yield from UNNAMED_NAMES
        return
    yield from (alias for alias in party.aliases if _CAPITAL.search(alias))
    if party.kind == "person" and " " in party.name:
        yield party.name.rsplit(maxsplit=1)[-1]


def _shown(spans: Sequence[Span], citation: Citation) -> str:
    """What of these spans the citation shows."""
    start, end = citation.span.start, citation.span.end
    inside = [(max(span.start, start), min(span.end, end)) for span in spans if span.start < end and start < span.end]
    return _PIECES.join(citation.quote[first - start : last - start] for first, last in inside)
