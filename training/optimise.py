"""AdamW over float32 copies of weights that work in bfloat16, a rate a layer, and a running mean of the weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Learning rates: `encoder` of its top layer, each layer below `per_layer` times that above; `heads` of all that
    is new. `warm_up` is a share of the whole run; then they fall linearly to zero. `mean` is the decay of the mean."""

    encoder: float = 2e-4
    per_layer: float = 0.9
    heads: float = 1e-3
    warm_up: float = 0.05
    weight_decay: float = 0.01
    clip: float = 1.0
    mean: float = 0.998

    def scale(self, progress: float) -> float:
        """What the rates are multiplied by when `progress` (0 to 1) of the run is done."""
        return min(progress / self.warm_up, 1.0, max(0.0, (1 - progress) / (1 - self.warm_up)))


class Trained(Protocol):
    """A model of MiniLM's shape: its encoder, and what is new in it."""

    word: nn.Embedding
    position: nn.Embedding
    norm: nn.LayerNorm
    layers: nn.ModuleList

    def heads(self) -> Iterable[nn.Module]: ...


def _groups(model: Trained, rates: Rates) -> Iterator[tuple[nn.Module, float]]:
    depth = len(model.layers)
    for i, layer in enumerate(model.layers):
        yield layer, rates.encoder * rates.per_layer ** (depth - 1 - i)
    yield model.position, rates.encoder * rates.per_layer**depth
    yield model.norm, rates.encoder * rates.per_layer**depth
    for part in model.heads():
        yield part, rates.heads


class Optimiser:
    """Owns the float32 weights of all that learns; the word embeddings stay as they are."""

    def __init__(self, model: Trained, rates: Rates) -> None:
        self.rates = rates
        model.word.weight.requires_grad_(requires_grad=False)
        self.working: list[Tensor] = []
        self.exact: list[Tensor] = []
        groups: list[dict[str, Any]] = []
        for module, rate in _groups(model, rates):
            working = list(module.parameters())
            exact = [p.detach().float().clone().requires_grad_() for p in working]
            self.working += working
            self.exact += exact
            for decays in (True, False):
                chosen = [p for p in exact if (p.dim() > 1) == decays]
                groups.append({"params": chosen, "base": rate, "weight_decay": rates.weight_decay if decays else 0.0})
        self.adam = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.99), fused=True)
        self.mean = [p.detach().clone() for p in self.exact]
        self.steps = 0

    def step(self, progress: float) -> None:
        """Take one step with the gradients of the working weights, then clear them."""
        for group in self.adam.param_groups:
            group["lr"] = group["base"] * self.rates.scale(progress)
        for exact, working in zip(self.exact, self.working, strict=True):
            exact.grad = None if working.grad is None else working.grad.float()
            working.grad = None
        torch.nn.utils.clip_grad_norm_(self.exact, self.rates.clip)
        self.adam.step()
        self.steps += 1
        keep = min(self.rates.mean, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self.mean, self.exact, 1 - keep)
            for exact, working in zip(self.exact, self.working, strict=True):
                working.copy_(exact)

    def load_mean(self) -> None:
        """Put the mean into the model, for use or export."""
        with torch.no_grad():
            for mean, working in zip(self.mean, self.working, strict=True):
                working.copy_(mean)

    def state(self) -> dict[str, Any]:
        exact = [p.detach() for p in self.exact]
        return {"exact": exact, "mean": self.mean, "adam": self.adam.state_dict(), "steps": self.steps}

    def load_state(self, state: dict[str, Any]) -> None:
        with torch.no_grad():
            for ours, theirs in zip(self.exact, state["exact"], strict=True):
                ours.copy_(theirs)
            for working, exact in zip(self.working, self.exact, strict=True):
                working.copy_(exact)
        self.mean = list(state["mean"])
        self.adam.load_state_dict(state["adam"])
        self.steps = state["steps"]
