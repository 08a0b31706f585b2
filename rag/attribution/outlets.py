"""Which names are those of the article's own outlet: by its metadata, by the site of its address, else by its id.

"bbc.co.uk" is the BBC, "nytimes.com" The New York Times, and "Vesta Sport" a desk of Vesta.
"""

from __future__ import annotations

import re

from corpus.types import Article
from rag.attribution.nouns import MEDIA

ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?=[/:?#]|$)", re.IGNORECASE)
SECOND_LEVEL = frozenset("co com org net ac gov edu".split())
"""What stands before a country's ending, as in "co.uk", and names no site."""
DESKS = frozenset(
    "sport sports business politics health travel style world money opinion investigations weather science technology "
    "tech entertainment culture español".split()
)


def is_outlet(name: str, article: Article) -> bool:
    """Whether a name is that of the article's own outlet or of a desk of it."""
    words = _words(name)
    if not words:
        return False
    return _is_own(words, article) or (len(words) > 1 and words[-1] in DESKS and _is_own(words[:-1], article))


def _is_own(words: list[str], article: Article) -> bool:
    outlet = _words(article.outlet or "")
    short = len(words) < len(outlet) and words[-1].capitalize() in MEDIA
    if outlet == words or (short and outlet[-len(words) :] == words):  # the Post, of The Elsin Post
        return True
    return bool({"".join(words), *_shortened(words)} & _sites(article))


def _shortened(words: list[str]) -> set[str]:
    """etimes and et, of the Elsin Times: names as addresses shorten them."""
    initials = "".join(word[0] for word in words)
    return {initials, initials[:-1] + words[-1]} if words[-1].capitalize() in MEDIA else set()


def _sites(article: Article) -> set[str]:
    """What the address of an article calls its site, with and without its ending."""
    found = ADDRESS.match(article.url or "") or ADDRESS.match(article.id)
    if found is None:
        return set()
    labels = found[1].lower().removeprefix("www.").split(".")
    ending = 2 if len(labels) > 2 and labels[-2] in SECOND_LEVEL else 1
    names = {labels[-ending - 1], "".join(labels[:-ending]), "".join(labels)}
    return {plain for name in names for plain in (re.sub(r"[^a-z0-9]", "", name), _bare(name))} - {""}


def _bare(site: str) -> str:
    return re.sub(r"[^a-z0-9]", "", site.removeprefix("the"))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’]s?\b|[.&]", "", name.lower()).removeprefix("the "))
