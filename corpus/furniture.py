"""The furniture of a web page that ends up in scraped text: forms, share bars, notices, teasers of other stories.

Nothing here looks inside a line. A line goes only if the whole of it is a known piece of furniture, or if it is a
teaser below a heading that announces teasers. A line in quotation marks, within an open quotation, or with a verb of
saying, is furniture by itself never: somebody may have said it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LONGEST_TEASER = 200  # characters
MOST_TEASERS = 20

_NETWORK = (
    r"(?:facebook|twitter|x|e-?mail|print|whatsapp|linked ?in|reddit|pinterest|tumblr|telegram|google\+?|pocket|"
    r"flipboard|messenger|copy(?: link)?|link|skype|sms|threads|bluesky|mastodon|viber|instagram|youtube|tiktok|rss|"
    r"tweet|share|save|more|comments?|pin(?: it)?)"
)
_BETWEEN = r"(?:\s*(?:,|\||/|•|·|&|and|or)\s*|\s+)"
_NETWORKS = rf"{_NETWORK}(?:{_BETWEEN}{_NETWORK})*"

_COMMENT_FORMS = (
    r"leave a (?:reply|comment|response)(?: to .{1,60})?(?: cancel reply)?|cancel reply",
    r"your email address will not be published[.,]?(?:\s*required fields are marked\s*\*?)?",
    r"required fields are marked\s*\*?",
    r"(?:post|submit|add|write|view|load|show|read|see|join)(?: a| your| the| all| more)* (?:comments?|conversation)"
    r"(?: ?\(?\d+\)?)?",
    r"\d+ comments?|comments? ?\(\d+\)|comments are closed|be the first to comment",
    r"save my name, e-?mail,? and website in this browser.{0,60}",
    r"notify me of (?:new posts|follow-?up comments|new comments) (?:by|via) e-?mail",
    r"(?:you must be logged|please log|log|sign) in to (?:post|leave|add) a comment|this site uses akismet.{0,120}",
    r"(?:name|e-?mail|email address|comment|website|message)\s*\*",
    r"you (?:need|have|must) (?:to )?be a (?:subscriber|member) to (?:join|comment|take part|post)\b.{0,120}",
    r".{0,60}\bvalues? your comments\b.{0,200}|please (?:read|review|see) our comment(?:ing|s)? policy.{0,80}",
)
_SHARE_BARS = (
    r"(?:share|like|tweet)(?: (?:this|it|on|via|the|article|story|post|page|with (?:your )?friends))*:?"
    rf"(?:\s+{_NETWORKS})?",
    rf"{_NETWORK}(?:{_BETWEEN}{_NETWORK})+",
    r"click (?:here )?to (?:share|tweet|print|e-?mail)(?: (?:this|on|via|a link|to|it))*.{0,60}"
    r"(?:\(opens in new window\))?",
)
_RIGHTS = (
    r"(?:©|\(c\)\s|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)).{0,200}",
    r"(?:.{0,80}\s)?all rights reserved(?:\. .{0,160})?",
)
_NOTICES = (
    r"(?:we(?: and our partners)?|(?:this|our) (?:web ?)?site) uses? cookies.{0,300}(?:experience|accept|consent|"
    r"polic|privacy|settings|browser|personali[sz]e|agree|traffic).{0,200}",
    r"by (?:continuing|using|browsing|clicking).{0,120}(?:cookies|(?:cookie|privacy) policy|terms of (?:use|service))"
    r".{0,120}",
    r"(?:accept|reject|manage|allow)(?: all)? cookies|cookies? (?:policy|settings|preferences)",
    *_RIGHTS,
    r"this material may not be published, broadcast, rewritten,? or redistributed.{0,80}",
)
_BOXES = (
    r"(?:sign up|subscribe|register)(?: here| now| today| free)*(?: to| for)(?: get| receive)?(?: our| the| my| your)?"
    r".{0,80}(?:newsletters?|e-?mails?|e-?mail alerts|alerts|briefing|inbox|updates|channel).{0,80}",
    r"get (?:our|the|more|all|daily|breaking|free|top|your).{0,80}"
    r"(?:newsletter|(?:delivered|sent|straight|right) .{0,12}inbox).{0,120}",
    r"(?:would you like to|want to) (?:receive|get) .{0,60}newsletter\s?\??",
    r"(?:please )?enter (?:your|a valid) e-?mail(?: address)?.{0,60}",
    r"thank(?:s| you) for (?:subscribing|signing up).{0,60}",
    r"subscribe(?: now| today| here)?|sign up(?: now| here| today)?",
    rf"(?:follow|like|find|join) us on {_NETWORKS}(?:\s*[:@].{{0,60}})?",
    rf"follow (?:@\w+|[\w.'’-]+(?: [\w.'’-]+){{0,6}}) on {_NETWORKS}(?:\s*[:,]?\s*@\w+)?",
    r"(?:skip )?advertisements?(?: ?[-–—:] ?(?:continue reading below|scroll to continue))?|ad feedback",
    r"(?:article|story|content) continues (?:below|after)(?: (?:this )?ad(?:vertisement)?)?",
    r"scroll (?:down )?to continue(?: reading)?|continue reading(?: below| the main story)?",
    r"sponsored(?: content| by .{1,40})?|promoted(?: content| stories)?",
    r"read (?:more|next|(?:the )?full story)(?: ?[»›>…])?|back to top|(?:print|email) this (?:article|story|page)",
)
# One other story, in one line.
_TEASER = (
    r"(?:(?:also |must )?read(?: (?:more|also|next))?|related(?: (?:stor(?:y|ies)|articles?|content|coverage))?|"
    r"see also|more on this story|recommended|trending|you (?:may|might) also like)\s*(?::|\||»|>)\s*\S.{0,300}"
)


def _any_of(patterns: Iterable[str], *, then: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)}){then}", re.IGNORECASE)


# A share bar ends without a full stop: "Instagram and Facebook." answers a question.
_PIECES = (_any_of(_SHARE_BARS), _any_of((*_COMMENT_FORMS, *_NOTICES, *_BOXES, _TEASER), then="[.!]?"))
_LINE = _any_of((piece.pattern for piece in _PIECES), then=r"\s*[:»]?")
_COPYRIGHT = _any_of(_RIGHTS)
_FORM = re.compile(r"leave a (?:reply|comment|response)\b.*", re.IGNORECASE)
_FIELD = re.compile(r"(?:name|e-?mail|email address|comment|website|url|message)\s*\*?", re.IGNORECASE)
_ONE_NETWORK = re.compile(rf"{_NETWORK}|share.{{0,30}}:?", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|you may have missed|"
    r"related(?: (?:articles?|stor(?:y|ies)|posts?|news|content|coverage|topics?|links?|reading|videos?))?|"
    r"(?:more|latest|top|other|popular|trending|recommended|featured|recent|similar|editor[’']?s[’']?) "
    r"(?:stories|articles|news|headlines|posts|picks|reads|coverage)"
    r"(?: (?:for you|like this|on this story|from .{1,40}))?|"
    r"recommended(?: for you| reading)?|most (?:read|popular|viewed|shared|commented)(?: stories| articles)?|"
    r"trending(?: now)?|(?:read|see|watch) (?:also|next)|also read|up next|don[’']t miss|keep reading|"
    r"what to read next|from (?:our|the) (?:partners|web|advertisers)|around the web|"
    r"sponsored (?:stories|links|content)|(?:\S+ ){1,3}favou?rites|"
    r"more (?:from|on|in) (?:\S+ ){0,6}\S+?|read more(?: about .{1,60})?)\s*[:…»>]?",
    re.IGNORECASE,
)
# Others stand in articles, too ("Latest news", "More from the hearing"): they need teasers below them.
_SURE = re.compile(
    r"(?:you (?:may|might)|related (?:art|stor|post)|recommended for|what to read|around the web).*", re.IGNORECASE
)

_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|added|according to|announced|claimed|claims|denied|denies|argued|insisted|warned|"
    r"wrote|stated|declared|confirmed)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\Z")


def drop_furniture(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs of an article without the page's furniture, in order and letter for letter."""
    kept = [paragraph.strip() for paragraph in paragraphs]
    kept = [paragraph for paragraph in kept if paragraph]
    while True:
        fewer = _drop_once(kept)
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def is_furniture(line: str) -> bool:
    """Whether a whole line is, by itself, a piece of furniture."""
    line = line.strip()
    if not line or line[0] in "\"'“‘„«" or _SAYING.search(line):
        return False
    return bool(_LINE.fullmatch(line))


