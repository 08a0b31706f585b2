"""How the tagger is taught: marked sentences, labels, what counts as right, and the graph that is shipped."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from corpus.types import Span
from rag.attribution.decode import Scores, Weighing, find_runs, join_windows
from rag.attribution.links import Linking, group_runs
from rag.attribution.pieces import Pieces, cut_pieces, cut_windows
from rag.attribution.tagger import MODEL, TOKENIZER, TaggerExtractor, to_attribution
from rag.types import Attribution
from training.batches import Making, make_epoch, make_row
from training.data import Example, join_examples, join_sometimes, vary_quotes
from training.emphasis import emphasised, is_speech
from training.graph import build_graph
from training.held_back import Count, count_right
from training.labels import Labels, label_pieces
from training.marked import parse_marked, read_marked
from training.matching import Matcher
from training.model import Shape, Tagger
from training.optimise import Rates
from training.train import Plan, Run, measure_loss
from training.tune import fit_logistic

OWN = Path(__file__).parents[2] / "training" / "data"


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Threads that wait for one another on a busy machine make small steps slow."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODEL / TOKENIZER))


def test_marks_are_taken_out_and_kept_as_spans() -> None:
    example = parse_marked("[S12 Lorimer] [C1 announced] [K1 a recall] and [C2 left] [K2 town].", name="x")
    assert example.text == "Lorimer announced a recall and left town."
    first, second = example.attributions
    assert first.source == second.source == (Span(0, 7),)
    assert second.content[0].of(example.text) == "town"


@pytest.mark.parametrize("line", ["[S1 Lorimer said so.", "[X1 Lorimer] said", "[S1 Lorimer] said so."])
def test_a_wrong_mark_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="x: "):
        parse_marked(line, name="x")


def test_no_held_back_sentence_is_trained_on() -> None:
    trained = {marked.example.text for marked in read_marked(OWN / "sentences.txt")}
    held_back = {marked.example.text for marked in read_marked(OWN / "held_back.txt")}
    assert held_back
    assert not trained & held_back


def _sure(labels: Labels, pieces: Pieces, size: int) -> Scores:
    """The scores of a tagger that knows the labels, window by window."""
    windows = cut_windows(pieces, size=size, context=size // 4)
    scores = []
    for window in windows:
        row = make_row(pieces, labels, window)
        n = len(row.ids)
        tags = np.full((n, 7), -20, dtype=np.float32)
        tags[np.arange(n), np.maximum(row.tags, 0)] = 0
        links = np.zeros((2, n, n), dtype=np.float32)
        for kind, targets in enumerate((row.cue_of, row.source_of)):
            known = np.flatnonzero(targets >= 0)
            links[kind, known, targets[known]] = 30
        scores.append((tags, links))
    return join_windows(windows, scores)


@pytest.mark.parametrize("file", ["sentences.txt", "held_back.txt"])
def test_labels_decode_to_what_was_marked(file: str, tokenizer: Tokenizer) -> None:
    for marked in read_marked(OWN / file):
        pieces = cut_pieces(marked.example.text, tokenizer)
        scores = _sure(label_pieces(pieces, marked.example), pieces, 254)
        groups = group_runs(scores, find_runs(pieces, scores.tags, Weighing()), Linking())
        found = {to_attribution(group, pieces, 1.0) for group in groups}
        assert found == set(marked.example.attributions), marked.example.text


def _attribution(source: Span | None, content: Span) -> Attribution:
    return Attribution(source=(source,) if source else (), cue=(), content=(content,))


class TestMatching:
    text = "The old mayor of Orvel said that the dam would hold all winter."
    source, content = Span(0, 22), Span(28, 62)
    matcher = Matcher(text, [_attribution(source, content)])

    def test_half_of_the_content_and_the_head_of_the_source_are_enough(self) -> None:
        assert self.matcher.find_right([_attribution(Span(8, 13), Span(33, 62))]) == [True]

    def test_another_source_or_none_is_wrong(self) -> None:
        assert self.matcher.find_right([_attribution(Span(17, 22), self.content)]) == [False]
        assert self.matcher.find_right([_attribution(None, self.content)]) == [False]

    def test_one_gold_attribution_makes_one_prediction_right(self) -> None:
        twice = [_attribution(self.source, Span(33, 62)), _attribution(self.source, self.content)]
        assert self.matcher.find_right(twice) == [False, True]


def test_quotes_change_their_marks_and_nothing_else() -> None:
    example = Example(id="a", text="“It’s late,” she said. “Go.”", attributions=())
    texts = {vary_quotes(example, random.Random(i), share=1).text for i in range(20)}
    assert texts == {'"It\'s late," she said. "Go."', "‘It’s late,’ she said. ‘Go.’"}


def test_joined_examples_are_paragraphs_with_their_attributions() -> None:
    one = parse_marked("[S1 Lorimer] [C1 said] [K1 it rained].", name="a")
    two = parse_marked("[K1 It did], [S1 she] [C1 said].", name="b")
    joined = join_examples([one, two])
    assert joined.text == "Lorimer said it rained.\n\nIt did, she said."
    assert [a.source[0].of(joined.text) for a in joined.attributions] == ["Lorimer", "she"]
    assert [a.content[0].of(joined.text) for a in joined.attributions] == ["it rained", "It did"]


def test_no_sentence_is_lost_or_doubled_when_some_are_joined() -> None:
    examples = [Example(id=str(i), text=f"Sentence {i}.", attributions=()) for i in range(50)]
    joined = join_sometimes(examples, random.Random(1))
    assert len(joined) < len(examples)
    texts = [text for example in joined for text in example.text.split("\n\n")]
    assert sorted(texts) == sorted(example.text for example in examples)


@pytest.mark.parametrize(
    "cue", ["said", "later told reporters", "according to", ":", "did not deny", "claim", "citing"]
)
def test_cues_of_speech(cue: str) -> None:
    assert is_speech(cue)


@pytest.mark.parametrize("cue", ["believes", "wants", "had hoped", "supports", "was eyeing"])
def test_cues_of_thought_are_not_cues_of_speech(cue: str) -> None:
    assert not is_speech(cue)


def test_speech_and_pronouns_weigh_more_in_training(tokenizer: Tokenizer) -> None:
    example = parse_marked(
        "[S1 Okafor] [C1 said] [K1 no]; [S2 she] [C2 wants] [K2 tea]; [S3 Lee] [C3 wants] [K3 rum].", name="x"
    )
    heavy = [span.of(example.text) for a in example.attributions for span in emphasised(a, example.text)]
    assert heavy == ["Okafor", "said", "she", "wants"]
    pieces = cut_pieces(example.text, tokenizer)
    labels = label_pieces(pieces, example, emphasis=3)
    weighed = {example.text[pieces.starts[i] : pieces.ends[i]]: float(w) for i, w in enumerate(labels.weight)}
    assert weighed["said"] == weighed["she"] == 3
    assert weighed["Lee"] == weighed["tea"] == 1


@pytest.mark.usefixtures("one_thread")
def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(tmp_path: Path) -> None:
    examples = [marked.example for marked in read_marked(OWN / "held_back.txt")][:3]
    making, plan = Making(batch=1), Plan(epochs=2, own=1)

    def start(name: str) -> Run:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return Run(out=folder, making=making, rates=Rates(), plan=plan)

    whole, stopped = start("whole"), start("stopped")
    whole.train(examples, examples[:1])
    stopped.train(examples, examples[:1], until=whole.optimiser.steps // 2 + 1)
    resumed = start("stopped")
    resumed.resume()
    resumed.train(examples, examples[:1])
    assert resumed.optimiser.steps == whole.optimiser.steps
    for ours, theirs in zip(resumed.optimiser.exact, whole.optimiser.exact, strict=True):
        assert torch.equal(ours, theirs)


def test_other_settings_than_the_checkpoints_are_refused(tmp_path: Path) -> None:
    Run(out=tmp_path, making=Making(), rates=Rates(), plan=Plan()).save()
    with pytest.raises(ValueError, match="other settings"):
        Run(out=tmp_path, making=Making(), rates=Rates(), plan=Plan(seed=2)).resume()


def test_pieces_without_a_label_cost_nothing(tokenizer: Tokenizer) -> None:
    text = "Lee said so."
    example = Example(id="x", text=text, attributions=(), ignored=(Span(0, len(text)),))
    (batch,) = make_epoch([example], tokenizer, random.Random(0), Making(quotes=0, masked=(0,)))
    shape = Shape(layers=1, width=24, heads=3, inner=40, positions=32, link=8)
    assert measure_loss(Tagger(shape), batch, smoothing=0.1).tolist() == [0, 0, 0]


def test_an_epoch_holds_every_piece_of_every_article(tokenizer: Tokenizer) -> None:
    examples = [marked.example for marked in read_marked(OWN / "held_back.txt")]
    making = Making(quotes=0, masked=(0,))
    batches = make_epoch(examples, tokenizer, random.Random(0), making)
    in_batches = sum(int(batch.mask.sum()) for batch in batches)
    with_frames = sum(len(cut_pieces(example.text, tokenizer)) + 2 for example in examples)
    assert in_batches == with_frames


def test_rates_rise_then_fall_to_zero() -> None:
    rates = Rates(warm_up=0.1)
    assert rates.scale(0.05) == pytest.approx(0.5)
    assert rates.scale(0.1) == pytest.approx(1)
    assert rates.scale(0.55) == pytest.approx(0.5)
    assert rates.scale(1) == 0


def test_logistic_regression_finds_the_curve_that_made_the_data() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(20_000, 1))
    y = rng.random(20_000) < 1 / (1 + np.exp(-(0.5 + 2 * x[:, 0])))
    bias, (weight,) = fit_logistic(x, y)
    assert bias == pytest.approx(0.5, abs=0.1)
    assert weight == pytest.approx(2, abs=0.1)


def test_the_graph_computes_what_the_model_computes() -> None:
    torch.manual_seed(0)
    shape = Shape(layers=2, width=24, heads=3, inner=40, vocabulary=60, positions=32, link=8)
    model = Tagger(shape).eval()
    graph = build_graph({name: tensor.numpy() for name, tensor in model.state_dict().items()}, shape)
    inputs = [torch.randint(0, high, (2, 17)) for high in (60, 5, 4)]
    with torch.no_grad():
        expected = model(*inputs)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run(
        ["tags", "links"], {name: x.numpy() for name, x in zip(("ids", "case", "layout"), inputs, strict=True)}
    )
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-4)


def test_other_domains_than_politics_are_read_nearly_as_well() -> None:
    """The floor under the figures for sentences of seven domains that the weights have never seen."""
    tagger = TaggerExtractor(threads=1)
    total = sum((count_right(tagger, m.example)[0] for m in read_marked(OWN / "held_back.txt")), Count())
    assert total.right >= 0.9 * total.gold
    assert total.found - total.right <= 0.05 * total.found
