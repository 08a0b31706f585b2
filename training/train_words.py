"""Fine-tune the encoder for comparing words: a claim's words near the words of the question that it answers.

python -m training.train_words --index DIR --articles train.jsonl.gz --out DIR [--epochs 4]

DIR of --index is an index of the training articles. A question is scored against all claims of a few articles, some
on the same topic, as at run time: for each of its words the nearest word of the claim, of what stands near and of the
passage. The loss is minus the logarithm of the share of the softmax that falls on the claims that answer it (over all
claims, and over those of its article alone), and the same for passages. Codes are signs in training too, so that the
model learns with what is kept of it. Seed and order are fixed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from rag.assistant import Assistant
from training.data import read_examples
from training.encoder import encoder_folder, load_tokenizer
from training.optimise import Optimiser, Rates
from training.paraphrases import PARAPHRASES, Paraphrase, read_paraphrases
from training.projection import project_words
from training.word_model import WordModel, load_word_model, signs, start_head
from training.word_readings import Ints, Read, Reader, Reading, make_epoch, widen

WEIGHTS = "words.pt"
_FAR = -0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run goes: `size` articles a step, a share `alike` of the steps on articles of one topic, the losses'
    shares, `temperature` of the first step's softmax."""

    seed: int = 1
    epochs: int = 4
    size: int = 4
    alike: float = 0.5
    own: float = 0.5
    passages: float = 0.3
    temperature: float = 0.03
    half: bool = True


class Scorer(nn.Module):
    """The shares of claim, neighbourhood and passage in a score, and the softmax's sharpness; at run time others are
    learnt, by `training.rerank`."""

    def __init__(self, temperature: float) -> None:
        super().__init__()
        self.shares = nn.Parameter(torch.tensor([0.5, 0.25, 0.25]))
        self.sharpness = nn.Parameter(torch.tensor([float(np.log(1 / temperature))] * 2))


class Model(nn.Module):
    """What learns: the encoder with its head, and the scorer."""

    def __init__(self, words: WordModel, scorer: Scorer) -> None:
        super().__init__()
        self.words, self.scorer = words, scorer
        self.word, self.position, self.norm, self.layers = words.word, words.position, words.norm, words.layers

    def heads(self) -> list[nn.Module]:
        return [*self.words.heads(), self.scorer]


