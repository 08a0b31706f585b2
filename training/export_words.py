"""From the weights that `training.train_words` wrote to the int8 graph that runs.

python -m training.export_words --weights build/words/words.pt [--out rag/word_model/words.onnx]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from rag.minilm_graph import quantise, word_graph
from rag.word_encoder import MODEL
from training.model import BERT_NAMES, Shape

HEAD = "projection"


def as_bert(state: Mapping[str, Tensor]) -> dict[str, NDArray[np.float32]]:
    """The weights of a `training.word_model.WordModel` by the names that BERT's have."""
    shape = Shape()
    named = {
        "embeddings.word_embeddings.weight": state["word.weight"],
        "embeddings.position_embeddings.weight": state["position.weight"],
        "embeddings.token_type_embeddings.weight": torch.zeros(2, shape.width),
    }
    for part in ("weight", "bias"):
        named[f"embeddings.LayerNorm.{part}"] = state[f"norm.{part}"]
        named[f"{HEAD}.{part}"] = state[f"{HEAD}.{part}"]
        for i in range(shape.layers):
            split = state[f"layers.{i}.qkv.{part}"].chunk(3)
            for name, some in zip(("query", "key", "value"), split, strict=True):
                named[f"encoder.layer.{i}.attention.self.{name}.{part}"] = some
            for ours, theirs in BERT_NAMES.items():
                named[f"encoder.layer.{i}.{theirs}.{part}"] = state[f"layers.{i}.{ours}.{part}"]
    return {name: tensor.numpy() for name, tensor in named.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    if not args.weights.is_file():
        print(f"export_words: no {args.weights}: run training.train_words first", file=sys.stderr)
        return 2
    args.out.parent.mkdir(parents=True, exist_ok=True)
    state = torch.load(args.weights, weights_only=True)
    args.out.write_bytes(quantise(word_graph(as_bert(state), head=HEAD)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
