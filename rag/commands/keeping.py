"""backup, restore, forget, doctor: the commands that keep an index whole."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.commands.opening import AddCommand, settings_of

if TYPE_CHECKING:
    from rag.store.backup import Copied


def add_commands(add: AddCommand) -> None:
    sub = add("backup", _backup, "Copy all that is indexed into one file, while the index is read and written.")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    sub = add("restore", _restore, "Put a backup in place of what is indexed. A server that runs goes on with it.")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")


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


def _tell(copied: Copied, text: str, *, as_json: bool) -> int:
    facts: dict[str, Any] = {
        "articles": copied.articles,
        "bytes": copied.size,
        "set_aside": str(copied.set_aside) if copied.set_aside else None,
    }
    print(json.dumps(facts, ensure_ascii=False) if as_json else text)
    return 0
