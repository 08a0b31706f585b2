"""all-MiniLM-L6-v2 on onnxruntime: sentence-transformers' own weights, without torch.

The graph is built from `model.safetensors` and cached, once for every hash of the weights. It takes one text at a time:
onnxruntime's dynamic int8 scales activations over the whole input, so in a batch a text's vector would depend on its
neighbours and on padding. On a CPU, one text a thread is as fast as batches are.

The model: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnxruntime
from langchain_core.embeddings import Embeddings
from tokenizers import Encoding, Tokenizer

from rag.minilm_graph import pooled_graph, quantise

Precision = Literal["int8", "fp32"]

MAX_PIECES = 256
THREADS = max(1, min(os.cpu_count() or 1, 16))
_GRAPH = 3  # goes up with every change to what `rag.minilm_graph` writes: cached graphs of other numbers are not used
_SEAL = hashlib.sha256().digest_size

_log = logging.getLogger(__name__)


class MiniLM(Embeddings):
    """Unit vectors of 384 dimensions; of a text, the first 256 word pieces count.

    `folder` holds model.safetensors, whose SHA-256 is `digest`, and tokenizer.json. A vector depends on its text alone,
    not on the others it is given with. Raises OSError where the folder's files cannot be read.
    """

    def __init__(self, folder: Path, *, digest: str, precision: Precision, cache_dir: Path) -> None:
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")
        cached = cache_dir / f"minilm-{digest[:16]}-{precision}-{_GRAPH}.onnx"
        self._session = _load_session(folder / "model.safetensors", precision=precision, cached=cached)
        self._threads = THREADS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if len(texts) < 2 or self._threads == 1:
            return [self._embed(pieces) for pieces in self._pieces(texts)]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._embed, self._pieces(texts)))

    def embed_query(self, text: str) -> list[float]:
        return self._embed(self._pieces([text])[0])

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in encode_texts(self._tokenizer, texts)]

    def _embed(self, pieces: list[int]) -> list[float]:
        (vectors,) = self._session.run(["vector"], {"pieces": np.array([pieces], dtype=np.int64)})
        vector: list[float] = vectors[0].tolist()
        return vector


def load_tokenizer(path: Path) -> Any:
    """The tokenizer of a file, which leaves off what the model does not read. Raises OSError."""
    tokenizer = Tokenizer.from_buffer(path.read_bytes())
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return tokenizer


def encode_texts(tokenizer: Any, texts: list[str]) -> list[Encoding]:
    """The pieces of each text. A lone surrogate, which has no UTF-8 and which the tokenizer refuses, becomes "?"."""
    clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    encodings: list[Encoding] = tokenizer.encode_batch(clean)
    return encodings


def start_session(graph: bytes) -> onnxruntime.InferenceSession:
    """A graph, ready to run on one thread: the threads are ours, one text each."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _load_session(weights: Path, *, precision: Precision, cached: Path) -> onnxruntime.InferenceSession:
    if graph := _read_sealed(cached):
        # The seal holds what was written; that this onnxruntime can run it is another matter.
        try:
            return start_session(graph)
        except Exception as error:
            _log.warning("%s cannot be run (%s): building it again", cached, error)
    graph = _build(weights, precision=precision)
    try:
        _write_sealed(cached, graph)
    except OSError as error:
        _log.warning("the converted model cannot be kept (%s): each start will take seconds", error)
    return start_session(graph)


def _read_sealed(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    seal, graph = content[:_SEAL], content[_SEAL:]
    if hashlib.sha256(graph).digest() != seal:
        _log.warning("%s is damaged: building it again", path)
        return None
    return graph


def _write_sealed(path: Path, graph: bytes) -> None:
    """Write in one step, so that two processes that convert at once leave one whole file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(graph).digest())
            file.write(graph)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _build(weights: Path, *, precision: Precision) -> bytes:
    from safetensors.numpy import load_file

    model = pooled_graph(load_file(weights))
    if precision == "fp32":
        fp32: bytes = model.SerializeToString()
        return fp32
    return quantise(model)
