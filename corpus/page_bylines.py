"""Who wrote an article and when, in the plain text of a web page."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s)?(?:\d{{1,2}}\s{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}})"
_CLOCK = (
    r"[\s,|]*(?:(?:at\s)?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?)?(?:\s?[A-Z]{1,4}T?)?"
    r"(?:\s?updated\s(?:.{0,20}\s)?ago|\s?\(updated\s[^()]{3,40}\))?"
)
# A moment of publication alone in its line.
_MOMENT = re.compile(
    rf"(?:(?:published|updated|(?:last\s)?(?:modified|updated)(?:\son)?|posted|first\spublished)\s?:?\s)?{_DAY}{_CLOCK}"
    rf"(?:\s?\|\s?updated:?\s{_DAY}{_CLOCK})?",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]*){1,3}(?:,[^,.]{3,100},)?\s(?:is|was|has\sbeen|covers|writes|reports|joined)\s.{0,120}"
    r"\b(?:reporter|writer|editor|correspondent|columnist|contributor|producer|journalist|author\sof)\b.{0,800}"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|de|del|van|von|der|la|al|bin)){1,3}"
_NAMES = re.compile(rf"{_NAME}(?:(?:,\s|\sand\s|,\sand\s|\s&\s){_NAME})*")
_DATED = rf"(?i:{_DAY}{_CLOCK})"
_BYLINE = re.compile(rf"(?i:by)\s(?:{_NAMES.pattern}|[^.!?]{{2,90}}?[\W_]*{_DATED}(?:{_DATED})?)")
# "Ada Wick, Water Correspondent 2 May 2031 • 9:36pm": an hour tells it from an event of that day
_SIGNED = re.compile(
    rf"{_NAME}(?![a-z])[^.!?\"“”]{{0,90}}?[\s,|•-]*{_DAY}[\s,|•]*(?:at\s)?\d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\.?)?", re.I
)
# "Ada Wick2 May 2031 21:36": who wrote an entry of a page that is kept up to date
_STAMPED = re.compile(rf"{_NAMES.pattern}[\s,|•·-]*(?i:{_DAY})[\s,|•·]*(?:at\s)?\d{{1,2}}[:.]\d\d(?:\s?[ap]\.?m\.?)?")
_PLACED = re.compile(rf"[A-Z][\w&'’ ]{{1,40}}\s[/|•]\s(?i:{_DAY})")  # "Water / May 2, 2031"
_SHARE = re.compile(r"(?:share|tweet|facebook|twitter|e-?mail|print|comments?|save)(?:\s.{0,20})?", re.IGNORECASE)


def is_moment(line: str) -> bool:
    """Whether a line is a moment of publication and nothing else."""
    return bool(_MOMENT.fullmatch(line))


def is_name(line: str) -> bool:
    """Whether a line could be names of people and nothing else."""
    return bool(_NAMES.fullmatch(line))


def is_signed(line: str) -> bool:
    """Whether a line is a byline with day and hour."""
    return bool(_SIGNED.fullmatch(line) or (_BYLINE.fullmatch(line) and re.search(r"\d[:.]\d\d", line)))


def is_byline(lines: Sequence[str], at: int) -> bool:
    """Whether a line says who wrote the article: "By Ada Wick", or a name beside a date or a share button.

    To be asked of lines near the headline: further down, a name alone may be a heading, a signature, a winner.
    """
    line = lines[at]
    beside = [lines[other] for other in (at - 1, at + 1) if 0 <= other < len(lines)]
    is_beside = any(is_moment(other) or _SHARE.fullmatch(other) for other in beside)
    return bool(_BYLINE.fullmatch(line)) or is_signed(line) or (is_name(line) and is_beside)


def is_biography(line: str) -> bool:
    """Whether a line introduces somebody as a journalist."""
    return bool(_BIOGRAPHY.fullmatch(line))


def names_author(line: str, name: str) -> bool:
    """Whether a line is that name, alone or as a byline."""
    is_introduced = line.startswith(name) and is_biography(line)
    return line == name or is_introduced or bool(re.fullmatch(rf"(?i:by)\s(?:.*\b)?{re.escape(name)}(?![a-z]).*", line))


def is_stamp(line: str) -> bool:
    """Whether a line says when something was published, and by whom or in which section, and nothing else."""
    return bool(is_moment(line) or _STAMPED.fullmatch(line) or _PLACED.fullmatch(line))
