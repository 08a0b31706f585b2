"""all-MiniLM-L6-v2 on onnxruntime: sentence-transformers' own weights, without torch.

The graph is built from `model.safetensors` and cached, once for every hash of the weights. It takes one text at a time:
onnxruntime's dynamic int8 scales activations over the whole input, so in a batch a text's vector would depend on its
neighbours and on padding. On a CPU, one text a thread is as fast as batches are.

Beside a text's vector it gives the vector of each piece, which late interaction compares (see `rag.late`).

The model: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2; its layers: Devlin et al. 2019, BERT.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import onnxruntime
from langchain_core.embeddings import Embeddings
from tokenizers import Encoding, Tokenizer

from rag.late import Asked, Tokens, ask_with, pack_tokens, spoken_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

Precision = Literal["int8", "fp32"]

DIMENSION = 384
MAX_PIECES = 256
_LAYERS, _HEADS = 6, 12
_GRAPH = 2  # goes up with every change to what _GraphBuilder writes: cached graphs of other numbers are not used
_SEAL = hashlib.sha256().digest_size

_log = logging.getLogger(__name__)


class MiniLM(Embeddings):
    """Unit vectors of 384 dimensions; of a text, the first 256 word pieces count.

    `folder` holds model.safetensors, whose SHA-256 is `digest`, and tokenizer.json. A vector depends on its text alone,
    not on the others it is given with. Raises OSError where the folder's files cannot be read.
    """

    def __init__(self, folder: Path, *, digest: str, precision: Precision, cache_dir: Path) -> None:
        self._tokenizer = _load_tokenizer(folder / "tokenizer.json")
        cached = cache_dir / f"minilm-{digest[:16]}-{precision}-{_GRAPH}.onnx"
        self._session = _load_session(folder / "model.safetensors", precision=precision, cached=cached)
        vocabulary = sorted(self._tokenizer.get_vocab().items(), key=lambda entry: entry[1])
        self._spoken = spoken_pieces([piece for piece, _ in vocabulary])
        self._threads = max(1, min(os.cpu_count() or 1, 16))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if len(texts) < 2 or self._threads == 1:
            return [self._embed(pieces) for pieces in self._pieces(texts)]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._embed, self._pieces(texts)))

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def embed_coded(self, texts: list[str]) -> list[tuple[list[float], bytes]]:
        """For each text its vector and its words as `rag.late` packs them; as quick as the vectors alone."""
        encodings = self._encode(texts)
        if len(texts) < 2 or self._threads == 1:
            return [self._code(encoding) for encoding in encodings]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._code, encodings))

    def embed_asked(self, text: str) -> tuple[list[float], Asked]:
        """A question's vector, and its words to compare with those of texts."""
        vector, tokens = self._read(self._encode([text])[0])
        return vector, ask_with(tokens)

    def read(self, text: str) -> Tokens:
        """The pieces of a text with their vectors."""
        return self._read(self._encode([text])[0])[1]

    def _encode(self, texts: list[str]) -> list[Encoding]:
        # A lone surrogate has no UTF-8 and the tokenizer refuses it.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        encodings: list[Encoding] = self._tokenizer.encode_batch(clean)
        return encodings

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._encode(texts)]

    def _embed(self, pieces: list[int]) -> list[float]:
        (vectors,) = self._session.run(["vector"], {"pieces": np.array([pieces], dtype=np.int64)})
        vector: list[float] = vectors[0].tolist()
        return vector

    def _code(self, encoding: Encoding) -> tuple[list[float], bytes]:
        vector, tokens = self._read(encoding)
        return vector, pack_tokens(tokens)

    def _read(self, encoding: Encoding) -> tuple[list[float], Tokens]:
        pieces = np.array(encoding.ids, dtype=np.int64)
        vectors, hidden = self._session.run(["vector", "hidden"], {"pieces": pieces[None, :]})
        tokens = Tokens(
            hidden=hidden[0],
            pieces=pieces,
            starts=np.array([start for start, _ in encoding.offsets], dtype=np.int64),
            spoken=self._spoken[pieces],
        )
        return vectors[0].tolist(), tokens


def _load_tokenizer(path: Path) -> Any:
    tokenizer = Tokenizer.from_buffer(path.read_bytes())
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return tokenizer


def _load_session(weights: Path, *, precision: Precision, cached: Path) -> onnxruntime.InferenceSession:
    if graph := _read_sealed(cached):
        # The seal holds what was written; that this onnxruntime can run it is another matter.
        try:
            return _start(graph)
        except Exception as error:
            _log.warning("%s cannot be run (%s): building it again", cached, error)
    graph = _build(weights, precision=precision)
    try:
        _write_sealed(cached, graph)
    except OSError as error:
        _log.warning("the converted model cannot be kept (%s): each start will take seconds", error)
    return _start(graph)


