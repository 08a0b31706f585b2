"""From an article as its file gave it to the text that everything after counts in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise, takewhile

from corpus.fields import RawArticle
from corpus.furniture import drop_furniture
from corpus.language import language_of
from corpus.types import Article, Span

WIDEST_WRAP = 130  # characters: longer lines were not broken to fit a page

_C1 = {0x80 + i: bytes([0x80 + i]).decode("cp1252", errors="ignore") for i in range(0x20)}
_INVISIBLE = [
    0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, 0xFFFE, 0xFFFF,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC),
    *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), *range(0xE0000, 0xE0080),
]  # fmt: skip
_SPACES = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, *range(0x1C, 0x20)]
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), 0x7F, *_INVISIBLE], None),
    **dict.fromkeys(_SPACES, " "),
    # Windows-1252 read as Latin-1: its quotation marks fall among the C1 controls (so WHATWG's Encoding Standard)
    **_C1,
    0x09: "    ", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x2028: "\n", 0x2029: "\n\n",
}  # fmt: skip
_TO_CLEAN = re.compile(f"[^ -~\n{re.escape('’‘“”–—…')}]")

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"(?:[-–—*•·►●▪]|\d{1,3}[.)])\s")


def clean_article(raw: RawArticle, *, default_id: str | None = None) -> Article:
    """Clean an article: Unicode, line breaks, a repeated headline, furniture.

    Where the text begins with its title (but for case, punctuation and white space), the text's own wording is the
    headline and repeats of it go; elsewhere the title is put in front. The id is the file's own, else the URL, else
    `default_id`, else where the article was read.
    """
    title = clean_line(raw.title)
    repeats, paragraphs = _split_repeats(clean_paragraphs(raw.text), title=title)
    later, paragraphs = _split_repeats(drop_furniture(paragraphs), title=title)
    headline = [*repeats, *later, title][0]
    text = "\n\n".join([headline, *paragraphs] if headline else paragraphs)
    url, outlet = clean_line(raw.url or ""), clean_line(raw.outlet or "")
    place = f"{raw.path}#{raw.record}" if raw.record else raw.path
    return Article(
        id=clean_line(raw.id or "") or url or default_id or place or title,
        text=text,
        title=title,
        headline=Span(0, len(headline)) if headline else None,
        outlet=outlet or None,
        authors=tuple(name for author in raw.authors if (name := clean_line(author))),
        published=raw.published,
        updated=raw.updated,
        url=url or None,
        language=language_of(text, said=raw.language),
        section=clean_line(raw.section or "") or None,
        agency=clean_line(raw.agency or "") or None,
        copyright=clean_line(raw.copyright or "") or None,
        is_summary=raw.is_summary,
        provenance=raw.provenance,
        path=raw.path,
        record=raw.record,
    )


def body_of(article: Article) -> str:
    """The text below the headline."""
    return article.text[article.headline.end :].strip() if article.headline else article.text


def clean_characters(text: str) -> str:
    """NFC, with line ends as \\n, odd spaces as spaces, and nothing invisible; all else letter for letter."""
    text = text.replace("\r\n", "\n")
    if _TO_CLEAN.search(text):
        text = unicodedata.normalize("NFC", text.translate(_CHARACTERS))
    return text


def clean_line(text: str) -> str:
    """Clean text as one line."""
    return " ".join(clean_characters(text).split())


def clean_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line. Lines that were only broken to fit a page are joined again."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", clean_characters(text).rstrip())]
    width = _wrap_width(blocks)
    joined = [line for block in blocks for line in _join_lines(block, width=width)]
    return [paragraph for line in joined if (paragraph := " ".join(line.split()))]


def _wrap_width(blocks: Sequence[Sequence[str]]) -> int | None:
    """The width that lines were broken to, None where they were not.

    In wrapped text most lines end in the middle of a sentence, and are so full that the next word did not fit.
    """
    breaks = [(a.rstrip(), b.strip()) for block in blocks for a, b in pairwise(block)]
    width = max((len(line.rstrip()) for block in blocks for line in block if len(block) > 1), default=0)
    if not breaks or not 40 <= width <= WIDEST_WRAP:
        return None
    open_ended = sum(not _SENTENCE_END.search(a) for a, _ in breaks)
    full = sum(_is_full(a, b, width=width) for a, b in breaks)
    return width if open_ended >= len(breaks) / 2 and full >= 0.6 * len(breaks) else None


def _is_full(line: str, following: str, *, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > 0.85 * width


def _join_lines(lines: Sequence[str], *, width: int | None) -> list[str]:
    joined = [lines[0].rstrip()]
    last = joined[0]
    for line in lines[1:]:
        following = line.strip()
        ends = bool(_SENTENCE_END.search(last.rstrip()))
        if width is None:
            goes_on = following[:1].islower() and not ends
        else:
            indented = line.startswith("  ") and not last.startswith("  ")
            goes_on = (
                not indented and not _BULLET.match(following) and (not ends or _is_full(last, following, width=width))
            )
        if goes_on:
            joined[-1] = f"{joined[-1]} {following}"
        else:
            joined.append(line)
        last = line.rstrip()
    return joined


def _split_repeats(paragraphs: list[str], *, title: str) -> tuple[list[str], list[str]]:
    """The first paragraphs as far as they repeat the title, and the rest."""
    repeats = list(takewhile(lambda paragraph: _same_words(paragraph, title), paragraphs))
    return repeats, paragraphs[len(repeats) :]


def _same_words(a: str, b: str) -> bool:
    return _words(a) == _words(b)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()) or [text]
