"""Charts that an answer can show, as inline SVG: nothing is loaded, no script draws, and they follow light and dark.

Figures by party with their spread, and claims on a timeline by party. What a chart shows stands in words beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, inf, log10

from markupsafe import Markup

from rag.answer.figures import Figure, read_figures
from rag.answer.lead import TIMELINE_LEAD
from rag.types import Answer, Citation, Claim, Table
from rag.web.palette import look_of, name_of
from rag.web.panel import joined

WIDTH = 660
LABELS = 190
RIGHT = 30
ROW = 30
DAY_ROW = 23
LETTERS = 25
"""Letters of a name that fit beside a chart."""
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
    height = ROW * len(bars) + 34
    place = (WIDTH - LABELS - RIGHT) / top
    ticks = joined(_tick(LABELS + place * step * i, step * i, height) for i in range(round(top / step) + 1))
    drawn = joined(_bar(bar, 8 + ROW * i, place) for i, bar in enumerate(bars))
    told = "; ".join(f"{name_of(bar.claim)}: {bar.words}" for bar in bars)
    title = f"Figures by party{': ' + table.about if table.about else ''}"
    return Markup(
        '<figure class="chart"><figcaption id="chart-{}">{}</figcaption>'
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}. {}">{}{}</svg></figure>'
    ).format(turn, title, WIDTH, height, title, told, ticks, drawn)


def _scale(most: float) -> tuple[float, float]:
    """A round step, and the first multiple of it that is not below `most`."""
    rough = most / 4 or 1.0
    magnitude = 10.0 ** floor(log10(rough))
    step = next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= rough)
    return step, step * -(-most // step)


def _tick(x: float, value: float, height: int) -> Markup:
    return Markup(
        '<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="2" y2="{low}"/>'
        '<text class="tick" x="{x:.1f}" y="{text}" text-anchor="middle">{value}</text>'
    ).format(x=x, low=height - 22, text=height - 7, value=_short(value))


def _bar(bar: Bar, y: float, place: float) -> Markup:
    """A name, a line from the least to the most, a dot, an arrow where there is no end, the figure's words."""
    figure, middle = bar.figure, y + ROW / 2 - 4
    x = LABELS + place * _number(figure)
    end = WIDTH - RIGHT
    left = LABELS + place * max(figure.low, 0)
    right = end if figure.high == inf else LABELS + place * figure.high
    line = Markup('<line class="range" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
        left, right, middle, middle
    )
    arrow = Markup('<path class="arrow" d="M{:.1f} {:.1f} l-8 -5 v10 z"/>').format(end, middle)
    after = x < (LABELS + end) / 2
    return Markup(
        '<g class="{}"><text class="name" x="{}" y="{:.1f}" text-anchor="end">{}</text>{}{}{}'
        '<text class="value" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text></g>'
    ).format(
        look_of(bar.claim.party).classes,
        LABELS - 12,
        middle + 4,
        _fit(name_of(bar.claim)),
        line if right > left else Markup(),
        arrow if figure.high == inf else Markup(),
        Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="5.5"/>').format(x, middle),
        x + 10 if after else x - 10,
        middle - 6,
        "start" if after else "end",
        bar.words,
    )


def timeline_chart(answer: Answer, *, turn: int) -> Markup:
    """Claims by the day of their article, a row a party; each dot opens its passage. Nothing where the days are few."""
    claims = {claim.id: claim for claim in answer.claims}
    dated = [
        (citation, claims[citation.claim], day)
        for citation in answer.citations
        if citation.claim in claims and (day := _day(citation)) is not None
    ]
    days = {day for _, _, day in dated}
    parties = dict.fromkeys(claim.party.id for _, claim, _ in sorted(dated, key=lambda item: item[2]))
    if len(days) < LEAST_DAYS or len(parties) < 2:
        return Markup()
    rows = {party: i for i, party in enumerate(parties)}
    height = DAY_ROW * len(rows) + 34
    first, last = min(days), max(days)
    place = (WIDTH - LABELS - RIGHT - 20) / ((last - first).days or 1)

    def x_of(day: date) -> float:
        return LABELS + 14 + (day - first).days * place

    names = joined(_row_name(claim, rows[claim.party.id]) for claim in _one_of_each(dated, rows).values())
    ticks = joined(_day_tick(x_of(day), day, height) for day in _some_days(first, last))
    dots = joined(
        _dot(citation, claim, x_of(day), 8 + DAY_ROW * rows[claim.party.id] + DAY_ROW / 2 - 4, turn)
        for citation, claim, day in dated
    )
    opened = Markup(" open") if answer.text.startswith(TIMELINE_LEAD) else Markup()
    return Markup(
        '<details class="chart"{}><summary>Timeline: who said it when</summary>'
        '<svg viewBox="0 0 {} {}" role="group" aria-label="Claims by the date of their article, a row for each party">'
        "{}{}{}</svg></details>"
    ).format(opened, WIDTH, height, ticks, names, dots)


def _day(citation: Citation) -> date | None:
    try:
        return date.fromisoformat((citation.article.published or "")[:10])
    except ValueError:
        return None


def _one_of_each(dated: Sequence[tuple[Citation, Claim, date]], rows: Mapping[str, int]) -> dict[str, Claim]:
    return {party: next(claim for _, claim, _ in dated if claim.party.id == party) for party in rows}


def _some_days(first: date, last: date) -> list[date]:
    """The first, the last, and two between."""
    step = (last - first) / 3
    return list(dict.fromkeys([first, first + step, first + 2 * step, last]))


def _row_name(claim: Claim, row: int) -> Markup:
    y = 8 + DAY_ROW * row + DAY_ROW / 2
    return Markup(
        '<text class="name" x="{}" y="{:.1f}" text-anchor="end">{}</text>'
        '<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
    ).format(LABELS - 12, y, _fit(name_of(claim)), LABELS, WIDTH - 10, y - 4, y - 4)


def _day_tick(x: float, day: date, height: int) -> Markup:
    return Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(x, height - 7, day)


def _dot(citation: Citation, claim: Claim, x: float, y: float, turn: int) -> Markup:
    return Markup(
        '<g class="cite point {}" role="button" tabindex="0" data-turn="{}" data-number="{}" data-tip="tip-{}-{}" '
        'aria-label="[{}] {}, {}: open the article"><circle class="dot" cx="{:.1f}" cy="{:.1f}" r="9"/>'
        '<text class="number" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text></g>'
    ).format(
        look_of(claim.party).classes,
        turn,
        citation.number,
        turn,
        citation.number,
        citation.number,
        name_of(claim),
        (citation.article.published or "")[:10],
        x,
        y,
        x,
        y + 3.5,
        citation.number,
    )


def _fit(name: str) -> str:
    return name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"


def _short(value: float) -> str:
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.0f}" if value == round(value) else f"{value:g}"
