"""The projection that the encoder of words starts its training from."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from rag.late import BITS
from training.word_model import WordModel
from training.word_readings import Reading

PASSAGES = 600


def project(words: NDArray[np.float32], *, seed: int) -> NDArray[np.float32]:
    """A projection, shape (d, 256), from vectors of words, shape (n, d).

    The 256 greatest principal components, rotated at random, so that each of the 256 numbers carries as much as any
    other and its sign says as much (as in iterative quantisation, Gong & Lazebnik 2011,
    https://doi.org/10.1109/CVPR.2011.5995432, without the iterations).
    """
    unit = words / np.linalg.norm(words, axis=1, keepdims=True)
    components = np.linalg.svd(unit.T @ unit)[0][:, :BITS]
    turn = np.linalg.qr(np.random.RandomState(seed).standard_normal((BITS, BITS)))[0]
    return (components @ turn).astype(np.float32)


@torch.no_grad()
def project_words(model: WordModel, readings: Sequence[Reading], *, seed: int) -> NDArray[np.float32]:
    """The projection for an encoder, from its own vectors of the words of some passages."""
    passages = [passage for one in readings for passage in one.passages]
    chosen = random.Random(seed).sample(passages, min(PASSAGES, len(passages)))  # noqa: S311 -- no secret
    model.eval()
    words = []
    for passage in chosen:
        ids = torch.from_numpy(passage.ids[None])
        hidden = model.encode(ids, torch.ones_like(ids, dtype=torch.bool))[0]
        words.append(hidden.float().numpy()[passage.spoken])
    model.train()
    return project(np.concatenate(words), seed=seed)
