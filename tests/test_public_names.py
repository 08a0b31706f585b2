"""The public interface: what `import rag` promises is there."""

from __future__ import annotations

import pytest

import rag


@pytest.mark.parametrize("name", rag.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(rag, name) is not None


def test_a_name_that_is_not_public_is_an_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = rag.nothing_like_it  # type: ignore[attr-defined]
