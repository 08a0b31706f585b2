"""backup, restore, forget, doctor: the commands that keep an index whole."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.commands.opening import AddCommand, open_named, settings_of

if TYPE_CHECKING:
    from rag.store.backup import Copied


def add_commands(add: AddCommand) -> None:
    sub = add("backup", _backup, "Copy all that is indexed into one file, while the index is read and written.")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    sub = add("restore", _restore, "Put a backup in place of what is indexed. A server that runs goes on with it.")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    sub = add(
        "forget", _forget, "Remove an article, and leave no byte of it in the index: no version, no vector, no word."
    )
    sub.add_argument("target", metavar="ARTICLE_ID|PATH")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    sub = add("doctor", _doctor, "Look the index over, mend what can be mended, and say what was found.")
    sub.add_argument("--json", action="store_true", help="print the findings as JSON")


def _backup(args: argparse.Namespace) -> int:
    from rag.store.backup import back_up

    copied = back_up(settings_of(args).index, args.file)
    return _tell(copied, f"{copied.articles} articles in {args.file}", as_json=args.json)


def _restore(args: argparse.Namespace) -> int:
    from rag.assistant import Assistant
    from rag.store.backup import restore

    folder = settings_of(args).index
    copied = restore(args.file, folder)
    Assistant.open(settings_of(args), create=False).follow()
    told = f"{copied.articles} articles restored; index: {folder}"
    if copied.set_aside:
        told += f"\nnote: the ledger that was there is damaged, and was moved to {copied.set_aside}"
    return _tell(copied, told, as_json=args.json)


def _forget(args: argparse.Namespace) -> int:
    forgotten = (assistant := open_named(args)).forget(args.target)
    if args.json:
        print(json.dumps({"forgotten": forgotten.articles, "still_in": list(forgotten.still_in)}, ensure_ascii=False))
        return 0
    print(f"{forgotten.articles} forgotten; index: {assistant.folder}")
    if not forgotten.articles:
        print(f"note: nothing is stored as {args.target!r} any more; of what was removed before, no byte is left")
    for path in forgotten.still_in:
        print(
            f"note: {path} still holds what was forgotten: delete it there too, or it comes back when the file changes"
        )
    print("note: backups that were made before still hold it")
    return 0


def _doctor(args: argparse.Namespace) -> int:
    """Exit status 0 where nothing is wrong any more, 1 where something is."""
    from rag.index.doctor import examine

    findings = []
    for finding in examine(settings_of(args).index):
        findings.append(finding)
        if not args.json:
            print(f"{finding.part}: {finding.state}: {finding.said}", flush=True)
    if args.json:
        print(json.dumps([finding.to_dict() for finding in findings], ensure_ascii=False, indent=2))
    return 1 if any(finding.state == "wrong" for finding in findings) else 0


def _tell(copied: Copied, text: str, *, as_json: bool) -> int:
    facts: dict[str, Any] = {
        "articles": copied.articles,
        "bytes": copied.size,
        "set_aside": str(copied.set_aside) if copied.set_aside else None,
    }
    print(json.dumps(facts, ensure_ascii=False) if as_json else text)
    return 0
