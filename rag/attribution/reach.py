"""How far a content reaches where the tagger stops short of it or goes astray: what form alone decides.

A content does not end in "of the"; "She added:" is followed by the paragraph that it leads in; a quotation that stands
by itself goes on from who was quoted before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.act import act_of
from rag.attribution.spans import merge_spans
from rag.attribution.tokens import Document, Sentence
from rag.types import Attribution

_UNENDED = g.ARTICLES | g.POSSESSIVES | frozenset("of for from with by at to into than".split())
_LOOSE = re.compile(
    r"(?<!\banything)(?<!\bnothing)(?<!\beverything)(?<!\ball)(?:[\s,;]+(?:and|or|nor|but|while|when|because)(?:\s(?:at|in|on))?)+\s*\Z"
)
_STOPS = g.PREPOSITIONS | g.CONJUNCTIONS | g.SUBORDINATORS | g.AUXILIARIES | g.RELATIVES
_LAST_WORD = re.compile(r"[\w’'-]*\w\Z")
_NEXT_WORD = re.compile(r" ([\w’'$-]+)")
MOST_WORDS = 6
"""What a noun phrase has at most behind its article."""
_REST_OF_WORD = re.compile(r"[\w’'-]*\w")
_COLON = re.compile(r":\s+[A-Za-z]")
_ON = re.compile(r", (?:until|because|unless|where|if)\s")
_LEADS_IN = re.compile(r"\s*:?\s*\Z")
_PHRASE = re.compile(r"(?:The|An?|His|Her|Its|Their|Our|This|That|These|Those)\s(?:[\w’'-]+\s?){1,4}")
"""A noun phrase with a determiner, and no clause."""
_PREDICATE = re.compile(r", ([a-z][\w’'-]*)\s")
_NO_VERB = (
    g.PREPOSITIONS | g.CONJUNCTIONS | g.SUBORDINATORS | g.RELATIVES | g.DETERMINERS | g.PRONOUNS | g.ADVERBS | g.TIMES
    | frozenset("according citing not".split())
)  # fmt: skip
_TURN = re.compile(r", (?:but|while|although|though|whereas|and)\s")
_MARKS = "“”\"'‘’«»„"


def with_ends(text: str, made: Attribution) -> Attribution:
    """The bill that Marsh voted against, “the Act of | 2015”: no content ends within a word or before a noun."""
    content = [_ended(text, piece) for piece in made.content]
    if content == list(made.content):
        return made
    return replace(made, content=merge_spans(text, content))


def _ended(text: str, piece: Span) -> Span:
    end = piece.end
    if text[end - 1] in "’'-" or text[end - 1].isalnum():
        found = _REST_OF_WORD.match(text, end)
        end = found.end() if found else end
    loose = _LOOSE.search(text, piece.start, end)
    if loose and loose.start() > piece.start:
        return Span(piece.start, loose.start())
    word = _LAST_WORD.search(text, piece.start, end)
    last = word.group().lower() if word else ""
    for _ in range(MOST_WORDS if last in _UNENDED else 0):
        found = _NEXT_WORD.match(text, end)
        if not found or (found[1].lower() in _STOPS and last not in _UNENDED):
            break
        end, last = found.end(), found[1].lower()
    return Span(piece.start, end)


def with_rest(document: Document, made: Attribution) -> Attribution:
    """With what a sentence goes on with: Marsh proposed a plan: build in May. | K, Vale said, until the tide turned."""
    if len(made.cue) != 1 or not made.content:
        return made
    (cue,), last = made.cue, made.content[-1]
    text, s = document.text, document.sentence_at(cue.start)
    if cue.end <= last.start and last.end < s.span.end and _COLON.match(text, last.end, s.span.end):
        return replace(made, content=merge_spans(text, (*made.content, Span(last.end, _stop(text, s)))))
    end = max(p.end for p in (*made.source, cue))
    if last.end <= cue.start and last.start >= s.span.start and _ON.match(text, end, s.span.end):
        return replace(made, content=(*made.content, Span(end + 2, _stop(text, s))))
    return _with_predicate(text, s, made)


def _with_predicate(text: str, s: Sentence, made: Attribution) -> Attribution:
    """The spire, masons admit, | sags a bit: a noun phrase before an inserted clause has its verb behind it."""
    if len(made.content) != 1 or len(made.source) != 1:
        return made
    (cue,), (source,), (first,) = made.cue, made.source, made.content
    if first.start != s.span.start or text[source.end : cue.start] != " ":
        return made
    if text[first.end : source.start] not in {", ", ", as "}:
        return made
    if not _PHRASE.fullmatch(first.of(text)) or s.headline:
        return made
    found = _PREDICATE.match(text, cue.end, s.span.end)
    if found is None or found[1].lower() in _NO_VERB or found[1].endswith(("ing", "ly")):
        return made
    end = _stop(text, s)
    turn = _TURN.search(text, cue.end + 2, end)
    return replace(made, content=(first, Span(cue.end + 2, turn.start() if turn else end)))


def _stop(text: str, s: Sentence) -> int:
    return s.span.start + len(s.span.of(text).rstrip(".!? "))


def block_of(document: Document, made: Attribution, paragraph: int) -> Span | None:
    """The paragraph that "She added:" at the end of the one before leads in, where it has no quotation marks."""
    if not made.cue or not 0 < paragraph < len(document.paragraphs):
        return None
    before, block = document.paragraphs[paragraph - 1], document.paragraphs[paragraph]
    text, cue = document.text, made.cue[-1]
    if not before.contains(cue) or ":" not in text[cue.end - 1 : before.end]:
        return None
    if not _LEADS_IN.match(text[cue.end : before.end]) or text[block.start] in _MARKS:
        return None
    return block


def with_continued(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """“We tried,” Marsh said. She did not name anyone. “Nobody came.”: a quotation that stands by itself goes on from
    who was quoted in its paragraph, not from a cue whose content is in the article’s own words."""
    out = list(found)
    for n, made in enumerate(found):
        if not made.cue:
            continue
        bare = tuple(piece for piece in made.content if _is_bare(document, piece) and piece.start > made.cue[-1].end)
        here = tuple(piece for piece in made.content if piece not in bare)
        if not bare or not here or not _is_aside(document.text, made) or any(map(document.is_quoted, here)):
            continue
        quoting = [m for m, other in enumerate(out) if _is_quoted_before(document, other, made)]
        if quoting:
            m = max(quoting, key=lambda m: out[m].content[-1].end)
            out[m] = replace(out[m], content=merge_spans(document.text, (*out[m].content, *bare)))
            out[n] = replace(out[n], content=here)
    return out


def _is_quoted_before(document: Document, other: Attribution, made: Attribution) -> bool:
    """Whether another is quoted earlier in the paragraph of a cue."""
    if not other.source or not other.cue or max(p.end for p in (*other.cue, *other.content)) > made.cue[0].start:
        return False
    paragraph = document.sentence_at(made.cue[0].start).paragraph
    near = document.sentence_at(other.content[-1].start).paragraph == paragraph
    return near and any(map(document.is_quoted, other.content))


def _is_aside(text: str, made: Attribution) -> bool:
    """Whether a cue says what somebody did not say, thinks or adds to it in passing: “noting that ...”."""
    cue = " ".join(piece.of(text) for piece in made.cue).lower()
    words = cue.replace("’", "'").split()
    denied = any(word in g.NEGATIONS for word in words)
    return denied or bool(words and words[-1].endswith("ing")) or act_of(cue, "indirect") == "attitude"


def _is_bare(document: Document, piece: Span) -> bool:
    sentence = document.sentence_at(piece.start)
    return sentence.span.start <= piece.start and sentence.only_quotes
