"""An answer as HTML: who said what, with which stance, and where. Pure functions; every word of an article is escaped.

In the order of the document a claim is its label, its words, its stance, its source: so a screen reader tells it. The
style sheet puts the stance beside the label for the eye.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from corpus.types import Span
from rag.answer.cue_words import cue_words
from rag.answer.lead import TIMELINE_LEAD, UNSURE
from rag.answer.wording import (
    LOW_CONFIDENCE,
    NOT_WORDED,
    OWN_WORDS,
    STANCE_WORDS,
    about_label,
    called_in_article,
    carried_label,
    role_and_side,
    scope_label,
    stance_words,
)
from rag.render import render_markdown
from rag.types import Answer, ArticleRef, Citation, Claim, Table
from rag.web.charts import figures_chart, timeline_chart
from rag.web.markdown_html import block_html, plain_words
from rag.web.palette import look_of, name_of
from rag.web.panel import joined

GAP = " … "
SHOWN_OF_QUOTE = 420
"""Characters of a passage that the hover shows; the article shows all of it."""


def answer_html(answer: Answer, *, turn: int) -> Markup:
    """One answer; `turn` is its number in the conversation, which the buttons of its citations carry."""
    if answer.status == "no_evidence":
        return _abstention(answer)
    claims = {claim.id: claim for claim in answer.claims}
    timeline, is_open = timeline_chart(answer, turn=turn), answer.text.startswith(TIMELINE_LEAD)
    own, own_first = _own_words(answer, claims, turn), bool(answer.citations) and answer.citations[0].claim is None
    return Markup('<div class="answer{}" data-say="{}">{}</div>').format(
        "" if answer.sure else " unsure",
        _spoken(answer),
        joined(
            (
                lead_html(answer, turn=turn),
                own if own_first else Markup(),
                timeline if is_open else Markup(),
                joined(_table(table, answer, turn) for table in _tables(answer)),
                figures_chart(answer, turn=turn),
                _claims(answer, claims, turn),
                Markup() if own_first else own,
                Markup() if is_open else timeline,
                _notes(answer),
                joined(_tip(citation, claims, turn) for citation in answer.citations),
                _as_text(answer),
            )
        ),
    )


def lead_html(answer: Answer, *, turn: int) -> Markup:
    """What answers the question in one sentence; above it the sentences of a language model, if one worded any."""
    blocks = answer.text.split("\n\n")
    number = len(blocks[:2]) if answer.worded_by else 0

    def cite(n: int) -> Markup:
        return cite_button(answer, n, turn=turn)

    worded = joined(block_html(block, cite=cite) for block in blocks[:number])
    lead = block_html(blocks[number], cite=cite) if number < len(blocks) else Markup()
    return (Markup('<div class="worded">{}</div>').format(worded) if worded else Markup()) + Markup(
        '<div class="lead">{}</div>'
    ).format(lead)


def cite_button(answer: Answer, number: int, *, turn: int) -> Markup:
    """The button [n]: hover or focus shows the passage, a click or Enter opens the article."""
    citation = next((one for one in answer.citations if one.number == number), None)
    if citation is None:
        return Markup("[{}]").format(number)
    return Markup(
        '<button type="button" class="cite" data-turn="{}" data-number="{}" data-tip="tip-{}-{}" '
        'aria-label="[{}] {}: open the article">[{}]</button>'
    ).format(turn, number, turn, number, number, place_of(citation.article), number)


def place_of(article: ArticleRef) -> str:
    """Outlet and date, or the headline where the outlet is not known."""
    return ", ".join(part for part in (article.outlet or article.title or article.id, day_of(article)) if part)


def day_of(article: ArticleRef) -> str:
    return (article.published or "")[:10]


def chip(claim: Claim) -> Markup:
    """Who speaks: mark, name, role and side; never blank, and never a colour alone."""
    look = look_of(claim.party)
    about = called_in_article(claim) if claim.voice == "unnamed" else role_and_side(claim.party)
    return Markup(
        '<span class="chip {}"><span class="mark" aria-hidden="true">{}</span><span class="who">{}</span>{}</span>'
    ).format(
        look.classes,
        look.mark,
        name_of(claim),
        Markup('<span class="about">{}</span>').format(f", {about}") if about else Markup(),
    )


def cited_words(claim: Claim, citation: Citation) -> str:
    """The claim's words that lie in the cited passage, as the article has them."""
    pieces = []
    for span in claim.content:
        start, end = max(span.start, citation.span.start), min(span.end, citation.span.end)
        if start < end:
            pieces.append(Span(start - citation.span.start, end - citation.span.start).of(citation.quote))
    return GAP.join(pieces) or citation.quote


def _claims(answer: Answer, claims: Mapping[str, Claim], turn: int) -> Markup:
    items = []
    before = None
    for citation in answer.citations:
        claim = claims.get(citation.claim or "")
        if claim is None:
            continue
        items.append(_claim(answer, claim, citation, turn, again=claim.party.id == before))
        before = claim.party.id
    return Markup('<ul class="claims" aria-label="Claims">{}</ul>').format(joined(items)) if items else Markup()


def _claim(answer: Answer, claim: Claim, citation: Citation, turn: int, *, again: bool) -> Markup:
    return Markup(
        '<li class="claim {} {}"><span class="label">{}</span><blockquote>{}</blockquote>{}'
        '<span class="source">{} {}{}</span></li>'
    ).format(
        look_of(claim.party).classes,
        "again" if again else "",
        chip(claim),
        cited_words(claim, citation),
        stance_html(claim, citation),
        place_of(citation.article),
        cite_button(answer, citation.number, turn=turn),
        _carried(citation),
    )


