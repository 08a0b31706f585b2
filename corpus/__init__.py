"""Articles in: files and folders of news articles to cleaned text, sentences and passages with exact spans."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.chunk import chunk_article
    from corpus.clean import clean_article
    from corpus.errors import CorpusError, NoSuchPath, NothingToRead, UnreadableFile
    from corpus.fields import RawArticle
    from corpus.find import find_files
    from corpus.readers import read_file
    from corpus.sentences import split_paragraphs, split_sentences
    from corpus.types import Article, Passage, Problem, Span

__all__ = [
    "Article",
    "CorpusError",
    "NoSuchPath",
    "NothingToRead",
    "Passage",
    "Problem",
    "RawArticle",
    "Span",
    "UnreadableFile",
    "chunk_article",
    "clean_article",
    "find_files",
    "read_file",
    "split_paragraphs",
    "split_sentences",
]

_HOMES = {
    "corpus.chunk": ("chunk_article",),
    "corpus.clean": ("clean_article",),
    "corpus.errors": ("CorpusError", "NoSuchPath", "NothingToRead", "UnreadableFile"),
    "corpus.fields": ("RawArticle",),
    "corpus.find": ("find_files",),
    "corpus.readers": ("read_file",),
    "corpus.sentences": ("split_paragraphs", "split_sentences"),
    "corpus.types": ("Article", "Passage", "Problem", "Span"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """The public names, when they are first asked for: whoever needs the types alone loads no reader."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
