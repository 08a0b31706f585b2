"""Run the campaigns of docs/reliability.md, each row in a process of its own, and sum up.

usage: python -m benchmarks.torture [--row N ...] [--seed S] [--share F] [--json]

Exit status: 0 where every row is met, 1 where one is missed, 3 where none is missed but some could not be run here.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.torture.result import Result

ROWS = range(1, 31)
MISSED, NOT_RUN = 1, 3
_FOUND = "torture result: "


def run_row(row: int, *, seed: int, share: float) -> Result:
    """Run one row in this process. A fault of the campaign itself is a miss, with its reason."""
    try:
        module = importlib.import_module(f"benchmarks.torture.row{row:02}")
        result: Result = module.run(seed, share)
    except Exception as error:  # whatever goes wrong is no success
        what = " ".join(f"{type(error).__name__}: {error}".split())[:500]
        return _missed(row, f"the campaign broke: {what}")
    return result


def run_apart(row: int, *, seed: int, share: float) -> Result:
    """Run one row in a process of its own, whose memory, signals and crashes are its own."""
    if not Path(__file__).with_name(f"row{row:02}.py").exists():
        return _missed(row, f"no test: there is no benchmarks/torture/row{row:02}.py")
    options = ["--row", str(row), "--seed", str(seed), "--share", str(share), "--here"]
    command = [sys.executable, "-m", "benchmarks.torture", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    for line in reversed(done.stdout.splitlines()):
        if line.startswith(_FOUND):
            return Result(**json.loads(line.removeprefix(_FOUND)))
    return _missed(row, f"the process ended with status {done.returncode} and no result")


def run_rows(rows: Sequence[int], *, seed: int, share: float) -> Iterator[tuple[Result, float]]:
    """The rows' results, one after another, each with its seconds."""
    for row in rows:
        started = time.monotonic()
        yield run_apart(row, seed=seed, share=share), time.monotonic() - started


def exit_status(results: Sequence[Result]) -> int:
    """The exit status that sums up: a row that was not run is not green."""
    if any(result.ok is False for result in results):
        return MISSED
    return NOT_RUN if any(result.ok is None for result in results) else 0


def line_of(result: Result, seconds: float) -> str:
    """A row's line in the summary."""
    said = result.measured if result.ok is not None else f"({result.detail})"
    line = f"{result.row:>3}  {result.status:8}{seconds:7.0f} s  {result.threat[:44]:46}{said}"
    return f"{line}\n     {result.detail}" if result.ok is False and result.detail else line


def _missed(row: int, detail: str) -> Result:
    return Result(row=row, threat="", target="", measured="nothing", ok=False, detail=detail)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.torture",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--row", type=int, nargs="+", action="extend", choices=ROWS, metavar="N", help="1 to 30; all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="how much of each campaign, above 0 and up to 1")
    parser.add_argument("--json", action="store_true", help="print the results as JSON lines")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rows that are asked for; returns the exit status."""
    parser = _parser()
    args = parser.parse_args(arguments)
    if not 0 < args.share <= 1:
        parser.error("--share is above 0 and up to 1")
    rows = sorted(set(args.row or ROWS))
    if args.here:
        result = run_row(rows[0], seed=args.seed, share=args.share)
        print(f"{_FOUND}{json.dumps(asdict(result))}", flush=True)
        return exit_status([result])
    results = []
    for result, seconds in run_rows(rows, seed=args.seed, share=args.share):
        results.append(result)
        told = {**asdict(result), "status": result.status, "seconds": round(seconds, 1)}
        print(json.dumps(told) if args.json else line_of(result, seconds), flush=True)
    if not args.json:
        counts = {status: sum(result.status == status for result in results) for status in ("met", "MISSED", "not run")}
        print(f"{len(results)} rows, seed {args.seed}, share {args.share:g}: ", end="")
        print(", ".join(f"{count} {status}" for status, count in counts.items()))
    return exit_status(results)


if __name__ == "__main__":
    sys.exit(main())
