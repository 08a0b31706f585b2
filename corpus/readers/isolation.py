"""Reading in a child process: what crashes a parser, hangs it or takes all memory costs one file and not the run."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self, cast

from corpus.errors import CorpusError
from corpus.limits import Limits, over_limit
from corpus.readers import read_here
from corpus.readers.containers import Mark, Skipped
from corpus.readers.records import NO_MAPPING
from corpus.readers.worker import CAN_CAP_MEMORY, OUT_OF_MEMORY, Done, Request, Start
from corpus.types import Article, Problem

START_SECONDS = 60.0  # a child takes half a second, on a machine that does nothing else
PATIENCE = 10  # times the limit `seconds`, on the clock: a busy machine is no reason to give up a file
_AHEAD = 8  # articles that the child may be ahead of whoever asks for them
_log = logging.getLogger(__name__)

# One thread, one arena and no pool that grows: address space is what is capped.
_ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYTHONUTF8": "1",
}


class FileReader:
    """Reads files one after another, in a child process that is started at the first and lives until `close`.

    `skipped` counts the members of archives that were no articles, `faults` how often the child was lost. With
    `isolate=False` the files are read in this process, without the limits `seconds` and `memory`. Not for use by
    several threads at once.
    """

    def __init__(
        self, *, limits: Limits | None = None, mapping: Mapping[str, str] = NO_MAPPING, isolate: bool = True
    ) -> None:
        self.limits = limits or Limits()
        self.mapping = dict(mapping)
        self.isolate = isolate
        self.skipped = 0
        self.faults = 0
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process and remove what it unpacked."""
        if self._child:
            self._child.end()
            self._child = None

    def read(self, path: Path, *, root: Path | None = None) -> Iterator[Article | Problem]:
        """As `read_file`. Raises CorpusError where no child process can be started."""
        items = self._read_isolated(path, root=root) if self.isolate else self._read_here(path, root=root)
        for item in items:
            if isinstance(item, Skipped):
                _log.info("%s", item)
                self.skipped += sum(item.counts.values())
            elif not isinstance(item, Mark):
                yield item

    def _read_here(self, path: Path, *, root: Path | None) -> Iterator[Article | Problem | Mark | Skipped]:
        return read_here(path, root=root, mapping=self.mapping, limits=self.limits)

    def _read_isolated(self, path: Path, *, root: Path | None) -> Iterator[Article | Problem | Mark | Skipped]:
        mark = Mark(path=str(path), position=())
        faults = 0
        while True:
            request = Request(path=path, root=root, mapping=self.mapping, after=mark.position)
            try:
                for item in self._ask(request):
                    mark = item if isinstance(item, Mark) else mark
                    yield item
            except _Fault as error:
                fault = str(error)
            else:
                return
            faults += 1
            self.faults += 1
            is_stuck = mark.position <= request.after  # no member further than the time before
            is_given_up = faults >= self.limits.faults
            if is_stuck:
                fault += "; what may follow was not read"
            elif is_given_up:
                fault += f"; the rest of {path.name} was not read: the limit is faults = {self.limits.faults}"
            yield Problem(path=mark.path, record=mark.record, reason=fault)
            if is_stuck or is_given_up:
                return

    def _ask(self, request: Request) -> Iterator[Article | Problem | Mark | Skipped]:
        """The child's answers. It is kept for the next request where it gave them all and has memory left."""
        is_kept = False
        try:
            child = self._ready_child()
            yield from child.ask(request, seconds=self.limits.seconds)
            is_kept = not child.is_spent
        finally:
            if not is_kept:
                self.close()

    def _ready_child(self) -> _Child:
        if self._child and not self._child.is_alive():
            self.close()
        if self._child is None:
            self._child = _Child(self.limits)
        return self._child


def open_reader(
    *, limits: Limits | None = None, mapping: Mapping[str, str] = NO_MAPPING, isolate: bool = True
) -> FileReader:
    """A reader to use in a `with` statement and for many files: `for item in reader.read(path, root=folder)`."""
    return FileReader(limits=limits, mapping=mapping, isolate=isolate)


