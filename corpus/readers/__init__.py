"""Files in, articles out: one module a family of formats, and `read_file` over them all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.clean import body_of, clean_article
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.readers.json_records import read_json, read_json_lines
from corpus.readers.table import read_table
from corpus.readers.text import read_markdown, read_text
from corpus.readers.webpage import read_webpage
from corpus.types import Article, Problem

FEWEST_WORDS = 5  # below the headline; less is no article,
FEWEST_LETTERS = 60  # unless it is this long, in a language without spaces

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
}


def kind_of(path: Path) -> str | None:
    """The suffix in `KINDS` that a file's name has, also in front of .gz; None for other files."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in KINDS else None


def read_file(path: Path, *, root: Path | None = None) -> Iterator[Article | Problem]:
    """The articles of a file, cleaned, one by one, and a `Problem` for all that could not be read as one.

    An article without an id or URL of its own gets the file's path, below `root` where that is given, as its id.
    """
    kind = kind_of(path)
    if kind is None:
        yield Problem(path=str(path), reason=f"of no known kind; known are {' '.join(sorted(KINDS))}")
        return
    try:
        for raw in KINDS[kind](path):
            yield raw if isinstance(raw, Problem) else _article_of(raw, path=path, root=root)
    except UnreadableFile as error:
        yield Problem(path=str(path), reason=str(error))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Problem(path=str(path), reason=f"cannot be read: {reason}")


def _article_of(raw: RawArticle, *, path: Path, root: Path | None) -> Article | Problem:
    is_below = root is not None and path != root and path.is_relative_to(root)
    name = (path.relative_to(root) if root and is_below else path).as_posix()
    article = clean_article(raw, default_id=f"{name}#{raw.record}" if raw.record else name)
    body = body_of(article)
    words = len(body.split())
    if words < FEWEST_WORDS and len(body) < FEWEST_LETTERS:
        below = " below its title" if article.title else ""
        reason = f"too little text for an article: {words or 'no'} words{below}"
        return Problem(path=str(path), record=raw.record, reason=reason)
    return article
