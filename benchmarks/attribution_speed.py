"""Measure how fast attribution is, beside the rate of its encoder alone.

usage: python -m benchmarks.attribution_speed ARTICLES.jsonl[.gz] [--rounds N] [--threads N]

encoder    the tagger's int8 encoder without its heads, on the very windows of pieces that the tagger reads
network    the same with the heads for tags and links
tagger     a text to attributions
extractor  what the program uses: tagger, rules, nested attributions
claims     the extractor, then who each source is: all that indexing does of it

They run one after another in each round, so that whatever else a machine does slows all of them. Articles are read two
at a time, as indexing does it. The best round counts. `cpu` is processor time: it is what one core would take.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.attribution import read_article
from benchmarks.data import read_lines, require
from corpus.types import Article
from rag.attribution import claims_of, load_extractor
from rag.attribution.pieces import CLS, SEP, cut_pieces, cut_windows
from rag.attribution.tagger import GRAPH, MODEL, TaggerExtractor
from rag.index.pipeline import AT_ONCE

WORDS = 700
"""Of one article, in the rates that are printed."""

Inputs = dict[str, Any]


def encoder_alone(graph: bytes) -> Any:
    """The part of a tagger's graph that ends in the encoder's last layer."""
    import onnx

    model = onnx.load_from_string(graph)
    nodes = model.graph.node
    last = [node.output[0] for node in nodes if node.op_type == "LayerNormalization"][-1]
    needed, kept = {last}, []
    for node in reversed(nodes):
        if not needed.isdisjoint(node.output):
            needed |= set(node.input)
            kept.insert(0, node)
    del nodes[:], model.graph.output[:]
    nodes.extend(kept)
    model.graph.output.append(onnx.helper.make_tensor_value_info(last, onnx.TensorProto.FLOAT, None))
    return model.SerializeToString()


def start(graph: bytes) -> Any:
    """A session as the tagger makes its own."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, disabled_optimizers=["SkipLayerNormFusion"])


def windows_of(article: Article, tagger: TaggerExtractor) -> list[Inputs]:
    """What the encoder is given of an article."""
    pieces = cut_pieces(article.text, tagger.tokenizer)
    size = tagger.settings.window - 2
    windows = cut_windows(pieces, size=size, context=min(tagger.settings.context, size // 2))
    return [
        {
            "ids": np.concatenate(([CLS], pieces.ids[w.start : w.end], [SEP]))[None],
            "case": np.pad(pieces.case[w.start : w.end], 1)[None],
            "layout": np.pad(pieces.layout[w.start : w.end], 1)[None],
        }
        for w in windows
    ]


def measure(work: Callable[[Any], object], items: Sequence[Any], *, threads: int) -> tuple[float, float]:
    """Seconds, and seconds of processor time, that it takes to do the work on all items."""
    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, items))
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Measure each part in each round, and print the best of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of encoder and network alone")
    args = parser.parse_args()
    require(args.articles)
    articles = [read_article(row) for row in read_lines(args.articles)]
    tagger, extractor = TaggerExtractor(), load_extractor()
    windows = [window for article in articles for window in windows_of(article, tagger)]
    graph = (MODEL / GRAPH).read_bytes()
    encoder, network = start(encoder_alone(graph)), start(graph)
    parts: dict[str, tuple[Callable[[Any], object], Sequence[Any], int]] = {
        "encoder": (partial(encoder.run, None), windows, args.threads),
        "network": (partial(network.run, None), windows, args.threads),
        "tagger": (tagger.extract, articles, AT_ONCE),
        "extractor": (extractor.extract, articles, AT_ONCE),
        "claims": (partial(claims_of, extractor=extractor), articles, AT_ONCE),
    }
    rounds = [{n: measure(w, i, threads=t) for n, (w, i, t) in parts.items()} for _ in range(args.rounds)]
    best = {name: tuple(min(found[name][at] for found in rounds) for at in (0, 1)) for name in parts}
    count = sum(len(article.text.split()) for article in articles) / WORDS
    print(f"{len(articles)} articles, {len(windows)} windows; articles of {WORDS} words a second:")
    for name, (wall, cpu) in best.items():
        alone = f"{best['encoder'][0] / wall:.2f} of the encoder, {best['encoder'][1] / cpu:.2f} by processor time"
        print(f"{name:10} {count / wall:5.1f}   cpu {cpu:5.1f} s   {alone}")


if __name__ == "__main__":
    main()
