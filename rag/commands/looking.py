"""status, problems, article, feedback: the commands that show what is in an index."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rag.commands.opening import AddCommand, open_reading
from rag.errors import StoreError
from rag.types import to_plain

if TYPE_CHECKING:
    from corpus.types import Article
    from rag.store.entries import Change, Group
    from rag.store.ledger import Ledger


def add_commands(add: AddCommand) -> None:
    sub = add("status", _status, "Say what is indexed, and with which models.")
    sub.add_argument("--json", action="store_true", help="print it as JSON")
    sub = add("problems", _problems, "List what could not be read of the files that were indexed last.")
    sub.add_argument("--json", action="store_true", help="print them as JSON")
    sub = add("article", _article, "Show a stored article, its earlier versions and its copies in other outlets.")
    sub.add_argument("id", metavar="ARTICLE_ID")
    sub.add_argument("--json", action="store_true", help="print it as JSON")
    sub = add("feedback", _feedback, "List what readers of the web chat thought of its answers.")
    sub.add_argument("--json", action="store_true", help="print it as JSON")


def _status(args: argparse.Namespace) -> int:
    assistant = open_reading(args)
    ledger = assistant.ledger
    ledger.check()
    scope, counts, parties = ledger.scope(), ledger.counts(), ledger.parties()
    facts: dict[str, Any] = {
        "index": str(assistant.folder),
        **counts.to_dict(),
        "outlets": list(scope.outlets),
        "since": scope.since,
        "until": scope.until,
        "parties": len(parties),
        "claims": sum(count for _, count in parties),
        "other_languages": ledger.other_languages(),
        "models": ledger.manifest(),
    }
    if args.json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    days = f", {scope.since} to {scope.until}" if scope.since else ""
    print(f"index: {assistant.folder}")
    print(f"articles: {counts.articles} from {counts.files} files{days}")
    print(f"outlets: {', '.join(scope.outlets) or 'none named'}")
    if others := facts["other_languages"]:
        from rag.render import render_languages

        print(f"languages: {render_languages(others)}")
    print(f"claims: {facts['claims']} by {len(parties)} parties")
    print(f"earlier versions: {counts.versions}")
    print(f"reports in several articles: {counts.groups}, with {counts.copies} copies")
    print(f"problems: {counts.problems}" + (", listed by: python -m rag problems" if counts.problems else ""))
    print("made with: " + ", ".join(f"{key} {value}" for key, value in sorted(facts["models"].items())))
    if not counts.articles:
        print(f"nothing to ask about yet: python -m rag index PATH --index {assistant.folder}")
    return 0


def _problems(args: argparse.Namespace) -> int:
    problems = open_reading(args).ledger.problems()
    if args.json:
        print(json.dumps(to_plain(problems), ensure_ascii=False, indent=2))
        return 0
    for problem in problems:
        record = f", record {problem.record}" if problem.record else ""
        print(f"{problem.path}{record}: {problem.reason}")
    print(f"{len(problems)} problems")
    return 0


def _feedback(args: argparse.Namespace) -> int:
    given = open_reading(args).feedback()
    if args.json:
        print(json.dumps(to_plain(given), ensure_ascii=False, indent=2))
        return 0
    for one in given:
        when = datetime.fromtimestamp(one.given_at, UTC).strftime("%Y-%m-%d %H:%M")
        by = f", {one.reader}" if one.reader else ""
        print(f"{when} {one.verdict}{by}: {_line(one.question)}")
        if one.filters:
            print(f"  filters: {_line('; '.join(one.filters))}")
        if one.note:
            print(f"  note: {_line(one.note)}")
    good = sum(one.verdict == "up" for one in given)
    print(f"{len(given)} given: {good} up, {len(given) - good} down")
    return 0


def _line(text: str) -> str:
    """A reader's words in one line, without what a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _article(args: argparse.Namespace) -> int:
    assistant = open_reading(args)
    ledger = assistant.ledger
    article = assistant.checked.article(args.id)
    if article is None:
        raise StoreError(f"no article of this index has the id {args.id!r}")
    changes, group = ledger.changes_of(article.id), ledger.copies_of(article.id)
    assistant.checked.check([ref.id for ref in (group.origin, *group.copies)] if group else [])
    if args.json:
        facts = {
            "article": to_plain(article),
            "sources": ledger.sources_of(article.id),
            "versions": to_plain(ledger.versions_of(article.id)),
            "changes": to_plain(changes),
            "copies": to_plain(group),
        }
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    print(f"{article.title or article.id}\n{article.outlet or 'outlet not named'}, {article.published or 'no date'}")
    print(f"\n{article.text}")
    for change in changes:
        _print_change(change)
    if group:
        _print_copies(article, group, ledger)
    return 0


def _print_change(change: Change) -> None:
    before, after = (change.updated[at] or change.published[at] or "no date" for at in (0, 1))
    print(f"\n-- changed between the version of {before} and that of {after}:")
    if change.title:
        print(f"headline: {change.title[0]} -> {change.title[1]}")
    for text in change.removed:
        print(f"removed: {text}")
    for text in change.added:
        print(f"added: {text}")
    for old, new in change.changed:
        print(f"was: {old}\nnow: {new}")


def _print_copies(article: Article, group: Group, ledger: Ledger) -> None:
    from corpus.differences import compare_articles

    credits = f", credited to {', '.join(group.credits)}" if group.credits else ""
    print(f"\n-- the same report{credits}:")
    for ref in (group.origin, *group.copies):
        role = "first" if ref.id == group.origin.id else "copy"
        print(f"{role}: {ref.outlet or 'outlet not named'}, {ref.published or 'no date'}: {ref.title or ref.id}")
        other = ledger.article(ref.id)
        if other is None or ref.id == article.id:
            continue
        found = compare_articles(article, other)
        for span in found.lacking:
            print(f"  lacks: {span.of(article.text)}")
        for span in found.added:
            print(f"  adds: {span.of(other.text)}")
        if found.changed:
            print(f"  words {len(found.changed)} paragraphs differently")
