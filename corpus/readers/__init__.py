"""Files in, articles out: one module a family of formats, and `read_file` over them all."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from corpus.clean import body_of, clean_article
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.limits import Limits, limits_in_force, over_limit, under_limits
from corpus.readers.archives import tar_members, zip_members
from corpus.readers.containers import Budget, Mark, Member, Place, Skipped, unpack
from corpus.readers.faults import said
from corpus.readers.json_records import read_json, read_json_lines
from corpus.readers.mail import read_mailbox, read_message
from corpus.readers.members import Found, Unpacked, unpack_members
from corpus.readers.opening import DAMAGED_PACKING, PACKINGS, open_bytes
from corpus.readers.parquet import read_parquet
from corpus.readers.pdf import read_pdf
from corpus.readers.records import NO_MAPPING
from corpus.readers.table import read_table
from corpus.readers.text import read_markdown, read_text
from corpus.readers.warc import warc_members
from corpus.readers.webpage import read_webpage
from corpus.readers.word import read_word
from corpus.readers.xml import read_xml
from corpus.types import Article, Problem

FEWEST_WORDS = 5  # below the headline; less is no article,
FEWEST_LETTERS = 60  # unless it is this long, in a language without spaces
OWN_FAULT = "could not be read, by a fault of this program"

Reader = Callable[[Path], Iterator[RawArticle | Problem]]
KINDS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".parquet": read_parquet,
    ".jsonld": read_json,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".rdf": read_xml,
    ".nitf": read_xml,
    ".newsml": read_xml,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".eml": read_message,
    ".mbox": read_mailbox,
}
CONTAINERS: dict[str, Callable[[Path], Iterator[Member]]] = {
    ".zip": zip_members,
    ".tar": tar_members,
    ".tgz": tar_members,
    ".tbz2": tar_members,
    ".txz": tar_members,
    ".warc": warc_members,
}
MAPPED = frozenset({".json", ".jsonld", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})
"""The kinds whose columns can be mapped to fields: their readers take `mapping`."""

STREAMED = frozenset({".txt", ".md", ".html", ".htm", *MAPPED, *CONTAINERS}) - {".parquet", ".zip"}
"""The kinds whose readers unpack .gz, .bz2 and .xz as they read; for others the file is unpacked first."""

_ABOUT = re.compile(r"(?:sources|readme)\.(?:md|txt)|licen[cs]e.*", re.IGNORECASE)
_log = logging.getLogger(__name__)


def kind_of(path: Path | PurePosixPath) -> str | None:
    """The suffix of a known kind that a file's name has, also in front of .gz, .bz2 or .xz; None for other files."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in PACKINGS:
        suffixes.pop()
    return suffixes[-1] if suffixes and (suffixes[-1] in KINDS or suffixes[-1] in CONTAINERS) else None


def known_kinds() -> str:
    """The kinds of files that can be read, for messages."""
    return " ".join(sorted({*KINDS, *CONTAINERS})) + ", and these with .gz, .bz2 or .xz"


def is_no_article(name: str) -> bool:
    """Whether the name of a file says that it is hidden, or about its folder: README.md, SOURCES.md, LICENSE."""
    return name.startswith(".") or name == "__MACOSX" or _ABOUT.fullmatch(name) is not None


def read_file(
    path: Path, *, root: Path | None = None, mapping: Mapping[str, str] = NO_MAPPING, limits: Limits | None = None
) -> Iterator[Article | Problem]:
    """The articles of a file, cleaned, one by one, and a `Problem` for all that could not be read as one.

    An article without an id or URL of its own gets the file's path, below `root` where that is given, as its id.
    `mapping` gives the columns of a table, or the fields of JSON, by the field of an article that they hold. The limits
    `seconds` and `memory` are kept by `corpus.readers.isolation`, which reads in a child process, and not here.
    """
    for item in read_here(path, root=root, mapping=mapping, limits=limits):
        if isinstance(item, Skipped):
            _log.info("%s", item)
        elif not isinstance(item, Mark):
            yield item


def read_here(
    path: Path, *, root: Path | None = None, mapping: Mapping[str, str] = NO_MAPPING, limits: Limits | None = None
) -> Iterator[Article | Problem | Mark | Skipped]:
    """As `read_file`, with marks, and with what was left out of archives."""
    try:
        yield from read_marked(path, root=root, mapping=mapping, limits=limits)
    except MemoryError:
        yield Problem(path=str(path), reason="takes too much memory: read it in a child process, or split it")


