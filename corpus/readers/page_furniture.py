"""The furniture of a web page, known by its roles, class words and links, taken out before the body is looked for.

Only words that name a role on any site count. Whatever they say, an element that holds the headline or a good part of
the page's prose is kept: "has-newsletter" may be a class of the whole article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from corpus.furniture import announces_teasers

LARGEST_SHARE = 0.3  # of the page's prose: an element with more is no furniture
LETTERS_TO_A_LINK = 300  # at most, in a box of teasers
MOST_LINKED_WORDS = 40  # of a paragraph that is nothing but links

_TAGS = frozenset("nav aside form button select dialog iframe footer menu figcaption noscript template".split())
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_ROLES = frozenset("navigation complementary search contentinfo dialog alertdialog menu menubar toolbar".split())
_LONGEST_NAME = 60  # characters of a data attribute that may be a name

# As they stand in class names, with a hyphen for any break: "authorBio", "author_bio" and "author-bio" are one.
_COMMENTS = "comments?|disqus|discussions?|conversations?|replies|reply"
_FURNITURE = "|".join(
    (
        "newsletters? promos? promoted promotions? adverts? advertisements? advertising ads? sponsored sponsors? "
        "taboola outbrain shar(?:e|es|ing) social sharebar bookmarks? breadcrumbs? related recirc recirculation "
        "recommended recommendations? trending most-(?:read|popular|viewed|shared|recent) popular "
        "read-(?:more|next|also) more-(?:from|on|stories|news|articles|like-this) also-(?:read|like) up-next "
        "next-(?:up|story|article) teasers? see-also dont-miss captions? (?:photo|image|picture|media)-credits? "
        "author-(?:bio|box|card|info|content|details?|description|profile|about|meta|block|text) "
        "about-(?:the-)?authors? article-authors? bios? biography bylines? contributors? "
        "sign-?ups? subscribe subscriptions? follow follow-us toolbars? tag-?list (?:post|article)-tags keywords? "
        "cookies? consent gdpr modal lightbox popup pop-up callouts? (?:external-)?link-embed rich-link "
        "inline-(?:links?|story|stories) (?:page|site)-(?:footer|header) skip-links? copyright "
        "disclaimers? print-only donat(?:e|ion)s? membership visually-hidden sr-only screen-reader-text"
    ).split()
)
_COMMENT_NAME = re.compile(rf"(?:^|-)(?:{_COMMENTS})(?:-|$)")
_FURNITURE_NAME = re.compile(rf"(?:^|-)(?:{_FURNITURE})(?:-|$)")
_BREAK = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])", re.ASCII)
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*\s*\Z")
_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*50%)", re.IGNORECASE
)
_LABEL = re.compile(r"[^:.!?]{2,40}:\s*")


def prune_furniture(tree: Any) -> None:
    """Take out of a page, in place, what its markup names as furniture, and paragraphs that only link elsewhere."""
    headed = {element for heading in tree.iter("h1") for element in (heading, *heading.iterancestors())}
    for named in (_COMMENT_NAME, _FURNITURE_NAME):
        prose = _prose(tree)
        most = LARGEST_SHARE * prose[tree]
        for element in list(tree.iter()):
            if not isinstance(element.tag, str) or element in headed or prose.get(element, 0) > most:
                continue
            if _is_named(element, named):
                _drop(element)
    for paragraph in list(tree.iter("p")):
        if is_teaser(paragraph):
            _drop(paragraph)
    for heading in list(tree.iter(*_HEADINGS)):
        if announces_teasers(_text(heading)):
            _drop_box(heading, prose=prose, most=most)


def _drop_box(heading: Any, *, prose: dict[Any, int], most: float) -> None:
    """Take out the box that a heading such as "Most read" stands at the head of, where it is full of links."""
    box = None
    for above in heading.iterancestors():
        text = _text(above)
        if prose.get(above, 0) > most or not text.startswith(_text(heading)):
            break
        if len(text) <= LETTERS_TO_A_LINK * sum(1 for _ in above.iter("a")):
            box = above
    if box is not None:
        _drop(box)


def is_teaser(paragraph: Any) -> bool:
    """Whether a paragraph is nothing but a link that is no sentence, or a label with a colon and a link."""
    text = _text(paragraph)
    linked = " ".join(map(_text, paragraph.iter("a")))
    if not linked or len(text.split()) > MOST_LINKED_WORDS:
        return False
    if text == linked:
        return not _SENTENCE_END.search(text)
    label = _LABEL.match(text)
    return label is not None and text[label.end() :].startswith(linked) and len(text) - label.end() - len(linked) < 3


def _is_named(element: Any, names: re.Pattern[str]) -> bool:
    if names is _FURNITURE_NAME and (element.tag in _TAGS or element.get("role") in _ROLES):
        return True
    return any(map(names.search, names_of(element))) or is_hidden(element)


def names_of(element: Any) -> Iterator[str]:
    """What an element's classes, id and data attributes call it, in small letters with hyphens."""
    for attribute, value in element.items():
        is_data = attribute.startswith("data-") and len(value) <= _LONGEST_NAME and " " not in value
        if value and (is_data or attribute in {"class", "id", "itemprop"}):
            yield from _folded(value)


def is_hidden(element: Any) -> bool:
    """Whether the page's own markup hides an element from those who see it."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDING.search(style))


@lru_cache(maxsize=4096)
def _folded(value: str) -> tuple[str, ...]:
    return tuple("-".join(filter(None, _BREAK.split(name))).lower() for name in value.split())


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _prose(tree: Any) -> dict[Any, int]:
    """For each element, the letters in it that are outside links, scripts and styles."""
    prose: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):  # children before parents
        if not isinstance(element.tag, str) or element.tag in {"a", "script", "style", "head"}:
            continue
        own = len("".join((element.text or "").split()))
        prose[element] = own + sum(prose.get(child, 0) + len("".join((child.tail or "").split())) for child in element)
    return prose


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        if element.tail and element.tail.strip():
            element.drop_tree()
        else:
            parent.remove(element)
