"""Charts that an answer can show, in plain HTML: nothing is loaded, no script draws, and they follow light and dark.

Figures by party with their spread, and claims on a timeline by party. A row is a name and a track; what stands on a
track has its place in percent, so that letters keep their size on a phone. What a chart shows is told in words, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, inf, log10

from markupsafe import Markup

from rag.answer.figures import Figure, read_figures
from rag.answer.lead import TIMELINE_LEAD
from rag.answer.wording import about_label
from rag.types import Answer, Citation, Claim, Table
from rag.web.palette import look_of, name_of
from rag.web.panel import joined

DOT = 7.4
"""The width of a numbered dot, in percent of the narrowest track."""
LEAST_DAYS = 3
"""A timeline of fewer days than these shows nothing that the list does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure: whose it is, in its words, from where to where."""

    claim: Claim
    words: str
    figure: Figure


def figures_chart(answer: Answer, *, turn: int) -> Markup:
    """The figures that parties differ in, on one scale; nothing where there are none."""
    tables = [table for table in answer.tables if table.kind == "figures" and table.disagree]
    return joined(_figures(_bars(answer, table), table, turn) for table in tables[:1])


def _bars(answer: Answer, table: Table) -> list[Bar]:
    claims = {claim.id: claim for claim in answer.claims}
    of_number = {citation.number: claims.get(citation.claim or "") for citation in answer.citations}
    bars = []
    for row in table.rows:
        claim, figures = of_number.get(row.citation), read_figures(row.says)
        if claim and figures and figures[0].low < inf:
            figure = figures[0]
            if len(figures) > 1 and figures[1].unit == figure.unit and figures[1].low > figure.low:
                figure = Figure(low=figure.low, high=figures[1].high, unit=figure.unit, words=row.says)
            bars.append(Bar(claim=claim, words=row.says, figure=figure))
    seen: dict[tuple[str, str], Bar] = {}
    for bar in bars:
        seen.setdefault((bar.claim.party.id, bar.words.lower()), bar)
    return sorted(seen.values(), key=lambda bar: (_number(bar.figure), bar.claim.party.name))


def _number(figure: Figure) -> float:
    """Where a figure stands: its one bound, or the middle of its range."""
    if figure.high == inf:
        return figure.low
    if figure.low <= 0:
        return figure.high
    return (figure.low + figure.high) / 2


def _figures(bars: Sequence[Bar], table: Table, turn: int) -> Markup:
    if len({bar.claim.party.id for bar in bars}) < 2:
        return Markup()
    step, top = _scale(max(max(_number(bar.figure), bar.figure.low) for bar in bars) * 1.08)
    marks = [step * i for i in range(round(top / step) + 1)]
    told = "; ".join(f"{name_of(bar.claim)}: {bar.words}" for bar in bars)
    title = f"Figures by party{about_label(table)}"
    return Markup(
        '<figure class="chart figures"><figcaption id="chart-{}">{}</figcaption>'
        '<div class="plot" role="img" aria-label="{}. {}" style="--step:{:.3f}%">{}{}</div></figure>'
    ).format(
        turn,
        title,
        title,
        told,
        100 * step / top,
        joined(_bar(bar, top) for bar in bars),
        _axis([(100 * mark / top, _short(mark)) for mark in marks]),
    )


def _scale(most: float) -> tuple[float, float]:
    """A round step, and the first multiple of it that is not below `most`."""
    rough = most / 4 or 1.0
    magnitude = 10.0 ** floor(log10(rough))
    step = next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= rough)
    return step, step * -(-most // step)


def _bar(bar: Bar, top: float) -> Markup:
    """A name, a line from the least to the most, a dot, an arrow where there is no end, the figure's words."""
    figure = bar.figure
    x, left = 100 * _number(figure) / top, 100 * max(figure.low, 0) / top
    right = 100.0 if figure.high == inf else 100 * figure.high / top
    line = Markup('<i class="range{}" style="--x:{:.2f}%;--to:{:.2f}%"></i>').format(
        " open" if figure.high == inf else "", left, right
    )
    return _row(
        bar.claim,
        Markup('{}<i class="dot" style="--x:{:.2f}%"></i><span class="value {}" style="--x:{:.2f}%">{}</span>').format(
            line if right > left else Markup(), x, "after" if x < 50 else "before", x, bar.words
        ),
    )