def read_marked(
    path: Path,
    *,
    root: Path | None = None,
    mapping: Mapping[str, str] = NO_MAPPING,
    limits: Limits | None = None,
    after: tuple[int, ...] = (),
) -> Iterator[Article | Problem | Mark | Skipped]:
    """As `read_file`, with a mark before each member of an archive, from which `after` goes on with the next.

    Raises MemoryError, after which nothing in this process can be relied on.
    """
    items = _read_articles(path, root=root, mapping=mapping, after=after)
    return under_limits(items, limits=limits or limits_in_force())


def _read_articles(
    path: Path, *, root: Path | None, mapping: Mapping[str, str], after: tuple[int, ...]
) -> Generator[Article | Problem | Mark | Skipped, None, None]:
    kind = kind_of(path)
    if kind is None:
        yield Problem(path=str(path), reason=f"of no known kind; known are {known_kinds()}")
        return
    for item in _read(_Source(path=path, kind=kind, place=Place(shown=str(path), after=after), mapping=mapping)):
        yield _article_of(item, path=path, root=root) if isinstance(item, RawArticle) else item


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Something to read: the file with its bytes, its kind, and where it lies, in a container or not."""

    path: Path
    kind: str
    place: Place
    mapping: Mapping[str, str]
    budget: Budget | None = None


def _read(source: _Source) -> Iterator[Found]:
    try:
        if source.path.suffix.lower() in PACKINGS and source.kind not in STREAMED:
            yield from _read_unpacked(source)
        elif source.kind in CONTAINERS:
            yield from _read_members(source)
        else:
            yield from _read_records(source)
    except UnreadableFile as error:
        yield Problem(path=source.place.shown, reason=str(error))
    except (OSError, *DAMAGED_PACKING) as error:
        reason = getattr(error, "strerror", None) or said(error)
        yield Problem(path=source.place.shown, reason=f"cannot be read: {reason}")
    except MemoryError:  # for whoever can start anew
        raise
    except RecursionError:
        yield Problem(path=source.place.shown, reason="nested too deep to be read")
    except Exception as error:  # one file must not cost the others, whatever its parser is not prepared for
        _log.warning("%s: %s", source.place.shown, OWN_FAULT, exc_info=True)
        yield Problem(path=source.place.shown, reason=f"{OWN_FAULT}: {type(error).__name__}: {said(error)}")


def _read_records(source: _Source) -> Iterator[RawArticle | Problem]:
    """Read a file that is no container."""
    reader: Callable[..., Iterator[RawArticle | Problem]] = KINDS[source.kind]
    options = {"mapping": source.mapping} if source.kind in MAPPED else {}
    is_empty = True
    for item in reader(source.path, **options):
        is_empty = False
        yield replace(item, path=source.place.shown)
    if is_empty:
        raise UnreadableFile("no articles in it: it is empty")


def _read_unpacked(source: _Source) -> Iterator[Found]:
    """Read what a packed file holds, unpacked into the temporary folder."""
    with TemporaryDirectory(prefix="attest-") as folder:
        plain = Path(folder, f"unpacked{source.kind}")
        packed = Member(open=lambda: open_bytes(source.path))
        for _ in unpack(packed, plain, budget=Budget(packed=source.path.stat().st_size)):
            yield source.place.mark()
        yield from _read(replace(source, path=plain))


def _read_members(source: _Source) -> Iterator[Found]:
    """Read the members of a container, each unpacked alone."""
    if len(source.place.position) >= limits_in_force().nesting:
        raise over_limit("an archive in an archive too deep: unpack the outer one", limit="nesting")
    budget = source.budget or Budget(packed=source.path.stat().st_size)
    members = CONTAINERS[source.kind](source.path)
    with TemporaryDirectory(prefix="attest-") as folder:
        for item in unpack_members(
            members, place=source.place, folder=Path(folder), budget=budget, kind_of=_member_kind
        ):
            if isinstance(item, Unpacked):
                inner = replace(source, path=item.path, kind=item.kind, place=item.place, budget=budget)
                yield from map(item.finish, _read(inner))
            else:
                yield item


def _member_kind(name: PurePosixPath) -> str | None:
    return None if any(map(is_no_article, name.parts)) else kind_of(name)


def _article_of(raw: RawArticle, *, path: Path, root: Path | None) -> Article | Problem:
    is_below = root is not None and path != root and path.is_relative_to(root)
    member = (raw.path or "").removeprefix(str(path))  # "!/folder/page.html" in an archive
    name = (path.relative_to(root) if root and is_below else path).as_posix() + member
    article = clean_article(raw, default_id=f"{name}#{raw.record}" if raw.record else name)
    body = body_of(article)
    words = len(body.split())
    if words < FEWEST_WORDS and len(body) < FEWEST_LETTERS:
        below = " below its title" if article.title else ""
        reason = f"too little text for an article: {words or 'no'} words{below}"
        return Problem(path=raw.path or str(path), record=raw.record, reason=reason)
    return article
