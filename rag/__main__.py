"""The command line: python -m rag COMMAND."""

from __future__ import annotations

import os
import signal
import sys

from rag.commands import INTERRUPTED, USAGE

TYPE_CHECKING = False  # as in `typing`, which takes most of the time until Ctrl-C is heard
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from types import FrameType
    from typing import NoReturn

TOLD = "interrupted"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, or 2 for an error, which is told in one line on standard error."""
    try:
        from corpus.errors import CorpusError
        from rag.commands.opening import settings_of
        from rag.errors import RagError
        from rag.observe import configure_logs

        words = sys.argv[1:] if arguments is None else arguments
        args = _parser().parse_args(words or ["--help"])
        try:
            settings = settings_of(args)
            configure_logs(level=settings.log_level, form=settings.log_format)
            status: int = args.run(args)
            sys.stdout.flush()
        except (CorpusError, RagError) as error:
            print(f"error: {error}", file=sys.stderr)
            return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(TOLD, file=sys.stderr)
        return INTERRUPTED
    return status


def run() -> NoReturn:
    """Run one command and end the process with its status; after Ctrl-C at once, without waiting for threads.

    One that was being started when Ctrl-C came is known to nobody who could end it, and Python would wait for it for
    good. What is stored is safe: an index outlives a kill at any moment.
    """
    came: list[int] = []

    def interrupt(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell's background job ignores Ctrl-C
        signal.signal(signal.SIGINT, interrupt)
        sys.unraisablehook = _end_unraisable
    try:
        status = main()
    except BaseException as error:
        if not came:
            raise
        # Another, while the first was told; or what a library made of it, which it came upon in the midst of loading.
        status = INTERRUPTED
        if not isinstance(error, KeyboardInterrupt):
            print(TOLD, file=sys.stderr)
    if not came:
        sys.exit(status)
    _end(status)


def _end_unraisable(lost: sys.UnraisableHookArgs) -> None:
    """End the process where Ctrl-C came while Python ran what may not raise, so that nothing would hear of it."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        print(TOLD, file=sys.stderr)
        _end(INTERRUPTED)
    sys.__unraisablehook__(lost)


def _end(status: int) -> NoReturn:
    import atexit
    from contextlib import suppress

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it may be gone
            stream.flush()
    os._exit(status)


def _parser() -> argparse.ArgumentParser:
    import argparse

    from rag.commands import asking, indexing, keeping, looking
    from rag.commands.opening import add_logging

    parser = argparse.ArgumentParser(prog="python -m rag", description=(__doc__ or "").strip())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        if name != "extract":
            sub.add_argument("--index", metavar="DIR", help="the folder of the index")
        add_logging(sub)
        return sub

    for module in (indexing, asking, looking, keeping):
        module.add_commands(add)
    return parser


if __name__ == "__main__":
    run()
