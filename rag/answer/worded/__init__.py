"""An answer worded by a language model that cannot add anything to it. An option: without one, nothing here runs."""

from rag.answer.worded.answer import Worded, WordedSentence, with_wording, word_answer
from rag.answer.worded.chat_model import TIMEOUT, ChatModel, load_chat_model

__all__ = ["TIMEOUT", "ChatModel", "Worded", "WordedSentence", "load_chat_model", "with_wording", "word_answer"]
