"""Articles in: files and folders of news articles to cleaned text, sentences and passages with exact spans."""

from __future__ import annotations

from corpus.late_names import late_names

TYPE_CHECKING = False  # as in `typing`, which the command line does not wait for
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

__getattr__ = late_names(
    __name__,
    {
        "corpus.chunk": ("chunk_article",),
        "corpus.clean": ("clean_article",),
        "corpus.errors": ("CorpusError", "NoSuchPath", "NothingToRead", "UnreadableFile"),
        "corpus.fields": ("RawArticle",),
        "corpus.find": ("find_files",),
        "corpus.readers": ("read_file",),
        "corpus.sentences": ("split_paragraphs", "split_sentences"),
        "corpus.types": ("Article", "Passage", "Problem", "Span"),
    },
)
