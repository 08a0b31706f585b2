"""Zero-click exfiltration: nothing that articles name is fetched from another host."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.hostile import fetches, look_at
from benchmarks.torture.result import Result, not_run, share_of

PAYLOADS = 60
THREAT, TARGET = "zero-click exfiltration", "60 payloads; 0 requests to another host"


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing here is drawn at random
    """Hostile articles, looked at in Chromium, every request of which is noted."""
    payloads = fetches(share_of(PAYLOADS, share))
    try:
        with TemporaryDirectory() as folder:
            seen = look_at(Path(folder), payloads)
    except (ImportError, FileNotFoundError) as error:
        return not_run(20, threat=THREAT, target=TARGET, reason=str(error))
    return Result(
        row=20,
        threat=THREAT,
        target=TARGET,
        measured=f"{len(payloads)} payloads, {len(seen.shown)} of them seen as text, on {seen.surfaces} views; "
        f"{len(seen.foreign)} requests to another host",
        ok=not seen.foreign and len(seen.shown) >= 0.9 * len(payloads),
        detail="; ".join(seen.foreign[:5]),
    )
