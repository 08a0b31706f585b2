"""Fifty users at once: each gets the answer to its own question, from real retrieval."""

from __future__ import annotations

import secrets
import statistics
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.hostile import speaker
from benchmarks.torture.result import Result, share_of
from benchmarks.torture.site import Site, ask, events_of, serving

USERS = 50
ROUNDS = 3
MOST_SECONDS = 5.0
TARGET = "50 at once; 0 errors, no answer of another's, p95 <= 5 s without a language model"


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing here is drawn at random
    """Every user asks about a party of its own, all at the same moment, again and again."""
    users = share_of(USERS, share)
    articles = {
        f"a{n:03}": f"Outlet: Post {n}\nDate: 2026-02-05\n\nLevel of well {n}\n\n"
        f"The level of the well rose by {n + 100} metres, said Tilda {speaker(n)}, an engineer.\n"
        for n in range(users)
    }
    with TemporaryDirectory() as folder, serving(Path(folder), articles=articles) as site:
        events = events_of(site)
        ask(site, "How much did the level of the well rise?", session=secrets.token_hex(6), events=events)
        faults, seconds = _rush(site, users=users, events=events)
    p95 = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else (seconds or [0.0])[0]
    return Result(
        row=27,
        threat="50 users at once",
        target=TARGET,
        measured=f"{users} users, {ROUNDS} questions each: {len(faults)} errors or answers of another's; "
        f"p50 {statistics.median(seconds or [0.0]):.2f} s, p95 {p95:.2f} s",
        ok=not faults and p95 <= MOST_SECONDS,
        detail="; ".join(faults[:5]),
    )


def _rush(site: Site, *, users: int, events: dict[str, int]) -> tuple[list[str], list[float]]:
    """What went wrong, and how long each answer took."""
    faults: list[str] = []
    seconds: list[float] = []
    ready = threading.Barrier(users)

    def use(n: int) -> None:
        session = secrets.token_hex(6)
        others = [speaker(other) for other in range(users) if other != n]
        for _ in range(ROUNDS):
            ready.wait(timeout=300)
            question, mine = f"What did {speaker(n)} say about the well?", f"{n + 100} metres"
            try:
                said, took = ask(site, question, session=session, events=events, awaited=mine)
            except (OSError, ValueError) as error:
                faults.append(f"user {n}: {error}")
                continue
            seconds.append(took)
            asked = [other for other in others if f"What did {other} say" in said]
            if asked or mine not in said or f"What did {speaker(n)} say" not in said:
                faults.append(f"user {n} was answered for {asked[:2] or 'nobody'}")

    with ThreadPoolExecutor(users) as pool:
        for done in [pool.submit(use, n) for n in range(users)]:
            done.result()
    return faults, seconds
