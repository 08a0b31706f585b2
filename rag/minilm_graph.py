"""MiniLM as an ONNX graph, made of the weights of `model.safetensors` by the names that BERT's have there.

Its layers: Devlin et al. 2019, BERT.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Weights = Mapping[str, NDArray[np.float32]]

DIMENSION = 384
_LAYERS, _HEADS = 6, 12


def pooled_graph(weights: Weights) -> Any:
    """Mean pooling and L2 normalisation: `pieces` (n, t) int64 -> `vector` (n, 384), float32.

    All texts of one call have the same length, so there is no attention mask.
    """
    builder = _GraphBuilder(weights)
    mean = builder.add("ReduceMean", builder.encode(), builder.constant("tokens", np.array([1])), keepdims=0)
    builder.add("LpNormalization", mean, output="vector", axis=-1, p=2)
    return builder.model("all-MiniLM-L6-v2", {"vector": ["n", DIMENSION]})


def word_graph(weights: Weights, *, head: str) -> Any:
    """A linear layer called `head` over every piece: `pieces` (n, t) int64 -> `words` (n, t, size of the head)."""
    builder = _GraphBuilder(weights)
    builder.add("Identity", builder.linear(builder.encode(), head), output="words")
    return builder.model("words", {"words": ["n", "t", len(weights[f"{head}.bias"])]})


def quantise(model: Any) -> bytes:
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
    """Nodes and constants of one graph. A value is known by the name of the output that holds it."""

    def __init__(self, weights: Weights) -> None:
        from onnx import helper, numpy_helper

        self._helper, self._numpy_helper = helper, numpy_helper
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def encode(self) -> str:
        """The pieces' vectors after the last layer, (n, t, 384)."""
        hidden = self._embed_pieces()
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        return hidden

    def model(self, name: str, outputs: Mapping[str, list[str | int]]) -> Any:
        """The graph of all that was added, from `pieces` to float32 outputs of these shapes."""
        helper = self._helper
        graph = helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info("pieces", 7, ["n", "t"])],  # 7: int64
            [helper.make_tensor_value_info(output, 1, shape) for output, shape in outputs.items()],  # 1: float32
            list(self._constants.values()),
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)

    def _embed_pieces(self) -> str:
        vocabulary = self.constant("vocabulary", self._weights["embeddings.word_embeddings.weight"])
        # Every piece is of segment 0, so its embedding is added to the positions once and for all.
        segment = self._weights["embeddings.token_type_embeddings.weight"][0]
        positions = self.constant("positions", self._weights["embeddings.position_embeddings.weight"] + segment)
        zero, one, two = (self.constant(f"int{n}", np.array([n])) for n in (0, 1, 2))
        length = self.add("Slice", self.add("Shape", "pieces"), one, two)
        summed = self.add("Add", self.add("Gather", vocabulary, "pieces"), self.add("Slice", positions, zero, length))
        return self._normalise(summed, "embeddings.LayerNorm")

    def _layer(self, hidden: str, name: str) -> str:
        attended = self._attention(hidden, f"{name}.attention.self")
        output = self.linear(attended, f"{name}.attention.output.dense")
        hidden = self._normalise(self.add("Add", output, hidden), f"{name}.attention.output.LayerNorm")
        inner = self.add("Gelu", self.linear(hidden, f"{name}.intermediate.dense"))
        output = self.linear(inner, f"{name}.output.dense")
        return self._normalise(self.add("Add", output, hidden), f"{name}.output.LayerNorm")

    def _attention(self, hidden: str, name: str) -> str:
        width = DIMENSION // _HEADS
        heads = self.constant("heads", np.array([0, 0, _HEADS, width]))
        joined = self.constant("joined", np.array([0, 0, DIMENSION]))
        scale = self.constant("scale", np.array(width**-0.5, dtype=np.float32))

        def by_head(part: str, order: list[int]) -> str:
            return self.add("Transpose", self.add("Reshape", self.linear(hidden, f"{name}.{part}"), heads), perm=order)

        query, value = by_head("query", [0, 2, 1, 3]), by_head("value", [0, 2, 1, 3])
        key = by_head("key", [0, 2, 3, 1])
        scores = self.add("Mul", self.add("MatMul", query, key), scale)
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), value)
        return self.add("Reshape", self.add("Transpose", mixed, perm=[0, 2, 1, 3]), joined)

    def linear(self, hidden: str, name: str) -> str:
        weight = self.constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        bias = self.constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self.add("Add", self.add("MatMul", hidden, weight), bias)

    def _normalise(self, hidden: str, name: str) -> str:
        weight = self.constant(f"{name}.weight", self._weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self.add("LayerNormalization", hidden, weight, bias, axis=-1, epsilon=1e-12)

    def constant(self, name: str, array: NDArray[Any]) -> str:
        if name not in self._constants:
            self._constants[name] = self._numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"{kind}{len(self._nodes)}"
        self._nodes.append(self._helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output
