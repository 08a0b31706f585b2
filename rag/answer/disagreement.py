"""Where the parties of an answer differ: other figures for one thing, or one asserts what another denies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from rag.answer.asked import is_near
from rag.answer.denials import denies_by_saying, is_negated
from rag.answer.figures import Figure, counted, fitting_figures, is_part
from rag.answer.numbered import Numbered
from rag.answer.order import RELEVANT
from rag.answer.overlap import content_words
from rag.types import Row, Table

SHARED_WORDS = 2
"""Content words that a denial and an assertion must share to be about one thing."""
AFFIRMING = frozenset({"asserts", "confirms", "accuses"})


def find_tables(claims: Sequence[Numbered], *, question: str, names: Collection[str] = ()) -> tuple[Table, ...]:
    """Tables of figures and of positions, of two parties at least, those that show a disagreement first.

    Figures are those of claims near which the names stand that the question gives: others are of something else.
    """
    tables = [*_figures([item for item in claims if is_near(names, item.around)], question), *_positions(claims)]
    return tuple(sorted(tables, key=lambda table: not table.disagree))


def _figures(claims: Sequence[Numbered], question: str) -> list[Table]:
    """A table for each thing that two parties give an amount of."""
    asked, wanted = content_words(question), counted(question)
    of_unit: dict[str, list[tuple[Numbered, Figure]]] = defaultdict(list)
    for item in claims:
        if item.shown.claim.stance in {"none", "declined"}:
            continue
        for figure in fitting_figures(item.shown.words, asked=asked):
            if not is_part(figure):
                of_unit[figure.unit].append((item, figure))
    tables = []
    for unit, found in of_unit.items():
        if not unit or len({item.shown.claim.party.id for item, _ in found}) < 2:
            continue
        pairs = [(a, b) for a in found for b in found if a[0] is not b[0]]
        alike = [
            (a, b)
            for a, b in pairs
            if _one_thing(a[0], b[0], unit, asked) or (unit == wanted and _both_answer(a[0], b[0]))
        ]
        kept = [pair for pair in found if any(pair[0] is one[0] for pairs in alike for one in pairs)]
        if len({item.shown.claim.party.id for item, _ in kept}) < 2:
            continue
        differ = any(not a[1].agrees(b[1]) and _other_party(a[0], b[0]) for a, b in alike)
        rows = tuple(_row(item, figure.words) for item, figure in kept)
        tables.append(Table(kind="figures", about=unit, rows=rows, disagree=differ))
    return tables


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
    return _other_party(item, denial) and len(denied & asserted) >= needed and not is_negated(item.shown.words)


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
        party=claim.party.name if claim.voice != "unnamed" else f"unnamed source ({claim.party.name})",
        stance=claim.stance,
        says=says,
        outlet=article.outlet,
        published=article.published,
        citation=item.citation.number,
    )