def _row(claim: Claim, track: Markup) -> Markup:
    return Markup('<div class="plot-row {}"><span class="name">{}</span><span class="track">{}</span></div>').format(
        look_of(claim.party).classes, name_of(claim), track
    )


def _axis(marks: Sequence[tuple[float, str]]) -> Markup:
    """What stands below the tracks, each at its place in percent; the first and the last stay within."""
    ticks = joined(
        Markup('<span class="tick{}" style="--x:{:.2f}%">{}</span>').format(
            " first" if x <= 0 else " last" if x >= 100 else "", x, text
        )
        for x, text in marks
    )
    return Markup('<div class="plot-row axis"><span class="name"></span><span class="track">{}</span></div>').format(
        ticks
    )


def timeline_chart(answer: Answer, *, turn: int) -> Markup:
    """Claims by the day of their article, a row a party; each dot opens its passage. Nothing where the days are few."""
    claims = {claim.id: claim for claim in answer.claims}
    dated = [
        (citation, claims[citation.claim], day)
        for citation in answer.citations
        if citation.claim in claims and (day := _day(citation)) is not None
    ]
    dated.sort(key=lambda item: item[2])
    days = [day for _, _, day in dated]
    parties = dict.fromkeys(claim.party.id for _, claim, _ in dated)
    if len(set(days)) < LEAST_DAYS or len(parties) < 2:
        return Markup()
    first, last = days[0], days[-1]

    def place(day: date) -> float:
        return 100 * (day - first).days / (last - first).days

    def row(party: str) -> Markup:
        its = [(citation, claim, day) for citation, claim, day in dated if claim.party.id == party]
        places = spread([place(day) for _, _, day in its], DOT)
        return _row(its[0][1], joined(_dot(item[0], item[1], x, turn) for item, x in zip(its, places, strict=True)))

    return Markup(
        '<details class="chart timeline"{}><summary>Timeline: who said it when</summary>'
        '<div class="plot" role="group" aria-label="Claims by the date of their article, a row for each party">'
        "{}{}</div></details>"
    ).format(
        Markup(" open") if answer.text.startswith(TIMELINE_LEAD) else Markup(),
        joined(row(party) for party in parties),
        _axis([(place(day), str(day)) for day in _some_days(first, last)]),
    )


def spread(places: Sequence[float], apart: float) -> list[float]:
    """Rising places from 0 to 100, moved as little as it takes to stand `apart`; closer where there is no room."""
    apart = min(apart, 100 / max(len(places) - 1, 1))
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart) if moved else place)
    for i in range(len(moved) - 1, -1, -1):
        moved[i] = min(moved[i], 100 - apart * (len(moved) - 1 - i))
    return moved


def _day(citation: Citation) -> date | None:
    try:
        return date.fromisoformat((citation.article.published or "")[:10])
    except ValueError:
        return None


def _some_days(first: date, last: date) -> list[date]:
    """The first, the last, and one between."""
    return list(dict.fromkeys([first, first + (last - first) / 2, last]))


def _dot(citation: Citation, claim: Claim, x: float, turn: int) -> Markup:
    return Markup(
        '<button type="button" class="cite point" style="--x:{:.2f}%" data-turn="{}" data-number="{}" '
        'data-tip="tip-{}-{}" aria-label="[{}] {}, {}: open the article">{}</button>'
    ).format(
        x,
        turn,
        citation.number,
        turn,
        citation.number,
        citation.number,
        name_of(claim),
        (citation.article.published or "")[:10],
        citation.number,
    )


def _short(value: float) -> str:
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.0f}" if value == round(value) else f"{value:g}"
