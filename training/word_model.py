"""MiniLM with one small head: for each piece of a text, a vector to be compared with a question's pieces.

The head starts as a projection of the encoder's own vectors, so that the model starts as the encoder itself.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from rag.late import BITS
from training.model import Layer, Shape, load_encoder


class WordModel(nn.Module):
    """Pieces in; for each its vector, shape [b, n, 256], and how much it weighs in a question, a logit, [b, n]."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.projection = nn.Linear(shape.width, BITS + 1)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Both inputs [b, n]; `mask` is True where there is a piece."""
        projected = self.projection(self.encode(ids, mask).to(self.projection.weight.dtype))
        return projected[..., :BITS], projected[..., BITS]

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The encoder's own vectors, shape [b, n, width]."""
        x = self.dropout(self.norm(self.word(ids) + self.position.weight[: ids.shape[1]]))
        added = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, added)
        return x

    def heads(self) -> list[nn.Module]:
        """The part that is new."""
        return [self.projection]

    def encoder(self) -> list[nn.Module]:
        """The parts that may work in bfloat16; the head stays in float32."""
        return [self.word, self.position, self.norm, self.layers]


def load_word_model(folder: Path, *, dropout: float = 0.1) -> WordModel:
    """The model with the encoder of `folder` and a head that gives nothing yet: `start_head` sets it."""
    model = WordModel(Shape(), dropout=dropout)
    load_encoder(model, folder)
    return model


def start_head(model: WordModel, projection: np.ndarray) -> None:
    """Let the head project, by a matrix of shape (384, 256), and weigh all pieces alike."""
    with torch.no_grad():
        model.projection.weight[:BITS] = torch.from_numpy(projection.T.astype(np.float32))
        model.projection.weight[BITS] = 0
        model.projection.bias.zero_()


def signs(vectors: Tensor) -> Tensor:
    """The signs of vectors over the root of 256; gradients pass as if these were the unit vectors themselves.

    The straight-through estimator of Bengio, Léonard & Courville 2013, https://arxiv.org/abs/1308.3432.
    """
    unit = functional.normalize(vectors, dim=-1)
    hard = torch.where(vectors > 0, 1.0, -1.0) / BITS**0.5
    return unit + (hard - unit).detach()
