"""A progress bar on standard error; silent where that is no terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rag.index import Progress

_FORMAT = "{desc} {percentage:3.0f}%|{bar}| {postfix}"


class Bar:
    """Shows `Progress`: what is done, how fast, how long it takes yet, and how many problems there were."""

    def __enter__(self) -> Self:
        from tqdm import tqdm

        self._bar = tqdm(total=1.0, disable=None, dynamic_ncols=True, leave=False, bar_format=_FORMAT)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def __call__(self, progress: Progress) -> None:
        self._bar.set_description_str(f"file {min(progress.files + 1, progress.of_files)}/{progress.of_files}", False)
        self._bar.set_postfix_str(progress.summary, False)
        self._bar.update(progress.fraction - self._bar.n)
