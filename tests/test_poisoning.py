"""A false report that is planted many times over takes one place of an answer, and its source stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from rag.assistant import Assistant

FAKES = 5
TOPICS = {
    "dam": ("Ana Ruiz", "Kurt Adler", "the dam at Orla is safe", "the dam at Orla has burst and forty houses are gone"),
    "ferry": ("Mara Lind", "Ivo Stahl", "the ferry struck a sandbank", "the ferry was sunk by a mine of the navy"),
    "port": (
        "Olga Brandt",
        "Lena Moor",
        "the port will stop work on Friday",
        "the port has been sold to a bank abroad",
    ),
    "water": ("Piet Sommer", "Rolf Hagen", "the water of Veltport is clean", "the water of Veltport has been poisoned"),
    "vote": ("Jo Vale", "Edda Kern", "the vote in Lume was counted twice", "the vote in Lume was bought by the mayor"),
}
FORMS = (
    "Who spoke about the {topic}?",
    "What is known about the {topic}?",
    "Who said that {false}?",
    "Is it true that {false}?",
    "Who reported that {false}?",
    "Who says that {true}?",
    "What did {liar} say about the {topic}?",
    "What did {speaker} say about the {topic}?",
    "Who claimed something about the {topic}, and where?",
    "According to whom {false}?",
)
FILLER = (
    "The talks in the town hall went on until late in the evening, and few of those who had come left before the end. "
    "A statement is to be published in the coming week, once the papers have been read by all who have a say in it."
)


def write_fakes(newsroom: Callable[..., Path]) -> Path:
    """For each topic one report and five near-identical fakes of another, each of an outlet of its own."""
    articles = {}
    for topic, (speaker, liar, true, false) in TOPICS.items():
        articles[topic] = (
            f"Outlet: Orla Post\nDate: 2026-02-03\n\n{topic.title()} in the news\n\n“Yes, {true},” {speaker} said.\n"
        )
        for number in range(FAKES):
            articles[f"{topic}_fake{number}"] = (
                f"Outlet: Copy {topic} {number}\nDate: 2026-02-0{number + 3}\n\n{topic.title()} in the news\n\n"
                f"“It is true that {false},” {liar} said in copy {number}.\n\n{FILLER}\n"
            )
    return newsroom(**articles)


@pytest.fixture
def poisoned(assistant: Assistant, newsroom: Callable[..., Path]) -> Assistant:
    assistant.add(write_fakes(newsroom))
    return assistant


def test_fifty_questions_over_planted_copies_show_each_fake_once_and_who_carries_it(poisoned: Assistant) -> None:
    shown = 0
    for (topic, (speaker, liar, true, false)), form in product(TOPICS.items(), FORMS):
        answer = poisoned.ask(form.format(topic=topic, speaker=speaker, liar=liar, true=true, false=false))
        places: dict[str, int] = {}
        for citation in answer.citations:
            if "_fake" in citation.article.id:
                cluster = citation.article.id.split("_fake")[0]
                places[cluster] = places.get(cluster, 0) + 1
                assert citation.article.outlet
                assert citation.article.outlet in answer.text
        assert all(number == 1 for number in places.values()), (answer.question, places)
        shown += sum(places.values())
    assert shown, "no fake was found at all: this test shows nothing"
