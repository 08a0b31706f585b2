"""Limits: what they are, when they hold, and what a message says of them."""

from collections.abc import Generator
from dataclasses import fields

import pytest

from corpus import CorpusError
from corpus.limits import Limits, limits_in_force, over_limit, under_limits


def observed() -> Generator[int, None, None]:
    while True:
        yield limits_in_force().members


def test_a_generator_is_under_its_own_limits_at_every_step_and_whoever_asks_is_not() -> None:
    one, two = (under_limits(observed(), limits=Limits(members=n)) for n in (1, 2))
    assert [next(one), next(two), next(one), next(two)] == [1, 2, 1, 2]
    assert limits_in_force() == Limits()


def test_a_generator_that_is_given_up_is_closed() -> None:
    closed = []

    def items() -> Generator[int, None, None]:
        try:
            yield 1
            yield 2
        finally:
            closed.append(True)

    outer = under_limits(items(), limits=Limits())
    assert next(outer) == 1
    del outer
    assert closed == [True]


def test_every_limit_is_documented() -> None:
    assert all(f"    {field.name} " in (Limits.__doc__ or "") for field in fields(Limits))


@pytest.mark.parametrize("value", [0, -1, "many", None, True])
def test_a_limit_that_is_no_number_from_one_upwards_is_refused(value: object) -> None:
    with pytest.raises(CorpusError, match="pdf_pages"):
        Limits(pdf_pages=value)  # type: ignore[arg-type]


def test_a_message_names_the_limit_as_the_setting_is_called() -> None:
    message = str(over_limit("too many pages", limit="pdf_pages", limits=Limits(pdf_pages=1500)))
    assert message == "too many pages; the limit is pdf_pages = 1,500"
