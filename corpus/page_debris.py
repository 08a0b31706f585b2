"""Lines in the plain text of a web page that say nothing of its news, by themselves or by what stands beside them."""

from __future__ import annotations

import re

from corpus.page_bylines import is_stamp
from corpus.page_captions import is_caption, is_credit, is_credited

QUOTES = "\"'“‘„«"
FEWEST_DOUBLED = 4  # words that a line says twice
FEWEST_GLUED = 3  # entries of a menu in a line

_SAYING = re.compile(r"\b(?:said|says|told|tells|added|according to|claimed|denied|warned|wrote)\b", re.IGNORECASE)
# Lines that say nothing of the news: times, handles, buttons and requests.
_DEBRIS = re.compile(
    r"""
    [\W_]* | \d[\W\d_]* | @\w+ | \d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?
    | (?:updated\s)?(?:an?|\d+)\s(?:sec|min|minute|hr|hour|day|week)s?\.?\sago
    | (?:by\s(?:signing|entering|clicking|submitting|registering)|i\swould\slike\sto\s(?:be|receive)).{0,400}
    | (?:e-?mail|phone|twitter|contact)(?:\saddress)?\s?:?
    | skip\s(?:to|past)\s.{2,60} | in\sthis\sarticle | live\s(?:reporting|updates|coverage|blog)
    | .{0,300}\bsign\sup\b.{0,200}\byour\sin-?box\b.{0,80} | .{0,200}\byour\sin-?box\b.{0,40}\bsign\sup\b.{0,80}
    | dear\sreaders?\b.{0,400}\b(?:support|donat|subscri)\w*\b.{0,400} | transcript\scoming\ssoon\.?
    | i.m\sin | count\sme\sin | sign\sme\sup | no,?\sthanks | maybe\slater
    | (?:watch|listen|see)(?:\s(?:it|the\s(?:video|clip|interview)))?\sbelow[.:]?
    | (?:please\s)?(?:join|become|get|donate|shop|save|skip|sign|log|submit|send|copy|find|follow|subscribe|click|tap
        |enter|share|watch|listen|view|show|download|enjoy|read|revisit|to\srevisit|register|refresh)\b.{0,160}
      \b(?:newsletters?|accounts?|app|bookmarks?|comments?|comment\spolicy|correction|editor|e-?mail|inbox|link|story
        |stories|page|offers|promotion|podcast|here|premium|update|now|us|community|forum|digest|cartoon)\b.{0,80}
    | (?:sign|log)\s(?:in|up|out) | menu | search | close | back | print | share | save | donate | shop | subscribed?
    | (?:free\s)?(?:daily|weekly|monthly)(?:\snewsletter)? | arrives\s\w+ | after\snewsletter\spromotion
    | sign\sup\sto\s.{2,60}(?<![.!?]) | (?:link\s)?copied | copy | mailto | view\simage\sin\sfull\s?screen
    | (?:click|tap)\s(?:here\s)?to\s(?:hide|expand|enlarge|play|enable|view)\b.{0,80} | having\strouble\?.{0,40}
    | get\sthe\slatest\s(?:updates|news|stories)\b.{0,160} | become\sa\s(?:source|member|subscriber|supporter)
    | (?:join|plus|subscribe)\b.{0,40}\saccess\sto\s.{0,120} | our\sstandards:\s.{0,80}
    | you\scan\semail\s.{2,60}\shere\b.{0,160} | newer | older | read\smore\s?\.\.\.
    | please\s(?:refresh|reload)\s.{0,160}\blogged\sin\b.{0,80}
    | \d+\s?(?:s|m|min|h|hr|d)s?\sago\S.{10,160} | (?:current|latest|[a-z]{3,9}\s\d{4})\sissue
    | read\sour\s(?:complete|full|latest|other)\s.{0,60} | don.t\sshow\sme\sthis.{0,40} | article\sbookmarked
    | this\smaterial\smay\snot\sbe\spublished\b.{0,400}
    | privacy\s(?:notice|policy).{0,300} | (?:for\ssubscribers|ad\spolicy|watch\s(?:now|live)|live)
    """,
    re.IGNORECASE | re.VERBOSE,
)

_GLUED = re.compile(r"[^\W\d_A-Z]{3,}[A-Z][^\W\d_A-Z]{2,}")  # entries of a menu, without a space between them


def is_debris(line: str) -> bool:
    """Whether a line says nothing of the news: a button, a request, a time, the credit of a picture, a title twice."""
    if is_caption(line) or is_stamp(line) or _is_doubled(line) or _is_menu(line):
        return True
    is_known = _DEBRIS.fullmatch(line) or is_credit(line) or is_credited(line)
    return bool(is_known) and not _SAYING.search(line) and line[0] not in QUOTES


def speaks(line: str) -> bool:
    """Whether somebody is quoted or reported in a line."""
    return bool(_SAYING.search(line) or re.search('["“”„«»]', line))


def _is_menu(line: str) -> bool:
    return len(_GLUED.findall(line)) >= FEWEST_GLUED and not re.search(r"[.!?:][\"'”’»)\]]*\Z", line)


def _is_doubled(line: str) -> bool:
    words = line.split()
    half = len(words) // 2
    return half >= FEWEST_DOUBLED and words[:half] == words[half:]
