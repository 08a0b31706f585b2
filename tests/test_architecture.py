"""The walls: which room may know of which, and what `import rag` may cost."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RAG_ORDER = (
    "types",
    "errors",
    "settings",
    "observe",
    "late",
    "minilm_graph",
    "onnx_minilm",
    "word_encoder",
    "model_folder",
    "models",
    "attribution",
    "store",
    "index",
    "question",
    "retrieval",
    "retrieve",
    "answer",
    "follower",
    "opened",
    "assistant",
    "render",
    "web",
    "commands",
    "__main__",
)
"""From the lowest room to the highest: a module imports only from its own room and from those before it."""


def imports(path: Path) -> Iterator[str]:
    """All modules that a file imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", modules("corpus"), ids=lambda p: str(p.relative_to(ROOT)))
def test_corpus_knows_nothing_of_rag(path: Path) -> None:
    assert not [name for name in imports(path) if name.split(".")[0] in {"rag", "app"}]


@pytest.mark.parametrize("path", modules("rag"), ids=lambda p: str(p.relative_to(ROOT)))
def test_rag_imports_only_what_lies_below(path: Path) -> None:
    room = path.relative_to(ROOT / "rag").parts[0].removesuffix(".py")
    if room == "__init__":  # the public names: may know all of it
        return
    below = RAG_ORDER[: RAG_ORDER.index(room) + 1]
    rooms = [name.split(".")[1] for name in imports(path) if name.startswith("rag.")]
    assert not [other for other in rooms if other not in below]


def test_import_rag_loads_nothing_heavy() -> None:
    """A shell command or another program that imports the package must not pay for a model or a web server."""
    heavy = (
        "torch",
        "transformers",
        "sentence_transformers",
        "onnxruntime",
        "chromadb",
        "gradio",
        "numpy",
        "langchain_core",
    )
    code = f"import sys; from rag import Answer, RagError; print([name for name in {heavy!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "[]"


def test_answering_loads_no_torch(tmp_path: Path) -> None:
    """The default path runs on onnxruntime alone."""
    (tmp_path / "a.txt").write_text(
        "Dam holds\n\nThe dam at Orla holds, said Mayor Ana Ruiz on Monday.\n", encoding="utf-8"
    )
    code = (
        "import sys, rag\n"
        f"assistant = rag.Assistant.open({str(tmp_path / 'index')!r})\n"
        f"assistant.add({str(tmp_path / 'a.txt')!r})\n"
        "assistant.ask('Who says that the dam holds?')\n"
        "print('torch' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "False"
