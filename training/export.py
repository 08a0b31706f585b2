"""From a checkpoint to what runs: an int8 ONNX graph, its tokenizer and its settings.

python -m training.export --checkpoint DIR --out rag/attribution/model [--float32]
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Any

import torch
from onnx import TensorProto

from training.batches import Making
from training.encoder import encoder_folder
from training.graph import build_graph
from training.model import Shape, Tagger, load_tagger
from training.optimise import Optimiser, Rates
from training.train import CHECKPOINT

GRAPH, SETTINGS, TOKENIZER = "tagger.onnx", "settings.json", "tokenizer.json"


def load_trained(checkpoint: Path) -> Tagger:
    """The tagger with the mean weights of a checkpoint, in float32."""
    state = torch.load(checkpoint / CHECKPOINT, weights_only=True)
    model = load_tagger(encoder_folder())
    optimiser = Optimiser(model, Rates())
    optimiser.load_state(state["run"])
    optimiser.load_mean()
    return model.eval()


def quantise(graph: Any, target: Path) -> None:
    """Weights to int8, one scale a column; activations are quantised as they come.

    7 of the 8 bits are used, so that processors without VNNI do not overflow in their sums.
    """
    from onnxruntime.quantization import quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it advises a pre-processing that changes nothing here
    quantize_dynamic(
        graph,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )


def export(checkpoint: Path, out: Path, *, int8: bool = True) -> None:
    """Write graph, tokenizer and settings to `out`. Settings that were tuned before are kept."""
    out.mkdir(parents=True, exist_ok=True)
    model = load_trained(checkpoint)
    graph = build_graph({name: tensor.numpy() for name, tensor in model.state_dict().items()}, Shape())
    if int8:
        quantise(graph, out / GRAPH)
    else:
        (out / GRAPH).write_bytes(graph.SerializeToString())
    tokenizer = json.loads((encoder_folder() / TOKENIZER).read_text(encoding="utf-8"))
    tokenizer |= {"truncation": None, "padding": None}
    (out / TOKENIZER).write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    settings = out / SETTINGS
    known = json.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    settings.write_text(json.dumps({"window": Making().size} | known, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="the folder that training wrote to")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true", help="leave the weights as they are")
    args = parser.parse_args()
    if not (args.checkpoint / CHECKPOINT).is_file():
        print(f"export: no {CHECKPOINT} in {args.checkpoint}: run training.train first", file=sys.stderr)
        return 2
    export(args.checkpoint, args.out, int8=not args.float32)
    return 0


if __name__ == "__main__":
    sys.exit(main())
