"""Attributions with a finite cue: S C K, K S C, K C S, and K S C K.

Ruiz said the port is shut.        The port is shut, Ruiz said.
“It is shut,” said Ruiz.           The port, Ruiz said, is shut.
"""

from __future__ import annotations

from rag.attribution import grammar as g
from rag.attribution.complements import Complement, clause_end
from rag.attribution.nouns import ARTEFACTS
from rag.attribution.phrases import Ranges, is_finite
from rag.attribution.sources import source_after, spans_of
from rag.attribution.tokens import Sentence
from rag.attribution.verbs import VerbGroup
from rag.types import Attribution

Range = tuple[int, int]

SUBORDINATE = frozenset("while although though as if when since because after before asked unless even".split())
CONNECTIVES = frozenset("but and so still yet ,".split())
SPEECH, THOUGHT, OBJECT, RELATIVE = 1.0, 0.55, -0.3, -0.1
"""Confidences: of speech and of other cues; what an object instead of a clause, and a relative source, take away."""
TAKEN_UP = 0.9


def active(s: Sentence, group: VerbGroup, source: Ranges | None, after: Complement, high: int) -> Attribution | None:
    """The attribution of a finite cue whose subject is `source` and whose complement is `after`."""
    turned = inverted(s, group, source, after, high) or _taken_up(s, group, source, after, high)
    if turned is not None:
        return turned
    if source is None or (s.lower[source[0][0]] == "there" and source[0][1] - source[0][0] == 1):
        return None
    start = source[0][0]
    if s.headline and group.end >= high and s.lower[group.head].endswith("ed"):
        return None  # "Storm hits coast, deaths reported": a passive without its auxiliary
    prior = _prior(s, start, group)
    quoted = prior is not None and s.quote[prior[1] - 1] >= 0
    trailing = quoted and _is_tail(s, after)
    confidence = SPEECH if group.speech else THOUGHT
    if after.shape == "colon" and after.empty:
        content: list[Range] = []
    elif trailing or after.empty:
        before = _content_before(s, group, prior, None if trailing else _continued(s, after.cue_end, high))
        if before is None:
            return None
        content = before
    else:
        content = [(after.start, _within_clause(s, start, after))]
        if quoted and prior is not None and after.shape == "quote":
            content.insert(0, prior)
        elif after.shape == "noun":
            confidence += OBJECT
    if s.lower[start] in g.RELATIVES:
        confidence += RELATIVE
    source, cue = _without_artefact(s, source, group.start)
    cue_end = group.end if trailing else _cue_end(group, after, content)
    return Attribution(
        source=spans_of(s, source), cue=(s.cut(cue, cue_end),), content=spans_of(s, content), confidence=confidence
    )


def _taken_up(s: Sentence, group: VerbGroup, source: Ranges | None, after: Complement, high: int) -> Attribution | None:
    """four stations, which engineers expect in Norhaven: the content is what "which" takes up, and what follows."""
    if source is None or not after.empty or not any(frame in group.frames for frame in "tbo"):
        return None
    at = source[0][0] - 1
    if at < 1 or s.lower[at] != "which" or s.words[at - 1] != ",":
        return None
    pieces = [(at, at + 1)]
    if group.end < high and s.lower[group.end] in g.PREPOSITIONS:
        pieces.append((group.end, clause_end(s, group.end, high)))
    cue = (s.cut(group.start, group.end),)
    return Attribution(source=spans_of(s, source), cue=cue, content=spans_of(s, pieces), confidence=TAKEN_UP)


def _is_tail(s: Sentence, after: Complement) -> bool:
    """“...,” Ruiz said in May on “Harbour Hour”: what follows the cue is no content when one came before."""
    if after.shape in {"clause", "noun", "infinitive", "wh"}:
        return True
    return after.shape == "quote" and s.words[after.start - 1] not in {",", ":", "."}


def _cue_end(group: VerbGroup, after: Complement, content: list[Range]) -> int:
    ahead = [start for start, _ in content if start >= group.end]
    return max(group.end, min([after.cue_end, *ahead]))


def _content_before(s: Sentence, group: VerbGroup, prior: Range | None, tail: Range | None) -> list[Range] | None:
    """The content before the source, and its rest after the cue; None where what stands there is no statement."""
    if prior is None or not any(frame in group.frames for frame in "qtb"):
        return None
    stated = any(s.quote[i] >= 0 or is_finite(s, i) for i in range(*prior))
    leads = s.lower[prior[0]] in g.LEADING or prior[1] - prior[0] < 2
    if not stated and (tail is None or leads):
        return None
    return [prior, tail] if tail else [prior]


