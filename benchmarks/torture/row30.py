"""Models and indexes from elsewhere that bring code: pickled weights, classes of their own, foreign index files."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn, and it is quick
    """Each model and index holds a mark that shows whether its code ran."""
    models = run_tests("tests/test_model_folder.py::test_a_model_that_brings_code_is_refused_and_none_of_it_runs")
    others = run_tests(
        "tests/test_model_folder.py::test_the_mark_shows_what_runs",
        "tests/test_model_folder.py::test_a_tagger_whose_graph_is_a_pickle_is_refused",
        "tests/test_foreign_index.py",
    )
    ran = models.ok and others.ok
    return Result(
        row=30,
        threat="pickled weights, remote code, foreign index",
        target="10 of 10 refused, 0 marks made",
        measured=f"{models.passed} of {models.total} models refused; {others.passed} of {others.total} other checks; "
        f"{len(models.failed) + len(others.failed)} marks or faults",
        ok=ran if models.total >= 10 else False,
        detail="; ".join(filter(None, (models.detail, others.detail))),
    )
