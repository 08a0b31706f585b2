"""Where the article is in the plain text of a whole page, as it comes from a browser's "select all" and "copy".

Menus above and teasers, forms and footers below are short lines that are no sentences; an article is where the
sentences are dense (as in Kohlschütter et al. 2010, WSDM, who tell text from boilerplate by the density of words).
Whatever could be the article's own stays: a short line goes only outside, or where it is known for furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.furniture import announces_teasers, is_furniture

FEWEST_AROUND = 12  # short lines outside the article that make a text the copy of a page
FEWEST_WORDS = 50  # of the article
FEWEST_KNOWN = 4  # of them that are surely furniture
MOST_KNOWN_INSIDE = 3  # in a row
FEWEST_PROSE_WORDS = 8
LONG_LINE = 25  # words that are prose even without a full stop
MOST_COUNTED = 40  # words of one line: a long paragraph is no more of an article than several
COST_OF_SHORT = 3  # in words of prose: what a short line in between costs
COST_OF_REPEATED = 8  # and one that stands elsewhere on the page, too
FAR_ABOVE = 20  # lines above the text among which headline and standfirst are looked for
LONGEST_TEASER = 250  # characters
HEADLINE_WORDS = range(3, 35)
SHARE_OF_BEST = 0.3
MOST_TITLES = 12  # of other stories in a row
FEWEST_PARAGRAPH_WORDS = 15
FEWEST_TITLE_WORDS = 8
MOST_SECTION_WORDS = 4
FEWEST_SHOUTED = 9  # words of a headline in capitals
FEWEST_BELOW = 5  # lines: above so many, nobody is introduced as the author
SHARE_IN_TEXT = 0.5  # of a headline's longer words

_QUOTES = "\"'“‘„«"
_SAYING = re.compile(r"\b(?:said|says|told|tells|added|according to|claimed|denied|warned|wrote)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*\Z")
_FOOTER = re.compile(
    r"(?:\S+\s){0,4}(?:subscri\w+|licen[sc]\w+|reprints?|careers|jobs|privacy|terms|site ?map|contacts?|advertis\w+|"
    r"help|about|newsletters?|podcasts?|accessibility|imprint|impressum|cookies?|copyright|rights|follow|download|apps?|"
    r"topics|tags|comments?|forum|more|sections)(?:\s\S+){0,4}",
    re.IGNORECASE,
)
_NO_HEADLINE = re.compile(
    r"\.\Z|^(?:by|published|updated|last modified)\b|\b(?:19|20)\d\d,? .*\d[:.]\d\d", re.IGNORECASE
)
_CLOSING = re.compile(
    r"(?:contact the authors?|submit a correction|send a letter to the editor|keep reading|more to read|read more|"
    r"most (?:read|popular)|latest (?:stories|news)|popular|related|search for|become a member|"
    r"(?:read|see) (?:our|more).{0,40}|tags?|topics?|published under.{0,200}|filed under.{0,200})\s*:?",
    re.IGNORECASE,
)
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
    | read\sour\s(?:complete|full|latest|other)\s.{{0,60}} | don.t\sshow\sme\sthis.{{0,40}} | article\sbookmarked
    | this\smaterial\smay\snot\sbe\spublished\b.{{0,400}}
    | privacy\s(?:notice|policy).{{0,300}} | (?:for\ssubscribers|ad\spolicy|watch\s(?:now|live)|live)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What a picture shows and who took it; also where it begins with a quotation mark or tells what somebody said.
_CAPTION = re.compile(
    r".{5,600}\s?(?:(?:photo(?:graph)?|image|picture|illustration)s?(?:\s(?:by|from|courtesy)\s|\s?:\s).{2,100}"
    r"|/\s?(?:getty|shutterstock|reuters|afp|ap|epa|alamy)(?:\simages)?|\S+\s?/\s?(?:getty\simages|ap\sphoto))[.)]?",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s)?(?:\d{{1,2}}\s{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}})"
_CLOCK = (
    r"[\s,|]*(?:(?:at\s)?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?)?(?:\s?[A-Z]{1,4}T?)?"
    r"(?:\s?updated\s(?:.{0,20}\s)?ago)?"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedArticle:
    """An article in the copy of a page: its headline where one stands above it, and its lines."""

    title: str
    lines: tuple[str, ...]


def find_copied_article(lines: Sequence[str]) -> CopiedArticle | None:
    """The article in the lines of a page, or None where they are not the copy of a whole page."""
    every = [line for raw in lines if (line := " ".join(raw.split()))]
    lines = [line for line in every if not _is_debris(line)]
    counts = Counter(map(_fold, lines))
    start, end = _find_text(lines, counts)
    end = _cut_footer(lines, start, end)
    if sum(len(line.split()) for line in lines[start:end]) < FEWEST_WORDS:  # of a list, only its notices are dense
        return None
    around = [*lines[:start], *lines[end:]]
    short = sum(not _is_prose(line) for line in around) + len(every) - len(lines)
    if short < FEWEST_AROUND or sum(map(_is_after, around)) < FEWEST_KNOWN:
        return None
    head = _find_headline(lines, start, end, counts)
    start = _extend_up(lines, start, counts, least=head + 1)
    end = _extend_down(lines, start, _cut_teasers(lines, start, end))
    above = [lines[at] for at in range(max(0, start - FAR_ABOVE), start) if at != head]
    body = _drop_inside(lines[start:end], menu=Counter(map(_fold, lines[:start])))
    standfirst = [line for line in above if _is_standfirst(line) and counts[_fold(line)] < 3]
    return CopiedArticle(title=lines[head] if head >= 0 else "", lines=(*standfirst, *body))


def _is_debris(line: str) -> bool:
    if _CAPTION.fullmatch(line) or _MOMENT.fullmatch(line):
        return True
    return bool(_DEBRIS.fullmatch(line)) and not _SAYING.search(line) and line[0] not in _QUOTES


def _drop_inside(lines: Sequence[str], *, menu: Counter[str]) -> list[str]:
    """The lines of the text without what stands between them: sections of the menu, teasers, and who wrote it."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line, below = lines[at], lines[at + 1 :]
        at += 1
        if announces_teasers(line) and not _is_prose(line):
            at += _count_titles(below)
            continue
        is_about_author = len(below) < FEWEST_BELOW and bool(_BIOGRAPHY.fullmatch(line))
        if not (_is_section(line, menu) or _is_shouted(line) or is_about_author):
            kept.append(line)
    return kept


