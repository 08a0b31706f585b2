"""The trained tagger: source, cue and content of a whole article, read in windows by a small encoder on onnxruntime."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from corpus.types import Article, Span
from rag.attribution.act import act_of
from rag.attribution.calibration import Calibration
from rag.attribution.decode import Floats, Run, Scores, Weighing, find_runs, join_windows
from rag.attribution.grammar import SUBJECT_PRONOUNS
from rag.attribution.links import Group, Linking, group_runs
from rag.attribution.pieces import CLS, OTHER, SEP, Ints, Pieces, Window, cut_pieces, cut_windows
from rag.errors import ModelError
from rag.types import Attribution

MODEL = Path(__file__).parent / "model"
GRAPH, TOKENIZER, SETTINGS = "tagger.onnx", "tokenizer.json", "settings.json"

SHOWN_EARLIER = SUBJECT_PRONOUNS - {"you"}
"""Pronouns that stand for somebody: "you" is mostly anybody."""
_OTHER_MARKS = re.compile(r"„[^„“”]+[“”]|«[^«»]+»")
_WORD = re.compile(r"\w")
_ONLY_FUNCTION_WORDS = re.compile(
    r"\W*(?:(?:the|an?|of|to|and|or|but|in|for|with|by|at|on|as|from)\b\W*)+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerSettings:
    """What `settings.json` beside the weights says, tuned on development articles.

    `window` and `context` count pieces; `threshold` is the least confidence of an attribution that is shown,
    `threshold_speech` that of one whose cue tells of speech: readers agree on those far better, and one that is
    dropped is missed more. `threshold_pronoun`, where it is lower still, is that of one whose source is a pronoun.
    """

    window: int = 256
    context: int = 48
    threshold: float = 0.0
    threshold_speech: float = 0.0
    threshold_pronoun: float = 1.0
    weighing: Weighing = field(default_factory=Weighing)
    linking: Linking = field(default_factory=Linking)
    calibration: Calibration = field(default_factory=Calibration)


def read_settings(path: Path) -> TaggerSettings:
    """Read settings; raise ModelError where the file is absent or not as it should be."""
    parts: dict[str, Any] = {"weighing": Weighing, "linking": Linking, "calibration": Calibration}
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return TaggerSettings(**{name: parts[name](**x) if name in parts else x for name, x in record.items()})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"the tagger's settings cannot be read: {path}: {error}; install the package again") from error


class TaggerExtractor:
    """Attributions by a fine-tuned MiniLM encoder with tag and link heads; of nested ones only the outermost.

    `folder` holds graph, tokenizer and settings; `threads` is how many windows are read at once, None for one a core.
    Raises ModelError where they cannot be loaded. One object may be used from several threads.
    """

    name = "tagger-1"

    def __init__(self, folder: Path = MODEL, *, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.settings = read_settings(folder / SETTINGS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the threads are ours: a window each
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            # Measured on CPUs: the fused operator takes eight times as long as the two that it replaces.
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],
            )
            count = threads or min(os.cpu_count() or 1, 8)
            self._map = ThreadPoolExecutor(count, thread_name_prefix="tagger").map if count > 1 else map
        except Exception as error:  # both libraries raise errors of their own making
            raise ModelError(f"no tagger can be loaded from {folder}: {error}; install the package again") from error

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        """All attributions of the article, in the order of their cues."""
        return self._extract(article.text, 0)

    def extract_within(self, article: Article, span: Span) -> tuple[Attribution, ...]:
        """The attributions inside `span`, read as if nothing stood round it: what a content reports in its turn."""
        return self._extract(span.of(article.text), span.start)

    def score(self, pieces: Pieces) -> Scores:
        """What the encoder says of every piece: [n] log probabilities of tags and links."""
        size = self.settings.window - 2
        windows = cut_windows(pieces, size=size, context=min(self.settings.context, size // 2))
        return join_windows(windows, list(self._map(partial(self._run, pieces), windows)))

    def _run(self, pieces: Pieces, window: Window) -> tuple[Floats, Floats]:
        cut = slice(window.start, window.end)

        def framed(values: Ints, left: int, right: int) -> Ints:
            return np.concatenate(([left], values[cut], [right]))[None]

        inputs = {
            "ids": framed(pieces.ids, CLS, SEP),
            "case": framed(pieces.case, OTHER, OTHER),
            "layout": framed(pieces.layout, 0, 0),
        }
        tags, links = self._session.run(["tags", "links"], inputs)
        return tags[0], links[0]

    def _extract(self, text: str, offset: int) -> tuple[Attribution, ...]:
        pieces = cut_pieces(_with_known_marks(text), self.tokenizer)
        if not len(pieces):
            return ()
        groups = find_groups(pieces, self.score(pieces), self.settings)
        confident = ((group, self.settings.calibration.of(group)) for group in groups)
        found = (to_attribution(group, pieces, sure) for group, sure in confident)
        shown = (one for one in found if one.confidence >= self._threshold(one, text))
        return tuple(made for one in shown if (made := _with_words(one, text, offset)) is not None)

    def _threshold(self, attribution: Attribution, text: str) -> float:
        cue = " ".join(span.of(text) for span in attribution.cue)
        spoken = act_of(cue, "indirect") == "speech"
        least = self.settings.threshold_speech if spoken else self.settings.threshold
        source = " ".join(span.of(text) for span in attribution.source).lower()
        return min(least, self.settings.threshold_pronoun) if source in SHOWN_EARLIER else least


def _with_known_marks(text: str) -> str:
    """„ “ and « » as “ ”, which the tagger was trained with, letter for letter in their places."""
    return _OTHER_MARKS.sub(lambda found: f"“{found.group()[1:-1]}”", text)


def find_groups(pieces: Pieces, scores: Scores, settings: TaggerSettings) -> list[Group]:
    """All attributions that the scores hold, likely or not, in the order of their cues."""
    return group_runs(scores, find_runs(pieces, scores.tags, settings.weighing), settings.linking)


def to_attribution(group: Group, pieces: Pieces, confidence: float) -> Attribution:
    """A group as spans of the text that the pieces were cut from."""

    def spans(*runs: Run) -> tuple[Span, ...]:
        return tuple(pieces.span(run.first, run.last) for run in runs)

    return Attribution(
        source=spans(group.source) if group.source else (),
        cue=spans(group.cue),
        content=spans(*group.contents),
        confidence=confidence,
    )


def _with_words(attribution: Attribution, text: str, offset: int) -> Attribution | None:
    """Leave out spans that say nothing, move the rest by `offset`; None where no content is left.

    A source and a content say nothing where they hold no word, or but "the"; a cue may be a headline's colon.
    """

    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(Span(span.start + offset, span.end + offset) for span in spans)

    def telling(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        worded = (span for span in spans if _WORD.search(text, span.start, span.end))
        return moved(span for span in worded if not _ONLY_FUNCTION_WORDS.fullmatch(text, span.start, span.end))

    content = telling(attribution.content)
    if not content:
        return None
    return replace(attribution, source=telling(attribution.source), cue=moved(attribution.cue), content=content)
