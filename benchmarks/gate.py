"""Quality only goes up: measure what can be measured here and fail below the floors.

usage: python -m benchmarks.gate [--data DIR]

The project's own held-back sentences are measured everywhere. DIR holds `data/polnear/dev.jsonl.gz`,
`data/questions/dev.jsonl` and the scorers in `bench/`; they are not part of this project, and what is not there is said
and passed over. Floors are in floors.json: raise one when its figure has risen.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")


def attribution_figures(data: Path, scratch: Path) -> dict[str, float]:
    """F1 and recall of attributions on PolNeAR dev, in percent."""
    gold = data / "data" / "polnear" / "dev.jsonl.gz"
    scorer = data / "bench" / "score_attribution.py"
    predictions = scratch / "attributions.jsonl"
    _run("-m", "benchmarks.attribution", str(gold), str(predictions))
    scores = json.loads(_run(str(scorer), str(gold), str(predictions), "--json"))
    return {
        "ATTR F1": scores["ATTR"]["F1"],
        "words source F1": scores["words source"]["F1"],
        "words content F1": scores["words content"]["F1"],
        "recall, speech cue": scores["recall, speech cue"]["R"],
        "recall, pronoun source": scores["recall, pronoun source"]["R"],
    }


def own_figures() -> dict[str, float]:
    """Shares in percent over the project's own held-back sentences: found and right; found and not wrong."""
    from rag.attribution import load_extractor
    from training.held_back import DATA, Count, count_right
    from training.marked import read_marked

    extractor = load_extractor()
    count = sum((count_right(extractor, marked.example)[0] for marked in read_marked(DATA)), Count())
    return {"right": round(100 * count.right / count.gold, 1), "precise": round(100 * count.right / count.found, 1)}


def question_figures(data: Path, scratch: Path) -> dict[str, float]:
    """Shares of the dev questions, in percent, over the dev articles alone: quick enough for every run."""
    questions = data / "data" / "questions" / "dev.jsonl"
    articles = data / "data" / "polnear" / "dev.jsonl.gz"
    answers = scratch / "answers.jsonl"
    index = str(scratch / "index")
    _run("-m", "benchmarks.questions", str(questions), str(answers), str(articles), "--index", index)
    scores = json.loads(
        _run(str(data / "bench" / "score_questions.py"), str(questions), str(answers), str(articles), "--json")
    )
    return {name: scores[name][0] for name in ("right@3", "evidence@3", "label", "verbatim")}


def below(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each figure that is under its floor."""
    return [f"{name}: {figures[name]} is below {floor}" for name, floor in floors.items() if figures[name] < floor]


def main() -> int:
    """Exit status 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    data = parser.parse_args().data
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    own = own_figures()
    print(f"own sentences: {own}")
    failures = [f"own sentences, {line}" for line in below(own, floors["own sentences"])]
    for name, needs, measure in (
        ("attribution", "data/polnear/dev.jsonl.gz", attribution_figures),
        ("questions", "data/questions/dev.jsonl", question_figures),
    ):
        if not (data / needs).exists():
            print(f"{name}: not measured, no {data / needs}")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            figures = measure(data, Path(scratch))
        print(f"{name}: {figures}")
        failures += [f"{name}, {line}" for line in below(figures, floors[name])]
    for line in failures:
        print(f"FAILED {line}")
    return 1 if failures else 0


def _run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
