"""Bylines of agency copy: people, and the agencies whose names stand among theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.fields import read_authors

# What a byline begins with and what stands between two names, by language: "De" or "Av" may be part of a name in others
_WORDS = {
    "da": ("af", "og"), "de": ("von", "und"), "en": ("by", "and"), "es": ("por", "y"), "fr": ("par", "et"),
    "it": ("di", "e"), "nb": ("av", "og"), "nl": ("door", "en"), "nn": ("av", "og"), "no": ("av", "og"),
    "pt": ("por", "e"), "sv": ("av", "och"),
}  # fmt: skip
_INITIALS = re.compile(r"[A-Z]{2,5}")


def read_credits(
    byline: str, *, language: str | None, organisations: Iterable[str]
) -> tuple[tuple[str, ...], str | None]:
    """The authors that a byline names, and the agency: "Von Ada Wick, dpa" is by ("Ada Wick",) for "dpa".

    An agency is one of the `organisations` that the document names elsewhere, or initials behind a slash.
    """
    line = " ".join(byline.split())
    by, conjunction = _WORDS.get((language or "en").partition("-")[0], _WORDS["en"])
    line = re.sub(rf"^{by}:?\s+", "", line, flags=re.IGNORECASE)
    parts = line.split(f" {conjunction} ")
    if all(len(part.split()) > 1 for part in parts):  # "Ortega y Gasset" is one
        line = "; ".join(parts)
    known = {name.casefold() for name in organisations}
    agencies: list[str] = []
    names: list[str] = []
    for author in read_authors(line):
        person, separator, last = (part.strip() for part in _split_last(author))
        if author.casefold() in known:
            agencies.append(author)
        elif separator and (last.casefold() in known or (separator == "/" and _INITIALS.fullmatch(last))):
            names.append(person)
            agencies.append(last)
        else:
            names.append(author)
    return tuple(dict.fromkeys(names)), "/".join(dict.fromkeys(agencies)) or None


def _split_last(author: str) -> tuple[str, str, str]:
    """A name before its last slash or comma, that sign, and what follows it."""
    match = re.fullmatch(r"(.+?)\s*([/,])\s*([^/,]+)", author)
    return (match[1], match[2], match[3]) if match else (author, "", "")
