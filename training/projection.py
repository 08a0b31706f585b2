"""Make the projection of late interaction from the words of training articles.

python -m training.projection --articles train.jsonl.gz [--passages 600]

The 256 greatest principal components of the encoder's vectors of words, rotated at random, so that each of the 256
numbers carries as much as any other and its sign says as much (as in iterative quantisation, Gong & Lazebnik 2011,
https://doi.org/10.1109/CVPR.2011.5995432, without the iterations). The seed is fixed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import chunk_article
from corpus.types import Article
from rag.late import BITS, PROJECTION
from rag.models import load_embeddings
from rag.onnx_minilm import MiniLM
from rag.settings import DEFAULT_EMBEDDING
from training.data import read_examples

SEED = 1


def project(words: NDArray[np.float32], *, seed: int = SEED) -> NDArray[np.float32]:
    """A projection, shape (d, 256), from vectors of words, shape (n, d)."""
    unit = words / np.linalg.norm(words, axis=1, keepdims=True)
    components = np.linalg.svd(unit.T @ unit)[0][:, :BITS]
    turn = np.linalg.qr(np.random.RandomState(seed).standard_normal((BITS, BITS)))[0]
    return (components @ turn).astype(np.float32)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=600)
    args = parser.parse_args()
    texts = [
        passage.text
        for example in read_examples(args.articles)
        for passage in chunk_article(Article(id=example.id, text=example.text), size=1000)
    ]
    chosen = random.Random(SEED).sample(texts, min(args.passages, len(texts)))  # noqa: S311 -- no secret
    with tempfile.TemporaryDirectory() as cache:
        model = load_embeddings(DEFAULT_EMBEDDING, cache_dir=Path(cache))
        assert isinstance(model, MiniLM)  # noqa: S101 -- the default is
        read = [model.read(text) for text in chosen]
    words = np.concatenate([tokens.hidden[tokens.spoken] for tokens in read])
    np.save(PROJECTION, project(words).astype(np.float16))
    print(f"{len(words)} words of {len(chosen)} passages: {PROJECTION}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