def _count_titles(below: Sequence[str]) -> int:
    """How many titles stand below a heading of teasers. A short last one may be a heading of the text that follows."""
    count = 0
    while count < min(len(below), MOST_TITLES) and not _is_prose(below[count]):
        count += 1
    is_heading = 0 < count < len(below) and len(below[count - 1].split()) < FEWEST_TITLE_WORDS
    return 0 if count == MOST_TITLES else count - is_heading


def _is_section(line: str, menu: Counter[str]) -> bool:
    """Whether a line is the name of a section, which a page shows in its menu and again over its articles."""
    return len(line.split()) <= MOST_SECTION_WORDS and menu[_fold(line)] > 1 and line[0] not in _QUOTES


def _is_shouted(line: str) -> bool:
    """Whether a line is the headline of another story, in capitals between the paragraphs."""
    return line.isupper() and len(line.split()) >= FEWEST_SHOUTED and line[0] not in '"“„«'


def _find_text(lines: Sequence[str], counts: Counter[str]) -> tuple[int, int]:
    """The densest run of lines; of two that are nearly so, the upper: the lower tells of the company, or of cookies."""
    values = [_value(line, counts) for line in lines]
    start, end, total = _densest(values)
    while start:
        upper, upper_end, less = _densest(values[:start])
        if less < SHARE_OF_BEST * total:
            break
        start, end = upper, upper_end
    return start, end


