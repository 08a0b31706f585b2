"""The time that a question asks about: "in October 2031", "since 3 May", "last week".

A date restricts the search only where it says when something was said or published. In "the talks after the May 2031
vote" it describes an event, and an article of any day may tell of that.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = (
    rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<us_month>{_MONTH})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<us_year>\d{{4}}))?"
    rf"|(?P<only_month>{_MONTH})(?:\s+(?P<month_year>\d{{4}}))?|(?P<only_year>(?:19|20)\d{{2}})"
    rf"|(?P<weekday>{'|'.join(_DAYS)})|(?P<near>yesterday|today|last week|last month|last year|this week|this month|"
    r"this year)"
)
_SAID = (
    r"(?:say|says|said|saying|tell|told|claim\w*|report\w*|announce\w*|state\w*|publish\w*|written|write|wrote|print\w*|"
    r"speak|spoke|comment\w*|appear\w*)"
)
_AFTER = r"(?=\s*(?:[?.!,;]|$|about\b|on\b|regarding\b|concerning\b|of\b|that\b))"
_WHEN = re.compile(
    rf"(?:(?P<lead>^|\b{_SAID}\s+|[,;]\s*|\b(?:articles?|reports?|coverage|news)\s+)"
    rf"(?P<how>in|on|during|from|since|after|before|until|by the end of)\s+|"
    rf"(?P<only>\b{_SAID}\s+(?=yesterday|today|last|this)))"
    rf"(?:the\s+)?(?:{_DATE}){_AFTER}",
    re.IGNORECASE,
)
_NEAR = re.compile(
    rf"\b(?:this (?:week|month|weekend|year)|next (?:week|month|year)|later this|recent(?:ly)?|latest|now|soon"
    rf"|currently|upcoming|today|yesterday|{'|'.join(_DAYS)})\b(?!\s+(?:and|or)\b)",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"\b(?P<how>since|until)\s+(?:{_DATE})\s*[?.!]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `since` to `until`, both included, either of them open; `words` are those of the question."""

    since: date | None
    until: date | None
    words: str


def read_period(question: str, *, today: date, latest: date | None = None) -> Period | None:
    """The period that a question restricts itself to, None where it names none.

    A month or a day without its year is the last one up to `latest`, the day of the newest article, or `today`.
    Weekdays and "last week" are counted from `today`.
    """
    found = _WHEN.search(question) or _ENDING.search(question)
    if found is None:
        return None
    try:
        start, end = _first_and_last(found, today=today, latest=min(latest or today, today))
    except ValueError:  # a day that no calendar has
        return None
    how = (found.groupdict().get("how") or "on").lower()
    words = question[found.start("how") if found["how"] else found.end("only") : found.end()].strip(" ,;?.!")
    day = timedelta(days=1)
    limits: dict[str, tuple[date | None, date | None]] = {
        "since": (start, None),
        "from": (start, None),
        "after": (end + day, None),
        "before": (None, start - day),
        "until": (None, end),
        "by the end of": (None, end),
    }
    since, until = limits.get(how, (start, end))
    return Period(since=since, until=until, words=words)


def asks_of_now(question: str) -> bool:
    """Whether a question says that it is about these days: "this week", "recently", "on Tuesday", "the latest".

    It then restricts nothing, but prefers the articles of these days, as whoever asks would.
    """
    return _NEAR.search(question) is not None


def _first_and_last(found: re.Match[str], *, today: date, latest: date) -> tuple[date, date]:
    """The first and the last day of what was matched. Raises ValueError for a day that no calendar has."""
    part = found.groupdict()
    month = part["month"] or part["us_month"]
    if part["only_month"]:
        first = _day(_MONTHS[part["only_month"].lower()], 1, year=part["month_year"], latest=latest)
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if part["only_year"]:
        return date(int(part["only_year"]), 1, 1), date(int(part["only_year"]), 12, 31)
    if part["near"]:
        return _near(part["near"].lower(), today)
    if part["iso"]:
        day = date.fromisoformat(part["iso"])
    elif month:
        year = part["year"] or part["us_year"]
        day = _day(_MONTHS[month.lower()], int(part["day"] or part["us_day"]), year=year, latest=latest)
    else:
        day = today - timedelta(days=(today.weekday() - _DAYS[part["weekday"].lower()]) % 7)
    return day, day


def _day(month: int, day: int, *, year: str | None, latest: date) -> date:
    if year:
        return date(int(year), month, day)
    this = date(latest.year, month, day)
    return this if this <= latest else date(latest.year - 1, month, day)


def _near(words: str, today: date) -> tuple[date, date]:
    if words == "today":
        return today, today
    if words == "yesterday":
        day = today - timedelta(days=1)
        return day, day
    which, unit = words.split()
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + (7 if which == "last" else 0))
        return monday, monday + timedelta(days=6)
    if unit == "month":
        last = today.replace(day=1) - timedelta(days=1)
        first = last.replace(day=1) if which == "last" else today.replace(day=1)
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    year = today.year - (which == "last")
    return date(year, 1, 1), date(year, 12, 31)
