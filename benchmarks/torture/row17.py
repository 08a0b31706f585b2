"""An empty corpus, and the same report in many outlets: said, merged, and no source lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.result import Result, share_of
from rag.assistant import Assistant
from rag.settings import load_settings
from rag.types import Answer

CLUSTERS = 50
_OUTLETS = ("Tarn Wire", "Orla Post", "Harbour Times", "Lowmarsh Gazette", "Quay Courier")
_PLACES = "Veltport Orla Lowmarsh Esterby Tarn Kessling Marrow Haldrum Inver Quell".split()
_THINGS = "ferry bridge dam school market tunnel clinic harbour library mill".split()
_REASONS = "fog ice debt rain strikes rust mould fire wind mud".split()


def report(number: int, rng: random.Random) -> tuple[str, str]:
    """The headline and the text of a report like no other; its speaker has the number in his name."""
    place, thing = _PLACES[number % 10], _THINGS[number // 10 % 10]
    facts = [f"Its {word} costs {rng.randint(100, 999)} crowns a year." for word in rng.sample(_REASONS, 6)]
    speaker = f"Tomas Vale{chr(97 + number // 26)}{chr(97 + number % 26)}"
    said = f"“The {thing} of {place} stays shut until week {number + 2},” said {speaker}, who runs it."
    return f"The {thing} of {place} is shut", "\n\n".join([said, *facts, f"Nobody in {place} was told before Monday."])


def run(seed: int, share: float) -> Result:
    """Commands on nothing at all, then clusters of five copies, a question on each."""
    clusters = share_of(CLUSTERS, share)
    rng = random.Random(seed)  # noqa: S311 -- a sample of commands, and made-up texts
    commands = rng.sample(_ON_NOTHING, share_of(len(_ON_NOTHING), share))
    with TemporaryDirectory() as folder:
        faults = _commands_on_nothing(Path(folder), commands)
        asked = _ask_clusters(Path(folder), clusters, rng)
    faults += asked
    return Result(
        row=17,
        threat="empty corpus, duplicates",
        target="0 tracebacks; 1 hit a cluster, every source kept",
        measured=f"{len(commands)} commands on nothing, {clusters} clusters of {len(_OUTLETS)} copies: "
        f"{len(faults)} faults",
        ok=not faults,
        detail="; ".join(faults[:5]),
    )


_ON_NOTHING = (
    ("index", "{empty}"),
    ("index", "{blank}"),
    ("index", "{unread}"),
    ("ask", "Who said that the dam holds?"),
    ("ask", "Who said that the dam holds?", "--json"),
    ("claims",),
    ("claims", "--party", "Ana Ruiz"),
    ("compare", "Ana Ruiz", "Tom Vale"),
    ("timeline", "the dam"),
    ("status",),
    ("problems",),
    ("article", "none"),
    ("rebuild",),
    ("remove", "none"),
)


def _commands_on_nothing(folder: Path, commands: Sequence[tuple[str, ...]]) -> list[str]:
    """What goes wrong with each command on no index, and on one with nothing in it: a traceback, or silence."""
    places = {"empty": folder / "empty", "blank": folder / "blank.txt", "unread": folder / "unread"}
    places["empty"].mkdir()
    places["blank"].write_text("", encoding="utf-8")
    places["unread"].mkdir()
    (places["unread"] / "a.pdf").write_bytes(b"no PDF")
    Assistant(load_settings(index=folder / "made"), create=True)
    faults = []
    for index in ("none", "made"):
        for command in commands:
            words = [word.format(**places) for word in command]
            line = [sys.executable, "-m", "rag", *words, "--index", str(folder / index)]
            done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603
            said = done.stdout.strip() + done.stderr.strip()
            if "Traceback" in said or done.returncode not in {0, 2} or (not said and command != ("claims",)):
                faults.append(f"{' '.join(command)} on {index}: status {done.returncode}, {said[-200:]!r}")
    return faults


def _ask_clusters(folder: Path, clusters: int, rng: random.Random) -> list[str]:
    """What is wrong with the answers to a question on each cluster."""
    reports = [report(number, rng) for number in range(clusters)]
    rows = [
        {"id": f"{number}-{at}", "title": title, "text": text, "outlet": outlet, "published": f"2031-05-0{at + 1}"}
        for number, (title, text) in enumerate(reports)
        for at, outlet in enumerate(_OUTLETS)
    ]
    feed = folder / "feed.jsonl"
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assistant = Assistant(load_settings(index=folder / "copies", attribution="rules"))
    done = assistant.add(feed)
    faults = [] if done.added == len(rows) else [f"{done.added} of {len(rows)} articles were added"]
    for number, (_, text) in enumerate(reports):
        speaker = text.split("said ")[1].split(",")[0]
        fault = _fault(assistant.ask(f"What did {speaker} say?"), number)
        faults += [f"cluster {number}: {fault}"] if fault else []
    return faults


def _fault(answer: Answer, number: int) -> str | None:
    shown = [citation for citation in answer.citations if citation.claim]
    if len(answer.claims) != 1 or len(shown) != 1:
        return f"{len(answer.claims)} claims and {len(shown)} citations for one"
    outlets = {ref.outlet for ref in (shown[0].article, *shown[0].copies)}
    ours = all(ref.id.startswith(f"{number}-") for ref in (shown[0].article, *shown[0].copies))
    return None if outlets == set(_OUTLETS) and ours else f"only {sorted(map(str, outlets))} are named"
