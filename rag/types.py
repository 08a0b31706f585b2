"""What travels through the assistant: attributions, claims, citations and answers.

A *source* is the words that name a speaker, a *cue* the words that say that they spoke ("said"), a *content* what
they said; the three together are an *attribution*. A *party* is the speaker whom a source stands for, a *claim* a
content with its party and stance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from corpus.types import Span

Voice = Literal["party", "unnamed", "outlet"]
Stance = Literal["asserts", "denies", "confirms", "questions", "hedges", "promises", "accuses", "declined", "none"]
QuoteType = Literal["direct", "indirect", "mixed"]
Act = Literal["speech", "attitude"]
PartyKind = Literal["person", "organisation", "government", "group", "unnamed", "outlet"]
Status = Literal["answered", "no_evidence"]


def to_plain(value: Any) -> Any:
    """Turn dataclasses and tuples, however deep, into what `json` can write."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    return value


class Plain:
    """A mix-in: `to_dict()` for JSON."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Plain):
    """One attribution, as spans: at most one source (it may be in pieces), one cue, one content (likewise).

    An empty `source` names nobody. `cue` may be empty where a quotation follows its speaker without one. `outer` is
    the attribution that relays this one ("RIA reported that Gerasimov said ..."), whose content holds this one.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 1.0
    outer: Attribution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Plain):
    """Who speaks. `id` is the same wherever the corpus names the same party; `aliases` are other names it goes by."""

    id: str
    name: str
    kind: PartyKind
    role: str | None = None
    side: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Plain):
    """What one party said in one article.

    `text` is the content's words (its pieces joined by " ... "), `via` the names of those who relayed it, outermost
    first. Spans are into the article's text. `confidence` is in [0, 1]. `act` tells what somebody said from what they
    are only told to think or want.
    """

    id: str
    text: str
    party: Party
    voice: Voice
    stance: Stance
    via: tuple[str, ...] = ()
    quote_type: QuoteType
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    article: str
    confidence: float
    act: Act = "speech"

    @property
    def extent(self) -> Span:
        """The shortest span that holds source, cue and content."""
        pieces = (*self.source, *self.cue, *self.content)
        return Span(min(p.start for p in pieces), max(p.end for p in pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef(Plain):
    """What a reader needs to find an article again."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    path: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Plain):
    """A numbered piece of evidence: `quote` is the article's text at `span`, letter for letter.

    `claim` is the id of the claim that it shows, None where it shows a passage in the outlet's own words. `copies` are
    other articles of the same report that carry the claim, `lacking` those of it that do not.
    """

    number: int
    article: ArticleRef
    span: Span
    quote: str
    claim: str | None = None
    copies: tuple[ArticleRef, ...] = ()
    lacking: tuple[ArticleRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Plain):
    """What was searched: how many articles, of which outlets, from when to when (ISO dates), under which filters."""

    articles: int
    outlets: tuple[str, ...]
    since: str | None
    until: str | None
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Plain):
    """One party's figure or position in a table: `says` in its own words, with outlet, date and citation."""

    party: str
    stance: Stance
    says: str
    outlet: str | None
    published: str | None
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Plain):
    """Where parties differ: "figures" gives other amounts of one thing (`about`), "positions" assertion and denial.

    A table of figures is made also where they agree; `disagree` says whether they do not.
    """

    kind: Literal["figures", "positions"]
    about: str
    rows: tuple[Row, ...]
    disagree: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Plain):
    """The reply to one question.

    `text` is Markdown with [n]; `claims` come best first, `citations` in the order of their numbers, `tables` show
    where parties differ. Status `no_evidence` says, in `reason`, why there is no answer. `worded_by` names the language
    model that worded it, None where none did; `struck` counts its sentences that were struck out. `notes` are what a
    reader should know besides, a line each. Where it is not `sure` that the claims answer the question, they are the
    nearest that there is, and `text` says so.
    """

    question: str
    text: str
    status: Status
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    reason: str | None
    scope: Scope
    tables: tuple[Table, ...] = ()
    worded_by: str | None = None
    struck: int = 0
    notes: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Plain):
    """A file, or a record in it, that could not be indexed, and why."""

    path: str
    reason: str
    record: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport(Plain):
    """What `add` did: numbers of articles, and what failed; `interrupted` where it was stopped and can go on.

    `left_out` counts the files in folders that are of no kind that is read, by suffix; `other_languages` the articles
    that were written now and are not in English, by language ("und" where it is not known): claims are read in English.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    claims: int
    seconds: float
    interrupted: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    other_languages: Mapping[str, int] = field(default_factory=dict)
