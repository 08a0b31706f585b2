"""MiniLM with three small inputs more and two heads: tags and links. A plain BERT, read from safetensors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from rag.attribution.decode import TAGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of all-MiniLM-L6-v2 and of the heads."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    link: int = 128


BERT_NAMES = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}
"""The parts of a `Layer` whose weights BERT has under another name; `qkv` are three of BERT's in one."""


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` [b, n, width]; `mask` [b, 1, 1, n] is added to the attention scores."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(b, n, d))))
        result: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return result


class Tagger(nn.Module):
    """Pieces in, scores out. Position 0 is [CLS] and stands for "none" as the target of a link."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.case = nn.Embedding(5, shape.width)
        self.layout = nn.Embedding(4, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(shape.width, TAGS)
        self.link_hidden = nn.Linear(shape.width, shape.width)
        self.link_ends = nn.Linear(shape.width, 4 * shape.link)
        self.link_prior = nn.Linear(shape.width, 2)
        self.link = shape.link
        for new in (self.case, self.layout):
            nn.init.normal_(new.weight, std=0.01)

    def forward(self, ids: Tensor, case: Tensor, layout: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """All inputs [b, n]; `mask` is True where there is a piece. Returns tags [b, n, 7] and links [b, 2, n, n].

        Link 0 goes from a content's piece to its cue, link 1 from a cue's piece to its source: rows are where a link
        starts, columns where it ends.
        """
        n = ids.shape[1]
        x = self.word(ids) + self.position.weight[:n] + self.case(case) + self.layout(layout)
        x = self.dropout(self.norm(x))
        added = None if mask is None else torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, added)
        x = x.to(self.tags.weight.dtype)
        tags = self.tags(self.dropout(x))
        hidden = functional.gelu(self.link_hidden(x))
        ends = self.link_ends(hidden).view(ids.shape[0], n, 2, 2, self.link).permute(2, 3, 0, 1, 4)
        scores = torch.matmul(ends[0], ends[1].transpose(-1, -2)).transpose(0, 1) / math.sqrt(self.link)
        scores = scores + self.link_prior(hidden).permute(0, 2, 1)[:, :, None, :]
        return tags, scores if added is None else scores + added

    def heads(self) -> list[nn.Module]:
        """The parts that are new."""
        return [self.case, self.layout, self.tags, self.link_hidden, self.link_ends, self.link_prior]

    def encoder(self) -> list[nn.Module]:
        """The parts that may work in bfloat16; the heads stay in float32."""
        return [self.word, self.position, self.case, self.layout, self.norm, self.layers]


def load_tagger(folder: Path, *, dropout: float = 0.1) -> Tagger:
    """A tagger whose encoder has the weights of `folder`/model.safetensors (BERT's names) and whose heads are new."""
    model = Tagger(Shape(), dropout=dropout)
    load_encoder(model, folder)
    return model


def load_encoder(model: nn.Module, folder: Path) -> None:
    """Give `word`, `position`, `norm` and `layers` of a model the weights of `folder`/model.safetensors."""
    weights, state = load_file(folder / "model.safetensors"), model.state_dict()
    state["word.weight"] = weights["embeddings.word_embeddings.weight"]
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    state["position.weight"] = weights["embeddings.position_embeddings.weight"] + kind
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for i in range(Shape().layers):
            old = f"encoder.layer.{i}"
            parts = [weights[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{part}"] = torch.cat(parts)
            for ours, theirs in BERT_NAMES.items():
                state[f"layers.{i}.{ours}.{part}"] = weights[f"{old}.{theirs}.{part}"]
    model.load_state_dict(state)
