"""The phrases that labels are shown in. The language of an answer without a language model lives here."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.cue_words import cue_words
from rag.answer.denials import denies_by_saying
from rag.answer.markdown import escape_markdown
from rag.attribution import grammar as g
from rag.question import Query
from rag.types import ArticleRef, Citation, Claim, Party, Scope, Stance, Table

UNNAMED = "Unnamed source"
OWN_WORDS = "In the article’s own words"
NOBODY = "No article here names a party for this"
TOLD_BY_OUTLETS = f"{NOBODY}; the articles themselves say it, and what parties say on the matter stands below:"
NOT_WORDED = "Not worded by"
"""How the note begins below an answer that a language model was to word, and did not."""
MOST_COPIES = 4
"""Outlets of copies that are named; of the others their number is told."""
_PRONOUNS = g.SUBJECT_PRONOUNS | g.RELATIVES | {"him", "her", "them", "us", "me"}
LOW_CONFIDENCE = 0.5
"""Below this the label of a claim is shown as uncertain."""

STANCE_WORDS: dict[Stance, str] = {
    "asserts": "asserts",
    "denies": "denies",
    "confirms": "confirms",
    "questions": "questions",
    "hedges": "suggests",
    "promises": "promises",
    "accuses": "accuses",
    "declined": "declined",
    "none": "makes no claim",
}


def party_label(claim: Claim) -> str:
    """Who made a claim, as Markdown: name, role and side; never blank."""
    if claim.voice == "outlet":
        return f"**{OWN_WORDS}**"
    if claim.voice == "unnamed":
        called = called_in_article(claim)
        return f"**{UNNAMED}**" + (f" ({escape_markdown(called)})" if called else "")
    about = escape_markdown(role_and_side(claim.party))
    return f"**{escape_markdown(claim.party.name)}**" + (f", {about}" if about else "")


def role_and_side(party: Party) -> str:
    """What is told beside a party's name: its role, and its side unless its name is that already."""
    side = party.side if party.side and party.side.casefold() not in party.name.casefold() else None
    return "; ".join(part for part in (party.role, side) if part)


def party_mention(claim: Claim) -> str:
    """Who made a claim, inside a sentence."""
    via = f" (via {escape_markdown(' via '.join(reversed(claim.via)))})" if claim.via else ""
    if claim.voice == "unnamed":
        called = called_in_article(claim)
        return f"an unnamed source ({escape_markdown(called)})" + via if called else f"an unnamed source{via}"
    return escape_markdown(claim.party.name) + via


def stance_words(claim: Claim, citation: Citation | None = None) -> str:
    """The word for a stance; "denies, saying" where the citation shows that the words are the denial itself."""
    if citation is not None and denies_by_saying(claim, citation):
        return f"{STANCE_WORDS[claim.stance]}, saying"
    return STANCE_WORDS[claim.stance]


def stance_label(claim: Claim, citation: Citation | None = None) -> str:
    """The stance, the article's verb where it says more, through whom, and a warning where the label is uncertain."""
    label = f"*{stance_words(claim, citation)}*"
    if citation is not None and (cue := cue_words(claim, citation)):
        label += f" (“{escape_markdown(cue)}”)"
    if claim.via:
        label += f", via {escape_markdown(' via '.join(reversed(claim.via)))}"
    if claim.confidence < LOW_CONFIDENCE and claim.voice == "party":
        label += " (label uncertain)"
    return label


def about_label(table: Table) -> str:
    """What the figures of a table count, behind its title; nothing where each of them says so itself: 31,000 litres."""
    told = all(table.about in row.says.casefold() for row in table.rows)
    return f": {table.about}" if table.about and not told else ""


def place_label(article: ArticleRef) -> str:
    """Outlet and date, or the title where the outlet is not known."""
    parts = [article.outlet or f"“{article.title}”" if article.outlet or article.title else article.id]
    if article.published:
        parts.append(article.published[:10])
    return escape_markdown(", ".join(parts))


def carried_label(citation: Citation) -> str:
    """How many other outlets carry the same report, and which cut the words: "also in 2 others, not in X"."""
    parts = []
    if citation.copies:
        where = listed([_place(article) for article in citation.copies[:MOST_COPIES]])
        more = len(citation.copies) - MOST_COPIES
        parts.append(f"the same report is in {where}{f' and {more} more' if more > 0 else ''}")
    if citation.lacking:
        parts.append(f"{listed([_place(article) for article in citation.lacking[:MOST_COPIES]])} left this out")
    return f" ({escape_markdown('; '.join(parts))})" if parts else ""


def _place(article: ArticleRef) -> str:
    return article.outlet or article.title or article.id


def scope_label(scope: Scope) -> str:
    """What was searched, in one sentence."""
    if not scope.articles and not scope.filters:
        return "The index holds no articles."
    said = f"Searched {_count(scope.articles, 'article') if scope.articles else 'nothing'}"
    if scope.outlets:
        said += f" of {_count(len(scope.outlets), 'outlet')}"
    if scope.since and scope.until:
        said += f", {scope.since} to {scope.until}"
    if scope.filters:
        said += f" ({'; '.join(escape_markdown(f) for f in scope.filters)})"
    return said + "."


def listed(items: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def asked_for(query: Query) -> str:
    """Whose words a question asks for: the names of the parties, or the country that they speak for."""
    return query.state or names_of(query.speakers)


def names_of(parties: Sequence[Party]) -> str:
    """Names for a sentence, each once."""
    return listed(list(dict.fromkeys(party.name for party in parties)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def called_in_article(claim: Claim) -> str:
    """What the article calls an unnamed source, in quotation marks; empty where it calls it nothing.

    A pronoun tells nothing by itself: it is said that there is no more.
    """
    phrase = claim.party.name.strip()
    if phrase.casefold() in {"", "unnamed source", "unnamed"}:
        return ""
    return f"only “{phrase}” in the article" if phrase.casefold() in _PRONOUNS else f"“{phrase}”"
