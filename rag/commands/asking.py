"""ask, claims, extract, serve, user: the commands that answer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from corpus.errors import CorpusError
from rag.commands.opening import AddCommand, open_reading, print_markdown, settings_of
from rag.types import Answer, Stance

if TYPE_CHECKING:
    from corpus.limits import Limits
    from corpus.types import Article


def add_commands(add: AddCommand) -> None:
    sub = add("ask", _ask, "Ask a question.")
    sub.add_argument("question", metavar="QUESTION")
    sub.add_argument("--outlet", action="append", metavar="NAME", help="search this outlet only (may be repeated)")
    sub.add_argument(
        "--party", action="append", metavar="NAME", help="show claims of this party only (may be repeated)"
    )
    sub.add_argument("--since", metavar="YYYY-MM-DD")
    sub.add_argument("--until", metavar="YYYY-MM-DD")
    sub.add_argument("--json", action="store_true", help="print the answer as JSON")

    _add_model(sub)

    sub = add("compare", _compare, "Show what parties say on a topic, side by side.")
    sub.add_argument("parties", nargs="+", metavar="PARTY", help="two names or more")
    sub.add_argument("--about", default="", metavar="TOPIC")
    sub.add_argument("--json", action="store_true", help="print the answer as JSON")
    _add_model(sub)

    sub = add("timeline", _timeline, "Show what is said on a topic, in the order of the articles' dates.")
    sub.add_argument("about", metavar="TOPIC")
    sub.add_argument("--json", action="store_true", help="print the answer as JSON")
    _add_model(sub)

    sub = add("claims", _claims, "List claims.")
    sub.add_argument("--party", metavar="NAME")
    sub.add_argument("--about", metavar="TOPIC")
    sub.add_argument("--stance", choices=get_args(Stance))
    form = sub.add_mutually_exclusive_group()
    for name in ("json", "csv", "jsonld"):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name)

    sub = add("extract", _extract, "Show the claims in a file, read and cleaned as index does, without an index.")
    sub.add_argument(
        "file", metavar="FILE", help="a file of any kind that index reads, or - for text on standard input"
    )
    sub.add_argument("--json", action="store_true", help="print the claims as JSON")

    sub = add("serve", _serve, "Start the web chat.")
    sub.add_argument("--host", help="address to listen on")
    sub.add_argument("--port", type=int, help="port to listen on")
    sub.add_argument("--auth", metavar="FILE", help="users who may log in; needed where other machines can reach it")
    sub.add_argument(
        "--allowed-host", action="append", metavar="NAME", help="a further name it is reached by (may be repeated)"
    )
    sub.add_argument("--allow-upload", action="store_true", default=None, help="let readers add articles")
    sub.add_argument("--metrics", action="store_true", default=None, help="add /metrics (Prometheus)")
    _add_model(sub)

    sub = add("user", _user, "Add a user of the web chat, or change a password.")
    sub.add_argument("name", metavar="NAME")
    sub.add_argument("--auth", metavar="FILE", default="users.toml", help="the file of users (users.toml)")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--llm", metavar="PROVIDER:NAME", help="a language model that words the answer; checked")
    parser.add_argument("--llm-base-url", metavar="URL", help="a server of your own that speaks the OpenAI protocol")
    parser.add_argument("--llm-timeout", type=float, metavar="SECONDS")


def _ask(args: argparse.Namespace) -> int:
    answer = open_reading(args).ask(
        args.question, outlets=args.outlet, parties=args.party, since=args.since, until=args.until
    )
    return _show(answer, as_json=args.json)


def _compare(args: argparse.Namespace) -> int:
    return _show(open_reading(args).compare(args.parties, args.about), as_json=args.json)


def _timeline(args: argparse.Namespace) -> int:
    return _show(open_reading(args).timeline(args.about), as_json=args.json)


def _show(answer: Answer, *, as_json: bool) -> int:
    from rag.render import render_json, render_markdown

    if as_json:
        print(render_json(answer))
    else:
        print_markdown(render_markdown(answer))
    return 0


def _claims(args: argparse.Namespace) -> int:
    from rag.render import render_csv, render_json, render_jsonld

    assistant = open_reading(args)
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

        print_markdown(render_claims(claims, article_of=articles.get))
    return 0


def _extract(args: argparse.Namespace) -> int:
    from rag.attribution import claims_of, load_extractor
    from rag.render import render_claims, render_json

    settings = settings_of(args)
    found = list(_articles_in(args.file, limits=settings.limits))
    extractor = load_extractor(settings.attribution)
    claims = [claim for article in found for claim in claims_of(article, extractor=extractor)]
    if args.json:
        print(render_json(claims))
    else:
        print_markdown(render_claims(claims, article_of=lambda _: None))
    return 0


def _articles_in(name: str, *, limits: Limits) -> Iterator[Article]:
    """The articles of a file, as `index` reads it; of a plain text also what is too short for `index`.

    Raises CorpusError where there is none; what else could not be read is told.
    """
    from corpus.readers import kind_of
    from corpus.readers.isolation import open_reader
    from corpus.types import Article

    path = Path(name)
    if name == "-" or kind_of(path) is None or path.suffix.lower() == ".txt":
        yield _plain_article(name)
        return
    if not path.is_file():
        raise CorpusError(f"cannot read {name}: there is no such file")
    is_empty, failed = True, []
    with open_reader(limits=limits) as reader:
        for item in reader.read(path):
            if isinstance(item, Article):
                is_empty = False
                yield item
            else:
                failed.append(f"{item.path}{f', record {item.record}' if item.record else ''}: {item.reason}")
    if is_empty:
        raise CorpusError(failed[0] if failed else f"no articles in {name}")
    for line in failed:
        print(f"note: {line}", file=sys.stderr)


def _plain_article(name: str) -> Article:
    from corpus.clean import clean_article
    from corpus.errors import UnreadableFile
    from corpus.readers.opening import decode
    from corpus.readers.text import text_article

    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return clean_article(text_article(decode(raw)), default_id=name)
    except OSError as error:
        raise CorpusError(f"cannot read {name}: {error.strerror or error}") from error
    except UnreadableFile as error:
        raise CorpusError(f"cannot read {name}: it {error}") from error


def _user(args: argparse.Namespace) -> int:
    from getpass import getpass

    from rag.errors import SettingsError
    from rag.web.access import write_user

    if sys.stdin.isatty():
        password = getpass(f"Password of {args.name}: ")
        if password != getpass("The same again: "):
            raise SettingsError("the two passwords differ: nothing was changed")
    else:
        password = sys.stdin.readline().rstrip("\n")
    write_user(Path(args.auth), args.name, password)
    print(f"{args.name} may log in; use it with: python -m rag serve --auth {args.auth}")
    return 0


def _serve(args: argparse.Namespace) -> int:
    from rag.web import serve

    serve(settings_of(args), named=bool(args.index))
    return 0
