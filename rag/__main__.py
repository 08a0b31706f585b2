"""The command line: python -m rag COMMAND."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from corpus.errors import CorpusError
from rag.errors import RagError
from rag.types import IndexReport, Stance

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.index import Progress
    from rag.settings import Settings

_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, or 2 for an error, which is told in one line on standard error."""
    args = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except (CorpusError, RagError) as error:
        print(f"error: {error}", file=sys.stderr)
        return _USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description=(__doc__ or "").strip())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        if name != "extract":
            sub.add_argument("--index", metavar="DIR", help="the folder of the index")
        return sub

    sub = command("index", _index, "Index articles: files or folders (.txt .md .html .json .jsonl .csv).")
    sub.add_argument("paths", nargs="+", metavar="PATH")
    sub.add_argument("--prune", action="store_true", help="remove articles whose files are gone from there")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")

    sub = command("ask", _ask, "Ask a question.")
    sub.add_argument("question", metavar="QUESTION")
    sub.add_argument("--outlet", action="append", metavar="NAME", help="search this outlet only (may be repeated)")
    sub.add_argument(
        "--party", action="append", metavar="NAME", help="show claims of this party only (may be repeated)"
    )
    sub.add_argument("--since", metavar="YYYY-MM-DD")
    sub.add_argument("--until", metavar="YYYY-MM-DD")
    sub.add_argument("--json", action="store_true", help="print the answer as JSON")

    sub = command("claims", _claims, "List claims.")
    sub.add_argument("--party", metavar="NAME")
    sub.add_argument("--about", metavar="TOPIC")
    sub.add_argument("--stance", choices=get_args(Stance))
    form = sub.add_mutually_exclusive_group()
    for name in ("json", "csv", "jsonld"):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name)

    sub = command("extract", _extract, "Show the claims in a text, without an index.")
    sub.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    sub.add_argument("--json", action="store_true", help="print the claims as JSON")

    sub = command("status", _status, "Say what is indexed, and with which models.")
    sub.add_argument("--json", action="store_true", help="print it as JSON")
    command("rebuild", _rebuild, "Make claims and vectors of all stored articles anew, with the current models.")
    sub = command("serve", _serve, "Start the web chat.")
    sub.add_argument("--host", help="address to listen on")
    sub.add_argument("--port", type=int, help="port to listen on")
    return parser


def _settings(args: argparse.Namespace) -> Settings:
    from rag.settings import load_settings

    return load_settings(index=args.index, host=getattr(args, "host", None), port=getattr(args, "port", None))


def _reading(args: argparse.Namespace) -> Assistant:
    """The named index, else the default one, else the sample."""
    from rag.assistant import Assistant

    settings = _settings(args)
    if args.index:
        return Assistant.open(settings, create=False)
    assistant = Assistant.open_default(settings)
    if assistant.is_sample:
        print(
            "note: these are the sample articles, which are fictional; index your own with: python -m rag index PATH",
            file=sys.stderr,
        )
    return assistant


def _index(args: argparse.Namespace) -> int:
    import corpus
    from rag.assistant import Assistant

    corpus.find_files(args.paths)
    assistant = Assistant.open(_settings(args))
    with _Bar() as bar:
        report = assistant.add(*args.paths, progress=bar, prune=args.prune)
    return _tell(report, as_json=args.json, folder=assistant.folder)


def _rebuild(args: argparse.Namespace) -> int:
    from rag.assistant import Assistant

    assistant = Assistant.open(_settings(args), create=False)
    with _Bar() as bar:
        report = assistant.rebuild(progress=bar)
    return _tell(report, as_json=False, folder=assistant.folder)


def _ask(args: argparse.Namespace) -> int:
    from rag.render import render_json, render_markdown

    answer = _reading(args).ask(
        args.question, outlets=args.outlet, parties=args.party, since=args.since, until=args.until
    )
    if args.json:
        print(render_json(answer))
    else:
        _print_markdown(render_markdown(answer))
    return 0


def _claims(args: argparse.Namespace) -> int:
    from rag.render import render_csv, render_json, render_jsonld

    assistant = _reading(args)
    claims = assistant.claims(party=args.party, about=args.about, stance=args.stance)
    articles = {article.id: article for article in assistant.ledger.articles()}
    if args.form == "json":
        print(render_json(claims))
    elif args.form == "csv":
        print(render_csv(claims, article_of=articles.get), end="")
    elif args.form == "jsonld":
        print(render_jsonld(claims, article_of=articles.get))
    else:
        from rag.render import render_claims

        _print_markdown(render_claims(claims, article_of=articles.get))
    return 0


def _extract(args: argparse.Namespace) -> int:
    from rag import extract_claims
    from rag.render import render_claims, render_json

    claims = extract_claims(_read_text(args.file))
    if args.json:
        print(render_json(claims))
    else:
        _print_markdown(render_claims(claims, article_of=lambda _: None))
    return 0


def _read_text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CorpusError(f"cannot read {name}: {error.strerror or error}") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"cannot read {name}: it is not UTF-8 text; convert it first") from error


def _status(args: argparse.Namespace) -> int:
    import json

    assistant = _reading(args)
    assistant.ledger.check()
    scope = assistant.ledger.scope()
    parties = assistant.ledger.parties()
    facts = {
        "index": str(assistant.folder),
        "articles": scope.articles,
        "outlets": list(scope.outlets),
        "since": scope.since,
        "until": scope.until,
        "files": len(assistant.ledger.sources()),
        "parties": len(parties),
        "claims": sum(count for _, count in parties),
        "models": assistant.ledger.manifest(),
    }
    print(
        json.dumps(facts, ensure_ascii=False, indent=2)
        if args.json
        else "\n".join(f"{k}: {v}" for k, v in facts.items())
    )
    return 0


def _serve(args: argparse.Namespace) -> int:
    from rag.web import serve

    serve(_settings(args), named=bool(args.index))
    return 0


def _tell(report: IndexReport, *, as_json: bool, folder: Path) -> int:
    if as_json:
        from rag.render import render_json

        print(render_json(report))
    else:
        print(
            f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed, "
            f"{len(report.failed)} failed; {report.claims} claims in {report.seconds:.1f} s; index: {folder}"
        )
        for failure in report.failed:
            record = f", record {failure.record}" if failure.record else ""
            print(f"failed: {failure.path}{record}: {failure.reason}")
    if report.interrupted:
        print("interrupted: nothing is lost; run the same command to go on", file=sys.stderr)
        return 130
    kept = report.added + report.updated + report.unchanged + report.removed
    return _USAGE if report.failed and not kept else 0


class _Bar:
    """A progress bar on standard error; silent where that is no terminal."""

    def __enter__(self) -> _Bar:
        from tqdm import tqdm

        self._bar = tqdm(unit=" articles", disable=None, dynamic_ncols=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def __call__(self, progress: Progress) -> None:
        self._bar.set_description(
            f"file {min(progress.files + 1, progress.of_files)}/{progress.of_files}", refresh=False
        )
        self._bar.set_postfix(claims=progress.claims, failed=progress.failed, refresh=False)
        self._bar.update(progress.articles - self._bar.n)


def _print_markdown(text: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    Console(soft_wrap=False).print(Markdown(text, hyperlinks=False))


if __name__ == "__main__":
    sys.exit(main())
