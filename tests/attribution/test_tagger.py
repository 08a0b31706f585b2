"""The trained tagger: how it cuts a text, how it decodes its scores, what it finds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.types import Article, Span
from rag.attribution.decode import BEGIN_CONTENT, BEGIN_CUE, BEGIN_SOURCE, TAGS, Run, Scores, Weighing, find_runs
from rag.attribution.links import TO_CUE, TO_SOURCE, Linking, group_runs
from rag.attribution.pieces import Pieces, cut_pieces, cut_windows, find_quoted
from rag.attribution.tagger import MODEL, TOKENIZER, TaggerExtractor
from rag.errors import ModelError

PROSE = st.text(alphabet="abc XY.,'’“”\"\n0-–é", max_size=400)


@pytest.fixture(scope="module")
def tagger() -> TaggerExtractor:
    return TaggerExtractor(threads=1)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODEL / TOKENIZER))


def article(text: str) -> Article:
    return Article(id="a", text=text)


def words(tagger: TaggerExtractor, text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of all that is found, pieces joined by " + "."""
    return [(_of(a.source, text), _of(a.cue, text), _of(a.content, text)) for a in tagger.extract(article(text))]


def _of(spans: tuple[Span, ...], text: str) -> str:
    return " + ".join(span.of(text) for span in spans)


class TestQuotedCharacters:
    @pytest.mark.parametrize(
        ("text", "inside"),
        [
            ("He said “no” twice.", "“no”"),
            ('He said "no" twice.', '"no"'),
            ("He said ‘no’ twice.", "‘no’"),
            ("He said 'no' twice.", "'no'"),
            ("Il a dit «non» deux fois.", "«non»"),
        ],
    )
    def test_marks_and_all_between_are_inside(self, text: str, inside: str) -> None:
        found = "".join(c for c, quoted in zip(text, find_quoted(text), strict=True) if quoted)
        assert found == inside

    def test_apostrophes_open_nothing(self) -> None:
        assert not find_quoted("The miners’ union didn't sign. It’s the owners' turn.").any()

    def test_an_open_quotation_lasts_to_the_end_of_its_paragraph(self) -> None:
        text = "“It began at noon.\n\n“Then it ended.” Nobody moved."
        quoted = find_quoted(text)
        assert quoted[: text.index("\n")].all()
        assert not quoted[text.index(" Nobody") :].any()


