"""An index that may only be read: questions are answered, and what would write says so in one line."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

from benchmarks.torture.result import Result, not_run
from benchmarks.torture.storage import FORK, NO_FORK, Index, apart, told, workplace, write_feed
from rag.__main__ import main

_NOBODY = 65534
_THREAT = "an index that may only be read"
_TARGET = "every command answers or says why in one line, 0 tracebacks"
_READING = (["status"], ["problems"], ["article", "n3"], ["claims", "--json"], ["feedback"])
_WRITING = (["remove", "n3"], ["forget", "n3"], ["restore", "{backup}"], ["index", "{feed}"])


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- there is one way to have no permission
    """All commands as a user who may read the folder and not write to it, with and without search indexes."""
    if not FORK:
        return not_run(7, threat=_THREAT, target=_TARGET, reason=NO_FORK)
    problems: list[str] = []
    with workplace() as place:
        place.chmod(0o755)
        built = apart(lambda: _build(place))
        problems += [built.error] if built.error else []
        for path in [place, *place.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        ended = apart(lambda: _use(place))
        for path in [place, *place.rglob("*")]:
            path.chmod(0o755)
        problems += ended.value if ended.value is not None else [ended.why]
    return Result(
        row=7,
        threat=_THREAT,
        target=_TARGET,
        measured=f"{len(_READING)} commands and 2 searches answered, {len(_WRITING)} refused in a line; "
        f"{len(problems)} faults",
        ok=not problems,
        detail=told(problems),
    )


def _build(place: Path) -> None:
    index = Index(place / "index")
    index.pipeline.run([write_feed(place / "news.jsonl", range(30))])
    index.sync()
    index.close()
    main(["backup", str(place / "backup"), "--index", str(place / "index")])


def _use(place: Path) -> list[str]:
    """What is wrong. Root may write anywhere: it steps down."""
    for commands in (_READING, _WRITING):  # once as root, so that nothing has to be imported any more
        for command in commands:
            _call(command, place, index=place / "nowhere")
    if os.geteuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    wrong = []
    for command in _READING:
        status, said = _call(command, place)
        wrong += [] if status == 0 else [f"{command[0]}: {status}: {said[-200:]}"]
    for command in _WRITING:
        status, said = _call(command, place)
        is_line = status == 2 and len(said.strip().splitlines()) == 1 and said.startswith("error: ")
        wrong += [] if is_line else [f"{command[0]}: {status}: {said[-200:]}"]
    index = Index(place / "index")
    ids = [f"n{number}" for number in range(30)]
    return wrong + [f"{id_} is not found" for id_ in (*index.not_stored(ids), *index.not_found(ids))]


def _call(command: list[str], place: Path, *, index: Path | None = None) -> tuple[int | str, str]:
    """The status of a command, and what it says: on standard error, where it fails."""
    told = [part.format(backup=place / "backup", feed=place / "news.jsonl") for part in command]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status: int | str = main([*told, "--index", str(index or place / "index")])
        except (SystemExit, Exception) as error:  # a traceback, to who calls it
            return type(error).__name__, str(error)
    return status, err.getvalue()
