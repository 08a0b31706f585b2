"""The first sentence of an answer: who says it, who denies it, how many by whom, or that nobody here does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.asked import FigureAsked, asked_figures
from rag.answer.denials import turns_down
from rag.answer.disagreement import contradicts
from rag.answer.markdown import escape_markdown
from rag.answer.numbered import Numbered
from rag.answer.overlap import content_words
from rag.answer.wording import NOBODY, STANCE_WORDS, asked_for, listed, names_of, party_mention
from rag.question import Query

TAKING_UP = re.compile(r"\b(?:they|them|this|these|those)\b", re.IGNORECASE)
TIMELINE_LEAD = "In the order of the articles’ dates:"
UNSURE = "Nothing in these articles surely answers this."
MOST_IN_LEAD = 4
"""Parties that the first sentence names; the others stand below it."""


def lead_of(
    query: Query, groups: Sequence[Sequence[Numbered]], *, own: Sequence[Numbered] = (), sure: bool = True
) -> str:
    """The first sentence of an answer; `groups` are its claims, a list a party, best first, `own` what no party says.

    Where it is not `sure` that they answer, it does not say that they do.
    """
    if not any(groups):
        return f"{NOBODY}; the articles themselves say:"
    if not sure:
        return _unsure(query, groups)
    if query.intent == "timeline":
        return TIMELINE_LEAD
    if query.intent == "whether" and query.speakers:
        return _whether(query, groups)
    figures = _figures_lead(query, groups, own) if query.intent == "figure" else ""
    return figures or _named_lead(query, groups)


def _unsure(query: Query, groups: Sequence[Sequence[Numbered]]) -> str:
    """No figure is told here and no stance: they may be on something else."""
    names = _names(groups)
    nearest = f"What {names} said comes nearest" if query.speakers else f"The nearest is from {names}"
    return f"{UNSURE} {nearest}:"


def _named_lead(query: Query, groups: Sequence[Sequence[Numbered]]) -> str:
    if query.speakers:
        return f"What {_names(groups)} said on this, as the articles report it:"
    if query.intent in {"figure", "when", "where"}:
        return f"According to {_names(groups)}:"
    return _by_stance(query, groups)


def _whether(query: Query, groups: Sequence[Sequence[Numbered]]) -> str:
    """Did P deny it: yes with the claim, else that no article here says so, with what P does say."""
    names = escape_markdown(asked_for(query))
    if not query.stances:
        return f"On this the articles quote {names}:"
    verb = STANCE_WORDS[query.stances[0]]
    fitting = [item for group in groups for item in group if item.shown.claim.stance in query.stances]
    same = [item for item in fitting if _is_asked(query, item)]
    if same:
        return f"Yes: {escape_markdown(names_of([item.shown.claim.party for item in same]))} {verb} it{_numbers(same)}."
    if fitting:
        those = escape_markdown(names_of([item.shown.claim.party for item in fitting]))
        return f"{those} {verb} what is quoted here{_numbers(fitting)}; none of it has the words of the question:"
    return f"Not in these articles: none of them reports that {names} {verb} this. What they do report:"


def _is_asked(query: Query, item: Numbered) -> bool:
    """Whether a claim has the words of what is asked: half of those that are nobody's name.

    A denial of something else is none of this, however near it is: who denied a report did not deny the leak. One that
    takes up what was said before it ("that they had been ignored") may have as few words of the question as it has.
    """
    parties = (item.shown.claim.party, *query.speakers)
    names = content_words(" ".join(name for party in parties for name in (party.name, *party.aliases)))
    asked, told = content_words(query.topic or query.text) - names, content_words(item.shown.words)
    needed = min(len(asked), len(told)) if TAKING_UP.search(item.shown.words) else len(asked)
    shared = len(asked & told)
    return shared > 0 and 2 * shared >= needed


def _numbers(items: Sequence[Numbered]) -> str:
    return "".join(f" [{item.citation.number}]" for item in items)


def _figures_lead(query: Query, groups: Sequence[Sequence[Numbered]], own: Sequence[Numbered]) -> str:
    """According to A more than 20 civilians [1], according to B nine [2]; of the unit asked for, where any is.

    Where no party gives one, that of the articles' own words; where they do not, it is said that there is none.
    """
    asked = FigureAsked.by(query)
    shown = [item for group in groups for item in group]
    said = {item.shown.claim.party.id: (figure, item) for item, figure in reversed(asked_figures(shown, asked))}
    if said:
        first = sorted(said.values(), key=lambda found: shown.index(found[1]))[:MOST_IN_LEAD]
        told = "; ".join(f"{escape_markdown(figure.words)} according to {_cited([item])}" for figure, item in first)
        return f"{capital(told)}."
    for item, figure in asked_figures(own, asked)[:1]:
        words = escape_markdown(figure.words)
        return f"No party here gives this figure; in the articles’ own words: {words}{_numbers([item])}."
    if any(asked.may_be_told_by(item.shown.words) for item in shown) or not (asked.unit or asked.much):
        return ""
    if query.speakers:
        return f"No figure for this is given here; what {_names(groups)} said on the matter:"
    return f"No figure for this is given here; on the matter the articles cite {_names(groups)}."


def _by_stance(query: Query, groups: Sequence[Sequence[Numbered]]) -> str:
    """Who says so, and who denies it: only of a denial of what is asked, or of what another here asserts."""
    if "denies" in query.stances and (denied := _denied(query, groups)):
        return denied
    shown = [item for group in groups for item in group]
    denying = [
        group
        for group in groups
        if all(item.shown.claim.stance == "denies" for item in group)
        and any(_is_asked(query, one) or any(contradicts(one, other) for other in shown) for one in group)
    ]
    others = [group for group in groups if group not in denying]
    if not denying or not others:
        return f"On this the articles cite {_names(groups)}."
    against = all(turns_down(item.shown.claim, item.citation) for group in denying for item in group)
    verb = ("reject" if against else "deny") if len(denying) > 1 else ("rejects" if against else "denies")
    return f"On this the articles cite {_names(others)}; {_names(denying)} {verb} it."


def _denied(query: Query, groups: Sequence[Sequence[Numbered]]) -> str:
    """By whom it is denied or, where no denial has the words of the question, by whom what is near it is."""
    denials = [[item for item in group if item.shown.claim.stance == "denies"] for group in groups]
    same = [[item for item in group if _is_asked(query, item)] for group in denials]
    told = same if any(same) else denials
    if not any(told):
        return ""
    denying = [group for group in told if group]
    against = all(turns_down(item.shown.claim, item.citation) for group in denying for item in group)
    by = ("Rejected" if against else "Denied") if any(same) else "The nearest denials here are"
    said = f"{by} by {_names(denying)}"
    others = [group for group, denying in zip(groups, told, strict=True) if not denying]
    return f"{said}; on the same matter the articles cite {_names(others)}." if others else f"{said}."


def _names(groups: Sequence[Sequence[Numbered]]) -> str:
    return listed(names_first(list(dict.fromkeys(_cited(group) for group in groups))))


def names_first(mentions: Sequence[str]) -> list[str]:
    """The first few of many names, and how many more there are."""
    if len(mentions) <= MOST_IN_LEAD + 1:
        return list(mentions)
    return [*mentions[:MOST_IN_LEAD], f"{len(mentions) - MOST_IN_LEAD} others"]


def _cited(group: Sequence[Numbered]) -> str:
    return f"{party_mention(group[0].shown.claim)} [{group[0].citation.number}]"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
