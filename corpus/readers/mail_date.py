"""Dates as mail and RSS write them (RFC 5322, section 3.3), in their older forms too."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

_YEARS = range(1970, 2101)
_HAS_TIME = re.compile(r"\d{1,2}:\d{2}")


def read_mail_date(value: object) -> str | None:
    """The date and time with its zone in ISO 8601; None for anything that is not a whole date with a time."""
    if not isinstance(value, str) or not _HAS_TIME.search(value):
        return None  # a missing time would be read as midnight
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.year not in _YEARS:
        return None
    # RFC 5322, 3.3: "-0000" is universal time of no known place
    known = moment if moment.tzinfo or "-0000" not in value else moment.replace(tzinfo=UTC)
    return known.isoformat(timespec="seconds")
