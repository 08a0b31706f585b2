"""Questions on the sample articles in a reader's words, not the articles': each answer is checked in all it must be.

Every kind of question and every kind of refusal has its examples in gold/asked_otherwise.jsonl.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.assistant import Assistant
from rag.settings import load_settings
from rag.types import Answer

GOLD = Path(__file__).parent / "gold" / "asked_otherwise.jsonl"
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Assistant:
    folder = tmp_path_factory.mktemp("otherwise") / "index"
    return Assistant.open_sample(load_settings(index=folder, cache=model_cache))


def asked() -> list[Any]:
    """Every question; one that is known not to be met tells why, and must fail."""
    return [
        pytest.param(
            gold,
            id=" / ".join([*gold.get("history", ()), gold["question"]]),
            marks=[pytest.mark.xfail(reason=gold["unmet"], strict=True)] if "unmet" in gold else [],
        )
        for gold in QUESTIONS
    ]


@pytest.mark.parametrize("gold", asked())
def test_a_question_in_other_words_is_answered(sample: Assistant, gold: dict[str, Any]) -> None:
    history = gold.get("history", ())
    answer = sample.ask(gold["question"], history=history)
    if gold.get("refused"):
        assert answer.status == "no_evidence"
    elif gold.get("unsure"):
        assert answer.status == "no_evidence" or not answer.sure
    else:
        assert answer.status == "answered"
        told = {claim.party.id for turn in history for claim in sample.ask(turn).claims if claim.voice == "party"}
        assert not gold.get("others") or told.isdisjoint(claim.party.id for claim in answer.claims)
    assert faults(gold, answer) == []


def faults(gold: dict[str, Any], answer: Answer) -> list[str]:
    """What a question's gold asks for and its answer lacks."""
    return sorted(name for name, holds in _checks(gold, answer).items() if name in gold and not holds)


def _checks(gold: dict[str, Any], answer: Answer) -> dict[str, bool]:
    first = answer.claims[: gold.get("first", 3)]
    names = {claim.party.name for claim in answer.claims}
    days = [(citation.article.published or "")[:10] for citation in answer.citations]
    since, until = gold.get("within", ("", "9"))
    return {
        "parties": any({claim.party.name, *claim.party.aliases} & set(gold.get("parties", ())) for claim in first),
        "only": names <= set(gold.get("parties", ())),
        "both": names == set(gold.get("both", ())),
        "stance": any(claim.stance == gold.get("stance") for claim in first),
        "via": any(gold.get("via") in claim.via for claim in answer.claims[:4]),
        "evidence": any(gold.get("evidence", "") in citation.quote for citation in answer.citations[:4]),
        "unnamed": bool(answer.claims) and answer.claims[0].voice == "unnamed",
        "says": answer.text.startswith("Yes"),
        "says_not": not answer.text.startswith("Yes"),
        "tells": all(words in answer.text for words in gold.get("tells", ())),
        "table": any(table.kind == gold.get("table") and table.disagree for table in answer.tables),
        "dated": days == sorted(days) and len(set(days)) >= gold.get("dated", 0),
        "within": bool(days) and all(since <= day <= until for day in days) and bool(answer.scope.filters),
        "outlet": {citation.article.outlet for citation in answer.citations} == {gold.get("outlet")},
        "why": gold.get("why", "").casefold() in answer.text.casefold(),
        "near": "Nearest, for you to judge" in answer.text,
    }
