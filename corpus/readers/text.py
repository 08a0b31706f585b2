"""Plain text and Markdown: one article a file, with its metadata in header lines or front matter where it has any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.clean import clean_characters, clean_line
from corpus.fields import AUTHORS, OUTLET, PUBLISHED, TITLE, URL, RawArticle, read_fields
from corpus.page_copy import find_copied_article
from corpus.readers.markdown import first_heading, plain_text
from corpus.readers.opening import decode, read_bytes

LARGEST_TEXT = 20_000_000  # bytes
LONGEST_TITLE = 200  # characters

_FRONT_MATTER = re.compile(r"\A\s*---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_HEADER = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{1,20}):[ \t]*(\S.*)")
_HEADER_NAMES = frozenset({*TITLE, *URL, *OUTLET, *AUTHORS, *PUBLISHED})
# Alone above the text, "Source: ..." may as well be a headline.
_SURE_ALONE = frozenset({"outlet", "url", "date", "published", "author", "authors", "byline", "title", "headline"})


def read_text(path: Path) -> Iterator[RawArticle]:
    """The article of a .txt file."""
    yield replace(text_article(_load(path)), path=str(path))


def text_article(text: str) -> RawArticle:
    """The article in a plain text."""
    fields, body = _split_metadata(clean_characters(text))
    raw = read_fields({**fields, "text": body})
    copied = None if fields else find_copied_article(body.splitlines())
    if copied:
        raw, body = replace(raw, title=copied.title), "\n\n".join(copied.lines)
    elif not raw.title:
        title, body = split_title(body)
        raw = replace(raw, title=title)
    return replace(raw, text=body)


def read_markdown(path: Path) -> Iterator[RawArticle]:
    """The article of a .md file, as plain text."""
    fields, body = _split_metadata(_load(path))
    raw = read_fields({**fields, "text": body})
    title, rest = first_heading(body)
    body = plain_text(rest if title else body)
    if not title and not raw.title:
        title, body = split_title(body)
    yield replace(raw, title=raw.title or plain_text(title), text=body, path=str(path))


def _load(path: Path) -> str:
    return clean_characters(decode(read_bytes(path, limit=LARGEST_TEXT)))


def _split_metadata(text: str) -> tuple[dict[str, object], str]:
    """Front matter, or a first block of nothing but header lines; and the text below."""
    if front := _FRONT_MATTER.match(text):
        return _read_pairs(front[1]), text[front.end() :]
    block, _, rest = text.lstrip().partition("\n\n")
    lines = block.splitlines()
    headers = [match for line in lines if (match := _HEADER.fullmatch(line.rstrip()))]
    names = [re.sub(r"[\W_]+", "", match[1].lower()) for match in headers]
    all_known = bool(lines) and len(headers) == len(lines) and all(name in _HEADER_NAMES for name in names)
    if rest.strip() and all_known and (len(names) > 1 or names[0] in _SURE_ALONE):
        return dict(zip(names, (match[2].strip() for match in headers), strict=True)), rest
    return {}, text


def _read_pairs(block: str) -> dict[str, object]:
    """The `name: value` lines of front matter; a list in brackets or in lines with a dash below its name."""
    fields: dict[str, object] = {}
    name = ""
    for line in block.splitlines():
        if item := re.fullmatch(r"\s*-\s+(.*)", line):
            earlier = fields.get(name)
            fields[name] = [*(earlier if isinstance(earlier, list) else []), _unquoted(item[1])]
        elif pair := re.fullmatch(r"([\w .-]+?)\s*:\s*(.*)", line):
            name, value = pair[1], pair[2].strip()
            is_list = value[:1] == "[" and value[-1:] == "]"
            fields[name] = [_unquoted(item) for item in value[1:-1].split(",")] if is_list else _unquoted(value)
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def split_title(text: str) -> tuple[str, str]:
    """The first line where it is a title, and the text below it; else no title, and the text."""
    first, _, rest = text.strip().partition("\n")
    title = clean_line(first)
    following = clean_line(rest.strip().partition("\n")[0])
    if not rest.strip() or len(title) > LONGEST_TITLE:
        return "", text
    is_repeated = following.casefold() == title.casefold()
    stands_alone = rest.startswith("\n") or rest.split("\n", 1)[0].strip() == ""
    return (title, rest) if is_repeated or (stands_alone and _looks_like_title(title)) else ("", text)


def _looks_like_title(line: str) -> bool:
    if re.match(r"by\s+[A-Z]", line, re.IGNORECASE) and len(line.split()) <= 6:
        return False  # a byline
    ends_open = line.endswith((",", ";", ":", "—", "–", "-"))
    ends_sentence = re.search(r"[.…][\"'”’»)\]]*\Z", line) and not re.search(r"(?:\b[A-Z]\.){2,}\Z", line)
    return bool(re.search(r"\w", line)) and not ends_open and not ends_sentence
