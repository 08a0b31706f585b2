"""The conversation: turns asked and answered one after another, each shown as HTML."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from rag.assistant import Assistant
from rag.errors import RagError
from rag.question import Filters
from rag.types import Answer, Citation
from rag.web.answer_html import answer_html, lead_html
from rag.web.corpus_panel import filters_html
from rag.web.panel import joined
from rag.web.sharing import link_query

logger = logging.getLogger(__name__)

MOST_TURNS = 40
"""Turns that a conversation keeps; the oldest go first."""
MOST_LETTERS = 2000
NO_INDEX = "There are no articles yet. Load the sample articles or add your own, and ask again."
LOADING = "The articles are being loaded. This question is answered as soon as they are there."
BROKEN = "This question could not be answered because of a fault in this program; it is in the server's log."


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question with its filters and what came of it: an answer, or an error in one line, or neither yet.

    `waits` for articles that are being loaded.
    """

    question: str
    filters: Filters
    answer: Answer | None = None
    error: str | None = None
    waits: bool = False


Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """An answer as it stands on the page, and the same with a language model's wording."""

    plain: Answer
    worded: Answer


def begin_turn(turns: Turns, question: str, filters: Filters, *, replacing: int | None = None) -> tuple[Turns, int]:
    """The turns with a new one that waits for its answer, and its place.

    With `replacing` an edited question takes the place of that turn and what followed it is gone.
    """
    kept = turns[:replacing] if replacing is not None else turns[-(MOST_TURNS - 1) :]
    return (*kept, Turn(question=question[:MOST_LETTERS], filters=filters)), len(kept)


def hold_turn(turns: Turns, at: int) -> Turns:
    """The turns with the one at `at` waiting for articles that are being loaded."""
    return (*turns[:at], replace(turns[at], waits=True), *turns[at + 1 :])


def waiting(turns: Turns) -> list[int]:
    """The places of the turns that wait for articles."""
    return [at for at, turn in enumerate(turns) if turn.waits]


def answer_turn(assistant: Assistant | None, turns: Turns, at: int) -> Turns:
    """The turns with the one at `at` answered; an error is told in one line."""
    turn = replace(turns[at], waits=False)
    if assistant is None:
        return (*turns[:at], replace(turn, error=NO_INDEX), *turns[at + 1 :])
    try:
        answer = assistant.ask(
            turn.question,
            history=[earlier.question for earlier in turns[:at]],
            outlets=turn.filters.outlets,
            parties=turn.filters.parties,
            since=turn.filters.since,
            until=turn.filters.until,
            worded=False,
        )
        done = replace(turn, answer=answer, error=None)
    except RagError as error:
        done = replace(turn, answer=None, error=f"{error}")
    except Exception:  # a page that stays blank helps nobody: the fault is logged, and told in a line
        logger.exception("a question could not be answered")
        done = replace(turn, answer=None, error=BROKEN)
    return (*turns[:at], done, *turns[at + 1 :])


def word_turn(assistant: Assistant | None, turns: Turns) -> Worded | None:
    """What a language model makes of the last answer, which stands on the page already; None where it makes nothing."""
    answer = turns[-1].answer if turns else None
    if assistant is None or answer is None or answer.status != "answered":
        return None
    try:
        worded = assistant.word(answer)
    except RagError as error:
        logger.warning("an answer could not be worded: %s", error)
        return None
    except Exception:  # the plain answer stands
        logger.exception("an answer could not be worded")
        return None
    return Worded(plain=answer, worded=worded) if worded != answer else None


def take_wording(turns: Turns, wording: Worded | None) -> Turns | None:
    """The turns with a wording that has come; None where it changes nothing, or another answer is on its way.

    An answer on its way writes all turns anew when it comes, so nothing may be written in between.
    """
    if wording is None or any(turn.answer is None and turn.error is None for turn in turns):
        return None
    taken = tuple(replace(turn, answer=wording.worded) if turn.answer == wording.plain else turn for turn in turns)
    return taken if taken != turns else None