class TestPieces:
    @given(text=PROSE)
    def test_every_piece_lies_in_the_text_in_order(self, text: str, tokenizer: Tokenizer) -> None:
        pieces = cut_pieces(text, tokenizer)
        assert ((pieces.starts >= 0) & (pieces.starts < pieces.ends) & (pieces.ends <= len(text))).all()
        assert (np.diff(pieces.starts) >= 0).all()
        assert (np.diff(pieces.paragraph) >= 0).all()

    def test_the_case_that_an_uncased_vocabulary_loses_is_kept(self, tokenizer: Tokenizer) -> None:
        upper, lower = cut_pieces("US", tokenizer), cut_pieces("us", tokenizer)
        assert upper.ids.tolist() == lower.ids.tolist()
        assert upper.case.tolist() != lower.case.tolist()

    @given(text=PROSE, size=st.integers(4, 60), context=st.integers(0, 30))
    def test_windows_decide_every_piece_once(self, text: str, size: int, context: int, tokenizer: Tokenizer) -> None:
        pieces = cut_pieces(text, tokenizer)
        windows = cut_windows(pieces, size=size, context=min(context, size // 2))
        decided = [i for window in windows for i in range(window.core, window.end)]
        assert decided == list(range(len(pieces)))
        assert all(window.start <= window.core < window.end <= window.start + size for window in windows)

    def test_a_paragraph_that_fits_is_not_cut(self, tokenizer: Tokenizer) -> None:
        pieces = cut_pieces("One two three.\n\nFour five six.\n\nSeven eight nine.", tokenizer)
        windows = cut_windows(pieces, size=9, context=0)
        assert [window.end for window in windows] == [8, 12]


def scores_of(pieces: Pieces, tags: list[int], links: dict[tuple[int, int], int] | None = None) -> Scores:
    """Scores that are sure of the given tags, and of links {(kind, from): to}; every other link goes to none."""
    n = len(pieces)
    tag_scores = np.full((n, TAGS), -9.0, dtype=np.float32)
    tag_scores[np.arange(n), tags] = 0
    link_scores = np.full((2, n, n + 1), -9.0, dtype=np.float32)
    link_scores[:, :, 0] = 0
    for (kind, start), end in (links or {}).items():
        link_scores[kind, start, 0], link_scores[kind, start, end + 1] = -9, 0
    return Scores(tags=tag_scores, links=link_scores, origin=np.zeros(n, dtype=np.int64))


class TestDecoding:
    def test_a_span_needs_a_beginning(self, tokenizer: Tokenizer) -> None:
        pieces = cut_pieces("Ruiz said so", tokenizer)
        lone = [0] * (len(pieces) - 1) + [BEGIN_CONTENT + 1]
        runs = find_runs(pieces, scores_of(pieces, lone).tags, Weighing())
        assert all(run.first != run.last or run.score < 0.5 for run in runs[BEGIN_CONTENT])

    @settings(deadline=None)
    @given(text=PROSE, seed=st.integers(0, 1000))
    def test_runs_hold_whole_words_of_one_paragraph(self, text: str, seed: int, tokenizer: Tokenizer) -> None:
        pieces = cut_pieces(text, tokenizer)
        tags = np.random.default_rng(seed).normal(size=(len(pieces), TAGS)).astype(np.float32)
        for run in (run for role in find_runs(pieces, tags, Weighing()).values() for run in role):
            assert pieces.paragraph[run.first] == pieces.paragraph[run.last]
            assert run.first == 0 or pieces.word[run.first - 1] != pieces.word[run.first]
            assert run.last + 1 == len(pieces) or pieces.word[run.last + 1] != pieces.word[run.last]

    def test_links_share_a_source_and_rejoin_a_split_content(self, tokenizer: Tokenizer) -> None:
        text = "A , B said C and added D"  # A and C are one content, D another; B says both
        pieces = cut_pieces(text, tokenizer)
        a, b, said, c, added, d = 0, 2, 3, 4, 6, 7
        tags = [0] * len(pieces)
        for role, at in ((BEGIN_CONTENT, (a, c, d)), (BEGIN_SOURCE, (b,)), (BEGIN_CUE, (said, added))):
            for i in at:
                tags[i] = role
        links = {(TO_CUE, a): said, (TO_CUE, c): said, (TO_CUE, d): added, (TO_SOURCE, said): b, (TO_SOURCE, added): b}
        scores = scores_of(pieces, tags, links)
        first, second = group_runs(scores, find_runs(pieces, scores.tags, Weighing()), Linking())
        assert [run.first for run in first.contents] == [a, c]
        assert [run.first for run in second.contents] == [d]
        assert isinstance(first.source, Run)
        assert first.source == second.source

    def test_a_cue_that_links_to_nothing_has_no_source(self, tokenizer: Tokenizer) -> None:
        pieces = cut_pieces("It is believed ships sank", tokenizer)
        tags = [0, BEGIN_CUE, BEGIN_CUE + 1, BEGIN_CONTENT, BEGIN_CONTENT + 1]
        scores = scores_of(pieces, tags, {(TO_CUE, 3): 1, (TO_CUE, 4): 1})
        (group,) = group_runs(scores, find_runs(pieces, scores.tags, Weighing()), Linking())
        assert group.source is None


class TestExtractor:
    def test_a_quotation_with_its_speaker_after_it(self, tagger: TaggerExtractor) -> None:
        found = words(tagger, "“The ferry sails on Monday,” said Harbour Master Tove Lind.")
        assert found == [("Harbour Master Tove Lind", "said", "“The ferry sails on Monday,”")]

    def test_a_content_on_both_sides_of_its_cue_is_one(self, tagger: TaggerExtractor) -> None:
        found = words(tagger, "“We tried everything,” Adeyemi said. “Nobody answered the phone.”")
        assert found == [("Adeyemi", "said", "“We tried everything,” + “Nobody answered the phone.”")]

    @pytest.mark.parametrize(
        ("thresholds", "cues"),
        [((0.0, 0.0), {"fears", "said"}), ((1.0, 0.0), {"said"}), ((0.0, 1.0), {"fears"})],
        ids=["all", "speech alone", "attitudes alone"],
    )
    def test_speech_is_shown_from_another_confidence_on_than_attitudes(
        self, thresholds: tuple[float, float], cues: set[str]
    ) -> None:
        tagger = TaggerExtractor(threads=1)
        other, speech = thresholds
        tagger.settings = replace(tagger.settings, threshold=other, threshold_speech=speech)
        text = "The ferry company fears that the pier will sink. Mayor Ana Ruiz said that the pier was safe."
        assert {cue for _, cue, _ in words(tagger, text)} == cues

    def test_what_a_pronoun_says_is_shown_from_a_lower_confidence_on(self) -> None:
        tagger = TaggerExtractor(threads=1)
        text = "Mayor Ana Ruiz said that the pier was safe. She fears that it will sink."
        tagger.settings = replace(tagger.settings, threshold=1.0, threshold_speech=1.0, threshold_pronoun=0.0)
        assert {source for source, _, _ in words(tagger, text)} == {"She"}

    def test_reported_speech_begins_with_its_conjunction(self, tagger: TaggerExtractor) -> None:
        found = words(tagger, "The transport ministry said that two trains had collided near Orvel.")
        assert found == [("The transport ministry", "said", "that two trains had collided near Orvel")]

    def test_a_denial_is_an_attribution(self, tagger: TaggerExtractor) -> None:
        found = words(tagger, "The firm denied that it had dumped waste in the canal.")
        assert found == [("The firm", "denied", "that it had dumped waste in the canal")]

    def test_two_cues_share_a_source(self, tagger: TaggerExtractor) -> None:
        found = words(tagger, "Lorimer announced a recall and said refunds would follow by May.")
        assert [source for source, _, _ in found] == ["Lorimer", "Lorimer"]

    def test_what_happens_is_nobody_s_claim(self, tagger: TaggerExtractor) -> None:
        assert words(tagger, "The convoy crossed the bridge at dawn and turned north along the canal.") == []

    def test_straight_marks_are_as_good(self, tagger: TaggerExtractor) -> None:
        found = words(tagger, '"The ferry sails on Monday," said Harbour Master Tove Lind.')
        assert found == [("Harbour Master Tove Lind", "said", '"The ferry sails on Monday,"')]

    def test_a_part_is_read_by_itself_with_the_offsets_of_the_whole(self, tagger: TaggerExtractor) -> None:
        text = "The agency Norda reported that General Hask said the line had held."
        part = Span(text.index("General"), len(text))
        (found,) = tagger.extract_within(article(text), part)
        assert _of(found.source, text) == "General Hask"
        assert _of(found.content, text) == "the line had held"

    def test_no_text_has_no_attributions(self, tagger: TaggerExtractor) -> None:
        assert tagger.extract(article("")) == ()
        assert tagger.extract(article(" \n\n ")) == ()

    def test_one_word_of_endless_length_is_no_trouble(self, tagger: TaggerExtractor) -> None:
        assert tagger.extract(article("x" * 20_000)) == ()

    def test_an_article_without_paragraphs_is_read_to_its_end(self, tagger: TaggerExtractor) -> None:
        text = "Rain fell on the hills all night. " * 80 + "The mayor said that the dam would hold."
        assert words(tagger, text)[-1] == ("The mayor", "said", "that the dam would hold")

    def test_a_character_that_no_encoding_has_is_no_trouble(self, tagger: TaggerExtractor) -> None:
        text = "The mayor said \ud83d that the dam would hold."
        assert [source for source, _, _ in words(tagger, text)] == ["The mayor"]

    @settings(deadline=None, max_examples=15)
    @given(text=PROSE)
    def test_spans_hold_words_of_the_text(self, text: str, tagger: TaggerExtractor) -> None:
        for found in tagger.extract(article(text)):
            assert 0 <= found.confidence <= 1
            for span in (*found.source, *found.content):  # a cue may be a dash
                assert any(c.isalnum() for c in span.of(text))

    def test_threads_change_nothing(self, tagger: TaggerExtractor) -> None:
        text = "\n\n".join(f"“Part {i} is done,” said engineer Bo Sand. The lake froze." for i in range(60))
        assert TaggerExtractor(threads=2).extract(article(text)) == tagger.extract(article(text))

    def test_a_folder_without_a_model_is_one_clear_error(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="install the package again"):
            TaggerExtractor(tmp_path)

    def test_a_damaged_graph_is_one_clear_error(self, tmp_path: Path) -> None:
        for file in MODEL.iterdir():
            whole = file.read_bytes()
            (tmp_path / file.name).write_bytes(whole[:1000] if file.suffix == ".onnx" else whole)
        with pytest.raises(ModelError, match="install the package again"):
            TaggerExtractor(tmp_path)

    def test_torch_is_not_needed(self) -> None:
        code = "import sys, rag.attribution.tagger as t; t.TaggerExtractor(); print('torch' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"
