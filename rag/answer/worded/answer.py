"""An answer worded by a language model: asked once, checked sentence by sentence, labelled and cited by this program.

The wording stands above the plain answer and never in its place: what a model leaves out, the reader still sees.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answer.markdown import escape_markdown
from rag.answer.worded.chat_model import TIMEOUT, ChatModel, ask_model
from rag.answer.worded.items import Item, number_items
from rag.answer.worded.prompts import MOST_SENTENCES, write_messages
from rag.answer.worded.reply import Sentence, read_reply
from rag.answer.worded.support import find_flaw
from rag.answer.wording import NOT_WORDED, party_label, place_label, stance_label
from rag.types import Answer, Citation, Plain

logger = logging.getLogger(__name__)

MOST_READ = 3 * MOST_SENTENCES
"""Sentences of a reply that are looked at; further ones are struck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedSentence(Plain):
    """A sentence that stood the check, and the numbers of the citations that it rests on."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded(Plain):
    """What became of asking a model to word an answer.

    `text` is Markdown: the sentences that stood, with labels and [n], and a note; empty where none stood. `worded_by`
    names the model and says whether it is remote. `struck` counts the sentences that were left out. `note` says in one
    line by whom the answer was worded, or why it was not. `passages` are those of the passages given that are cited.
    """

    text: str
    sentences: tuple[WordedSentence, ...]
    worded_by: str
    struck: int
    note: str
    passages: tuple[Citation, ...] = ()


def word_answer(
    answer: Answer, *, model: ChatModel, passages: Sequence[Citation] = (), timeout: float = TIMEOUT
) -> Worded | None:
    """Have a model word an answer; None where there is nothing to word. Never raises for what the model does.

    `passages` are further citations in outlets' own words, numbered after those of the answer. Sends the question and
    the cited words to the model, which is this function's only effect.
    """
    items = number_items(answer, passages=passages)
    if answer.status != "answered" or not items:
        return None
    spoken = ask_model(model, write_messages(answer.question, items), timeout=timeout)
    if spoken.failure:
        return _not_worded(model, spoken.failure)
    reply = read_reply(spoken.text)
    if reply is None:
        return _not_worded(model, "its reply was not in the form that was asked for")
    by_number = {item.number: item for item in items}
    stood, struck = _check(reply.sentences, by_number)
    struck += reply.malformed
    total = len(stood) + struck
    if not stood:
        why = (
            f"none of its sentences ({total}) says only what the cited words say" if total else "it had nothing to say"
        )
        return _not_worded(model, why, struck=struck)
    cited = {number for sentence in stood for number in sentence.numbers}
    note = f"Worded by {model.label}."
    if struck:
        note += f" {struck} of its {total} sentences struck: the cited words do not say them."
    if reply.cut:
        note += " Its reply broke off."
    return Worded(
        text=_render(stood, by_number, note=note),
        sentences=stood,
        worded_by=model.label,
        struck=struck,
        note=note,
        passages=tuple(passage for passage in passages if passage.number in cited),
    )


def with_wording(answer: Answer, worded: Worded) -> Answer:
    """The answer with the wording above its own text, or, where none stood, with the reason below it."""
    note = f"*{escape_markdown(worded.note)}*"
    text = f"{worded.text}\n\n{answer.text}" if worded.text else f"{answer.text}\n\n{note}"
    return replace(
        answer,
        text=text,
        citations=(*answer.citations, *worded.passages),
        worded_by=worded.worded_by if worded.text else None,
        struck=worded.struck,
    )


def _check(sentences: Sequence[Sentence], items: Mapping[int, Item]) -> tuple[tuple[WordedSentence, ...], int]:
    """The sentences that stand, each once, and how many were struck."""
    stood: dict[str, WordedSentence] = {}
    for sentence in sentences[:MOST_READ]:
        text = " ".join(sentence.text.split())
        flaw: str | None = "it is said twice" if text in stood else find_flaw(text, sentence.numbers, items=items)
        if flaw:
            logger.info("struck a sentence of a language model: %s", flaw)
        elif len(stood) < MOST_SENTENCES:
            stood[text] = WordedSentence(text=text, numbers=tuple(dict.fromkeys(sentence.numbers)))
    return tuple(stood.values()), len(sentences) - len(stood)


def _not_worded(model: ChatModel, why: str, *, struck: int = 0) -> Worded:
    note = f"{NOT_WORDED} {model.label}: {why}. This is the plain answer."
    return Worded(text="", sentences=(), worded_by=model.label, struck=struck, note=note)


def _render(stood: Sequence[WordedSentence], items: Mapping[int, Item], *, note: str) -> str:
    lines = [_line(sentence, [items[number] for number in sentence.numbers]) for sentence in stood]
    return "\n".join(lines) + f"\n\n*{escape_markdown(note)}*"


def _line(sentence: WordedSentence, items: Sequence[Item]) -> str:
    """A sentence, its numbers, and the label of each item, made from the claim and from nothing that a model said."""
    numbers = "".join(f"[{item.number}]" for item in items)
    labels = "; ".join(dict.fromkeys(_label(item) for item in items))
    return f"- {escape_markdown(sentence.text)} {numbers} — {labels}"


def _label(item: Item) -> str:
    place = place_label(item.citation.article)
    if item.claim is None or item.claim.voice == "outlet":
        return f"in the article’s own words, {place}"
    return f"{party_label(item.claim)}: {stance_label(item.claim)}, {place}"