def stance_html(claim: Claim, citation: Citation) -> Markup:
    """The stance, the article's verb where it says more, through whom, and a warning where the label is uncertain."""
    cue = cue_words(claim, citation)
    verb = Markup('<span class="cue">“{}”</span> ').format(cue) if cue else Markup()
    via = Markup('<span class="via">via {}</span>').format(" via ".join(reversed(claim.via))) if claim.via else Markup()
    return Markup('<span class="stance"><span class="word stance-{}">{}</span> {}{}{}</span>').format(
        claim.stance, stance_words(claim, citation), verb, via, flags_html(claim)
    )


def flags_html(claim: Claim) -> Markup:
    """A warning where the label of a claim is uncertain, and where it was not said but thought."""
    unsure = claim.confidence < LOW_CONFIDENCE and claim.voice == "party"
    flags = Markup('<span class="flag">label uncertain</span>') if unsure else Markup()
    if claim.act == "attitude":
        flags += Markup('<span class="flag">told as thought or wanted, not as said</span>')
    return flags


def _carried(citation: Citation) -> Markup:
    label = plain_words(carried_label(citation).strip().removeprefix("(").removesuffix(")"))
    return Markup(' <span class="carried">{}</span>').format(label) if label else Markup()


def _own_words(answer: Answer, claims: Mapping[str, Claim], turn: int) -> Markup:
    own = [citation for citation in answer.citations if citation.claim is None or citation.claim not in claims]
    if not own:
        return Markup()
    items = joined(
        Markup(
            '<li class="claim own"><span class="label visually-hidden">{}</span><blockquote>{}</blockquote>'
            '<span class="source">{} {}</span></li>'
        ).format(OWN_WORDS, one.quote, place_of(one.article), cite_button(answer, one.number, turn=turn))
        for one in own
    )
    return Markup('<p class="part">{}</p><ul class="claims" aria-label="{}">{}</ul>').format(
        OWN_WORDS, OWN_WORDS, items
    )


def _tables(answer: Answer) -> list[Table]:
    """The tables in which parties differ; where they do not, those in which they agree."""
    return [table for table in answer.tables if table.disagree] or [t for t in answer.tables if len(t.rows) > 1]


def _table(table: Table, answer: Answer, turn: int) -> Markup:
    head = "Figure" if table.kind == "figures" else "Position"
    if table.kind == "figures":
        title = "The figures differ" if table.disagree else "Figures"
        title += about_label(table)
    else:
        title = "The parties contradict each other"
    rows = joined(
        Markup('<tr><th scope="row">{}</th><td>{}{}</td><td>{} {}</td></tr>').format(
            row.party,
            Markup() if table.kind == "figures" else Markup("<i>{}</i>: ").format(STANCE_WORDS[row.stance]),
            row.says,
            row.outlet or "",
            Markup('<span class="nowrap">{} {}</span>').format(
                (row.published or "")[:10], cite_button(answer, row.citation, turn=turn)
            ),
        )
        for row in table.rows
    )
    return Markup(
        '<div class="table-wrap" role="region" aria-label="{}" tabindex="0"><table class="differ {}">'
        '<caption>{}</caption><thead><tr><th scope="col">Party</th><th scope="col">{}</th>'
        '<th scope="col">Where</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(title, f"{table.kind} {'disagree' if table.disagree else ''}", title, head, rows)


def _notes(answer: Answer) -> Markup:
    last = plain_words(answer.text.split("\n\n")[-1])
    told = [*answer.notes, *([last] if last.startswith(NOT_WORDED) else [])]
    notes = joined(Markup('<p class="note">{}</p>').format(note) for note in told)
    return notes + Markup('<p class="scope">{}</p>').format(plain_words(scope_label(answer.scope)))


def _tip(citation: Citation, claims: Mapping[str, Claim], turn: int) -> Markup:
    """What hovering over [n] shows."""
    claim = claims.get(citation.claim or "")
    who = f"{name_of(claim)} {stance_words(claim, citation)}" if claim else OWN_WORDS
    quote = citation.quote
    quote = quote if len(quote) <= SHOWN_OF_QUOTE else quote[:SHOWN_OF_QUOTE].rsplit(" ", 1)[0] + " …"
    return Markup(
        '<div class="tip" id="tip-{}-{}" hidden><b>{}</b><span class="passage">{}</span><i>{}</i></div>'
    ).format(turn, citation.number, who, quote, place_of(citation.article))


def _as_text(answer: Answer) -> Markup:
    return Markup('<div class="as-text" hidden>{}</div>').format(render_markdown(answer))


def _abstention(answer: Answer) -> Markup:
    """No answer: it looks different, says why, and what was searched."""
    reason = answer.reason or "no article here reports this"
    paragraphs = [plain_words(block) for block in answer.text.split("\n\n")[1:]]
    return Markup(
        '<div class="answer none" data-say="No answer: {}"><p class="none-title">'
        '<span class="none-mark" aria-hidden="true">∅</span> No answer in these articles</p>'
        '<p class="reason">{}.</p>{}<p class="scope">{}</p>{}</div>'
    ).format(
        reason,
        reason[:1].upper() + reason[1:],
        joined(Markup("<p>{}</p>").format(text) for text in paragraphs),
        plain_words(scope_label(answer.scope)),
        _as_text(answer),
    )


def _spoken(answer: Answer) -> str:
    """What a screen reader is told when the answer has come."""
    parties = {claim.party.id for claim in answer.claims if claim.voice != "outlet"}
    number = sum(citation.claim is not None for citation in answer.citations)
    differ = " They differ." if any(table.disagree for table in answer.tables) else ""
    said = "Answer" if answer.sure else f"{UNSURE} The nearest"
    return f"{said}: {number} claims of {len(parties)} parties.{differ}"
