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
from corpus.page_boxes import MOST_SECTION_WORDS, find_boxes, find_head_caption, find_teaser, is_teaser_of
from corpus.page_bylines import is_biography, is_byline, is_name, is_signed, names_author
from corpus.page_debris import QUOTES, is_debris

FEWEST_AROUND = 12  # short lines outside the article that make a text the copy of a page
FEWEST_WORDS = 40  # of the article
FEWEST_KNOWN = 4  # of them that are surely furniture
MOST_KNOWN_INSIDE = 3  # in a row
FEWEST_PROSE_WORDS = 8
LONG_LINE = 25  # words that are prose even without a full stop
MOST_COUNTED = 40  # words of one line: a long paragraph is no more of an article than several
COST_OF_SHORT = 3  # in words of prose: what a short line in between costs
COST_OF_REPEATED = 8  # and one that stands elsewhere on the page, too
FAR_ABOVE = 20  # lines above the text among which headline and standfirst are looked for
LONGEST_TEASER = 250  # characters
HEADLINE_WORDS = range(4, 35)
SHARE_OF_BEST = 0.3
MOST_ABOVE_BYLINE = 2  # lines: headline and standfirst
MOST_ABOVE_PROSE = 4  # lines of the text among which a byline is looked for
MOST_TITLES = 12  # of other stories in a row
FEWEST_PARAGRAPH_WORDS = 15
FEWEST_TITLE_WORDS = 8
FEWEST_SHOUTED = 9  # words of a headline in capitals
FEWEST_TEASERS = 2  # above a headline: one may be a headline itself
FEWEST_BELOW = 5  # lines: above so many, nobody is introduced as the author
SHARE_IN_TEXT = 0.3  # of a headline's longer words
LIKE_A_MENU = 3  # words that a headline is taken to have besides: of two of a menu, all may be in the text
NEARLY = 0.6

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedArticle:
    """An article in the copy of a page: its headline where one stands above it, and its lines."""

    title: str
    lines: tuple[str, ...]


def find_copied_article(lines: Sequence[str]) -> CopiedArticle | None:
    """The article in the lines of a page, or None where they are not the copy of a whole page."""
    every = [line for raw in lines if (line := " ".join(raw.split()))]
    places = [at for at, line in enumerate(every) if not is_debris(line)]
    lines = [every[at] for at in places]
    counts = Counter(map(_fold, lines))
    start, end = _find_text(lines, counts)
    end = _cut_footer(lines, start, end)
    if sum(len(line.split()) for line in lines[start:end]) < FEWEST_WORDS:  # of a list, only its notices are dense
        return _find_list(every)
    around = [*lines[:start], *lines[end:]]
    short = sum(not _is_prose(line) for line in around) + len(every) - len(lines)
    if short < FEWEST_AROUND or sum(map(_is_after, around)) < FEWEST_KNOWN:
        return None
    head = _find_headline(lines, start, end)
    start = _extend_up(lines, start, counts, least=head + 1)
    end = _extend_down(lines, start, _cut_teasers(lines, start, end))
    above = [at for at in range(max(0, start - FAR_ABOVE), start) if at != head]
    teasers = {at for at in above if at < head and is_teaser_of(every, places[at])}
    above = [at for at in above if len(teasers) < FEWEST_TEASERS or at not in teasers]
    above = [at for at in above if not is_signed(lines[at])]
    above = [at for at in above if counts[_fold(lines[at])] < 3 or at == head + 1]
    within = _drop_tail(every, places[start:end])
    out = _find_boxes(every, above=[places[at] for at in above if at > head], within=within)
    standfirst = [lines[at] for at in above if _is_standfirst(lines[at]) and places[at] not in out]
    bylines = {at for at in within[:MOST_ABOVE_PROSE] if is_byline(every, at)}
    out |= bylines
    body = _drop_inside([every[at] for at in within if at not in out], menu=Counter(map(_fold, lines[:start])))
    body = _drop_author(body, around=[line for at, line in enumerate(every) if at not in within or at in bylines])
    return CopiedArticle(title=lines[head] if head >= 0 else "", lines=(*standfirst, *body))


def _drop_tail(every: Sequence[str], within: Sequence[int]) -> Sequence[int]:
    """The text without short lines below its last sentence that stand between lines that are surely the page's own."""
    end = len(within)
    while end and not _is_prose(every[within[end - 1]]) and not is_name(every[within[end - 1]]):
        beside = every[max(0, within[end - 1] - 1) : within[end - 1] + 2]
        if len(beside) < 3 or not all(is_debris(line) or _is_after(line) for line in (beside[0], beside[2])):
            break
        end -= 1
    return within[:end]


def _drop_author(body: list[str], *, around: Sequence[str]) -> list[str]:
    """The text without its author's name below it, where the page names the author elsewhere, too."""
    ends_with_name = len(body) > 1 and is_name(body[-1]) and _is_prose(body[-2])
    return body[:-1] if ends_with_name and any(names_author(line, body[-1]) for line in around) else body