def _start(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the threads are ours: one text each
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


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

    model = _GraphBuilder(load_file(weights)).model()
    if precision == "fp32":
        fp32: bytes = model.SerializeToString()
        return fp32
    return _quantise(model)


def _quantise(model: Any) -> bytes:
    """Dynamic int8: a scale for each channel, without which the cosine to fp32 falls from .99 to .96.

    `reduce_range` keeps weights to 7 bits, so that processors without VNNI do not overflow in their sums.
    """
    from onnxruntime.quantization import quantize_dynamic

    root = logging.getLogger()
    level = root.level
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "int8.onnx"
        root.setLevel(logging.ERROR)  # it warns on the root logger about a pre-processing that changes nothing here
        try:
            quantize_dynamic(model, path, per_channel=True, reduce_range=True)
        finally:
            root.setLevel(level)
        return path.read_bytes()


class _GraphBuilder:
    """BERT, mean pooling and L2 normalisation in ONNX: `pieces` (n, t) int64 -> `vector` (n, 384), float32.

    A second output, `hidden` (n, t, 384), are the pieces' vectors before pooling.

    All texts of one call have the same length, so there is no attention mask.
    """

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        from onnx import helper, numpy_helper

        self._helper, self._numpy_helper = helper, numpy_helper
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def model(self) -> Any:
        hidden = self._embed_pieces()
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        self._add("Identity", hidden, output="hidden")
        mean = self._add("ReduceMean", hidden, self._constant("tokens", np.array([1])), keepdims=0)
        self._add("LpNormalization", mean, output="vector", axis=-1, p=2)
        helper = self._helper
        graph = helper.make_graph(
            self._nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("pieces", 7, ["n", "t"])],  # 7: int64
            [
                helper.make_tensor_value_info("vector", 1, ["n", DIMENSION]),  # 1: float32
                helper.make_tensor_value_info("hidden", 1, ["n", "t", DIMENSION]),
            ],
            list(self._constants.values()),
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)

    def _embed_pieces(self) -> str:
        words = self._constant("words", self._weights["embeddings.word_embeddings.weight"])
        # Every piece is of segment 0, so its embedding is added to the positions once and for all.
        segment = self._weights["embeddings.token_type_embeddings.weight"][0]
        positions = self._constant("positions", self._weights["embeddings.position_embeddings.weight"] + segment)
        zero, one, two = (self._constant(f"int{n}", np.array([n])) for n in (0, 1, 2))
        length = self._add("Slice", self._add("Shape", "pieces"), one, two)
        summed = self._add("Add", self._add("Gather", words, "pieces"), self._add("Slice", positions, zero, length))
        return self._normalise(summed, "embeddings.LayerNorm")

    def _layer(self, hidden: str, name: str) -> str:
        attended = self._attention(hidden, f"{name}.attention.self")
        output = self._linear(attended, f"{name}.attention.output.dense")
        hidden = self._normalise(self._add("Add", output, hidden), f"{name}.attention.output.LayerNorm")
        inner = self._add("Gelu", self._linear(hidden, f"{name}.intermediate.dense"))
        output = self._linear(inner, f"{name}.output.dense")
        return self._normalise(self._add("Add", output, hidden), f"{name}.output.LayerNorm")

    def _attention(self, hidden: str, name: str) -> str:
        width = DIMENSION // _HEADS
        heads = self._constant("heads", np.array([0, 0, _HEADS, width]))
        joined = self._constant("joined", np.array([0, 0, DIMENSION]))
        scale = self._constant("scale", np.array(width**-0.5, dtype=np.float32))

        def by_head(part: str, order: list[int]) -> str:
            return self._add(
                "Transpose", self._add("Reshape", self._linear(hidden, f"{name}.{part}"), heads), perm=order
            )

        query, value = by_head("query", [0, 2, 1, 3]), by_head("value", [0, 2, 1, 3])
        key = by_head("key", [0, 2, 3, 1])
        scores = self._add("Mul", self._add("MatMul", query, key), scale)
        mixed = self._add("MatMul", self._add("Softmax", scores, axis=-1), value)
        return self._add("Reshape", self._add("Transpose", mixed, perm=[0, 2, 1, 3]), joined)

    def _linear(self, hidden: str, name: str) -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        bias = self._constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self._add("Add", self._add("MatMul", hidden, weight), bias)

    def _normalise(self, hidden: str, name: str) -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"])
        bias = self._constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self._add("LayerNormalization", hidden, weight, bias, axis=-1, epsilon=1e-12)

    def _constant(self, name: str, array: NDArray[Any]) -> str:
        if name not in self._constants:
            self._constants[name] = self._numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def _add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"{kind}{len(self._nodes)}"
        self._nodes.append(self._helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output
