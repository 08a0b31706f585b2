"""Citations that are made up: of numbers in articles, of none that is there, of words that do not say it."""

from __future__ import annotations

from benchmarks.torture.result import Result
from benchmarks.torture.tested import run_tests


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing in it is drawn, and it is quick
    """A thousand spoofed citations of a scripted model, and numbers in brackets in articles."""
    done = run_tests(
        "tests/answer/worded/test_hostile.py::test_a_thousand_spoofed_citations_are_dropped",
        "tests/answer/worded/test_hostile.py::test_numbers_in_brackets_in_an_article_are_words_like_any_other",
    )
    return Result(
        row=25,
        threat="spoofed citations",
        target="1,000; 0 unsupported, quotes verbatim",
        measured=f"1,000 spoofed; {len(done.failed)} tests in which one was shown",
        ok=done.ok,
        detail=done.detail,
    )
