"""No memory of the process gets into the files of the vector index."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.store.graphs import clear_spare_room
from rag.store.views import Unusable

ROOT = Path(__file__).parents[2]
FRESH = b"\xa5" * 64  # what glibc fills fresh memory with under MALLOC_PERTURB_=90 (0x5a, inverted)
BUILD = """
import sys
from pathlib import Path
import numpy as np
from rag.store.ledger import Ledger
from rag.store.vectors import VectorIndex, _client
from tests.store.examples import make_entry, unit_vector

folder, raw, sizes = Path(sys.argv[1]), Path(sys.argv[2]), [int(size) for size in sys.argv[3:]]
with Ledger.open(folder, create=True) as ledger:
    index = VectorIndex(folder, ledger)
    for at, size in enumerate(sizes):
        ledger.write([make_entry(f"a{at}-{n}", seed=n + 9999 * at) for n in range(size)], path=f"f{at}")
        index.sync()
    again = VectorIndex(folder, ledger)
    found = again.search("passage", unit_vector(0), 1)
    assert found[0][1] > 0.999
    assert again.view().generation is not None
client = _client(raw)
client.create_collection("passages", embedding_function=None).add(ids=["1"], embeddings=np.ones((1, 8)))
client.close()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc can be told to fill fresh memory")
@pytest.mark.parametrize("sizes", [(3,), (90,), (120,), (120, 30)], ids=str)
def test_no_fresh_memory_is_written(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    """A graph that Chroma never saved, one that it saved, and a copy of one that grew and was opened again."""
    built, raw = tmp_path / "index", tmp_path / "raw"
    subprocess.run(
        [sys.executable, "-c", BUILD, str(built), str(raw), *map(str, sizes)],
        env=os.environ | {"MALLOC_PERTURB_": "90"},
        cwd=ROOT,
        check=True,
    )

    def holding(folder: Path) -> list[str]:
        return [path.name for path in folder.rglob("*") if path.is_file() and FRESH in path.read_bytes()]

    if not holding(raw):
        pytest.skip("Chroma writes no fresh memory here")
    assert holding(built) == []


@pytest.mark.parametrize("header", [b"", b"\1\0\0\0", b"\1\0\0\0" + b"\7" * 96])
def test_a_form_that_is_not_known_is_not_used(tmp_path: Path, header: bytes) -> None:
    graph = tmp_path / "graph"
    graph.mkdir()
    for name, content in (("header.bin", header), ("data_level0.bin", b"\0" * 800), ("length.bin", b"\0" * 400)):
        (graph / name).write_bytes(content)
    with pytest.raises(Unusable):
        clear_spare_room(tmp_path)


def test_many_processes_open_a_small_index_at_once(tmp_path: Path) -> None:
    """Each makes the graph anew in the same files, and none of them takes what another writes for damage."""
    code = BUILD.split("client = ", maxsplit=1)[0]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "index"), "", "3"], cwd=ROOT, check=True)
    read = (
        "import sys\nfrom rag.store.ledger import Ledger\nfrom rag.store.vectors import VectorIndex\n"
        "for _ in range(8):\n"
        "    with Ledger.open(sys.argv[1], create=False) as ledger:\n"
        "        index = VectorIndex(sys.argv[1], ledger)\n"
        "        assert index.view().generation is not None\n"
        "        index.close()\n"
    )
    readers = [subprocess.Popen([sys.executable, "-c", read, str(tmp_path / "index")], cwd=ROOT) for _ in range(4)]
    assert [reader.wait() for reader in readers] == [0] * 4
