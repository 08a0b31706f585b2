"""index, rebuild, remove: the commands that write to an index."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from rag.commands import INTERRUPTED, USAGE
from rag.commands.bar import Bar
from rag.commands.opening import AddCommand, open_named, settings_of
from rag.errors import RagError
from rag.types import IndexReport

if TYPE_CHECKING:
    from rag.assistant import Assistant

_MOST_TOLD = 20  # problems that are printed; all of them are in the report as JSON, and kept


def add_commands(add: AddCommand) -> None:
    sub = add(
        "index",
        _index,
        "Index articles: files, folders, web addresses. What is indexed already and unchanged is skipped.",
    )
    sub.add_argument("paths", nargs="+", metavar="PATH")
    sub.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN,...",
        help="the columns of a table, or the fields of JSON, that hold text, title, outlet, published ...",
    )
    sub.add_argument("--prune", action="store_true", help="remove articles whose files are gone from there")
    sub.add_argument("--watch", action="store_true", help="go on: index what changes there, until Ctrl-C")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    sub = add("rebuild", _rebuild, "Make claims and vectors of all stored articles anew, with the current models.")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    sub = add("remove", _remove, "Remove an article, or all articles of a file or folder, from the index.")
    sub.add_argument("target", metavar="ARTICLE_ID|PATH")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")


def _index(args: argparse.Namespace) -> int:
    import corpus
    from rag.assistant import Assistant

    mapping = _mapping(args.map)
    local = [path for path in args.paths if not _is_address(path)]
    if local and not args.prune:  # which may find nothing left to read
        corpus.find_files(local)
    assistant = Assistant.open(settings_of(args))
    if args.watch:
        return _watch(args, assistant, mapping=mapping)
    return _tell(_add(args, assistant, mapping=mapping), as_json=args.json, folder=assistant.folder)


def _add(args: argparse.Namespace, assistant: Assistant, *, mapping: dict[str, str]) -> IndexReport:
    """Index paths and addresses, which are fetched into the cache first. Raises NotFetched."""
    fetched = {str(_fetch(path, assistant)): path for path in args.paths if _is_address(path)}
    local = [path for path in args.paths if not _is_address(path)]
    with Bar() as bar:
        # Nobody knows the page that failed by the name of its file in the cache.
        return assistant.add(*local, *fetched, progress=bar, prune=args.prune, mapping=mapping, names=fetched)


def _fetch(address: str, assistant: Assistant) -> Path:
    from corpus.fetch import fetch

    return fetch(address, folder=assistant.settings.cache / "pages").path


def _is_address(path: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]+://", path, re.IGNORECASE) is not None


def _watch(args: argparse.Namespace, assistant: Assistant, *, mapping: dict[str, str]) -> int:
    """Index now, and again whenever something changes; what goes wrong is told, and waited out.

    Raises CorpusError where there is nothing on this machine to watch. Addresses are fetched once.
    """
    from rag.index.watch import changes_in

    local = [path for path in args.paths if not _is_address(path)]
    if not local:
        raise CorpusError("--watch needs a file or a folder: a web address does not say when it changes")
    print(f"watching {', '.join(local)} (Ctrl-C to stop)", file=sys.stderr)
    try:
        for changed in changes_in(local, ignore=[assistant.folder]):
            try:
                report = _add(args, assistant, mapping=mapping)
            except (CorpusError, RagError) as error:
                print(f"error: {error}", file=sys.stderr)
                continue
            args.paths = local
            if not changed or report.added or report.updated or report.removed or report.failed:
                _tell(report, as_json=args.json, folder=assistant.folder, one_line=True)
                sys.stdout.flush()
            if report.interrupted:
                break
    except KeyboardInterrupt:
        pass
    print("stopped", file=sys.stderr)
    return 0


def _rebuild(args: argparse.Namespace) -> int:
    assistant = open_named(args)
    with Bar() as bar:
        report = assistant.rebuild(progress=bar)
    return _tell(report, as_json=args.json, folder=assistant.folder)


def _remove(args: argparse.Namespace) -> int:
    removed = (assistant := open_named(args)).remove(args.target)
    if args.json:
        print(json.dumps({"removed": removed.articles, "still_in": list(removed.still_in)}, ensure_ascii=False))
        return 0
    print(f"{removed.articles} removed; index: {assistant.folder}")
    for path in removed.still_in:
        print(f"note: {path} still holds what was removed: delete it there too, or it comes back when the file changes")
    return 0


def _mapping(options: list[str]) -> dict[str, str]:
    from corpus.mapping import parse_mapping

    return parse_mapping(options)


def _tell(report: IndexReport, *, as_json: bool, folder: Path, one_line: bool = False) -> int:
    if as_json and one_line:
        print(json.dumps(report.to_dict(), ensure_ascii=False))
    elif as_json:
        from rag.render import render_json

        print(render_json(report))
    else:
        print(
            f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed, "
            f"{len(report.failed)} failed; {report.claims} claims in {report.seconds:.1f} s; index: {folder}"
        )
        for failure in report.failed[:_MOST_TOLD]:
            record = f", record {failure.record}" if failure.record else ""
            print(f"failed: {failure.path}{record}: {failure.reason}")
        if len(report.failed) > _MOST_TOLD:
            print(f"... and {len(report.failed) - _MOST_TOLD} more: python -m rag problems --index {folder}")
        if report.left_out:
            kinds = ", ".join(f"{number} {suffix}" for suffix, number in report.left_out.items())
            print(f"left out, as of no kind that is read: {kinds}")
        if report.other_languages:
            from rag.render import render_languages

            print(f"note: {render_languages(report.other_languages)}")
    if report.interrupted:
        print("interrupted: nothing is lost; run the same command to go on", file=sys.stderr)
        return INTERRUPTED
    kept = report.added + report.updated + report.unchanged + report.removed
    return USAGE if report.failed and not kept else 0
