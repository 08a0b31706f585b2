"""Waiting for files to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

QUIET = 500  # milliseconds without a change before a burst of them counts as over,
LONGEST = 10_000  # and after which it is not waited for any longer
_START = 200  # milliseconds from which on the watch is known to be up


def changes_in(
    paths: Sequence[str | Path], *, ignore: Sequence[Path] = (), stop: Event | None = None
) -> Iterator[frozenset[Path]]:
    """Yield once when the watch is up, with nothing, then the files that changed below `paths`, burst by burst.

    What changes while the caller works is told at the next step. Changes below `ignore` do not count. Ends when `stop`
    is set, and raises KeyboardInterrupt on Ctrl-C.
    """
    from watchfiles import Change, DefaultFilter, watch

    ignored = [path.resolve() for path in ignore]

    class _Elsewhere(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            # Its own `ignore_paths` would take "news-2" for a part of "news".
            return super().__call__(change, path) and not any(map(Path(path).is_relative_to, ignored))

    is_up = False
    watched = watch(
        *(Path(path).resolve() for path in paths),
        watch_filter=_Elsewhere(),
        debounce=LONGEST,
        step=QUIET,
        stop_event=stop,
        rust_timeout=_START,
        yield_on_timeout=True,
    )
    for changes in watched:
        if changes or not is_up:
            yield frozenset(Path(path) for _, path in changes)
        is_up = True
