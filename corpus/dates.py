"""Publication dates as articles write them, to ISO 8601; what is partial, ambiguous or impossible is no date.

A strict list of forms instead of a guessing parser: those fill what is missing from today ("12" becomes the twelfth of
this month) and take 03/04/2016 for one of the two days that it may be. A language, where it is known, adds its names of
the months and settles that order (both from the Unicode CLDR, by Babel).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache

LONGEST = 80  # characters of a date
_YEARS = range(1600, 2101)
_EPOCH = (datetime(1990, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp())

_MONTHS: dict[str, int] = {}
for _number, _name in enumerate(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december"), 1
):  # fmt: skip
    _MONTHS |= {_name: _number, _name[:3]: _number}
_MONTHS["sept"] = 9

# What stands in dates beside the names of days and months.
_FILLERS = {
    "de": "den um uhr", "fr": "le à", "es": "el de del a las", "pt": "de às", "it": "il alle ore", "nl": "om uur",
    "sv": "kl den", "da": "kl den", "nb": "kl", "ru": "г в", "pl": "r godz", "ca": "de del d’ d'",
}  # fmt: skip

# RFC 5322, section 4.3: the zone names of old mail, which feeds still write. Others name no one offset.
_ZONES = {
    "z": "+00:00", "ut": "+00:00", "utc": "+00:00", "gmt": "+00:00",
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
}  # fmt: skip

_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<mon>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<y>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"\s*\(?(?P<zone>[+-]\d{2}:?\d{2}|[a-z]{1,5}(?:[+-]\d{2}:?\d{2})?)?\)?"
_TIME = rf"(?:(?:,?\s+(?:at\s+|[-–|]\s+)?|t){_CLOCK}{_ZONE})?"
_LEAD = r"(?:(?:first\s+)?(?:published|posted|updated|date)(?:\s+(?:on|at))?\s*:?\s+)?"

_FORMS = tuple(
    re.compile(_LEAD + form + _TIME, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        rf"{_WEEKDAY}{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_YEAR}\s+{_MONTH}\s+{_DAY}",
        r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>\d{4})",
    )
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    """How a language writes dates: its words in those of English, and whether the day stands before the month."""

    words: Mapping[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    day_first: bool | None = None


def read_date(value: object, *, language: str | None = None) -> str | None:
    """The date, or the date and time, that `value` names, in ISO 8601 and as precise as it was given.

    A number, or its digits, counts as seconds or milliseconds since 1970 where that falls between 1990 and 2100. A
    zone is kept; one whose name means several offsets is left out. `language` is a BCP 47 tag: it makes "4. März 2031"
    and, but for "en" alone, 03/04/2031 one sure day. None for anything that is not one.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    calendar = _calendar_of(language) if language else _Calendar()
    if isinstance(value, int | float):
        return _from_epoch(float(value)) or (_from_text(str(value), calendar) if isinstance(value, int) else None)
    text = " ".join(str(value)[:LONGEST].split())
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text, re.ASCII):
        return _from_epoch(float(text))
    return _from_text(text, calendar)


@lru_cache(maxsize=64)
def _calendar_of(language: str) -> _Calendar:
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_day_names, get_month_names

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return _Calendar()
    english = {number: name for name, number in reversed(_MONTHS.items())}
    words = dict.fromkeys(_FILLERS.get(locale.language, "").split(), "")
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            words |= {name.lower().rstrip("."): "" for name in get_day_names(width, context, locale).values()}
            months = get_month_names(width, context, locale)
            words |= {name.lower().rstrip("."): english[number] for number, name in months.items()}
    words = {word: name for word, name in words.items() if re.search(r"[^\W\d_]", word)}
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    order = [mark for mark in locale.date_formats["short"].pattern if mark in "dMy"]
    first = next((mark for mark in order if mark in "dM"), None)
    is_sure = language.lower() != "en" and order and order[0] != "y" and locale.language != "fa"
    return _Calendar(
        words=words,
        pattern=re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)[.,]?", re.IGNORECASE),
        day_first=(first == "d") if is_sure else None,
    )


def _from_epoch(number: float) -> str | None:
    for seconds in (number, number / 1000):
        if _EPOCH[0] <= seconds < _EPOCH[1]:
            return datetime.fromtimestamp(seconds, tz=UTC).isoformat(timespec="seconds")
    return None


def _from_text(text: str, calendar: _Calendar) -> str | None:
    if calendar.pattern and len(text) <= LONGEST:
        text = calendar.pattern.sub(lambda match: calendar.words[match[0].lower().rstrip(".,")], text)
        text = re.sub(r"^[\s,]+|(?<=\d)\.(?=\s+[a-z])", "", " ".join(text.split()))
    if not text.isascii():
        text = text.replace("–", "-").replace("\N{MINUS SIGN}", "-")
    if len(text) >= LONGEST or not text.isascii():
        return None
    if compact := _COMPACT.fullmatch(text):
        y, m, d, h, mi, s, rest = compact.groups()
        text = f"{y}-{m}-{d}T{h}:{mi}:{s}{rest}"
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _to_iso(match.groupdict(), day_first=calendar.day_first)
    return None


def _to_iso(part: dict[str, str | None], *, day_first: bool | None) -> str | None:
    day = _day_of(part, day_first=day_first)
    if day is None or part["h"] is None:
        return day.isoformat() if day else None
    hour, minute, second = int(part["h"]), int(part["min"] or 0), int(part["s"] or 0)
    if part["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part["half"][0] in "pP" else 0)
    zone = _zone_of(part["zone"])
    try:
        moment = datetime.fromisoformat(f"{day.isoformat()}T{hour:02}:{minute:02}:{second:02}{zone}")
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds" if part["s"] else "minutes")


def _day_of(part: dict[str, str | None], *, day_first: bool | None) -> date | None:
    year = int(part["y"] or 0)
    if part.get("a") is not None:
        first, second = int(part["a"] or 0), int(part["b"] or 0)
        if first != second and first <= 12 and second <= 12 and day_first is None:
            return None  # the fourth of March or the third of April
        is_day = first > 12 or (second <= 12 and bool(day_first))
        month, number = (second, first) if is_day else (first, second)
    else:
        number = int(part["d"] or 0)
        name = part.get("mon")
        month = _MONTHS[name.lower()] if name else int(part.get("m") or 0)
    try:
        return date(year, month, number) if year in _YEARS else None
    except ValueError:
        return None


def _zone_of(zone: str | None) -> str:
    if not zone:
        return ""
    if match := re.search(r"([+-]\d{2}):?(\d{2})$", zone):
        return f"{match[1]}:{match[2]}"
    return _ZONES.get(zone.lower(), "")
