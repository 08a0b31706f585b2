"""The tagger as an ONNX graph, written node by node with plain operators.

On CPUs onnxruntime's fused attention and its fused "add and normalise" were slower here than the parts they replace;
the second must also be kept from it at load time (`SkipLayerNormFusion`).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.model import Shape


def build_graph(weights: dict[str, NDArray[np.float32]], shape: Shape) -> Any:
    """Inputs `ids`, `case`, `layout`, int64 [b, n] without padding; outputs `tags` [b, n, 7], `links` [b, 2, n, n].

    `weights` has the names of `training.model.Tagger`.
    """
    return _Builder(weights, shape).model()


class _Builder:
    """Nodes and constants of one graph. A value is known by the name of the output that holds it."""

    def __init__(self, weights: dict[str, NDArray[np.float32]], shape: Shape) -> None:
        self._weights, self._shape = weights, shape
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def model(self) -> Any:
        hidden = self._embed()
        for i in range(self._shape.layers):
            hidden = self._layer(hidden, f"layers.{i}")
        self._linear(hidden, "tags", output="tags")
        self._link(hidden)
        names = ("ids", "case", "layout")
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "n"]) for name in names]
        outputs = [
            helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["b", "n", 7]),
            helper.make_tensor_value_info("links", TensorProto.FLOAT, ["b", 2, "n", "n"]),
        ]
        graph = helper.make_graph(self._nodes, "tagger", inputs, outputs, list(self._constants.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)

    def _embed(self) -> str:
        zero, one, two = (self._constant(f"int{n}", np.array([n])) for n in (0, 1, 2))
        length = self._add("Slice", self._add("Shape", "ids"), one, two)
        summed = self._add("Slice", self._weight("position.weight"), zero, length)
        for table, name in (("word", "ids"), ("case", "case"), ("layout", "layout")):
            summed = self._add("Add", self._add("Gather", self._weight(f"{table}.weight"), name), summed)
        return self._add("LayerNormalization", summed, *self._norm("norm"), axis=-1, epsilon=1e-12)

    def _layer(self, hidden: str, name: str) -> str:
        attended = self._attention(hidden, name)
        hidden = self._normalise(self._linear(attended, f"{name}.out"), hidden, f"{name}.norm1")
        inner = self._add("Gelu", self._linear(hidden, f"{name}.up"))
        return self._normalise(self._linear(inner, f"{name}.down"), hidden, f"{name}.norm2")

    def _attention(self, hidden: str, name: str) -> str:
        heads, width = self._shape.heads, self._shape.width
        qkv = self._linear(hidden, f"{name}.qkv")
        parts = [f"{name}.{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [qkv], parts, name=f"{name}.split", axis=-1, num_outputs=3))
        by_head = self._constant("by_head", np.array([0, 0, heads, width // heads]))
        orders = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
        reshaped = [self._add("Reshape", part, by_head) for part in parts]
        q, k, v = (self._add("Transpose", x, perm=order) for x, order in zip(reshaped, orders, strict=True))
        scale = self._constant("head_scale", np.array((width // heads) ** -0.5, dtype=np.float32))
        weights = self._add("Softmax", self._add("Mul", self._add("MatMul", q, k), scale), axis=-1)
        mixed = self._add("Transpose", self._add("MatMul", weights, v), perm=[0, 2, 1, 3])
        return self._add("Reshape", mixed, self._constant("joined", np.array([0, 0, width])))

    def _link(self, hidden: str) -> None:
        inner = self._add("Gelu", self._linear(hidden, "link_hidden"))
        ends = self._linear(inner, "link_ends")
        by_end = self._constant("by_end", np.array([0, 0, 4, self._shape.link]))
        split = self._add("Reshape", ends, by_end)
        froms, tos = (self._constant(f"ends{i}", np.array([2 * i, 2 * i + 1])) for i in (0, 1))
        start = self._add("Transpose", self._add("Gather", split, froms, axis=2), perm=[0, 2, 1, 3])
        end = self._add("Transpose", self._add("Gather", split, tos, axis=2), perm=[0, 2, 3, 1])
        scale = self._constant("scale", np.array(1 / math.sqrt(self._shape.link), dtype=np.float32))
        scores = self._add("Mul", self._add("MatMul", start, end), scale)
        prior = self._add("Transpose", self._linear(inner, "link_prior"), perm=[0, 2, 1])
        self._add("Add", scores, self._add("Unsqueeze", prior, self._constant("int2", np.array([2]))), output="links")

    def _linear(self, hidden: str, name: str, *, output: str = "") -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        return self._add("Add", self._add("MatMul", hidden, weight), self._weight(f"{name}.bias"), output=output)

    def _normalise(self, changed: str, hidden: str, name: str) -> str:
        summed = self._add("Add", changed, hidden)
        return self._add("LayerNormalization", summed, *self._norm(name), axis=-1, epsilon=1e-12)

    def _norm(self, name: str) -> tuple[str, str]:
        return self._weight(f"{name}.weight"), self._weight(f"{name}.bias")

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, array: NDArray[Any]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def _add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"{kind}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output
