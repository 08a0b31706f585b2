"""A date is read where it is sure, and never invented."""

import time
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus.dates
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


# In the language of the page


@pytest.mark.parametrize(
    ("written", "language", "iso"),
    [
        ("03/04/2031", "en-GB", "2031-04-03"),
        ("03/04/2031", "en-US", "2031-03-04"),
        ("03/04/2031", "fr", "2031-04-03"),
        ("3.4.2031", "de-AT", "2031-04-03"),
        ("03/04/2031", "en", None),  # both are English
        ("03/04/2031", None, None),
        ("03/04/2031", "ja", None),  # which writes the year first
        ("03/04/2031", "xx-klingon", None),
        ("04/13/2031", "en-GB", "2031-04-13"),  # no other day
        ("4. März 2031", "de", "2031-03-04"),
        ("Mittwoch, 4. Dezember 2030, 12:30 Uhr", "de", "2030-12-04T12:30"),
        ("le 1 mars 2031 à 12:30", "fr", "2031-03-01T12:30"),
        ("martes, 4 de marzo de 2031", "es", "2031-03-04"),
        ("4 марта 2031 г.", "ru", "2031-03-04"),
        ("March 4, 2031", "fr", "2031-03-04"),
        ("4. März", "de", None),
        ("vor 2 Stunden", "de", None),
        ("mars 2031", "fr", None),
    ],
)
def test_a_language_adds_its_months_and_settles_the_order(written: str, language: str | None, iso: str | None) -> None:
    assert read_date(written, language=language) == iso


# Whenever and wherever it is read

DAYS = [(2031, 5, 2), (2016, 2, 29), (1999, 12, 31), (2000, 1, 1), (2031, 3, 30), (2030, 10, 27), (2024, 11, 3)]
SURE = {
    written: expected
    for year, month, day in DAYS
    for written, expected in {
        f"{year}-{month:02}-{day:02}": f"{year}-{month:02}-{day:02}",
        f"{year}{month:02}{day:02}": f"{year}-{month:02}-{day:02}",
        f"{date(year, month, day):%d %B %Y}": f"{year}-{month:02}-{day:02}",
        f"{date(year, month, day):%B %d, %Y}": f"{year}-{month:02}-{day:02}",
        f"{year}-{month:02}-{day:02}T02:30:00+01:00": f"{year}-{month:02}-{day:02}T02:30:00+01:00",
        f"{year}-{month:02}-{day:02}T01:30:00Z": f"{year}-{month:02}-{day:02}T01:30:00+00:00",
        f"{year}-{month:02}-{day:02} 02:30": f"{year}-{month:02}-{day:02}T02:30",  # skipped or doubled somewhere
        f"{date(year, month, day):%a, %d %b %Y} 23:59:59 -0500": f"{year}-{month:02}-{day:02}T23:59:59-05:00",
        f"Published {date(year, month, day):%d %b %Y} 12:05 am EST": f"{year}-{month:02}-{day:02}T00:05-05:00",
    }.items()
}
NO_DAY = [
    *[str(number) for number in (*range(70), 99, 100, 365, 1231, 1899, 2031, 20311, 311231, 99999999, 20319999)],
    *["9" * count for count in (11, 14, 15, 20, 50, 100, 1000, 5000)],
    *["1" * count for count in (5, 6, 7, 11, 14, 30)],
    *[f"{count} {unit} ago" for count in (1, 2, 59) for unit in "seconds minutes hours days weeks years".split()],
    *[f"in {count} days" for count in (1, 2)],
    "now", "today", "yesterday", "tomorrow", "just now", "this morning", "last week", "Monday", "next Friday", "noon",
    "today at 10:00", "yesterday, 11:15 pm", "10:30", "10:30:00", "10:30 am", "T10:30:00Z", "2:30 EST", "00:00",
    "January", "May", "may", "march", "sun", "Sept.", "dec", "5 May", "May 5", "May 5th", "Monday, 5 May", "the 5th",
    "May 2031", "2031 May", "2031-05", "05/2031", "5/31", "1/2/31", "31/12/99", "01-02-03", "1.2.3", "03/04/2031",
    "4/3/2031", "12-11-2031", "1.10.2031", "2031/13/01", "2031-00-10", "2031-10-00", "2031-02-29", "2031-02-30",
    "2031-04-31", "31 June 2031", "30 February 2031", "0 May 2031", "32 May 2031", "2031-05-02T24:01:00",
    "2031-05-02T12:60:00", "2031-05-02T25:00:00Z", "2 May 2031 13:00 pm", "2 May 2031 0:30 am", "0000-00-00",
    "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1066-10-14", "2101-01-01",
    "2031-W18-5", "2031-122", "P1D", "R5/2031", "", " ", "-", "--", "n/a", "none", "null", "nan", "NaT", "undefined",
    "TBD", "date", "Invalid date", "unknown", "%Y-%m-%d", "{{ date }}", "YYYY-MM-DD", "dd/mm/yyyy", "2 May",
    "II.V.MMXXXI",     "-1", "-2031-05-02", "1e9", "1e308", "inf", "-inf", "0x7f", "0b1", "1_000_000_000",
    "٢٠٣١-٠٥-٠٢", "２０３１-05-02",
    "2031–05–02–03", "2 May 2031 or 3 May 2031", "between 1 and 2 May 2031", "circa 2031", "May 2, 2031 and later",
    "12 angry men", "page 12 of 31", "15,000", "3-0", "4-3-2", "1/2", "50%", "$2031", "Room 2031", "v2031.5.2.1",
    "2031.5", "20.31", "2031-05-02-2031-05-03", "May 2, 2031 – June 3, 2031", "\x00", "\ud800", "😀", "a" * 5000,
    "2031-05-02" * 10, "2 Mai 2031", "2 мая 2031", "5月2日", "2031年5月", "٢ مايو",
]  # fmt: skip
ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati")
CLOCKS = (datetime(2031, 3, 30, 1, 59, 59), datetime(1999, 12, 31, 23, 59, 59))


@pytest.fixture(params=[(zone, clock) for zone in ZONES for clock in CLOCKS], ids=str)
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another time zone of the machine, another time of its clock."""
    zone, clock = request.param

    class Moment(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.replace(tzinfo=tz)

        @classmethod
        def today(cls) -> datetime:  # type: ignore[override]
            return clock

    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return clock.date()

    monkeypatch.setattr(corpus.dates, "datetime", Moment)
    monkeypatch.setattr(corpus.dates, "date", Day)
    monkeypatch.setattr(time, "time", clock.timestamp)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_there_are_three_hundred_strings() -> None:
    assert len({*SURE, *NO_DAY}) >= 300


@pytest.mark.usefixtures("elsewhere")
def test_a_date_is_the_same_wherever_and_whenever_it_is_read() -> None:
    assert {written: read_date(written) for written in SURE} == SURE


@pytest.mark.usefixtures("elsewhere")
def test_none_is_invented_anywhere_or_at_any_time() -> None:
    languages = cycle([None, "en-US", "en", "xx", ""])
    of_no_order = [text for text in NO_DAY if text not in {"03/04/2031", "4/3/2031", "12-11-2031", "1.10.2031"}]
    assert [text for text in NO_DAY if read_date(text) is not None] == []
    assert [text for text, tag in zip(of_no_order, languages, strict=False) if read_date(text, language=tag)] == []
