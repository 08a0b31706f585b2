"""What is shown -> an Answer, without a language model: a lead that answers, who differs, each party's claims with its
labels, the outlets' own words."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language import is_english
from rag.answer.asked import FigureAsked, names_asked
from rag.answer.disagreement import find_tables
from rag.answer.lead import capital, lead_of
from rag.answer.markdown import escape_markdown
from rag.answer.numbered import Numbered, by_party, number_items
from rag.answer.select import Selection, Store
from rag.answer.wording import (
    OWN_WORDS,
    STANCE_WORDS,
    TOLD_BY_OUTLETS,
    carried_label,
    listed,
    names_of,
    party_label,
    place_label,
    scope_label,
    stance_label,
)
from rag.question import Query
from rag.types import Answer, Scope, Table


def compose_answer(query: Query, selection: Selection, *, scope: Scope, store: Store) -> Answer:
    """Word the answer; where nothing was selected it has status `no_evidence` and says why."""
    by_date = query.intent == "timeline" and selection.sure
    numbered = number_items(selection, store, by_date=by_date)
    claims = [item for item in numbered if item.shown.claim.voice != "outlet"]
    own = [item for item in numbered if item.shown.claim.voice == "outlet"]
    if query.unknown or not (claims or own):
        return _no_evidence(query, selection, scope)
    tables = _tables(query, claims) if selection.sure else ()
    groups = [claims] if by_date else by_party(claims)
    notes = _notes(query, selection, groups) + _notes_on_languages(own, store)
    parts = (
        TOLD_BY_OUTLETS if selection.own_first else lead_of(query, groups, own=own, sure=selection.sure),
        _own(own) if selection.own_first else "",
        *(_table(table) for table in tables if table.disagree or query.intent in {"figure", "compare"}),
        *(_by_time(group) if by_date else _group(group) for group in groups if group),
        "" if selection.own_first else _own(own),
        *(escape_markdown(note) for note in notes),
        f"*{scope_label(scope)}*",
    )
    return Answer(
        question=query.question,
        text="\n\n".join(part for part in parts if part),
        status="answered",
        claims=tuple(shown.claim for shown in (*selection.claims, *selection.own_words)),
        citations=tuple(item.citation for item in numbered),
        reason=None,
        scope=scope,
        tables=tables,
        notes=notes,
        sure=selection.sure,
    )


# What stands below the lead


def _tables(query: Query, claims: Sequence[Numbered]) -> tuple[Table, ...]:
    asked = FigureAsked.by(query) if query.intent == "figure" else None
    return find_tables(claims, question=query.question, names=names_asked(query), asked=asked)


def _table(table: Table) -> str:
    """A Markdown table: party, figure or position, outlet and date, [n]."""
    head = "Figure" if table.kind == "figures" else "Position"
    lines = [f"| Party | {head} | Where | |", "|---|---|---|---|"]
    for row in table.rows:
        says = row.says if table.kind == "figures" else f"{STANCE_WORDS[row.stance]}: {row.says}"
        where = ", ".join(part for part in (row.outlet, (row.published or "")[:10]) if part)
        cells = [" ".join(escape_markdown(cell).split()).replace("|", "\\|") for cell in (row.party, says, where)]
        lines.append(f"| {' | '.join(cells)} | [{row.citation}] |")
    title = "The figures differ" if table.kind == "figures" and table.disagree else ""
    title = title or ("Figures" if table.kind == "figures" else "The parties contradict each other")
    return "\n".join([f"**{title}:**", "", *lines])


def _group(group: Sequence[Numbered]) -> str:
    """One party's claims: its label once, then a line a claim."""
    return "\n".join([party_label(group[0].shown.claim), *(_claim_line(item) for item in group)])


def _by_time(group: Sequence[Numbered]) -> str:
    lines = []
    for item in group:
        day = (item.citation.article.published or "no date")[:10]
        lines.append(f"- {day}: {party_label(item.shown.claim)} {_claim_line(item).removeprefix('- ')}")
    return "\n".join(lines)


def _claim_line(item: Numbered) -> str:
    words, citation = escape_markdown(item.shown.words), item.citation
    place = f"{place_label(citation.article)}{carried_label(citation)}"
    return f"- {stance_label(item.shown.claim, citation)}: {words} [{citation.number}] — {place}"


def _own(own: Sequence[Numbered]) -> str:
    if not own:
        return ""
    lines = [
        f"- {escape_markdown(item.citation.quote)} [{item.citation.number}] — {place_label(item.citation.article)}"
        for item in own
    ]
    return "\n".join([f"**{OWN_WORDS}**", *lines])


def _notes(query: Query, selection: Selection, groups: Sequence[Sequence[Numbered]]) -> tuple[str, ...]:
    """What a reader should know besides: who of those asked about is silent, and what was left out."""
    quoted = {item.shown.claim.party.id for group in groups for item in group}
    notes = []
    if len(query.speakers) > 1 and query.intent == "compare":
        silent = [party for party in query.speakers if party.id not in quoted]
        notes += [f"No article here quotes {names_of([party])} on this." for party in silent]
    if selection.left_out:
        notes.append(f"Left out: {selection.left_out} that could not be verified against the articles.")
    return tuple(notes)


def _notes_on_languages(own: Sequence[Numbered], store: Store) -> tuple[str, ...]:
    """That what seems to be an outlet's own words may be somebody's, where no claims could be read."""
    articles = [article for item in own if (article := store.article(item.shown.claim.article))]
    foreign = [article for article in articles if article.language and not is_english(article.language)]
    named = dict.fromkeys(f"“{article.title}”" if article.title else "One of these articles" for article in foreign)
    return tuple(f"{name} is not in English: who says what in it is not known here." for name in named)


# Nothing found


def _no_evidence(query: Query, selection: Selection, scope: Scope) -> Answer:
    if not scope.articles:
        reason = "no article fits the filters" if scope.filters else "there is no article to search"
    elif query.exclude:
        reason = "besides those who were named before, no party here says it"
    elif query.unknown:
        reason = f"no article here reports anything said by {query.unknown}"
    elif query.speakers:
        are = "are" if query.state or len({party.name for party in query.speakers}) > 1 else "is"
        who = f"those who speak for {query.state}" if query.state else names_of(query.speakers)
        reason = f"{who} {are} quoted here, but nothing that fits the question"
    elif selection.near:
        reason = "articles here touch on this, but no party in them says it"
    else:
        reason = "no article here reports this"
    parts = [f"{escape_markdown(capital(reason))}. {scope_label(scope)}"]
    if selection.near:
        parts.append(f"Nearest, for you to judge: {listed([escape_markdown(words) for words in selection.near])}.")
    notes = _notes(query, selection, ())
    return Answer(
        question=query.question,
        text="\n\n".join([*parts, *(escape_markdown(note) for note in notes)]),
        status="no_evidence",
        claims=(),
        citations=(),
        reason=reason,
        scope=scope,
        notes=notes,
    )
