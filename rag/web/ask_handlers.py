"""What happens in the tab of questions: asking, editing, opening evidence, downloads and verdicts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr
from markupsafe import Markup

from rag.errors import RagError
from rag.question import Filters
from rag.web import conversation as talk
from rag.web.conversation import Turn, Turns, Worded, conversation_html
from rag.web.corpus_panel import corpus_html, filter_choices, filters_of
from rag.web.evidence import NO_EVIDENCE, evidence_of_citation, evidence_of_claim
from rag.web.panel import NOTHING, panel_value
from rag.web.sharing import TYPES, file_html, read_link
from rag.web.suggestions import first_questions, follow_ups, suggestions_html
from rag.web.wires import read_message

if TYPE_CHECKING:
    from rag.web.desk import Desk


class AskHandlers:
    """What happens on the page. The index is looked up at each event: it may be another one than before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # What could be asked next is tried out first, which costs several answers: never while others wait for one.
        self._suggesting = threading.Semaphore(1)
        self._wording: set[int] = set()

    def ask(  # noqa: PLR0913, PLR0917 -- one a component
        self,
        question: str,
        turns: Turns,
        replacing: int | None,
        outlets: list[str],
        parties: list[str],
        since: str,
        until: str,
    ) -> Iterator[tuple[Any, ...]]:
        """A question was typed."""
        if not question.strip():
            yield (gr.skip(),) * 7
            return
        filters = filters_of(outlets, parties, since, until)
        begun, at = talk.begin_turn(turns, question.strip(), filters, replacing=replacing)
        yield from self._answer(begun, at)

    def ask_again(  # noqa: PLR0913, PLR0917 -- one a component
        self,
        message: str,
        turns: Turns,
        outlets: list[str],
        parties: list[str],
        since: str,
        until: str,
    ) -> Iterator[tuple[Any, ...]]:
        """A suggestion was chosen, or a question is to be asked again, under the filters as they are now."""
        said = read_message(message)
        at = said.get("retry")
        if isinstance(at, int) and 0 <= at < len(turns):
            again = Turn(question=turns[at].question, filters=filters_of(outlets, parties, since, until))
            yield from self._answer((*turns[:at], again, *turns[at + 1 :]), at)
        else:
            yield from self.ask(str(said.get("question") or ""), turns, None, outlets, parties, since, until)

    def _answer(self, turns: Turns, at: int) -> Iterator[tuple[Any, ...]]:
        """Say at once that the question was taken; then the answer as it comes; then what could be asked next."""
        keep = gr.skip()
        if is_held := self._desk.is_awaited:
            turns = talk.hold_turn(turns, at)
        yield panel_value(conversation_html(turns)), keep, "", "", "", turns, None
        if is_held and self._desk.is_awaited:  # `load` answers it
            return
        assistant = self._desk.assistant
        turns = talk.answer_turn(assistant, turns, at)
        citation = talk.first_citation(turns, at)
        evidence = evidence_of_citation(assistant, citation) if assistant and citation else NO_EVIDENCE
        for shown in talk.stages(turns, at):
            yield panel_value(shown), panel_value(evidence), keep, keep, keep, turns, None

    def word(self, turns: Turns) -> Worded | None:
        """A language model words the answer that is on the page already, once; without one, nothing happens."""
        answer = id(turns[-1].answer) if turns else 0
        if answer in self._wording:
            return None
        self._wording.add(answer)
        try:
            return talk.word_turn(self._desk.assistant, turns)
        finally:
            self._wording.discard(answer)

    def take(self, wording: Worded | None, turns: Turns) -> tuple[Any, Any]:
        """What the model made of it takes the place of the plain answer, which is part of it."""
        taken = talk.take_wording(turns, wording)
        return (gr.skip(), gr.skip()) if taken is None else (panel_value(conversation_html(taken)), taken)

    def follow(self, turns: Turns) -> str:
        """What could be asked next: after the last answer, or to begin with."""
        assistant, answer = self._desk.assistant, turns[-1].answer if turns else None
        if assistant is None or answer is None:
            return self._first(len(turns))
        if not self._suggesting.acquire(blocking=False):
            return panel_value(NOTHING)
        try:
            following = follow_ups(assistant, answer, [turn.question for turn in turns])
        finally:
            self._suggesting.release()
        return panel_value(suggestions_html(following, title="Ask next", turns=len(turns)))

    def edit(self, message: str, turns: Turns) -> tuple[Any, ...]:
        """A question is taken back to be edited, or not after all; or a new conversation begins."""
        said, keep = read_message(message), gr.skip()
        if said.get("restart"):
            return panel_value(conversation_html(())), panel_value(NO_EVIDENCE), self._first(), "", "", (), None
        at = said.get("turn")
        if isinstance(at, int) and 0 <= at < len(turns):
            return keep, keep, keep, panel_value(_editing(at, len(turns))), turns[at].question, keep, at
        return keep, keep, keep, "", "", keep, None

    def open(self, message: str, turns: Turns) -> tuple[Any, Any]:
        """A citation of the conversation, or a claim of another tab, is shown in its article."""
        said, assistant = read_message(message), self._desk.assistant
        if assistant is None:
            return panel_value(NO_EVIDENCE), gr.skip()
        if "claim" in said:
            return _opened(evidence_of_claim(assistant, str(said["claim"])), said), gr.Tabs(selected="ask")
        turn, number = said.get("turn"), said.get("number")
        citation = talk.citation_of(turns, turn, number) if isinstance(turn, int) and isinstance(number, int) else None
        return _opened(evidence_of_citation(assistant, citation) if citation else NO_EVIDENCE, said), gr.skip()

    def other(self, message: str, turns: Turns, request: gr.Request) -> str:
        """A download, or a verdict on an answer."""
        said, assistant = read_message(message), self._desk.assistant
        if said.get("save") in TYPES:
            return panel_value(file_html(turns, said["save"]))
        at = said.get("turn")
        if assistant and said.get("vote") in {"up", "down"} and isinstance(at, int) and 0 <= at < len(turns):
            answer, filters = turns[at].answer, turns[at].filters
            told = "Thank you."
            try:
                assistant.add_feedback(
                    turns[at].question,
                    verdict=said["vote"],
                    note=str(said.get("note") or ""),
                    claims=[claim.id for claim in answer.claims] if answer else (),
                    filters=answer.scope.filters if answer else filters.outlets,
                    reader=getattr(request, "username", None),
                )
            except RagError as error:
                told = f"This could not be kept: {error}"
            # The time makes it another than the one before, which the page would not show again.
            kept = Markup('<p class="kept" data-turn="{}" data-at="{}">{}</p>')
            return panel_value(kept.format(at, time.time_ns(), told))
        return panel_value(NOTHING)

    def load(self, turns: Turns, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """The page is opened, or there is something to ask about.

        A question that waited for it is answered, a link asks its own under its filters; else there is something to
        begin with.
        """
        assistant = self._desk.assistant
        asked = read_link(request.query_params.multi_items())
        filters = asked.filters if asked else Filters()
        outlets, parties = filter_choices(assistant)
        panel = (
            gr.Dropdown(choices=_with(outlets, filters.outlets), value=list(filters.outlets)),
            gr.Dropdown(choices=_with(parties, filters.parties), value=list(filters.parties)),
            filters.since or "",
            filters.until or "",
            panel_value(corpus_html(assistant)),
        )
        keep = (gr.skip(),) * 5
        if held := talk.waiting(turns):
            yield (*self._answer_held(turns, held), *panel)
            return
        if asked is None or any(turn.answer for turn in turns):
            yield (*(gr.skip(),) * 7, *panel)
            return
        turns = tuple(Turn(question=text, filters=filters) for text in asked.after)
        for at in range(len(turns)):
            turns = talk.answer_turn(assistant, turns, at)
        begun, at = talk.begin_turn(turns, asked.question, filters)
        for i, shown in enumerate(self._answer(begun, at)):
            yield (*shown, *(keep if i else panel))

    def _answer_held(self, turns: Turns, held: list[int]) -> tuple[Any, ...]:
        """What is shown when the articles are there that these turns waited for, or will not come."""
        if self._desk.is_awaited:
            return (gr.skip(),) * 7
        assistant = self._desk.assistant
        for at in held:
            turns = talk.answer_turn(assistant, turns, at)
        citation = talk.first_citation(turns, held[-1])
        evidence = evidence_of_citation(assistant, citation) if assistant and citation else NO_EVIDENCE
        return panel_value(conversation_html(turns)), panel_value(evidence), "", "", gr.skip(), turns, gr.skip()

    def _first(self, turns: int = 0) -> str:
        assistant = self._desk.assistant
        if assistant is None:
            return ""
        try:
            return panel_value(
                suggestions_html(first_questions(assistant), title="Questions to begin with", turns=turns)
            )
        except RagError:
            return ""


def _editing(at: int, number: int) -> Markup:
    gone = f"; {number - at - 1} after it will go" if number - at > 1 else ""
    return Markup(
        '<p class="editing">Editing question {}{}. <button type="button" class="quiet" data-action="stop-edit">Cancel'
        "</button></p>"
    ).format(at + 1, gone)


def _opened(shown: Markup, said: dict[str, Any]) -> str:
    """What was opened, marked anew: so that the page goes to it also where the same is open already."""
    return panel_value(Markup('<div data-opened="{}">{}</div>').format(said.get("nonce"), shown))


def _with(choices: list[str], wanted: tuple[str, ...]) -> list[str]:
    return [*choices, *(name for name in wanted if name not in choices)]
