"""The command line: python -m rag COMMAND."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from corpus.errors import CorpusError
from rag.commands import asking, indexing, keeping, looking
from rag.commands.opening import INTERRUPTED, USAGE
from rag.errors import RagError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, or 2 for an error, which is told in one line on standard error."""
    args = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except (CorpusError, RagError) as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description=(__doc__ or "").strip())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        if name != "extract":
            sub.add_argument("--index", metavar="DIR", help="the folder of the index")
        return sub

    for module in (indexing, asking, looking, keeping):
        module.add_commands(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
