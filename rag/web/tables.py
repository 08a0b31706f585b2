"""Claims and parties as tables of HTML, with what stands above a page of them. Every word of an article is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from rag.answer.portrait import Portrait
from rag.answer.wording import STANCE_WORDS, role_and_side
from rag.store.browsing import ClaimFilter, FoundClaim
from rag.types import Party
from rag.web.answer_html import flags_html
from rag.web.palette import look_of, name_of
from rag.web.panel import joined

EXPORTS = ("csv", "json", "jsonld")
_KINDS = {"person": "person", "organisation": "organisation", "government": "government", "group": "group"}


def position_html(noun: str, *, offset: int, shown: int, total: int, of: str = "") -> Markup:
    """Which rows of how many are shown; `of` is the party that they are all of."""
    if not total:
        return Markup('<p class="position" role="status">No {} fits.</p>').format(noun)
    plural = {"claim": "claims", "party": "parties"}[noun] if total > 1 else noun
    whose = f" of {of} alone" if of else ""
    return Markup('<p class="position" role="status"><b>{:,}</b> {}{}, here {:,} to {:,}</p>').format(
        total, plural, whose, offset + 1, offset + shown
    )


def claims_table(found: Sequence[FoundClaim]) -> Markup:
    """A row a claim; the button in it opens the article at its words."""
    if not found:
        return Markup()
    return Markup(
        '<table class="rows claims-table"><caption class="visually-hidden">Claims</caption><thead><tr>'
        '<th scope="col">Party</th><th scope="col">Stance</th><th scope="col">Claim</th><th scope="col">Outlet</th>'
        '<th scope="col">Date</th></tr></thead><tbody>{}</tbody></table>'
    ).format(joined(map(_claim_row, found)))


def parties_table(portraits: Sequence[Portrait]) -> Markup:
    """A row a party."""
    if not portraits:
        return Markup()
    return Markup(
        '<table class="rows parties-table"><caption class="visually-hidden">Parties</caption><thead><tr>'
        '<th scope="col">Party</th><th scope="col" class="count">Claims</th><th scope="col" class="count">Denies</th>'
        '<th scope="col" class="count">Accuses</th><th scope="col">Where</th><th scope="col">About</th>'
        '<th scope="col">Named in denials, charges</th><th scope="col">When</th></tr></thead><tbody>{}</tbody></table>'
    ).format(joined(map(_party_row, portraits)))


def exports_html(which: ClaimFilter, *, total: int) -> Markup:
    """Links to all claims that fit, in each form."""
    if not total:
        return Markup()
    query = urlencode(query_of(which))
    names = {"csv": "CSV", "json": "JSON", "jsonld": "JSON-LD"}
    links = joined(
        Markup('<a href="/export/claims.{}?{}" download="claims.{}">{}</a>').format(form, query, form, names[form])
        for form in EXPORTS
    )
    return Markup('<p class="exports">Export these {:,}: {}</p>').format(total, links)


def query_of(which: ClaimFilter) -> list[tuple[str, str]]:
    """A filter as the query of an address; `filter_of` reads it back."""
    one = [(name, getattr(which, name)) for name in ("speaker", "party", "text", "since", "until")]
    many = [("stance", stance) for stance in which.stances] + [("outlet", outlet) for outlet in which.outlets]
    return [(name, value) for name, value in [*one, *many] if value]


def _claim_row(found: FoundClaim) -> Markup:
    claim, article = found.claim, found.article
    via = Markup('<span class="via">via {}</span>').format(" via ".join(reversed(claim.via))) if claim.via else Markup()
    return Markup(
        '<tr><th scope="row">{}</th><td class="stance-cell">{}</td><td class="text-cell"><button type="button" '
        'class="open-claim" id="open-claim-{}" title="Show it in its article">{}</button>{}{}</td><td>{}</td>'
        '<td class="day">{}</td></tr>'
    ).format(
        party_html(claim.party, name=name_of(claim)),
        STANCE_WORDS[claim.stance],
        claim.id,
        claim.text,
        via,
        flags_html(claim),
        article.outlet or "not named",
        (article.published or "no date")[:10],
    )


def _party_row(portrait: Portrait) -> Markup:
    speaker = portrait.speaker
    others = speaker.outlets - len(speaker.most_in)
    where = ", ".join(speaker.most_in) + (f" and {others} more" if others > 0 else "")
    days = Markup("<span>{}</span>").format(speaker.first or "no date")
    if speaker.latest and speaker.latest != speaker.first:
        days = Markup("<span>{} to</span> <span>{}</span>").format(speaker.first, speaker.latest)
    return Markup(
        '<tr><th scope="row">{}</th><td class="count">{:,}</td><td class="count">{:,}</td><td class="count">{:,}</td>'
        '<td data-head="Where">{}</td><td data-head="About">{}</td><td data-head="Named in denials, charges">{}</td>'
        '<td class="day">{}</td></tr>'
    ).format(
        _lead_html(speaker.party),
        speaker.claims,
        speaker.denials,
        speaker.accusations,
        where or "outlet not named",
        ", ".join(portrait.topics) or "–",
        ", ".join(portrait.against) or "–",
        days,
    )


def _lead_html(party: Party) -> Markup:
    """A party whose name leads to its claims."""
    name = Markup(
        '<button type="button" class="open-party" data-action="party" data-name="{}" data-id="{}" '
        'title="Show its claims">{}</button>'
    ).format(party.name, party.id, party.name)
    return party_html(party, name=name)


def party_html(party: Party, *, name: str | Markup) -> Markup:
    """A party's mark in its colour, its name, and its role or kind."""
    look = look_of(party)
    about = role_and_side(party) or _KINDS.get(party.kind, "")
    return Markup(
        '<span class="row-party"><span class="mark {}" aria-hidden="true">{}</span><span><b>{}</b>{}</span></span>'
    ).format(look.classes, look.mark, name, Markup('<span class="about">{}</span>').format(about) if about else "")
