"""The child process that reads files: started by `corpus.readers.isolation`, fed through its standard input.

It loads the readers and nothing of the assistant. It takes files one after another and answers each with its articles
and problems as they come, then with `Done`.
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from corpus.limits import Limits
from corpus.readers import read_marked

CAN_CAP_MEMORY = sys.platform.startswith(("linux", "freebsd"))  # elsewhere RLIMIT_AS is missing, or not kept
OUT_OF_MEMORY = 77  # the exit status
SHARE_KEPT = 0.7  # of the memory it may have: a child that holds more after a file is replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a new child is told: the limits to keep, and the folder for what it unpacks."""

    limits: Limits
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A file to read, from behind the member of an archive that `after` says."""

    path: Path
    root: Path | None
    mapping: Mapping[str, str]
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The child's first answer, before it is asked anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The child's last answer to a request; `is_spent` where it has not memory enough left for another."""

    is_spent: bool


def serve() -> None:
    """Answer requests until the parent closes the pipe or dies."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # sent to the whole group, they are for the parent to act upon
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    requests, answers = _take_pipes()
    start: Start = pickle.load(requests)  # noqa: S301  # from the parent process
    tempfile.tempdir = start.folder
    _cap_memory(start.limits.memory)
    queue: SimpleQueue[Request] = SimpleQueue()
    threading.Thread(target=_take_requests, args=(requests, queue, start.folder), daemon=True).start()
    _send(Ready(), to=answers)
    while True:
        try:
            _answer(queue.get(), limits=start.limits, answers=answers)
        except MemoryError:  # with none left to say so in
            os._exit(OUT_OF_MEMORY)


def _answer(request: Request, *, limits: Limits, answers: IO[bytes]) -> None:
    items = read_marked(request.path, root=request.root, mapping=request.mapping, limits=limits, after=request.after)
    while True:
        _set_alarm(limits.seconds)
        item = next(items, None)
        _set_alarm(0)
        if item is None:
            break
        _send(item, to=answers)
    _send(Done(is_spent=_address_space() > SHARE_KEPT * limits.memory), to=answers)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output, kept from whatever a parser may read or print."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def _take_requests(requests: IO[bytes], queue: SimpleQueue[Request], folder: str) -> None:
    """Queue what the parent asks. When it is gone, end at once, whatever is being read."""
    try:
        while True:
            queue.put(pickle.load(requests))  # noqa: S301  # from the parent process
    except (EOFError, OSError, pickle.UnpicklingError):
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _send(item: object, *, to: IO[bytes]) -> None:
    pickle.dump(item, to, protocol=pickle.HIGHEST_PROTOCOL)
    to.flush()


def _cap_memory(size: int) -> None:
    if CAN_CAP_MEMORY:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        most = size if most == resource.RLIM_INFINITY else min(size, most)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """What counts against RLIMIT_AS, in bytes; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _set_alarm(seconds: float) -> None:
    """Let the system end this process after so many seconds of the processor's time; 0 calls it off.

    The system's own default action, for no handler of Python's runs while a parser in C does. Not on Windows.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