def _find_boxes(every: Sequence[str], *, above: Sequence[int], within: Sequence[int]) -> set[int]:
    """Boxes with pictures, invitations and other stories, above the text and between its paragraphs."""
    top = min([*above, *within], default=0)
    end = min(within[-1] + 2, len(every)) if within else top
    first = next((at for at in within if _is_paragraph(every[at]) and not every[at].endswith("?")), end)
    found = find_boxes(every, range(max(0, top - 1), end))
    found |= {line for at in range(top, first) for line in find_head_caption(every, at)}
    return found | {line for at in range(first + 2, end) for line in find_teaser(every, at) if line > first}


def _find_list(every: Sequence[str]) -> CopiedArticle | None:
    """An article without prose, a list of winners: from above its byline with day and hour to the end of the page."""
    signed = next((at for at, line in enumerate(every) if is_signed(line)), 0)
    top = signed
    while top > max(0, signed - MOST_ABOVE_BYLINE) and len(every[top - 1].split()) >= FEWEST_PROSE_WORDS:
        top -= 1
    boxes = find_boxes(every, range(signed + 1, len(every)))
    below = [at for at in range(signed + 1, len(every)) if at not in boxes]
    end, run = len(every), 0
    for number, at in enumerate(below):
        run = run + 1 if _is_after(every[at]) else 0
        if run == MOST_KNOWN_INSIDE:
            end = below[number + 1 - run]
            break
    is_page = top >= FEWEST_AROUND and sum(map(_is_after, [*every[:top], *every[end:]])) >= FEWEST_KNOWN
    if not is_page or top == signed or end == len(every):
        return None
    inside = [at for at in range(top + 1, end) if at != signed and at not in boxes]
    body = [every[at] for at in inside if not is_debris(every[at])]
    return CopiedArticle(title=every[top], lines=tuple(body))


def _drop_inside(lines: Sequence[str], *, menu: Counter[str]) -> list[str]:
    """The lines of the text without what stands between them: sections of the menu, teasers, and who wrote it."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line, below = lines[at], lines[at + 1 :]
        at += 1
        if (announces_teasers(line) or line.casefold() == "popular") and not _is_prose(line):
            at += _count_titles(below)
            continue
        is_about_author = len(below) < FEWEST_BELOW and is_biography(line)
        if not (_is_section(line, menu) or _is_shouted(line) or is_about_author):
            kept.append(line)
    return kept


def _count_titles(below: Sequence[str]) -> int:
    """How many titles stand below a heading of teasers. A short last one may be a heading of the text that follows."""
    count = 0
    while (
        count < min(len(below), MOST_TITLES) and not _is_prose(below[count]) and not below[count].endswith((":", "..."))
    ):
        count += 1
    last = below[count - 1] if count else ""
    is_author = is_name(last) and any(map(is_name, below[: count - 1]))
    is_heading = 0 < count < len(below) and len(last.split()) < FEWEST_TITLE_WORDS and not is_author
    return 0 if count == MOST_TITLES else count - is_heading


def _is_section(line: str, menu: Counter[str]) -> bool:
    """Whether a line is the name of a section, which a page shows in its menu and again over its articles."""
    return len(line.split()) <= MOST_SECTION_WORDS and menu[_fold(line)] > 1 and line[0] not in QUOTES


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
        is_long = len(lines[at]) > LONGEST_TEASER and not is_biography(lines[at])
        if is_long or (at + 2 < end and all(map(_is_paragraph, lines[at : at + 3]))):
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


def _find_headline(lines: Sequence[str], start: int, end: int) -> int:
    """The number of the line above the text with most of its words in the text, -1 for none.

    The upper of those nearly alike: a standfirst or a caption below it repeats as much of the text.
    """
    text = set(" ".join(map(_fold, lines[start:end])).split())
    likeness: dict[int, float] = {}
    for at in range(max(0, start - FAR_ABOVE), start):
        line = lines[at]
        words = [word for word in _fold(line).split() if len(word) > 3]
        if not words or len(line.split()) not in HEADLINE_WORDS or _NO_HEADLINE.search(line) or is_furniture(line):
            continue
        hits = sum(word in text for word in words)
        if hits >= SHARE_IN_TEXT * len(words):
            likeness[at] = hits / (len(words) + LIKE_A_MENU)
    best = max(likeness.values(), default=0.0)
    return next((at for at, found in likeness.items() if found >= NEARLY * best), -1)


def _is_standfirst(line: str) -> bool:
    return len(line.split()) >= FEWEST_PROSE_WORDS and not is_furniture(line)


def _is_paragraph(line: str) -> bool:
    return _is_prose(line) and len(line.split()) >= FEWEST_PARAGRAPH_WORDS


def _is_prose(line: str) -> bool:
    words = len(line.split())
    return words >= LONG_LINE or (words >= FEWEST_PROSE_WORDS and bool(_SENTENCE_END.search(line)))


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))