def stages(turns: Turns, at: int) -> Iterator[Markup]:
    """What is shown of an answer as it comes: first what answers the question, then everything."""
    answer = turns[at].answer
    if answer is not None and answer.status == "answered":
        lead = lead_html(answer, turn=at)
        yield conversation_html(turns, early={at: Markup('<div class="answer early">{}</div>').format(lead)})
    yield conversation_html(turns)


def citation_of(turns: Turns, turn: int, number: int) -> Citation | None:
    """A citation of the conversation, by the number of its turn and its own."""
    if not 0 <= turn < len(turns):
        return None
    answer = turns[turn].answer
    return next((one for one in answer.citations if one.number == number), None) if answer else None


def first_citation(turns: Turns, at: int) -> Citation | None:
    """What the evidence shows when an answer has come: its first citation."""
    answer = turns[at].answer
    return answer.citations[0] if answer and answer.citations else None


def conversation_html(turns: Turns, *, early: dict[int, Markup] | None = None) -> Markup:
    """All turns; `early` holds what is shown of an answer that is still coming."""
    if not turns:
        return WELCOME
    shown = joined(_turn(turns, at, (early or {}).get(at)) for at in range(len(turns)))
    return Markup('{}<div class="turns">{}</div>').format(_SAVING, shown)


WELCOME = Markup(
    '<div class="welcome"><h2>Who said it?</h2><p>Ask about the news in these articles. Every claim in an answer names '
    "the party that made it, through whom it came, and the words of the article that say so.</p></div>"
)
_SAVING = Markup(
    '<div class="saving" role="group" aria-label="Download this conversation"><span>Download</span>'
    '<button type="button" data-action="save" data-form="md">Markdown</button>'
    '<button type="button" data-action="save" data-form="html">HTML</button>'
    '<button type="button" data-action="save" data-form="json">JSON</button>'
    '<button type="button" data-action="restart">New conversation</button></div>'
)


def _turn(turns: Turns, at: int, early: Markup | None) -> Markup:
    turn = turns[at]
    return Markup(
        '<section class="turn" id="turn-{}" aria-label="Question {}"><div class="asked">'
        '<h3 class="question">{}</h3><button type="button" class="quiet" data-action="edit" '
        'data-turn="{}">Edit</button></div>{}{}</section>'
    ).format(
        at,
        at + 1,
        turn.question,
        at,
        filters_html(turn.filters),
        early if early is not None else _outcome(turns, at),
    )


def _outcome(turns: Turns, at: int) -> Markup:
    turn = turns[at]
    if turn.error is not None:
        return Markup('<div class="answer failed" data-say="{}"><p>{}</p></div>{}').format(
            turn.error, turn.error, _actions(turns, at)
        )
    if turn.answer is None:
        said = LOADING if turn.waits else "Searching the articles …"
        return Markup(
            '<div class="answer waiting" data-say="{}"><p>{}</p><span class="bar"></span><span class="bar"></span>'
            '<span class="bar"></span></div>'
        ).format(LOADING if turn.waits else "Searching", said)
    return answer_html(turn.answer, turn=at) + _actions(turns, at)


def _actions(turns: Sequence[Turn], at: int) -> Markup:
    turn = turns[at]
    asked = [earlier.question for earlier in turns[:at]]
    return Markup(
        '<div class="actions" role="group" aria-label="This answer">'
        '<button type="button" data-action="copy" data-turn="{at}">Copy</button>'
        '<button type="button" data-action="link" data-query="{link}">Copy link</button>'
        '<button type="button" data-action="retry" data-turn="{at}">Ask again</button>{votes}</div>'
        '<form class="note-form" data-turn="{at}" hidden><label>What should we know? (optional)'
        '<input name="note" maxlength="2000" autocomplete="off"></label><button type="submit">Send</button></form>'
    ).format(at=at, votes=_VOTES, link=link_query(turn.question, filters=turn.filters, after=asked))


_VOTES = Markup(
    '<span class="votes"><button type="button" data-action="vote" data-vote="up" aria-expanded="false">Helpful</button>'
    '<button type="button" data-action="vote" data-vote="down" aria-expanded="false">Not helpful</button></span>'
)
