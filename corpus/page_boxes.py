"""Boxes between the paragraphs of a copied page: pictures, players, invitations, other stories, who wrote it.

One line of a box gives it away: a credit, a button, a field for an address. The lines beside it, which alone would be
taken for the article's own, go with it. Each finder is asked for one line of the page and names the lines of its box.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from corpus.page_bylines import is_biography, is_byline, is_moment, is_name, is_stamp, names_author
from corpus.page_captions import describes_picture, is_credit
from corpus.page_debris import QUOTES, is_debris, speaks

MOST_SECTION_WORDS = 4
MOST_TEASER_WORDS = 30  # of a title, of its summary twice as many
FEWEST_TITLE_WORDS = 5  # a shorter line may be a heading of the article
MOST_TITLE_WORDS = 35
MOST_CAPTION_WORDS = 45
FAR_ABOVE_DATE = 5  # lines above the date of a teaser among which its section is looked for
MOST_PITCH_LINES = 2
STEM = 5  # letters by which a summary takes up a word of its title
MOST_SHARED_BY_CHANCE = 1  # such words
FEWEST_LISTED = 2  # headings of the text, below a list's own subtitle

_END = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,}\Z")
_PAST = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((?:[A-Z&][\w&.'’-]*\s?){1,6}\)")
_CARTOON = re.compile(r"cartoons?\sby\s.{2,60}", re.IGNORECASE)
_PLAYER = re.compile(
    r"video|play(?:\svideo)?|watch(?:\snow|\slive|\sthe\svideo)?|video\s?\d+:\d\d[\d:]*", re.IGNORECASE
)
_CLOSE = re.compile(r"close", re.IGNORECASE)
_SIGN_UP = re.compile(
    r"(?:please\s)?enter\s(?:your|a\svalid)\se-?mail.{0,60}|(?:free\s)?(?:daily|weekly|monthly)\snewsletter"
    r"|arrives\s\w+|(?:join|get|subscribe\sto)\sour\s.{0,40}(?:newsletter|e-?mails?)\b.{0,40}"
    r"|sign\sup\s(?:to|for)\sour\s.{2,60}",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?:your\s)?e-?mail(?:\saddress)?\*?:?", re.IGNORECASE)
_CONSENT = re.compile(r"(?:by\ssigning|sign(?:ing)?\sup|subscribe|submit|join)\b.{0,400}", re.IGNORECASE)
_PITCH = re.compile(
    r"\b(?:newsletters?|digest\sof|your\sin-?box|delivered\sto\syou|best\sof\sour|subscribers\s(?:also\s)?(?:get|receive)"
    r"|our\s(?:[\w-]+\s){0,2}(?:briefing|coverage|journalism|reporting)|(?:breaking\snews|e-?mail)\s(?:alerts|emails))\b",
    re.IGNORECASE,
)
_PERIODICAL = re.compile(r"\b(?:daily|weekly|monthly|briefing|newsletter|digest|bulletin)\b", re.IGNORECASE)
_READ_ON = re.compile(r"read\s(?:more|our\s.{2,160})", re.IGNORECASE)
_READ_NEXT = re.compile(r"(?:read|see|watch)\s(?:next|also)|also\sread|up\snext", re.IGNORECASE)
_CONTENTS = re.compile(
    r"key\s(?:points|moments|events|updates)|at\sa\sglance|in\sthis\s(?:article|story)|(?:table\sof\s)?contents|jump\sto",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"facebook|twitter|x|whatsapp|linked ?in|instagram|reddit|pinterest|telegram|threads|bluesky|mastodon|tiktok"
    r"|youtube|flipboard|pocket|e-?mail|print|copy link",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"(?:related\s)?(?:topics|tags)|filed\sunder|more\son|explore\smore\son\sthese\stopics", re.IGNORECASE
)


def find_boxes(lines: Sequence[str], places: Iterable[int]) -> set[int]:
    """Numbers of the lines of all boxes that are given away by one of these lines."""
    return {line for at in places for find in FINDERS for line in find(lines, at)}


def find_caption(lines: Sequence[str], at: int) -> set[int]:
    """The caption above a credit in brackets, or the words above a cartoon's.

    A credit without brackets may stand below a picture that has no caption, and a paragraph of the article above it.
    """
    above = lines[at - 1] if at else ""
    words = len(above.split())
    if _CARTOON.fullmatch(lines[at]):
        return {at - 1} if above[:1] in QUOTES and words <= MOST_TITLE_WORDS else set()
    if describes_picture(above) and (is_credit(lines[at]) or is_byline(lines, at)):
        return {at - 1}
    is_told = speaks(above) or bool(_END.search(above) and _PAST.search(above))  # captions keep to the present tense
    is_caption = FEWEST_TITLE_WORDS - 1 <= words <= MOST_CAPTION_WORDS and not is_told
    return {at - 1, at} if is_caption and is_credit(lines[at], in_brackets=True) else set()


def find_head_caption(lines: Sequence[str], at: int) -> set[int]:
    """The caption above any name in brackets; to be asked of lines above the text, where no aside stands alone."""
    words = len(lines[at - 1].split()) if at else 0
    return {at - 1, at} if words <= MOST_CAPTION_WORDS and _IN_BRACKETS.fullmatch(lines[at]) else set()


def find_player(lines: Sequence[str], at: int) -> set[int]:
    """The title of a film below the button that plays it, and a summary that takes up a word of the title."""
    if _CLOSE.fullmatch(lines[at]):
        is_alone = at + 2 < len(lines) and is_debris(lines[at + 2])
        return {at + 1} if is_alone and _is_title(lines[at + 1]) else set()
    if not _PLAYER.fullmatch(lines[at]) or at + 2 >= len(lines) or not _is_title(lines[at + 1]):
        return set()
    title, below = lines[at + 1 : at + 3]
    is_show = bool(re.search(r"\d", lines[at])) and len(below.split()) <= MOST_SECTION_WORDS and not _END.search(below)
    is_last = any(map(is_debris, lines[at + 3 : at + 4]))
    shared = _count_shared(below, title) + is_last
    is_summary = len(below.split()) <= MOST_CAPTION_WORDS and shared > MOST_SHARED_BY_CHANCE
    return {at, at + 1, at + 2} if is_show or is_summary else {at, at + 1}


def find_invitation(lines: Sequence[str], at: int) -> set[int]:
    """What a newsletter promises, beside the line where one signs up for it, and its name above that."""
    is_field = bool(_FIELD.fullmatch(lines[at])) and any(map(_CONSENT.fullmatch, lines[at + 1 : at + 3]))
    if not is_field and not _SIGN_UP.fullmatch(lines[at]):
        return set()
    found = set()
    for step in (-1, 1):
        for other in range(at + step, at + step * (MOST_PITCH_LINES + 1), step):
            if not 0 <= other < len(lines) or not (is_debris(lines[other]) or _is_pitch(lines[other])):
                break
            found.add(other)
    pitches = [other for other in found if not is_debris(lines[other])]
    name = min(pitches, default=0) - 1
    if name >= 0 and _PERIODICAL.search(lines[name]) and len(lines[name].split()) <= MOST_SECTION_WORDS:
        found.add(name)
    return found


def find_story(lines: Sequence[str], at: int) -> set[int]:
    """The title of another story above "Read more", or below "Read next"."""
    if _READ_ON.fullmatch(lines[at]) and at and _is_title(lines[at - 1]):
        return {at - 1, at}
    if not _READ_NEXT.fullmatch(lines[at]):
        return set()
    below = [_is_title(line) for line in lines[at + 1 : at + 3]]
    has_section = below == [False, True] and _is_section(lines[at + 1])
    return {at, at + 1, at + 2} if has_section else {at, at + 1} if below[:1] == [True] else set()


def find_contents(lines: Sequence[str], at: int) -> set[int]:
    """The headings of a text as they are listed above it: below "Key points", and again further down."""
    if not _CONTENTS.fullmatch(lines[at]):
        return set()
    for top in (at + 1, at + 2):  # the list may have a subtitle
        end = top
        while end < len(lines) and (is_debris(lines[end]) or lines[end] in lines[end + 1 :]):
            end += 1
        if sum(not is_debris(line) for line in lines[top:end]) >= FEWEST_LISTED:
            return set(range(at, end))
    return set()


def find_topics(lines: Sequence[str], at: int) -> set[int]:
    """Topics below their heading, each but the last with a comma behind it."""
    end = at + 1
    while _TOPICS.fullmatch(lines[at]) and end < len(lines) and lines[end].endswith(",") and _is_section(lines[end]):
        end += 1
    if end == at + 1:
        return set()
    return set(range(at, end + (end < len(lines) and _is_section(lines[end]))))


def find_share_bar(lines: Sequence[str], at: int) -> set[int]:
    """Two networks or more, one below the other."""
    end = at
    while end < len(lines) and _NETWORK.fullmatch(lines[end]):
        end += 1
    return set(range(at, end)) if end > at + 1 else set()


def find_author(lines: Sequence[str], at: int) -> set[int]:
    """A name and the line below it that introduces its bearer, where the page names the author elsewhere or a date."""
    name, about = (*lines[at : at + 2], "")[:2]
    if not is_name(name) or len(about.split()) <= MOST_SECTION_WORDS:
        return set()
    is_introduced = is_biography(about) or about.split()[0].casefold() in name.casefold().split()
    is_author = any(names_author(line, name) for other, line in enumerate(lines) if other != at)
    is_dated = any(map(is_stamp, lines[at + 2 : at + 3]))
    return {at, at + 1} if is_introduced and (is_author or is_dated) else set()


def find_teaser(lines: Sequence[str], at: int) -> set[int]:
    """Another story above its date: a section of the page, its title, a summary or none.

    To be asked of lines below the first paragraph: a headline has such lines around it, too.
    """
    if not is_moment(lines[at]):
        return set()
    for top in range(at - 2, max(-1, at - FAR_ABOVE_DATE - 1), -1):
        inside = [line for line in lines[top + 1 : at] if not is_debris(line)]
        if len(inside) > 2:
            return set()
        is_section = _is_section(lines[top]) and not is_debris(lines[top])
        if inside and is_section and lines.count(lines[top]) > 1 and _is_teaser(*inside):
            return set(range(top, at + 1))
    return set()


FINDERS: tuple[Callable[[Sequence[str], int], set[int]], ...] = (
    find_caption, find_player, find_invitation, find_story, find_contents, find_topics,
    find_share_bar, find_author,
)  # fmt: skip


def is_teaser_of(lines: Sequence[str], at: int) -> bool:
    """Whether a line is the title of a story in a list: below it stand its author and its date."""
    below = lines[at + 1 : at + 3]
    return len(below) == 2 and is_name(below[0]) and is_moment(below[1])


def _is_teaser(title: str, summary: str = "") -> bool:
    is_title = len(title.split()) <= MOST_TEASER_WORDS and (title[-1] not in ".:;," or _ABBREVIATED.search(title))
    is_short = len(summary.split()) <= 2 * MOST_TEASER_WORDS
    return bool(is_title) and is_short and not speaks(title + summary)


def _is_title(line: str) -> bool:
    is_open = line.endswith((":", ",", ";")) or bool(_END.search(line))
    is_quoted = line[0] in QUOTES and line[-1] in "\"'”’»"
    return FEWEST_TITLE_WORDS <= len(line.split()) <= MOST_TITLE_WORDS and not is_open and not is_quoted


def _is_section(line: str) -> bool:
    return len(line.split()) <= MOST_SECTION_WORDS and not _END.search(line)


def _is_pitch(line: str) -> bool:
    return len(line.split()) <= MOST_CAPTION_WORDS and bool(_PITCH.search(line))


def _count_shared(summary: str, title: str) -> int:
    stems = [{word[:STEM] for word in re.findall(rf"\w{{{STEM},}}", line.casefold())} for line in (summary, title)]
    return len(stems[0] & stems[1])
