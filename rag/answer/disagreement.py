"""Where the parties of an answer differ: other figures for one thing, or one asserts what another denies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from rag.answer.asked import FigureAsked, asked_figures, is_near
from rag.answer.denials import denies_by_saying, is_negated, turns_down_a_thing
from rag.answer.figures import Figure, counted, fitting_figures, is_part
from rag.answer.numbered import Numbered
from rag.answer.order import RELEVANT
from rag.answer.overlap import content_words
from rag.answer.wording import called_in_article
from rag.types import Claim, Row, Table

SHARED_WORDS = 2
"""Content words that a denial and an assertion must share to be about one thing."""
TIMES = frozenset("year month week day hour minute second time decade".split())
"""Units of which two parties seldom count the same, unless it is asked for."""
ONE_TIME = timedelta(days=30)
"""How far apart articles may be whose figures contradict each other."""
AFFIRMING = frozenset({"asserts", "confirms", "accuses"})


def find_tables(
    claims: Sequence[Numbered], *, question: str, names: Collection[str] = (), asked: FigureAsked | None = None
) -> tuple[Table, ...]:
    """Tables of figures and of positions, of two parties at least, those that show a disagreement first.

    Figures are those that are `asked` for; where none is, of claims near which the `names` stand that the question
    gives: others are of something else.
    """
    if asked:
        figures = _asked(claims, asked)
    else:
        figures = _figures([item for item in claims if is_near(names, item.around)], question)
    return tuple(sorted([*figures, *_positions(claims)], key=lambda table: not table.disagree))


def _asked(claims: Sequence[Numbered], asked: FigureAsked) -> list[Table]:
    """A table for each unit in which two parties give the figure that is asked for."""
    of_unit: dict[str, list[tuple[Numbered, Figure]]] = defaultdict(list)
    for item, figure in asked_figures([item for item in claims if _claims_it(item)], asked):
        of_unit[figure.unit.partition(" ")[0]].append((item, figure))
    return [
        _table(_whole(unit, found), found, [(a, b) for a in found for b in found])
        for unit, found in of_unit.items()
        if unit and _parties(found) > 1
    ]


def _whole(unit: str, found: Sequence[tuple[Numbered, Figure]]) -> str:
    """The unit of all figures, people killed; where some count only people, people."""
    units = {figure.unit for _, figure in found}
    return units.pop() if len(units) == 1 else unit


def _figures(claims: Sequence[Numbered], question: str) -> list[Table]:
    """A table for each thing that two parties give an amount of."""
    words, wanted = content_words(question), counted(question)
    of_unit: dict[str, list[tuple[Numbered, Figure]]] = defaultdict(list)
    for item in filter(_claims_it, claims):
        for figure in fitting_figures(item.shown.words, asked=words):
            if not is_part(figure) and figure.unit not in TIMES:
                of_unit[figure.unit].append((item, figure))
    tables = []
    for unit, found in of_unit.items():
        if not unit or _parties(found) < 2:
            continue
        pairs = [(a, b) for a in found for b in found if a[0] is not b[0]]
        alike = [
            (a, b)
            for a, b in pairs
            if _one_thing(a[0], b[0], unit, words) or (unit == wanted and _both_answer(a[0], b[0]))
        ]
        kept = [pair for pair in found if any(pair[0] is one[0] for pairs in alike for one in pairs)]
        if _parties(kept) > 1:
            tables.append(_table(unit, kept, alike))
    return tables


def _claims_it(item: Numbered) -> bool:
    return item.shown.claim.stance not in {"none", "declined"}


def _parties(found: Sequence[tuple[Numbered, Figure]]) -> int:
    return len({item.shown.claim.party.id for item, _ in found})


def _table(
    unit: str,
    found: Sequence[tuple[Numbered, Figure]],
    alike: Sequence[tuple[tuple[Numbered, Figure], tuple[Numbered, Figure]]],
) -> Table:
    """These figures, which differ where those of two parties do, of the pairs that are alike and of one time."""
    differ = any(not a[1].agrees(b[1]) and _other_party(a[0], b[0]) and _of_one_time(a[0], b[0]) for a, b in alike)
    rows = tuple(_row(item, figure.words) for item, figure in found)
    return Table(kind="figures", about=unit, rows=rows, disagree=differ)


def _of_one_time(one: Numbered, other: Numbered) -> bool:
    """Whether two articles are near enough in time to count the same; a toll and a price change."""
    days = [item.citation.article.published for item in (one, other)]
    try:
        first, last = (date.fromisoformat(str(day)[:10]) for day in days)
    except ValueError:  # not known to the day
        return True
    return abs(last - first) <= ONE_TIME


def _one_thing(one: Numbered, other: Numbered, unit: str, asked: set[str]) -> bool:
    """Whether two claims count the same: they share a word besides the unit, or each shares one with the question."""
    mine, theirs = content_words(one.shown.words), content_words(other.shown.words)
    counted = content_words(unit)
    return bool((mine & theirs) - counted) or bool((mine & asked) - counted and (theirs & asked) - counted)


def _both_answer(one: Numbered, other: Numbered) -> bool:
    """Whether both likely answer the question, so that what it asks the number of is what they count."""
    return min(one.shown.relevance, other.shown.relevance) >= RELEVANT


def contradicts(denial: Numbered, item: Numbered) -> bool:
    """Whether one party denies words that another asserts.

    Who says that something did not happen asserts no opposite of a denial of it, and a denial in its own words is one
    of what has half of them.
    """
    if denial.shown.claim.stance != "denies" or item.shown.claim.stance not in AFFIRMING:
        return False
    denied, asserted = content_words(denial.shown.words), content_words(item.shown.words)
    needed = SHARED_WORDS
    if denies_by_saying(denial.shown.claim, denial.citation):
        needed = max(needed, (min(len(denied), len(asserted)) + 1) // 2)
    one_thing = len(denied & asserted) >= needed and not turns_down_a_thing(denial.shown.claim, denial.citation)
    return _other_party(item, denial) and one_thing and not is_negated(item.shown.words)


def _positions(claims: Sequence[Numbered]) -> list[Table]:
    """A table of who asserts and who denies, where one party denies words that another asserts."""
    denials = [item for item in claims if item.shown.claim.stance == "denies"]
    rows: dict[int, Row] = {}
    for denial in denials:
        for item in claims:
            if contradicts(denial, item):
                for one in (item, denial):
                    rows[one.citation.number] = _row(one, _position(one))
    if not rows:
        return []
    ordered = tuple(rows[number] for number in sorted(rows))
    return [Table(kind="positions", about="", rows=ordered, disagree=True)]


def _other_party(one: Numbered, other: Numbered) -> bool:
    return one.shown.claim.party.id != other.shown.claim.party.id


def _position(item: Numbered) -> str:
    """The words of a position; behind "denies", those that are the denial itself are told to be."""
    said = item.shown.words
    return f"saying {said}" if denies_by_saying(item.shown.claim, item.citation) else said


def _row(item: Numbered, says: str) -> Row:
    claim, article = item.shown.claim, item.citation.article
    return Row(
        party=claim.party.name if claim.voice != "unnamed" else _unnamed(claim),
        stance=claim.stance,
        says=says,
        outlet=article.outlet,
        published=article.published,
        citation=item.citation.number,
    )


def _unnamed(claim: Claim) -> str:
    called = called_in_article(claim)
    return f"unnamed source ({called})" if called else "unnamed source"
