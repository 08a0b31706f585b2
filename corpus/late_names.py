"""Names of a package that are loaded when they are first asked for: whoever needs one of them waits for no other."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as in `typing`, which the command line does not wait for
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


def late_names(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562): `homes` are the modules that its names come from, with the names."""
    home = {name: module for module, names in homes.items() for name in names}

    def load(name: str) -> Any:
        if name in home:
            return getattr(import_module(home[name]), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
