"""The files of Chroma's graphs (hnswlib), which are written with room to spare.

The spare room is memory as it was found: text of articles that the process had in hand, forgotten ones among it.
"""

from __future__ import annotations

import struct
from pathlib import Path

from rag.store.views import Unusable

_HEADER = struct.Struct("<i4Q")  # version, offset, room for how many vectors, how many there are, bytes of each
_BLOCK = 1 << 20


def clear_spare_room(folder: Path, *, unsaved_only: bool = False) -> None:
    """Overwrite with zeros what the graphs below a folder hold beyond their vectors.

    With `unsaved_only`, of graphs that Chroma makes anew whenever it opens them. Raises Unusable for files of a form
    that is not known, whose spare room would be left.
    """
    for header in folder.glob("*/header.bin"):
        if unsaved_only and is_saved(header.parent):
            continue
        try:
            _, _, room, count, size = _HEADER.unpack(header.read_bytes()[: _HEADER.size])
            for name, each in (("data_level0.bin", size), ("length.bin", 4)):
                _clear(header.with_name(name), least=count * each, most=room * each)
        except (OSError, struct.error) as error:
            raise Unusable(f"the spare room of {header.parent} cannot be cleared: {error}") from error


def is_saved(graph: Path) -> bool:
    """Whether Chroma reads the graph of a folder; otherwise it makes it anew from its database."""
    return (graph / "index_metadata.pickle").exists()


def _clear(path: Path, *, least: int, most: int) -> None:
    with path.open("r+b") as file:
        length = file.seek(0, 2)
        if not least <= length <= most:
            raise Unusable(f"{path} is of a form that is not known")
        file.seek(least)
        for at in range(least, length, _BLOCK):
            file.write(bytes(min(_BLOCK, length - at)))
