"""Articles in: files and folders of news articles to cleaned text, sentences and passages with exact spans."""

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