class _Fault(Exception):
    """The child was lost; the message says how."""


class _Gone:
    """What the thread that listens to a child says last."""


class _Child:
    """One child process, the folder for what it unpacks, and a thread that listens to it."""

    def __init__(self, limits: Limits) -> None:
        if not CAN_CAP_MEMORY:
            _log.warning("this system does not cap the memory of a process: the limit `memory` is not kept")
        self.is_spent = False
        self._limits = limits
        self._folder = TemporaryDirectory(prefix="attest-", ignore_cleanup_errors=True)
        self._answers: Queue[object] = Queue(maxsize=_AHEAD)
        # No fork, which threads do not survive, and no multiprocessing, which runs the user's own script again.
        code = f"import sys; sys.path[:] = {_import_paths()!r}; from corpus.readers.worker import serve; serve()"
        try:
            self._process = subprocess.Popen(  # noqa: S603  # this interpreter, on our own module
                [sys.executable, "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_ENVIRONMENT},
            )
        except OSError as error:
            self._folder.cleanup()
            raise CorpusError(f"cannot start a process to read files in ({error}): read without isolation") from error
        self._requests, answers = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        self._thread = threading.Thread(target=self._listen, args=(answers,), daemon=True)
        self._thread.start()
        try:
            self._send(Start(limits=limits, folder=self._folder.name))
            self._next(START_SECONDS)  # it is ready
        except _Fault as error:
            self.end()
            raise CorpusError(
                f"the process that reads files did not start ({error}): raise the limit memory, now "
                f"{limits.memory:,}, or read without isolation"
            ) from error

    def ask(self, request: Request, *, seconds: float) -> Iterator[Article | Problem | Mark | Skipped]:
        """The answers to a request. Raises _Fault where the child dies, or takes too many seconds for one."""
        self._send(request)
        while not isinstance(item := self._next(PATIENCE * seconds), Done):
            if isinstance(item, Article | Problem | Mark | Skipped):
                yield item
        self.is_spent = item.is_spent

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """Kill the child, wait for it, and remove what it unpacked."""
        self._process.kill()
        while self._thread.is_alive():  # it may be waiting for room in the queue
            try:
                self._answers.get(timeout=0.02)
            except Empty:
                continue
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:  # a request that it never took
                    continue
        self._folder.cleanup()

    def _send(self, message: object) -> None:
        try:
            pickle.dump(message, self._requests, protocol=pickle.HIGHEST_PROTOCOL)
            self._requests.flush()
        except OSError as error:
            raise _Fault(self._how_it_ended()) from error

    def _next(self, seconds: float) -> object:
        try:
            item = self._answers.get(timeout=seconds)
        except Empty:
            raise _Fault(self._took_too_long()) from None
        if isinstance(item, _Gone):
            raise _Fault(self._how_it_ended())
        return item

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return "the process that read it fell silent"
        if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
            return self._took_too_long()
        if code == OUT_OF_MEMORY:
            return str(over_limit("takes too much memory", limit="memory", limits=self._limits))
        if code == -signal.SIGKILL:
            return "the process that read it was killed, perhaps for want of memory"
        if code < 0:
            return f"the process that read it crashed ({signal.Signals(-code).name})"
        return f"the process that read it ended with status {code}"

    def _took_too_long(self) -> str:
        return str(over_limit("took too long to read", limit="seconds", limits=self._limits))

    def _listen(self, answers: IO[bytes]) -> None:
        try:
            while True:
                self._answers.put(pickle.load(answers))  # noqa: S301  # from our own child
        except Exception:  # the end of the pipe, or half an answer
            self._answers.put(_Gone())


def _import_paths() -> list[str]:
    """Where this process imports from, "" being where it was started."""
    return [os.path.abspath(path) for path in sys.path]
