"""What a model's folder may ask for: weights and settings, and no code.

`trust_remote_code=False` is not enough. Versions of sentence-transformers before 6 import whatever class `modules.json`
of a local folder names; transformers fetches an attention "kernel" that `config.json` names (CVE-2026-4372); a module's
weights are taken from a pickle where no safetensors lie beside it. So a folder is read before anything loads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag.errors import ModelError

_PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})
_OTHER_ENGINES = frozenset({"onnx", "openvino"})  # folders of weights that are not loaded here
_CODE = frozenset({"auto_map", "custom_pipelines", "custom_generate"})
_KERNELS = re.compile(r"_?(?:attn|experts)_implementation(?:_internal)?")
_OWN = "sentence_transformers."
_ACTIVATIONS = "torch.nn."


def check_model_folder(folder: Path) -> None:
    """Raise ModelError where a folder holds no safetensors, or asks for pickles, code or another model."""
    if not any(folder.rglob("*.safetensors")):
        raise ModelError(f"{folder} holds no *.safetensors: name the folder of a sentence-transformers model")
    for path in sorted(folder.rglob("*")):
        is_loaded = path.suffix in _PICKLES and path.parent.name not in _OTHER_ENGINES
        if is_loaded and not any(path.parent.glob("*.safetensors")):
            raise _refused(path, "weights that are no safetensors, and could run code")
        if path.name == "adapter_config.json":
            raise _refused(path, "an adapter, which loads another model")
        if path.suffix == ".json" and (what := _asks_for(path)):
            raise _refused(path, what)


def _refused(path: Path, what: str) -> ModelError:
    return ModelError(f"{path} asks for {what}: name a model of safetensors that needs no code of its own")


def _asks_for(path: Path) -> str | None:
    """What a settings file asks for that is refused; None where that is nothing."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None  # whoever loads it says what is wrong
    if path.name.endswith(".index.json") and any(
        not str(name).endswith(".safetensors") for name in _dict(_dict(record).get("weight_map")).values()
    ):
        return "weights that are no safetensors, and could run code"
    if path.name == "modules.json" and isinstance(record, list):
        named = [str(_dict(module).get("type")) for module in record]
        if other := [name for name in named if not name.startswith(_OWN)]:
            return f"the code {other[0][:80]!r}"
    return next(filter(None, (_asks(key, value) for key, value in _pairs(record))), None)


def _asks(key: str, value: Any) -> str | None:
    if key in _CODE and value:
        return f"code of its own ({key})"
    if _KERNELS.fullmatch(key) and "/" in json.dumps(value):
        return f"code from elsewhere ({key})"
    if key == "activation_function" and isinstance(value, str) and "." in value and not value.startswith(_ACTIVATIONS):
        return f"the code {value[:80]!r}"
    return None


def _pairs(record: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, however deep."""
    pending = [record]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            yield from item.items()
            pending += item.values()
        elif isinstance(item, list):
            pending += item


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