def encode(model: WordModel, texts: Sequence[Read]) -> tuple[list[Tensor], list[Tensor]]:
    """Vectors and weights of the pieces of each text, without padding."""
    longest = max(len(text.ids) for text in texts)
    ids = np.stack([np.pad(text.ids, (0, longest - len(text.ids))) for text in texts])
    mask = np.stack([np.arange(longest) < len(text.ids) for text in texts])
    vectors, weights = model(torch.from_numpy(ids), torch.from_numpy(mask))
    return (
        [one[: len(text.ids)] for one, text in zip(vectors, texts, strict=True)],
        [one[: len(text.ids)] for one, text in zip(weights, texts, strict=True)],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores of all questions of a batch, (q, n), which are right, and which stand in the question's article."""

    scores: Tensor
    right: Tensor
    own: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where in the words of a batch's passages, laid end to end, everything stands: arrays of indexes.

    Of each sentence of a claim its window, what stands near, and the number of its passage; of each passage its words;
    of both the number of their article.
    """

    claims: list[Ints]
    near: list[Ints]
    passage_of: list[int]
    article_of: list[int]
    passages: list[Ints]
    article_of_passage: list[int]


def find_places(readings: Sequence[Reading]) -> Places:
    """Where the words of claims and passages stand."""
    found = Places(claims=[], near=[], passage_of=[], article_of=[], passages=[], article_of_passage=[])
    end = 0
    for number, one in enumerate(readings):
        first = len(found.passages)
        starts = [passage.starts[passage.spoken] for passage in one.passages]
        for some in starts:
            found.passages.append(np.arange(end, end + len(some)))
            found.article_of_passage.append(number)
            end += len(some)
        for window, within in zip(one.windows, one.within, strict=True):
            words = np.concatenate([found.passages[first + at] for at in within])
            at_start = np.concatenate([starts[at] for at in within])
            wide = widen(window)
            found.claims.append(words[(at_start >= window.start) & (at_start < window.end)])
            found.near.append(words[(at_start >= wide.start) & (at_start < wide.end)])
            found.passage_of.append(first + within[0])
            found.article_of.append(number)
    return found


def score_batch(model: Model, readings: Sequence[Reading]) -> tuple[Scores, Scores]:
    """Every question of a batch against every claim, and against every passage."""
    passages = [passage for one in readings for passage in one.passages]
    vectors, _ = encode(model.words, passages)
    kept = [some[torch.from_numpy(passage.spoken)] for some, passage in zip(vectors, passages, strict=True)]
    asked, weights, lengths = _questions(model, readings)
    cosines = asked @ signs(torch.cat(kept)).T
    places = find_places(readings)
    by_passage = _greatest(cosines, places.passages)
    shares = model.scorer.shares
    by_claim = shares[0] * _greatest(cosines, places.claims) + shares[1] * _greatest(cosines, places.near)
    by_claim = by_claim + shares[2] * by_passage[:, torch.tensor(places.passage_of)]
    question_of = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    summed = torch.zeros(len(lengths), len(cosines)).index_put((question_of, torch.arange(len(cosines))), weights)
    sharp = model.scorer.sharpness.exp()
    return (
        _scores(summed @ by_claim * sharp[0], readings, places.article_of, kind="claims"),
        _scores(summed @ by_passage * sharp[1], readings, places.article_of_passage, kind="passages"),
    )


def _questions(model: Model, readings: Sequence[Reading]) -> tuple[Tensor, Tensor, list[int]]:
    """Unit vectors of all words of all questions, their weights (of each question they sum to 1), words a question."""
    askings = [asking for one in readings for asking in one.askings]
    vectors, logits = encode(model.words, [asking.read for asking in askings])
    units, weights, spans = [], [], []
    for asking, some, told in zip(askings, vectors, logits, strict=True):
        kept = torch.from_numpy(asking.read.spoken if asking.read.spoken.any() else np.ones_like(asking.read.spoken))
        units.append(functional.normalize(some[kept], dim=-1))
        rarity = torch.from_numpy(asking.rarity)[kept].log()
        weights.append((told[kept].float() + rarity).softmax(0))
        spans.append(int(kept.sum()))
    return torch.cat(units), torch.cat(weights), spans


def _greatest(cosines: Tensor, groups: Sequence[Ints]) -> Tensor:
    """For each row the greatest value in each group of columns."""
    far = torch.full((len(cosines),), _FAR)
    return torch.stack([cosines[:, torch.from_numpy(some)].amax(1) if len(some) else far for some in groups], dim=1)


def _scores(scores: Tensor, readings: Sequence[Reading], owners: Sequence[int], *, kind: str) -> Scores:
    right = torch.zeros(scores.shape, dtype=torch.bool)
    own = torch.zeros(scores.shape, dtype=torch.bool)
    columns = torch.tensor(owners)
    row = 0
    for number, one in enumerate(readings):
        for asking in one.askings:
            own[row] = columns == number
            right[row, own[row]] = torch.from_numpy(getattr(asking, kind))
            row += 1
    return Scores(scores=scores, right=right, own=own)


def measure_loss(scores: Scores, *, own: bool) -> Tensor:
    """Minus the logarithm of the share of the softmax that is right, of all or of the question's own article."""
    shown = scores.scores.masked_fill(~scores.own, -1e4) if own else scores.scores
    right = shown.masked_fill(~scores.right, -1e4)
    return (shown.logsumexp(1) - right.logsumexp(1)).mean()


def train(model: Model, readings: Sequence[Reading], plan: Plan, rates: Rates) -> Optimiser:
    """Train to the end of the plan; prints the losses."""
    optimiser = Optimiser(model, rates)
    if plan.half:
        for part in model.words.encoder():
            part.bfloat16()
    start, totals, since = time.monotonic(), torch.zeros(3), 0
    for epoch in range(plan.epochs):
        rng = random.Random(plan.seed * 1000 + epoch)  # noqa: S311 -- not for secrets
        batches = list(make_epoch(readings, rng, size=plan.size, alike=plan.alike))
        for i, batch in enumerate(batches):
            claims, passages = score_batch(model, batch)
            losses = torch.stack(
                [measure_loss(claims, own=False), measure_loss(claims, own=True), measure_loss(passages, own=False)]
            )
            (losses * torch.tensor([1.0, plan.own, plan.passages])).sum().backward()  # type: ignore[no-untyped-call]
            optimiser.step((epoch + i / len(batches)) / plan.epochs)
            totals, since = totals + losses.detach(), since + 1
            if (i + 1) % 10 == 0 or i + 1 == len(batches):
                shown = [round(float(x), 3) for x in totals / since]
                told = {"epoch": epoch, "step": i + 1, "of": len(batches), "s": round(time.monotonic() - start)}
                print(json.dumps(told | {"losses": shown, "shares": model.scorer.shares.tolist()}), flush=True)
                totals, since = torch.zeros(3), 0
    return optimiser


@torch.no_grad()
def measure(model: Model, readings: Sequence[Reading], *, size: int = 12) -> dict[str, float]:
    """Shares of questions with a right claim among the first 1, 3 and 8 sentences of claims of `size` articles, and of
    their own article alone."""
    model.eval()
    ranks: dict[str, list[int]] = {"all": [], "own": []}
    for at in range(0, len(readings), size):
        claims, _ = score_batch(model, readings[at : at + size])
        for name, shown in (("all", claims.scores), ("own", claims.scores.masked_fill(~claims.own, -1e4))):
            order = shown.argsort(dim=1, descending=True)
            ranks[name] += claims.right.gather(1, order).int().argmax(1).tolist()
    model.train()
    shares = {name: {k: float((np.array(some) < k).mean()) for k in (1, 3, 8)} for name, some in ranks.items()}
    return {f"{name}@{k}": round(100 * share, 1) for name, some in shares.items() for k, share in some.items()}


def split(questions: Iterable[Paraphrase]) -> tuple[list[Paraphrase], list[Paraphrase]]:
    """Those to train on, and those held back."""
    both = list(questions)
    return [one for one in both if not one.held_back], [one for one in both if one.held_back]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--questions", type=Path, default=PARAPHRASES)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate of the top encoder layer")
    parser.add_argument("--float32", action="store_true", help="no bfloat16: for processors that do not have it")
    args = parser.parse_args()
    torch.manual_seed(Plan().seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    raw = {example.id: example.text for example in read_examples(args.articles)}
    reader = Reader(Assistant.open(args.index, create=False), load_tokenizer(encoder_folder()))
    readings, held_back = (
        [one for one in reader.read_articles(some, raw) if one.askings]
        for some in split(read_paraphrases(args.questions))
    )
    plan = Plan(epochs=args.epochs, half=not args.float32)
    words = load_word_model(encoder_folder())
    start_head(words, project_words(words, readings, seed=plan.seed))
    model = Model(words, Scorer(plan.temperature))
    for title, some in (("trained on", readings), ("held back", held_back)):
        print(f"{title}: {len(some)} articles, {sum(len(one.askings) for one in some)} questions", flush=True)
    print("held back, before:", measure(model, held_back), flush=True)
    optimiser = train(model, readings, plan, Rates(encoder=args.rate, heads=args.rate * 3, mean=0.99))
    optimiser.load_mean()
    print("held back, after:", measure(model, held_back), flush=True)
    torch.save({name: tensor.float() for name, tensor in model.words.state_dict().items()}, args.out / WEIGHTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
