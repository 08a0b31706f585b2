"""The encoder of words: MiniLM, fine-tuned so that a claim's words are near those of questions that paraphrase it.

`word_model/words.onnx` is made by `training.train_words` (the data, the figures and the limits: training/README.md). It
gives each piece of a text a vector of 256 numbers and a logit, how much the piece weighs in a question.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.late import BITS, Asked, Tokens, ask_with, pack_tokens, spoken_pieces
from rag.onnx_minilm import THREADS, encode_texts, load_tokenizer, start_session

if TYPE_CHECKING:
    from tokenizers import Encoding

MODEL = Path(__file__).parent / "word_model" / "words.onnx"


class WordEncoder:
    """Codes of texts and words of questions. `tokenizer` is the file of MiniLM's. Raises OSError, and what onnxruntime
    raises for a model that it cannot run."""

    def __init__(self, model: Path, *, tokenizer: Path) -> None:
        graph = model.read_bytes()
        self.name = f"words sha256:{hashlib.sha256(graph).hexdigest()[:16]}"
        """Codes of two names cannot be compared."""
        self._session = start_session(graph)
        self._tokenizer = load_tokenizer(tokenizer)
        vocabulary = sorted(self._tokenizer.get_vocab().items(), key=lambda entry: entry[1])
        self._spoken = spoken_pieces([piece for piece, _ in vocabulary])

    def code(self, texts: list[str]) -> list[bytes]:
        """The words of each text as `rag.late` packs them."""
        encodings = encode_texts(self._tokenizer, texts)
        if len(texts) < 2 or THREADS == 1:
            return [pack_tokens(self._read(encoding)) for encoding in encodings]
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(lambda encoding: pack_tokens(self._read(encoding)), encodings))

    def ask(self, question: str) -> Asked:
        """A question's words, to compare with those of texts."""
        return ask_with(self._read(encode_texts(self._tokenizer, [question])[0]))

    def _read(self, encoding: Encoding) -> Tokens:
        pieces = np.array(encoding.ids, dtype=np.int64)
        (words,) = self._session.run(["words"], {"pieces": pieces[None, :]})
        return Tokens(
            vectors=words[0, :, :BITS],
            logits=words[0, :, BITS],
            pieces=pieces,
            starts=np.array([start for start, _ in encoding.offsets], dtype=np.int64),
            spoken=self._spoken[pieces],
        )


@cache
def load_word_encoder(tokenizer: Path) -> WordEncoder:
    """The encoder that comes with this software; loaded once."""
    return WordEncoder(MODEL, tokenizer=tokenizer)
