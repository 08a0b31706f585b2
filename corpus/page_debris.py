"""Lines in the plain text of a web page that say nothing of its news, by themselves or by what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

QUOTES = "\"'“‘„«"
FEWEST_DOUBLED = 4  # words that a line says twice
MOST_TEASER_WORDS = 30  # of a title, of its summary twice as many
MOST_SECTION_WORDS = 4
FAR_ABOVE_DATE = 5  # lines above the date of a teaser among which its section is looked for

_SAYING = re.compile(r"\b(?:said|says|told|tells|added|according to|claimed|denied|warned|wrote)\b", re.IGNORECASE)
# Lines that say nothing of the news: times, handles, credits of pictures, buttons and requests.
_CREDIT = r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?|cartoons?|credits?|graphics?|videos?)"
_DEBRIS = re.compile(
    rf"""
    [\W_]* | \d[\W\d_]* | @\w+ | \d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\.?)?
    | (?:updated\s)?(?:an?|\d+)\s(?:sec|min|minute|hr|hour|day|week)s?\.?\sago
    | {_CREDIT}(?:\sby\s|\s?:\s?).{{2,80}}
    | \([^()]{{0,80}}(?:{_CREDIT}|getty|/|\bvia\b|supplied)[^()]{{0,80}}\)
    | [^|]{{2,60}}(?:\|[^|]{{2,60}})?\|\s?\S+\simages
    | .{{10,400}}\s(?:\([^()]{{0,80}}(?:{_CREDIT}|getty|/|\bvia\b)[^()]{{0,80}}\)|credit:\s.{{3,60}})\.?
    | (?:by\s(?:signing|entering|clicking|submitting|registering)|i\swould\slike\sto\s(?:be|receive)).{{0,400}}
    | (?:e-?mail|phone|twitter|contact)(?:\saddress)?\s?:?
    | (?:please\s)?(?:join|become|get|donate|shop|save|skip|sign|log|submit|send|copy|find|follow|subscribe|click|tap
        |enter|share|watch|listen|view|show|download|enjoy|read|revisit|to\srevisit|register|refresh)\b.{{0,160}}
      \b(?:newsletters?|accounts?|app|bookmarks?|comments?|comment\spolicy|correction|editor|e-?mail|inbox|link|story
        |stories|page|offers|promotion|podcast|here|premium|update|now|us|community|forum|digest|cartoon)\b.{{0,80}}
    | (?:sign|log)\s(?:in|up|out) | menu | search | close | back | print | share | save | donate | shop | subscribed?
    | (?:free\s)?(?:daily|weekly|monthly)(?:\snewsletter)? | arrives\s\w+ | after\snewsletter\spromotion
    | sign\sup\sto\s.{{2,60}}(?<![.!?]) | (?:link\s)?copied | view\simage\sin\sfull\s?screen
    | (?:click|tap)\s(?:here\s)?to\s(?:hide|expand|enlarge|play|enable|view)\b.{{0,80}} | having\strouble\?.{{0,40}}
    | get\sthe\slatest\s(?:updates|news|stories)\b.{{0,160}} | become\sa\s(?:source|member|subscriber|supporter)
    | (?:join|plus|subscribe)\b.{{0,40}}\saccess\sto\s.{{0,120}} | our\sstandards:\s.{{0,80}}
    | you\scan\semail\s.{{2,60}}\shere\b.{{0,160}} | newer | older | read\smore\s?\.\.\.
    | please\s(?:refresh|reload)\s.{{0,160}}\blogged\sin\b.{{0,80}}
    | \((?:ap|afp|dpa|pa|epa|reuters|getty)(?:\s(?:wire|images|photo))?\)
    | \d+\s?(?:s|m|min|h|hr|d)s?\sago\S.{{10,160}} | (?:current|latest|[a-z]{{3,9}}\s\d{{4}})\sissue
    | read\sour\s(?:complete|full|latest|other)\s.{{0,60}} | don.t\sshow\sme\sthis.{{0,40}} | article\sbookmarked
    | this\smaterial\smay\snot\sbe\spublished\b.{{0,400}}
    | privacy\s(?:notice|policy).{{0,300}} | (?:for\ssubscribers|ad\spolicy|watch\s(?:now|live)|live)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What a picture shows and who took it; also where it begins with a quotation mark or tells what somebody said.
_CAPTION = re.compile(
    r".{5,600}\s?(?:(?:photo(?:graph)?|image|picture|illustration)s?(?:\s(?:by|from|courtesy)\s|\s?:\s).{2,100}"
    r"|/\s?(?:getty|shutterstock|reuters|afp|ap|epa|alamy)(?:\simages)?|\S+\s?/\s?(?:getty\simages|ap\sphoto)"
    r"|\breuters/.{2,80}\spurchase\slicensing\srights.{0,40}|\s(?:…|\.\.\.)\s?more\s?[>»])[.)]?",
    re.IGNORECASE,
)
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
    rf"{_NAME}\b[^.!?\"“”]{{0,90}}?[\s,|•-]*{_DAY}[\s,|•]*(?:at\s)?\d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\.?)?", re.I
)
_SHARE = re.compile(r"(?:share|tweet|facebook|twitter|e-?mail|print|comments?|save)(?:\s.{0,20})?", re.IGNORECASE)


def is_debris(line: str) -> bool:
    """Whether a line says nothing of the news: a button, a request, a time, the credit of a picture, a title twice."""
    if _CAPTION.fullmatch(line) or is_moment(line) or _is_doubled(line):
        return True
    return bool(_DEBRIS.fullmatch(line)) and not _SAYING.search(line) and line[0] not in QUOTES


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
    return line == name or bool(re.fullmatch(rf"(?i:by)\s(?:.*\b)?{re.escape(name)}\b.*", line))


def is_teaser_of(lines: Sequence[str], at: int) -> bool:
    """Whether a line is the title of a story in a list: below it stand its author and its date."""
    below = lines[at + 1 : at + 3]
    return len(below) == 2 and is_name(below[0]) and is_moment(below[1])


def find_teasers(lines: Sequence[str], counts: Counter[str]) -> set[int]:
    """Numbers of the lines of boxes with another story: a section of the page, its title, a summary or none, its date.

    To be asked of lines within the text: a headline has such lines around it, too. `counts` says how often a line
    stands on the page.
    """
    found: set[int] = set()
    for date in (at for at, line in enumerate(lines) if is_moment(line)):
        for top in range(date - 2, max(-1, date - FAR_ABOVE_DATE - 1), -1):
            inside = [line for line in lines[top + 1 : date] if not is_debris(line)]
            if len(inside) > 2:
                break
            is_section = len(lines[top].split()) <= MOST_SECTION_WORDS and counts[lines[top]] > 1
            if inside and is_section and _is_teaser(*inside):
                found |= set(range(top, date + 1))
                break
    return found


def _is_teaser(title: str, summary: str = "") -> bool:
    is_title = len(title.split()) <= MOST_TEASER_WORDS and title[-1] not in ".:;,"
    is_short = len(summary.split()) <= 2 * MOST_TEASER_WORDS
    return is_title and is_short and not re.search('["“”„«»]', title + summary) and not _SAYING.search(title + summary)


def _is_doubled(line: str) -> bool:
    words = line.split()
    half = len(words) // 2
    return half >= FEWEST_DOUBLED and words[:half] == words[half:]
