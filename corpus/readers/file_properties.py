"""What PDF and Word files say about themselves, as far as it is about the article and not about the program."""

from __future__ import annotations

import re

from corpus.clean import clean_line

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxp|qxd|rtf|odt|pages|txt|html?|pptx?|xlsx?|tmp|ps|eps|tif|jpe?g)\b", re.I
)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|unbenannt.*|sans titre.*|document\s?\d*|dokument\s?\d*|"
    r"layout \d+|print(?:ing)?(?: .*)?|scan(?:ned)?\b.*|slide \d+|page \d+|title|null|none|about:blank|https?://.*)",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"(?:.*\b(?:user|admin(?:istrator)?|owner|desktop|scanner|printer|office|acrobat|adobe|microsoft|apache|python-docx|"
    r"libreoffice|word|unknown|anonymous|author|root|guest)\b.*)",
    re.IGNORECASE,
)


def sensible_title(value: object) -> str:
    """A title that a person gave; empty for the name of a file and what programs write where there is none."""
    title = clean_line(str(value or ""))
    is_named = len(title.split()) > 1 or (len(title) > 8 and not title.isascii())  # languages without spaces
    if not is_named or _FILE_NAME.search(title) or _NO_TITLE.fullmatch(title) or "_" in title:
        return ""
    return title


def sensible_author(value: object) -> str:
    """The name of a person, first and last; empty for a login's, a program's and an office's."""
    name = clean_line(str(value or ""))
    words = name.split()
    is_name = 2 <= len(words) <= 6 and all(word[:1].isalpha() for word in words) and any(map(str.isupper, name))
    return name if is_name and not _NO_PERSON.fullmatch(name) and not re.search(r"[@\d_/\\]", name) else ""