def is_copyright(line: str) -> bool:
    """Whether a line is a notice of copyright."""
    return bool(_COPYRIGHT.fullmatch(line.strip()))


def announces_teasers(heading: str) -> bool:
    """Whether a heading is one that stands above lists of other stories ("Most read", "Related articles")."""
    return bool(_HEADING.fullmatch(heading.strip()))


def _drop_once(paragraphs: Sequence[str]) -> list[str]:
    kept: list[str] = []
    quoted = _within_quotations(paragraphs)
    at = 0
    while at < len(paragraphs):
        line = paragraphs[at]
        if quoted[at]:
            kept.append(line)
            at += 1
        elif _FORM.fullmatch(line) and is_furniture(line):
            at += 1
            while at < len(paragraphs) and _FIELD.fullmatch(paragraphs[at]) and not quoted[at]:
                at += 1
        elif _HEADING.fullmatch(line) and (teasers := _count_teasers(line, paragraphs[at + 1 :])) is not None:
            at += 1 + teasers
        elif is_furniture(line) or (_ONE_NETWORK.fullmatch(line) and _beside_network(paragraphs, at)):
            at += 1
        else:
            kept.append(line)
            at += 1
    return kept


def _within_quotations(paragraphs: Sequence[str]) -> list[bool]:
    """Whether each paragraph goes on with a quotation that was opened above it: the next mark is one that closes.

    Between paragraphs of one speech it is one that opens. Straight marks do not say which they are: there, only a
    paragraph that ends what it did not open is known to be within.
    """
    within = []
    closes = False
    for paragraph in reversed(paragraphs):
        first = re.search("[“”]", paragraph)
        closes = first[0] == "”" if first else closes
        within.append(closes or (paragraph.count('"') % 2 == 1 and not paragraph.startswith('"')))
    return within[::-1]


