"""A date is read where it is sure, and never invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import read_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2016-09-12", "2016-09-12"),
        ("2016/09/12", "2016-09-12"),
        ("2016.9.2", "2016-09-02"),
        ("20160912", "2016-09-12"),
        ("12 September 2016", "2016-09-12"),
        ("12th of September, 2016", "2016-09-12"),
        ("September 12, 2016", "2016-09-12"),
        ("Sept. 12, 2016", "2016-09-12"),
        ("Monday, September 12th, 2016", "2016-09-12"),
        ("12-Sep-2016", "2016-09-12"),
        ("Published: 12 Sep 2016", "2016-09-12"),
        ("  12   May\n2016 ", "2016-05-12"),
        ("Mon, 12 Sep 2016 10:00:00 GMT", "2016-09-12T10:00:00+00:00"),
        ("Mon, 12 Sep 2016 10:00:00 -0400", "2016-09-12T10:00:00-04:00"),
        ("2016-09-12T10:00:00Z", "2016-09-12T10:00:00+00:00"),
        ("2016-09-12T10:00:00.123+02:00", "2016-09-12T10:00:00+02:00"),
        ("2016-09-12 10:00", "2016-09-12T10:00"),
        ("20160912T101500Z", "2016-09-12T10:15:00+00:00"),
        ("Sept. 12, 2016 at 4:05 p.m. EDT", "2016-09-12T16:05-04:00"),
        ("September 12, 2016, 12:30 AM", "2016-09-12T00:30"),
    ],
)
def test_common_forms(written: str, iso: str) -> None:
    assert read_date(written) == iso


def test_a_time_without_seconds_gets_none() -> None:
    assert read_date("2016-09-12T10:00+01:00") == "2016-09-12T10:00+01:00"


def test_a_zone_of_several_meanings_is_left_out() -> None:
    assert read_date("12 September 2016 10:00 IST") == "2016-09-12T10:00"  # India, Israel or Ireland


@pytest.mark.parametrize("written", ["13/04/2016", "04/13/2016", "13.4.2016"])
def test_a_number_over_twelve_tells_day_from_month(written: str) -> None:
    assert read_date(written) == "2016-04-13"


def test_the_same_number_twice_is_the_same_day_either_way() -> None:
    assert read_date("5/5/2016") == "2016-05-05"


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2016",  # the fourth of March or the third of April
        "12", "2016", "September", "September 2016", "12 September", "2016-09", "Monday", "yesterday", "today at 10:00",
        "12/9/16", "2016-13-01", "2016-02-30", "31 June 2016", "2016-09-12T25:00:00", "Sept. 12, 2016 at 13:00 pm",
        "0001-01-01", "9999-12-31", "", "n/a", "9" * 5000, "12 September 2016 or so", "２０１６-09-12",
    ],
)  # fmt: skip
def test_what_is_ambiguous_partial_or_impossible_is_no_date(written: str) -> None:
    assert read_date(written) is None


def test_numbers_are_seconds_or_milliseconds_since_1970_where_that_is_plausible() -> None:
    assert read_date(1473674400) == "2016-09-12T10:00:00+00:00"
    assert read_date("1473674400000") == "2016-09-12T10:00:00+00:00"
    assert read_date(20160912) == "2016-09-12"
    for number in (0, 12, 2016, -1, 10**15, float("nan"), float("inf"), True):
        assert read_date(number) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_its_usual_forms(day: date) -> None:
    for written in (f"{day:%Y-%m-%d}", f"{day:%d %B %Y}", f"{day:%b. %d, %Y}", f"{day:%a, %d %b %Y}"):
        assert read_date(written) == day.isoformat()


@given(st.one_of(st.text(max_size=30), st.from_regex(r"\d{1,4}[-/. ]\d{1,4}([-/. ]\d{1,4})?", fullmatch=True)))
def test_anything_else_raises_nothing_and_names_no_year_of_its_own(written: str) -> None:
    found = read_date(written)
    if found is not None and not written.strip().isdigit():
        assert found[:4] in written
