"""Stored XSS: what articles say stays text on every surface of the page."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.hostile import look_at, missed, scripts
from benchmarks.torture.result import Result, not_run, share_of

PAYLOADS = 100
THREAT, TARGET = "stored XSS in articles", "100 payloads over all surfaces; 0 execute, 0 forms or overlays"


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing here is drawn at random
    """Hostile articles, looked at in Chromium."""
    payloads = scripts(share_of(PAYLOADS, share))
    try:
        with TemporaryDirectory() as folder:
            seen = look_at(Path(folder), payloads)
        unseen = missed(payloads)
    except (ImportError, FileNotFoundError) as error:
        return not_run(19, threat=THREAT, target=TARGET, reason=str(error))
    return Result(
        row=19,
        threat=THREAT,
        target=TARGET,
        measured=f"{len(payloads)} payloads, {len(seen.shown)} of them seen as text, on {seen.surfaces} views; "
        f"{seen.executed} executed, {len(seen.elements)} elements of theirs; "
        f"{len(unseen)} not found in a page that lets them through",
        ok=not (seen.executed or seen.elements or seen.errors or unseen) and len(seen.shown) >= 0.9 * len(payloads),
        detail="; ".join([*seen.errors, *seen.elements, *unseen][:5]),
    )