def _count_teasers(heading: str, below: Sequence[str]) -> int | None:
    """How many of the lines below a heading are teasers; None where it is a heading of the article itself.

    Lines that do not end like a sentence are titles. A title may have one short sentence under it where titles and
    sentences take turns to the end of the page. A lone title above prose may be a heading of the article.
    """
    if _SENTENCE_END.search(heading):
        return None
    titles = 0
    while titles < min(len(below), MOST_TEASERS) and _is_title(below[titles]):
        titles += 1
    sure = bool(_SURE.fullmatch(heading))
    if titles == len(below):
        return titles
    if sure and titles and _takes_turns(below):
        return len(below)
    if sure:
        return titles
    announces = heading.endswith(":") or heading.isupper()
    return titles if announces and titles > 1 else None


def _takes_turns(below: Sequence[str]) -> bool:
    """Whether titles and single short sentences, in which nobody speaks, take turns to the end, more than once."""
    kinds = "".join("t" if _is_title(line) else "s" if _is_summary(line) else "p" for line in below)
    return len(below) <= 2 * MOST_TEASERS and bool(re.fullmatch(r"(?:t+s){2,}t*", kinds))


def _is_summary(line: str) -> bool:
    return len(line) <= LONGEST_TEASER and not _SAYING.search(line) and not re.search('["“”„«»]', line)


def _is_title(line: str) -> bool:
    is_open = line.endswith((":", ",", ";")) or bool(_SENTENCE_END.search(line))
    return len(line) <= LONGEST_TEASER and not is_open and bool(re.search(r"\w", line))


def _beside_network(paragraphs: Sequence[str], at: int) -> bool:
    beside = [paragraphs[i] for i in (at - 1, at + 1) if 0 <= i < len(paragraphs)]
    return any(_ONE_NETWORK.fullmatch(line) for line in beside)
