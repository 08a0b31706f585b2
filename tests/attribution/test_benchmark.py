"""The benchmark's command: articles in, predictions out."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.attribution", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )


def test_predictions_are_offsets_into_the_text_as_given(tmp_path: Path) -> None:
    text = "Port shut.\n\nTarn News reported that Ana Ruiz said the port was shut."
    gold, out = tmp_path / "gold.jsonl.gz", tmp_path / "out.jsonl"
    with gzip.open(gold, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a", "title": "Port shut", "text": text}) + "\n")
    assert run(gold, out).returncode == 0
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert row["id"] == "a"
    (outermost,) = row["attributions"]
    pieces = {role: [text[start:end] for start, end in spans] for role, spans in outermost.items()}
    assert pieces["source"] == ["Tarn News"]
    assert pieces["content"] == ["that Ana Ruiz said the port was shut"]


def test_a_path_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
