"""Fine-tune the tagger. One command, from the encoder's weights to a checkpoint that `training.export` turns into ONNX.

python -m training.train --data train.jsonl.gz --out DIR [--epochs 5] [--resume]

The same seed, number of threads and processor give the same weights, however often the run is stopped and resumed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch, Making, make_epoch
from training.data import Example, join_sometimes, read_examples
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run goes. `own`: how often an epoch has the own sentences; `smoothing`: the share of a
    tag's probability that its label spreads over all tags; `half`: the encoder works in bfloat16."""

    seed: int = 1
    half: bool = True
    epochs: int = 5
    own: int = 3
    smoothing: float = 0.03


def _mean_loss(scores: Tensor, gold: Tensor, weight: Tensor, smoothing: float = 0.0) -> Tensor:
    """The cross entropy of `scores` [..., k] for `gold` [...], a mean over the labelled pieces by their `weight`."""
    known = gold != UNKNOWN
    if not known.any():
        return scores.sum() * 0
    each = functional.cross_entropy(scores[known].float(), gold[known], reduction="none", label_smoothing=smoothing)
    return (each * weight[known]).sum() / weight[known].sum()


def measure_loss(model: Tagger, batch: Batch, *, smoothing: float = 0.0) -> Tensor:
    """The losses of tags, content → cue and cue → source."""
    tags, links = model(batch.ids, batch.case, batch.layout, batch.mask)
    cue, source = links.unbind(1)
    plain = torch.ones_like(batch.weight)
    return torch.stack(
        [
            _mean_loss(tags, batch.tags, batch.weight, smoothing),
            _mean_loss(cue, batch.cue_of, plain),
            _mean_loss(source, batch.source_of, batch.weight),
        ]
    )


class Run:
    """A training run that can stop at any time and go on as if it had not."""

    def __init__(self, *, out: Path, making: Making, rates: Rates, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        folder = encoder_folder()
        self.out, self.making, self.plan = out, making, plan
        self.settings = {"making": asdict(making), "rates": asdict(rates), "plan": asdict(plan)}
        self.tokenizer = load_tokenizer(folder)
        self.model = load_tagger(folder)
        self.optimiser = Optimiser(self.model, rates)
        if plan.half:
            for part in self.model.encoder():
                part.bfloat16()
        self.elapsed = 0.0
        self.position = (0, 0)

    def save(self) -> None:
        """Write all that is needed to go on; a kill at any time leaves the last whole checkpoint."""
        state = {
            "run": self.optimiser.state(),
            "elapsed": self.elapsed,
            "position": self.position,
            "random": torch.get_rng_state(),
            "set": self.settings,
        }
        torch.save(state, self.out / (CHECKPOINT + ".new"))
        (self.out / (CHECKPOINT + ".new")).replace(self.out / CHECKPOINT)

    def resume(self) -> None:
        """Take up the checkpoint. Raises ValueError where it was made with other settings."""
        state = torch.load(self.out / CHECKPOINT, weights_only=True)
        if json.dumps(state["set"]) != json.dumps(self.settings):
            raise ValueError(f"{self.out / CHECKPOINT} was made with other settings: {json.dumps(state['set'])}")
        self.optimiser.load_state(state["run"])
        self.elapsed, self.position = state["elapsed"], tuple(state["position"])
        torch.set_rng_state(state["random"])

    def train(self, articles: list[Example], own: list[Example], *, until: int | None = None) -> None:
        """Train to the end of the plan, or until `until` steps are done in all."""
        start = time.monotonic() - self.elapsed
        saved = time.monotonic()
        for epoch in range(self.position[0], self.plan.epochs):
            batches = self._batches(articles, own, epoch)
            if self.position[1] == 0:
                torch.manual_seed(self.plan.seed * 1000 + epoch)
            totals, since = torch.zeros(3), 0
            for i in range(self.position[1], len(batches)):
                if self.optimiser.steps == until:
                    self.save()
                    return
                progress = (epoch + i / len(batches)) / self.plan.epochs
                losses = measure_loss(self.model, batches[i], smoothing=self.plan.smoothing)
                (losses * torch.tensor([1.0, *LINK_WEIGHTS])).sum().backward()  # type: ignore[no-untyped-call]
                self.optimiser.step(progress)
                self.position = (epoch, i + 1)
                self.elapsed = time.monotonic() - start
                totals, since = totals + losses.detach(), since + 1
                if self.optimiser.steps % LOGGED_EVERY == 0:
                    self._log(epoch, i, len(batches), progress, totals / since)
                    totals, since = torch.zeros(3), 0
                if time.monotonic() - saved > SAVED_EVERY_S:
                    self.save()
                    saved = time.monotonic()
            self.position = (epoch + 1, 0)
        self.save()

    def _batches(self, articles: list[Example], own: list[Example], epoch: int) -> list[Batch]:
        rng = random.Random(self.plan.seed * 1000 + epoch)  # noqa: S311 not for secrets
        repeated = [example for _ in range(self.plan.own) for example in join_sometimes(own, rng)]
        return make_epoch([*articles, *repeated], self.tokenizer, rng, self.making)

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
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--threads", type=int, default=2, help="as many make the same weights again")
    parser.add_argument("--seed", type=int, default=Plan().seed)
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
    torch.set_num_threads(args.threads)
    run = Run(
        out=args.out,
        making=Making(batch=args.batch),
        rates=Rates(encoder=args.rate),
        plan=Plan(seed=args.seed, half=not args.float32, epochs=args.epochs),
    )
    if args.resume:
        try:
            run.resume()
        except (OSError, ValueError) as error:
            print(
                f"training: cannot resume: {error}; use the settings it was made with, or another --out",
                file=sys.stderr,
            )
            return 2
    run.train(list(read_examples(args.data)), [marked.example for marked in read_marked(args.own)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
