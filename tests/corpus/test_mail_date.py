"""Dates of mail: kept with their zone, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.mail_date import read_mail_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sat, 03 May 2031 08:00:00 +0200", "2031-05-03T08:00:00+02:00"),
        ("Sat, 3 May 2031 08:00:00 +0200 (CEST)", "2031-05-03T08:00:00+02:00"),
        ("3 May 31 08:00 EST", "2031-05-03T08:00:00-05:00"),
        ("Sat, 03 May 2031 08:00:00 -0000", "2031-05-03T08:00:00+00:00"),  # RFC 5322: universal time, place unknown
        ("3 May 2031", None),  # midnight would be invented
        ("Sat, 31 Feb 2031 08:00:00 +0200", None),
        ("08:00", None),
        ("", None),
        (None, None),
        (1_935_000_000, None),
    ],
)
def test_dates(written: object, read: str | None) -> None:
    assert read_mail_date(written) == read


@given(st.text(alphabet="0123456789 :+-JanMySteu,()GMT", max_size=40))
def test_no_string_raises(written: str) -> None:
    found = read_mail_date(written)
    assert found is None or found[4] == "-"
