"""Fine-tune the tagger. One command, from the encoder's weights to a checkpoint that `training.export` turns into ONNX.

python -m training.train --data train.jsonl.gz --out DIR [--epochs 6] [--minutes 170] [--resume]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch, Making, make_epoch
from training.data import Example, read_examples
from training.encoder import encoder_folder, load_tokenizer
from training.labels import UNKNOWN
from training.marked import read_marked
from training.model import Tagger, load_tagger
from training.optimise import Optimiser, Rates

OWN = Path(__file__).parent / "data" / "sentences.txt"
CHECKPOINT = "checkpoint.pt"
SAVED_EVERY_S = 240
LOGGED_EVERY = 20
LINK_WEIGHTS = (0.5, 0.3)
"""Of content → cue and cue → source, beside 1 for the tags."""


def measure_loss(model: Tagger, batch: Batch) -> Tensor:
    """The losses of tags, content → cue and cue → source, each a mean over the pieces that have a label."""
    tags, links = model(batch.ids, batch.case, batch.layout, batch.mask)
    losses = [functional.cross_entropy(tags.flatten(0, 1).float(), batch.tags.flatten(), ignore_index=UNKNOWN)]
    for scores, gold in zip(links.unbind(1), (batch.cue_of, batch.source_of), strict=True):
        known = gold != UNKNOWN
        losses.append(functional.cross_entropy(scores[known].float(), gold[known]) if known.any() else scores.sum() * 0)
    return torch.stack(losses)


class Run:
    """A training run that can stop at any time and go on."""

    def __init__(self, *, out: Path, seed: int, making: Making, rates: Rates, half: bool) -> None:
        torch.manual_seed(seed)
        folder = encoder_folder()
        self.out, self.seed, self.making, self.rates = out, seed, making, rates
        self.tokenizer = load_tokenizer(folder)
        self.model = load_tagger(folder)
        self.optimiser = Optimiser(self.model, rates)
        if half:
            for part in self.model.encoder():
                part.bfloat16()
        self.elapsed = 0.0
        self.position = (0, 0)

    def save(self) -> None:
        """Write all that is needed to go on; a kill at any time leaves the last whole checkpoint."""
        settings = {"seed": self.seed, "making": asdict(self.making), "rates": asdict(self.rates)}
        state = {"run": self.optimiser.state(), "elapsed": self.elapsed, "position": self.position, "set": settings}
        torch.save(state, self.out / (CHECKPOINT + ".new"))
        (self.out / (CHECKPOINT + ".new")).replace(self.out / CHECKPOINT)

    def resume(self) -> None:
        state = torch.load(self.out / CHECKPOINT, weights_only=True)
        self.optimiser.load_state(state["run"])
        self.elapsed, self.position = state["elapsed"], tuple(state["position"])

    def train(self, examples: list[Example], *, epochs: int, minutes: float) -> None:
        """Train for `epochs`, or for `minutes` of wall time if they are over first; the rates reach zero at the end."""
        start = time.monotonic() - self.elapsed
        saved = time.monotonic()
        for epoch in range(self.position[0], epochs):
            rng = random.Random(self.seed * 1000 + epoch)  # noqa: S311 not for secrets
            torch.manual_seed(self.seed * 1000 + epoch)
            batches = make_epoch(examples, self.tokenizer, rng, self.making)
            totals = torch.zeros(3)
            for i in range(self.position[1], len(batches)):
                self.elapsed = time.monotonic() - start
                progress = max((epoch + i / len(batches)) / epochs, self.elapsed / (60 * minutes))
                if progress >= 1:
                    self.save()
                    return
                losses = measure_loss(self.model, batches[i])
                (losses * torch.tensor([1.0, *LINK_WEIGHTS])).sum().backward()  # type: ignore[no-untyped-call]
                self.optimiser.step(progress)
                self.position = (epoch, i + 1)
                totals += losses.detach()
                if self.optimiser.steps % LOGGED_EVERY == 0:
                    self._log(epoch, i, len(batches), progress, totals / LOGGED_EVERY)
                    totals.zero_()
                if time.monotonic() - saved > SAVED_EVERY_S:
                    self.save()
                    saved = time.monotonic()
            self.position = (epoch + 1, 0)
        self.save()

    def _log(self, epoch: int, i: int, n: int, progress: float, losses: Tensor) -> None:
        names = ("tags", "cue_of", "source_of")
        shown = {name: round(float(x), 4) for name, x in zip(names, losses, strict=True)}
        record = {"epoch": epoch, "step": i + 1, "of": n, "progress": round(progress, 4), "s": round(self.elapsed)}
        print(json.dumps(record | shown), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="annotated articles, JSON lines, gzipped or not")
    parser.add_argument("--own", type=Path, default=OWN, help="marked sentences, see training.marked")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=170, help="wall time in which the run ends in any case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8, help="windows a step")
    parser.add_argument("--rate", type=float, default=Rates().encoder, help="learning rate of the top encoder layer")
    parser.add_argument("--float32", action="store_true", help="no bfloat16: for processors that do not have it")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    args = parser.parse_args()
    missing = [str(path) for path in (args.data, args.own) if not path.is_file()]
    if missing:
        print(f"training: no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    args.out.mkdir(parents=True, exist_ok=True)
    examples = [*read_examples(args.data), *(marked.example for marked in read_marked(args.own))]
    making, rates = Making(batch=args.batch), Rates(encoder=args.rate)
    run = Run(out=args.out, seed=args.seed, making=making, rates=rates, half=not args.float32)
    if args.resume:
        run.resume()
    run.train(examples, epochs=args.epochs, minutes=args.minutes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
