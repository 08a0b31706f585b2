"""A question -> what it asks for: whose words, about what, of when and where."""

from rag.question.names import PartyNames, name_words
from rag.question.query import Filters, Intent, Query
from rag.question.read import Corpus, asks_who_else, read_question

__all__ = ["Corpus", "Filters", "Intent", "PartyNames", "Query", "asks_who_else", "name_words", "read_question"]