def _prior(s: Sentence, start: int, group: VerbGroup) -> Range | None:
    """The words before a source that begins at token `start`, where they could be content."""
    comma = start - 1
    if comma > 0 and s.lower[comma] == "as":
        comma -= 1
    if comma < 0:
        return None
    if s.quote[comma] >= 0:
        return _with_lead(s, comma)
    if s.words[comma] not in {",", "—", "–", "--"} or comma == 0:
        return None
    if s.quote[comma - 1] >= 0:
        return _with_lead(s, comma - 1)
    low = after_connectives(s, comma)
    if "b" not in group.frames or low == comma or s.lower[low] in SUBORDINATE:
        return None
    return low, comma


def after_connectives(s: Sentence, end: int) -> int:
    """The first token of the sentence that is no "But" or "And"."""
    return next((i for i in range(end) if s.lower[i] not in CONNECTIVES), end)


def _with_lead(s: Sentence, quote: int) -> Range:
    """A quotation before a cue, with the words of its sentence that lead into it: He was “a giant,” she said."""
    low = next((i for i in range(quote) if s.lower[i] not in CONNECTIVES and (s.is_word(i) or s.quote[i] >= 0)), quote)
    if not any(s.words[i] in {":", ";"} for i in range(low, quote)):
        return low, quote + 1
    return next((i for i in range(low, quote) if s.quote[i] >= 0), quote), quote + 1


def _continued(s: Sentence, at: int, high: int) -> Range | None:
    """The content after K, S C: “It holds,” Vale said, “so far.” | The levee, surveyors warn, could burst."""
    if at + 1 >= high or s.words[at] not in {",", ":", "."}:
        return None
    first = at + 1
    if s.quote[first] >= 0:
        return first, clause_end(s, first, high)
    new = SUBORDINATE | {"according", "who", "which", "but", "and", "citing"}
    if s.words[at] == "," and s.is_word(first) and not s.lower[first].endswith("ing") and s.lower[first] not in new:
        return first, clause_end(s, first, high)
    return None


def _without_artefact(s: Sentence, source: Ranges, cue: int) -> tuple[Ranges, int]:
    """[The auditor’s] [report shows]: what the source made joins the cue."""
    start, end = source[-1]
    if end != cue or s.lower[end - 1] not in ARTEFACTS:
        return source, cue
    for at in range(end - 2, start - 1, -1):
        if s.lower[at].endswith(("'s", "’s", "s'", "s’")) or s.lower[at] in g.POSSESSIVES:
            return [*source[:-1], (start, at + 1)], at + 1
    return source, cue


def _within_clause(s: Sentence, source: int, after: Complement) -> int:
    """The end of a content whose cue stands in a clause that is itself subordinate: While they say K, prices fall."""
    lead = s.lower[source - 1] if source else ""
    opened = s.lower[0] in SUBORDINATE and "," not in s.words[:source]
    relative = s.lower[source] in {"who", "which"} and lead == ","
    if lead in SUBORDINATE or opened or relative:
        return next((i for i in range(after.start + 1, after.end) if s.words[i] == ","), after.end)
    return after.end


def inverted(s: Sentence, group: VerbGroup, subject: Ranges | None, after: Complement, high: int) -> Attribution | None:
    """K, C S: “...,” said Mayor Ana Ruiz. | The port is shut, said Ana Ruiz, a pilot."""
    before = group.start - 1
    if before < 0 or group.voice != "active" or not any(frame in group.frames for frame in "qb"):
        return None
    quote = next((i for i in (before, before - 1) if i >= 0 and s.quote[i] >= 0), None)
    if quote is not None and (quote == before or s.words[before] in {",", "—", "–"}):
        if after.shape in {"quote", "colon", "infinitive"} and after.start <= group.end:
            return None
        named = source_after(s, group.end, high)
        content = [_with_lead(s, quote)]
    elif s.words[before] == "," and s.lower[group.head] in {"said", "says"}:
        named = source_after(s, group.end, high)
        if named is None or not _ends_sentence(s, group, subject, named[-1][1], high):
            return None
        content = [(0, before)]
    else:
        return None
    if named is None:
        return None
    rest = next((i for i in range(named[-1][1], high) if s.quote[i] >= 0), None)
    if rest is not None and s.words[rest - 1] in {",", ":"}:
        content.append((rest, clause_end(s, rest, high)))
    return Attribution(
        source=spans_of(s, named), cue=(s.cut(group.start, group.end),), content=spans_of(s, content), confidence=SPEECH
    )


def _ends_sentence(s: Sentence, group: VerbGroup, subject: Ranges | None, end: int, high: int) -> bool:
    """Whether ", said X" closes its sentence, so that X is its source: not "Ruiz, the mayor, said X fell"."""
    if subject is not None and end < high:
        return False
    return end >= high or s.words[end] == "," or not any(is_finite(s, i) for i in range(group.end, high))
