"""Questions to ask next, made from the corpus's own parties and claims: each was asked first, and has an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup

from rag.answer.figures import Figure, read_figures
from rag.assistant import Assistant
from rag.errors import RagError
from rag.store.browsing import ClaimFilter
from rag.types import Answer, Claim, Party
from rag.web.panel import NOTHING, joined

WANTED = 3
MOST_TRIED = 6
LOOKED_AT = 400
"""Claims that are looked through for questions."""
_VAGUE = frozenset("people percent dollar time year month week day hour minute point".split())
EXAMPLES = (
    "How many people died in Haldrum, according to whom?",
    "Who denied that civilians had been killed?",
    "How many litres escaped from the tank, according to whom?",
    "Timeline of the Kessling leak",
)
"""For the sample articles."""


def first_questions(assistant: Assistant) -> tuple[str, ...]:
    """Questions that the corpus answers; found once for each state of the index."""
    return _first(assistant, assistant.ledger.stamp())


@lru_cache(maxsize=4)
def _first(assistant: Assistant, _stamp: str) -> tuple[str, ...]:
    if assistant.is_sample:
        return _answered(assistant, EXAMPLES, (), wanted=len(EXAMPLES))
    return _answered(assistant, _from_corpus(assistant), ())


def follow_ups(assistant: Assistant, answer: Answer, questions: Sequence[str]) -> tuple[str, ...]:
    """Questions that follow an answer: who denies it, what others in the same articles say, who else."""
    return _answered(assistant, _after(assistant, answer), questions)


def suggestions_html(questions: Sequence[str], *, title: str, turns: int = 0) -> Markup:
    """Questions as buttons; the page hides those that come when there are more turns than they follow."""
    if not questions:
        return NOTHING
    buttons = joined(
        Markup('<button type="button" class="suggestion" data-action="ask" data-question="{}">{}</button>').format(q, q)
        for q in questions
    )
    return Markup('<div class="suggestions" role="group" aria-label="{}" data-turns="{}">{}</div>').format(
        title, turns, buttons
    )


def _answered(
    assistant: Assistant, candidates: Sequence[str] | Iterator[str], history: Sequence[str], *, wanted: int = WANTED
) -> tuple[str, ...]:
    good: list[str] = []
    for tried, question in enumerate(candidates):
        if len(good) == wanted or tried == MOST_TRIED:
            break
        try:
            fits = assistant.ask(question, history=history, worded=False).status == "answered"
        except RagError:
            continue
        if fits:
            good.append(question)
    return tuple(good)


def _from_corpus(assistant: Assistant) -> Iterator[str]:
    newest = assistant.ledger.browse_claims(ClaimFilter(), order="newest", limit=LOOKED_AT)
    claims = [found.claim for found in newest]
    denying = _most(claim.party for claim in claims if claim.stance == "denies" and _named(claim))
    if denying:
        yield f"What did {denying[0].name} deny?"
    units = Counter(_unit(figure) for claim in claims for figure in read_figures(claim.text))
    del units[""]
    if units:
        yield f"How many {units.most_common(1)[0][0]}, according to whom?"
    for party in _most(claim.party for claim in claims if _named(claim))[:4]:
        yield f"What did {party.name} say?"


def _after(assistant: Assistant, answer: Answer) -> Iterator[str]:
    stances = {claim.stance for claim in answer.claims}
    shown = {claim.party.id for claim in answer.claims}
    if answer.status == "answered" and "denies" not in stances:
        yield "Who denied it?"
    articles = dict.fromkeys(citation.article.id for citation in answer.citations)
    others = _most(
        claim.party
        for article in list(articles)[:6]
        for claim in assistant.ledger.claims(article=article)
        if _named(claim) and claim.party.id not in shown
    )
    for party in others[:2]:
        yield f"And what did {party.name} say?"
    yield "Who else?"


def _unit(figure: Figure) -> str:
    """What a figure counts, in the words of the article; nothing where that could be of anything: people, years."""
    unit, words = figure.unit.split(), figure.words.split()
    return words[-1] if unit and words[-1].isalpha() and len(unit[0]) > 2 and unit[0] not in _VAGUE else ""


def _named(claim: Claim) -> bool:
    return claim.voice == "party" and claim.party.name[:1].isupper()


def _most(parties: Iterator[Party]) -> list[Party]:
    numbers: Counter[str] = Counter()
    first: dict[str, Party] = {}
    for party in parties:
        numbers[party.id] += 1
        first.setdefault(party.id, party)
    return [first[one] for one, _ in numbers.most_common()]
