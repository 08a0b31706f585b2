"""Attributions without a finite active cue: passives, participles, "according to", "citing", and nouns."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.clauses import after_connectives
from rag.attribution.complements import Complement, clause_end
from rag.attribution.cues import NOUNS
from rag.attribution.mentions import read_mention
from rag.attribution.nouns import ANONYMOUS
from rag.attribution.phrases import Ranges, is_finite
from rag.attribution.sources import main_subject, source_after, source_before, spans_of
from rag.attribution.tokens import Sentence
from rag.attribution.verbs import VerbGroup
from rag.types import Attribution

REPORTED = frozenset(
    "say believe think report expect know suspect understand fear estimate consider rumour rumor allege project "
    "predict intend".split()
)
POSSESSIVE = ("'s", "’s", "s'", "s’")


def passive(s: Sentence, group: VerbGroup, high: int) -> Attribution | None:
    """is believed to have fled (nobody's) | was condemned by the council | was quoted as saying."""
    subject = source_before(s, group.start)
    at = group.end
    while at < high and s.is_word(at) and s.is_adverb(at):
        at += 1
    word = s.lower[at] if at < high else ""
    if word == "by" and subject:
        source = source_after(s, at + 1, high)
        if source is None or s.lower[source[0][0]].endswith("ing"):
            return None
        cue = (s.cut(group.start, at + 1),)
        return Attribution(source=spans_of(s, source), cue=cue, content=spans_of(s, subject), confidence=0.5)
    if group.lemma == "quote" and word == "as" and at + 2 < high and subject:
        cue, content = (s.cut(group.start, at + 2),), (s.cut(at + 2, high),)
        return Attribution(source=spans_of(s, subject), cue=cue, content=content, confidence=0.9)
    if group.lemma in REPORTED and word in {"to", "that"}:
        pieces = [(at, clause_end(s, at, high))]
        if subject and s.lower[subject[0][0]] not in g.EXPLETIVES:
            pieces.insert(0, subject[0])
        return Attribution(source=(), cue=(s.cut(group.start, at),), content=spans_of(s, pieces), confidence=0.5)
    return None


def participle(
    s: Sentence, group: VerbGroup, after: Complement, subject: Ranges | None, found: list[Attribution]
) -> Attribution | None:
    """..., adding that prices fell: the source is that of the sentence."""
    if after.empty:
        return None
    verb = s.cut(group.head, group.end)
    shared = [a for a in found if a.source and not any(piece.contains(verb) for piece in a.content)]
    if shared:
        source = shared[-1].source
    else:
        source = spans_of(s, subject or main_subject(s, group.start) or (main_subject(s) if group.start == 0 else None))
    if not source or source[0].overlaps(s.cut(group.start, after.end)):
        return None
    confidence = (0.85 if group.speech else 0.4) - (0.1 if after.shape == "noun" else 0)
    cue = (s.cut(group.start, max(group.end, after.cue_end)),)
    return Attribution(source=source, cue=cue, content=(s.cut(after.start, after.end),), confidence=confidence)


def according_to(s: Sentence, high: int) -> list[Attribution]:
    """According to the navy, two barges sank. | Two barges sank, according to the navy."""
    found = []
    for at in range(high - 2):
        if s.lower[at] != "according" or s.lower[at + 1] != "to":
            continue
        source = source_after(s, at + 2, high)
        if source is None:
            continue
        opens = at <= 1 or s.lower[at - 1] in {"and", "but", "that"}
        source, pieces = _content_after(s, source, high) if opens else _content_around(s, source, at, high)
        if pieces:
            cue = (s.cut(at, at + 2),)
            found.append(Attribution(source=spans_of(s, source), cue=cue, content=spans_of(s, pieces), confidence=0.95))
    return found


def _content_after(s: Sentence, source: Ranges, high: int) -> tuple[Ranges, Ranges]:
    start = source[-1][1]
    while start < high and not s.is_word(start) and s.quote[start] < 0:
        start += 1
    return source, [(start, clause_end(s, start, high))] if start < high else []


def _content_around(s: Sentence, source: Ranges, at: int, high: int) -> tuple[Ranges, Ranges]:
    """The content before "according to", and its rest after the source where the first part is no whole clause."""
    stop = at - 1 if s.words[at - 1] in {",", "—", "–"} else at
    low, end = after_connectives(s, stop), source[-1][1]
    if low >= stop:
        return source, []
    aside = s.words[at - 1] == ","
    stated = any(is_finite(s, i) or s.quote[i] >= 0 for i in range(low, stop))
    comma = next((i for i in range(at + 2, high) if s.words[i] == ","), None)
    if aside and not stated and comma is not None:
        pieces = [(low, stop)] if s.lower[low] not in g.LEADING else []
        return [(at + 2, min(comma, end))], [*pieces, (comma + 1, clause_end(s, comma + 1, high))]
    goes_on = aside and end + 1 < high and s.words[end] == "," and not s.is_capital(end + 1)
    if goes_on and s.lower[end + 1] not in {"which", "who", "a", "the"}:
        return source, [(low, stop), (end + 1, clause_end(s, end + 1, high))]
    return source, [(low, stop)]


def noun_cues(s: Sentence, high: int) -> list[Attribution]:
    """his claim that prices fell | the minister's statement that ...: a noun with a possessor and a that-clause."""
    found = []
    for at in range(1, high - 2):
        low = s.lower[at]
        if s.lower[at + 1] != "that" or s.quote[at] >= 0 or (low not in NOUNS and low.removesuffix("s") not in NOUNS):
            continue
        owner = next((i for i in range(at - 1, max(-1, at - 5), -1) if _is_possessor(s, i) or not s.is_word(i)), None)
        if owner is None or not s.is_word(owner):
            continue
        first = owner
        while first > 0 and s.lower[owner].endswith(POSSESSIVE) and _leads_name(s, first):
            first -= 1
        found.append(
            Attribution(
                source=spans_of(s, [(first, owner + 1)]),
                cue=(s.cut(owner + 1, at + 1),),
                content=(s.cut(at + 1, clause_end(s, at + 1, high)),),
                confidence=0.7,
            )
        )
    return found


def estimates(s: Sentence, high: int) -> list[Attribution]:
    """The ministry put the death toll at 62."""
    found = []
    for at in range(1, high - 3):
        if s.lower[at] not in {"put", "puts"} or s.quote[at] >= 0:
            continue
        to = next((i for i in range(at + 2, min(high - 1, at + 10)) if s.lower[i] == "at"), None)
        source = source_before(s, at)
        if to is None or source is None or not any(ch.isdigit() for ch in s.say(to + 1, min(high, to + 5))):
            continue
        content = (s.cut(at + 1, clause_end(s, at + 1, high, noun=True)),)
        found.append(Attribution(source=spans_of(s, source), cue=(s.cut(at, at + 1),), content=content, confidence=0.8))
    return found


def _is_possessor(s: Sentence, at: int) -> bool:
    return s.is_word(at) and (s.lower[at] in g.POSSESSIVES or s.lower[at].endswith(POSSESSIVE))


def _leads_name(s: Sentence, first: int) -> bool:
    return s.lower[first - 1] in g.DETERMINERS or (s.is_capital(first - 1) and s.is_capital(first))


def with_cited(s: Sentence, found: list[Attribution], high: int) -> list[Attribution]:
    """Tarn News reported, citing the navy, that K: the navy's K, relayed by Tarn News."""
    for at in range(1, high - 1):
        if s.lower[at] not in {"citing", "quoting"} or s.words[at - 1] != ",":
            continue
        cited = source_after(s, at + 1, high)
        if cited is None or not _speaks(s.say(*cited[0])):
            continue
        cue, end = s.cut(at, at + 1), cited[-1][1]
        last = end if end < high and s.words[end] == "," else end - 1
        aside = Span(s.starts[at - 1], s.ends[last])
        mains = [a for a in found if a.source and a.cue[0].end < cue.start and _content_less(a, aside, s.text)]
        if not mains:
            continue
        relay = replace(mains[-1], content=_content_less(mains[-1], aside, s.text))
        inner = replace(relay, source=spans_of(s, cited), cue=(cue,), outer=relay)
        found = [relay if a is mains[-1] else a for a in found if a.cue[0] != cue]
        found.append(inner)
    return found


def _content_less(made: Attribution, aside: Span, text: str) -> tuple[Span, ...]:
    """A content without the aside that stands in it."""
    kept = []
    for piece in made.content:
        parts = [piece]
        if piece.overlaps(aside):
            parts = [Span(piece.start, max(piece.start, aside.start)), Span(min(piece.end, aside.end), piece.end)]
        for part in parts:
            words = part.of(text)
            start = part.start + len(words) - len(words.lstrip(" ,"))
            end = part.start + len(words.rstrip(" ,"))
            if start < end:
                kept.append(Span(start, end))
    return tuple(kept)


def _speaks(words: str) -> bool:
    """Whether a phrase names somebody who can be quoted, rather than a reason ("citing security concerns")."""
    mention = read_mention(words)
    if mention.named or mention.kind in {"organisation", "government"} or mention.head in ANONYMOUS:
        return True
    return mention.kind == "person" and mention.head in g.TITLES
