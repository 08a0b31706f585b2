"""The campaigns of docs/reliability.md: one module `rowNN.py` a row, run by `python -m benchmarks.torture`.

A row's module has a docstring of one line, which is its threat, and

    run(seed: int, share: float) -> Result

`share` is how much of the campaign to run, from a small share for every commit to 1 for the figures of the table; what
is drawn at random is drawn from `seed`. A row that cannot run on this machine returns `not_run(...)` with the reason.
"""
