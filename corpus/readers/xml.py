"""XML files of news: which format one is in, by its first element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.fields import RawArticle
from corpus.limits import limits_in_force
from corpus.readers.feeds import read_feed
from corpus.readers.newsml import ITEMS, read_newsml
from corpus.readers.newsml1 import read_newsml1
from corpus.readers.nitf import read_nitf
from corpus.readers.opening import read_bytes
from corpus.readers.webpage import read_webpage
from corpus.readers.xml_tree import decode_xml, parse_xml, root_name
from corpus.types import Problem

FEEDS = frozenset({"rss", "feed", "RDF", "channel"})
NEWSML = frozenset({"newsItem", "newsMessage", "contentSet", "contentMeta", "groupSet", "itemSet", *ITEMS})
LISTS = {
    "urlset": "a sitemap, which lists addresses and holds no articles",
    "sitemapindex": "a list of sitemaps, which holds no articles",
    "opml": "a list of feeds, which holds no articles",
}
KNOWN = "RSS, Atom, NITF, NewsML-G2, NewsML 1 and XHTML"


def read_xml(path: Path) -> Iterator[RawArticle | Problem]:
    """The articles of an XML file. Raises UnreadableFile where it is of no known format, or not well-formed."""
    text = decode_xml(read_bytes(path, limit=limits_in_force().page_bytes))
    name = root_name(text)
    if name in FEEDS:
        yield from read_feed(text, path=str(path))
    elif name == "nitf":
        yield replace(read_nitf(parse_xml(text)), path=str(path))
    elif name in NEWSML:
        yield from read_newsml(parse_xml(text), path=str(path))
    elif name == "NewsML":
        yield from read_newsml1(parse_xml(text), path=str(path))
    elif name.lower() == "html":
        yield from read_webpage(path)
    elif name in LISTS:
        raise UnreadableFile(LISTS[name])
    elif name:
        raise UnreadableFile(f"XML of no known format of news, with <{name}> as its first element; known are {KNOWN}")
    else:
        raise UnreadableFile(f"not XML: it has no first element; known are {KNOWN}")