def _value(line: str, counts: Counter[str]) -> int:
    is_repeated = counts[_fold(line)] > 1
    if _is_prose(line):
        return 0 if is_repeated else min(len(line.split()), MOST_COUNTED)
    return -COST_OF_REPEATED if is_repeated else -COST_OF_SHORT


def _densest(values: Sequence[int]) -> tuple[int, int, int]:
    """Start, end and sum of the run with the largest sum (Kadane's algorithm)."""
    best = total = start = 0
    found = (0, 0)
    for at, value in enumerate(values):
        if total <= 0:
            total, start = 0, at
        total += value
        if total > best:
            best, found = total, (start, at + 1)
    return *found, best


def _extend_up(lines: Sequence[str], start: int, counts: Counter[str], *, least: int) -> int:
    while start > least and len(lines[start - 1].split()) >= 6 and counts[_fold(lines[start - 1])] == 1:
        if is_furniture(lines[start - 1]):
            break
        start -= 1
    return start


def _cut_footer(lines: Sequence[str], start: int, end: int) -> int:
    """The end of the text before the first lines in a row that are surely furniture, where enough stands above them."""
    words = run = 0
    for at in range(start, end):
        words += len(lines[at].split())
        run = run + 1 if _is_after(lines[at]) and not _is_prose(lines[at]) else 0
        if run == MOST_KNOWN_INSIDE and words >= FEWEST_WORDS:
            return at + 1 - run
    return end


def _cut_teasers(lines: Sequence[str], start: int, end: int) -> int:
    """The end of the text before a heading of teasers, where nothing below it is longer than a teaser.

    Nor may three paragraphs follow one another there: teasers take turns with their titles.
    """
    for at in range(end - 1, start, -1):
        if len(lines[at]) > LONGEST_TEASER or (at + 2 < end and all(map(_is_paragraph, lines[at : at + 3]))):
            break
        if announces_teasers(lines[at]) or _CLOSING.fullmatch(lines[at]):
            end = at
    return end


def _extend_down(lines: Sequence[str], start: int, end: int) -> int:
    """Past the short lines that may end an article (names, a list of winners), up to the first that surely does not."""
    menu = set(map(_fold, lines[:start]))
    at = end
    while at < len(lines) and _fold(lines[at]) not in menu and not _is_after(lines[at]):
        at += 1
    return at


def _is_after(line: str) -> bool:
    return is_furniture(line) or announces_teasers(line) or bool(_CLOSING.fullmatch(line) or _FOOTER.fullmatch(line))


def _find_headline(lines: Sequence[str], start: int, end: int, counts: Counter[str]) -> int:
    """The number of the line above the text with most of its words in the text, the upper of two alike; -1 for none."""
    text = set(" ".join(map(_fold, lines[start:end])).split())
    best, found = 0.0, -1
    for at in range(max(0, start - FAR_ABOVE), start):
        line = lines[at]
        words = [word for word in _fold(line).split() if len(word) > 3]
        if not words or len(line.split()) not in HEADLINE_WORDS or _NO_HEADLINE.search(line) or is_furniture(line):
            continue
        share = sum(word in text for word in words) / len(words)
        likeness = share + min(len(words), 8) / 40 + (0.1 if counts[_fold(line)] > 1 else 0)
        if share >= SHARE_IN_TEXT and likeness > best:
            best, found = likeness, at
    return found


def _is_standfirst(line: str) -> bool:
    return len(line.split()) >= FEWEST_PROSE_WORDS and not is_furniture(line)


def _is_paragraph(line: str) -> bool:
    return _is_prose(line) and len(line.split()) >= FEWEST_PARAGRAPH_WORDS


def _is_prose(line: str) -> bool:
    words = len(line.split())
    return words >= LONG_LINE or (words >= FEWEST_PROSE_WORDS and bool(_SENTENCE_END.search(line)))


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))
